"""Pieces of labels and values that follow each other, and the table that they make."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model import (
    TEXT_PAIRS,
    TEXT_ROLES,
    Column,
    Field,
    FieldPart,
    Grid,
    Line,
    Role,
    Table,
    TableRow,
)
from pipeline.segment.headings.table_heading import Heading
from pipeline.segment.rows.column_edges import edge_tolerance
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.labelled import Event, Labelled, build_records
from pipeline.segment.shapes.shaped_table import ShapedTable, leave_out
from pipeline.segment.table_draft import piece_key
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_cell_label

# Probability; judgement: one card alone may be a form that nobody is to read as a table.
_ALONE = 0.6
_INFERRED = 0.8  # probability; judgement: no ruling shows which text is a label's
_NO_VALUE = 0.5  # probability; judgement: the value of a label is lost on the next page
_SURE_LABELS = 0.5  # share of the labels; judgement: a card has some of no known word
_MOSTLY = 0.7  # share of the records; judgement: a few cards may lack a field


class LabelRun(Struct):
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
        """The columns at the left of the labels, as the piece that heads them names them.

        A later page may have more of them.
        """
        found = [piece.leads for piece in self.pieces]
        named = max(found, key=lambda own: sum(bool(column.header) for column in own))
        return (*named, *max(found, key=len)[len(named) :])

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
    if not any(piece.is_strong for piece in run.pieces) or not _are_labels(run.events):
        return None
    flush_pending(run, roles)
    records = build_records(_settle_roles(run.events), run.leads)
    rows = tuple(row for row in records.rows if row.filled)
    columns = records.columns
    if not rows or not _is_comment_table(columns, rows):
        return None
    grids = [piece.grid for piece in run.pieces]
    doubt = _ALONE if len(rows) == 1 else 1.0
    doubt *= _INFERRED if any(grid.inferred for grid in grids) else 1.0
    rows = tuple(row.doubted(doubt) for row in rows)
    others = [line for piece in run.pieces for line in piece.strays]
    # Each line once: one label may stand over several (意見 over 内容 and 理由).
    heads = (records.header_lines, *(piece.header_lines for piece in run.pieces))
    in_rows = [line for row in rows for line in row.lines]
    heading = leave_out((line for lines in heads for line in lines), in_rows)
    header_lines = {id(line): line for line in heading}
    others = [*others, *records.loose_lines]
    others += _find_left(grids, [*in_rows, *header_lines.values(), *others])
    return ShapedTable(
        place=piece_key(grids[0]),
        table=Table(run.heading.title, run.heading.caption, columns, _place_cards(rows, grids)),
        pieces=list(map(piece_key, grids)),
        loose=run.loose,
        header_lines=list(header_lines.values()),
        other_lines=others,
        pages={grid.page for grid in grids} | {line.page for line in run.loose},
    )


def _find_left(grids: Sequence[Grid], kept: Sequence[Line]) -> list[Line]:
    """The lines of the pieces that stand in nothing of the table.

    Lines of cells side by side may stand in one line that was made of them.
    """
    own = {id(line) for grid in grids for line in grid.lines}
    found = {id(line) for line in kept}
    equal = set(kept) if not own <= found else set()
    made = [line for line in kept if id(line) not in own]
    return [
        line
        for grid in grids
        for line in grid.lines
        if id(line) not in found
        and line not in equal
        and not any(_stands_in(line, one) for one in made)
    ]


def _stands_in(line: Line, made: Line) -> bool:
    own = line.page == made.page and line.x0 in made.edges
    return own and line.text.strip() in made.text


def _settle_roles(events: Sequence[Event]) -> list[Event]:
    """Leave a role to the label that is its word, where each card has another one for it, too.

    提案事項 only begins as a comment's label does: 提案の具体的内容 names the comment.
    """
    named = [(e, e.label) for e in events if isinstance(e, Labelled) and e.label and e.label.role]
    times = Counter(label for _, label in named)
    exact = Counter[Role | None]()
    for label, count in times.items():
        exact[label.role] = max(exact[label.role], count if label.exact else 0)
    return [
        replace(e, label=replace(e.label, role=None))
        if isinstance(e, Labelled)
        and e.label
        and not e.label.exact
        and times[e.label] <= exact[e.label.role]
        else e
        for e in events
    ]


def _place_cards(rows: Sequence[TableRow], grids: Sequence[Grid]) -> tuple[TableRow, ...]:
    """Give the parts of a column that begin at different x a place each (`FieldPart.place`).

    Cards that stand side by side have other margins.

    Args:
        grids: The cards; records may stand side by side in one of them.
    """
    tolerance = max(map(edge_tolerance, grids))
    lefts: list[list[float]] = [[] for _ in rows[0].fields]

    def put(part: FieldPart, known: list[float]) -> FieldPart:
        left = part.box.x0
        near = (place for place, other in enumerate(known) if abs(other - left) <= tolerance)
        place = next(near, len(known))
        if place == len(known):
            known.append(left)
        return replace(part, place=place) if place else part

    return tuple(
        replace(
            row,
            fields=tuple(
                Field(tuple(put(part, known) for part in own.parts))
                for own, known in zip(row.fields, lefts, strict=True)
            ),
        )
        for row in rows
    )


def _are_labels(events: Sequence[Event]) -> bool:
    """Whether labels are what they seem: words of the vocabulary, or printed again and again.

    In the first column of a column table some texts end in such a word: 苦情への対応.
    """
    labels = [e.label for e in events if isinstance(e, Labelled) and e.label is not None]
    times = Counter(label.header for label in labels)
    sure = sum((label.known and label.exact) or times[label.header] > 1 for label in labels)
    return sure >= _SURE_LABELS * len(labels)


def _is_comment_table(columns: Sequence[Column], rows: Sequence[TableRow]) -> bool:
    """Whether most records have a text and another role; a lone one needs both sides of it."""
    common = {
        column.role: place
        for place, column in enumerate(columns)
        if column.role is not None
        and sum(bool(row.fields[place].lines) for row in rows) * 2 >= len(rows)
    }
    if len(rows) == 1 and not any(pair <= common.keys() for pair in TEXT_PAIRS):
        return False
    if not TEXT_ROLES & common.keys():
        return False
    filled = [sum(bool(row.fields[place].lines) for place in common.values()) for row in rows]
    return sum(count > 1 for count in filled) >= _MOSTLY * len(rows)
