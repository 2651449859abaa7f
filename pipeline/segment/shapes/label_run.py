"""Pieces of labels and values that follow each other, and the table that they make."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Column, Field, Line, Role, Table, TableRow
from pipeline.segment.furniture import Heading
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.labelled import Event, Labelled, build_records
from pipeline.segment.shapes.shaped_table import ShapedTable
from pipeline.segment.table_draft import piece_key
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_cell_label

# Probability; judgement: one card alone may be a form that nobody is to read as a table.
_ALONE = 0.6
_NO_VALUE = 0.5  # probability; judgement: the value of a label is lost on the next page
_PAIRS = ({Role.COMMENT, Role.RESPONSE}, {Role.ORIGINAL_TEXT, Role.REVISION})
_MOSTLY = 0.7  # share of the records; judgement: a few cards may lack a field


@dataclass(slots=True)
class LabelRun:
    """Pieces that follow each other and have the same labels."""

    heading: Heading
    pieces: list[LabelPiece] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
    """The lines outside the pieces that they take."""

    @property
    def last(self) -> LabelPiece:
        """The piece that was added last."""
        return self.pieces[-1]

    @property
    def leads(self) -> tuple[Column, ...]:
        """The columns at the left of the labels, as the piece that heads them names them."""
        return max((p.leads for p in self.pieces), key=lambda own: sum(bool(c.header) for c in own))

    def continues_on(self, piece: LabelPiece) -> bool:
        """Whether a piece has the labels of those before."""
        own = {label for other in self.pieces for label in other.labels}
        new = piece.labels
        return len(piece.leads) == len(self.leads) and len(own & new) * 2 > len(new)


def flush_pending(run: LabelRun, roles: HeaderRoles) -> None:
    """Give labels at a page's end whose values were not found to their record, as a doubt."""
    for cell in run.last.pending:
        label = read_cell_label(cell.text, roles)
        run.events.append(Labelled(label, Field(()), cell.lines, certainty=_NO_VALUE))
    run.last.pending = ()


def build_table(run: LabelRun, roles: HeaderRoles) -> ShapedTable | None:
    """Build the table of a run; None where its pieces are no records."""
    if not any(piece.is_strong for piece in run.pieces):
        return None
    flush_pending(run, roles)
    records = build_records(run.events, run.leads)
    rows = tuple(row for row in records.rows if any(field.lines for field in row.fields))
    columns = records.columns
    if not rows or not _is_comment_table(columns, rows):
        return None
    if len(rows) == 1:
        rows = (replace(rows[0], confidence=rows[0].confidence * _ALONE),)
    grids = [piece.grid for piece in run.pieces]
    others = [line for piece in run.pieces for line in piece.strays]
    return ShapedTable(
        place=piece_key(grids[0]),
        table=Table(run.heading.title, run.heading.caption, columns, rows),
        pieces=list(map(piece_key, grids)),
        loose=run.loose,
        header_lines=[*records.header_lines, *(ln for p in run.pieces for ln in p.header_lines)],
        other_lines=[*others, *records.loose_lines],
        pages={grid.page for grid in grids} | {line.page for line in run.loose},
    )


def _is_comment_table(columns: Sequence[Column], rows: Sequence[TableRow]) -> bool:
    """Whether most records have a text and another role; a lone one needs both sides of it."""
    roles = {column.role for column in columns if column.role}
    if not any(pair <= roles for pair in _PAIRS) and len(rows) == 1:
        return False
    filled = [
        sum(bool(own.lines) for own, c in zip(row.fields, columns, strict=True) if c.role)
        for row in rows
    ]
    return sum(count > 1 for count in filled) >= _MOSTLY * len(rows)
