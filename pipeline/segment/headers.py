"""Header rows: which they are, and what their columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Cell, Column, Grid, Line
from pipeline.segment.naming import VOCABULARY, Naming
from pipeline.vocabulary.roles import RoleMatch, match_role

_MAX_HEADER_ROWS = 3
# A header names its column: longer texts and sentences are a record's. The longest header of the
# contract's vocabulary has 9 characters; notes in brackets may follow it.
_MAX_HEADER_LENGTH = 40
_TEXT_ROLES = {"original_text", "comment", "revision", "response"}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a grid."""

    depth: int
    """How many grid rows it takes."""
    edges: tuple[float, ...]
    """The x between the table's columns, in points: one more than columns."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    told: bool = False
    """A person gave one of the columns the role of a text."""

    @property
    def names(self) -> tuple[str, ...]:
        """The printed headers, to tell a repeated header from another one."""
        return tuple(column.header for column in self.columns)

    @property
    def is_comment_table(self) -> bool:
        """Whether it heads comments: by two roles, one of them a text, or as a person said."""
        roles = {column.role for column in self.columns if column.role}
        return (len(roles) >= 2 or self.told) and bool(roles & _TEXT_ROLES)


def find_header(grid: Grid, naming: Naming = VOCABULARY) -> Header | None:
    """Read the header at the top of a grid; None where its first row is a record's."""
    depth = _depth(grid)
    cells = [cell for cell in grid.cells if cell.row < depth]
    named = [cell for cell in cells if cell.text]
    untold = [cell.text for cell in named if naming.role_given(cell.text) is None]
    if depth >= len(grid.row_edges) or not named or any(_is_prose(text) for text in untold):
        return None
    known = sum(naming.knows(cell.text, match_role(cell.text)) for cell in named)
    if known < 2 or known * 2 < len(named):
        return None
    spans = _column_spans(cells)
    names = [_name(cells, span) for span in spans]
    roles = assign_roles(names, naming)
    return Header(
        depth=depth,
        edges=(*(grid.column_edges[a] for a, _ in spans), grid.column_edges[spans[-1][1]]),
        columns=tuple(Column(n, r) for n, r in zip(names, roles, strict=True)),
        lines=tuple(line for cell in cells for line in cell.lines),
        told=any(naming.role_given(name) in _TEXT_ROLES for name in names),
    )


def assign_roles(names: Sequence[str], naming: Naming = VOCABULARY) -> list[str | None]:
    """Give each header its role, each role to one column at most."""
    wanted = [naming.match(name, match_role(name)) for name in names]
    best: dict[str, tuple[int, int, int]] = {}
    for index, match in enumerate(wanted):
        if match is not None:
            best[match.role] = min(best.get(match.role, (9, 9, 9)), _claim(match, index))
    return [
        match.role if match is not None and best[match.role][-1] == index else None
        for index, match in enumerate(wanted)
    ]


def _claim(match: RoleMatch, index: int) -> tuple[int, int, int]:
    # The word's place in the list decides before the manner of the match: 該当箇所 beside
    # 評価書の訂正前 stays `extra` although it is the exact word.
    return (match.manner == 2, match.rank, index)


def _depth(grid: Grid) -> int:
    """Header rows: as deep as a cell of the first row reaches down beside split ones."""
    first = [cell for cell in grid.cells if cell.row == 0]
    depth = max(cell.row_span for cell in first)
    return min(depth, _MAX_HEADER_ROWS)


def _is_prose(text: str) -> bool:
    return "。" in text or len(text) > _MAX_HEADER_LENGTH


def _column_spans(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """The grid columns [first, last + 1) of each table column: the narrowest header cells."""
    spans: dict[int, tuple[int, int]] = {}
    for cell in cells:
        span = (cell.column, cell.column + cell.column_span)
        for column in range(*span):
            held = spans.get(column)
            if held is None or span[1] - span[0] < held[1] - held[0]:
                spans[column] = span
    return sorted(set(spans.values()))


def _name(cells: Sequence[Cell], span: tuple[int, int]) -> str:
    """The lowest header over a column that has a text."""
    over = [c for c in cells if c.column <= span[0] and span[1] <= c.column + c.column_span]
    named = [cell for cell in over if cell.text]
    return max(named, key=lambda cell: cell.row).text if named else ""
