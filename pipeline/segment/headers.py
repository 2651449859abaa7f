"""Header rows: which they are, and what their columns mean."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.model import EXTRA, Cell, Column, Grid, Line
from pipeline.segment.header_roles import VOCABULARY, Naming
from pipeline.vocabulary.header_words import RoleMatch, match_role, strip_header

_MAX_HEADER_ROWS = 4  # three, and one that a ruling inside a cell adds
# A header names its column: longer texts and sentences are a record's. The longest header of the
# contract's vocabulary has 9 characters; notes in brackets may follow it.
_MAX_HEADER_LENGTH = 40
TEXT_ROLES = {"original_text", "comment", "revision", "response"}
"""The roles of running text: a comment table has one at least."""

_Path = tuple[str, ...]
"""The texts of the header cells over a column, from the outermost down."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a grid."""

    depth: int
    """How many grid rows it takes."""
    edges: tuple[float, ...]
    """The x between the table's columns, in points: one more than columns."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    texts: frozenset[str]
    """What its cells say, bare of notes."""
    told: bool = False
    """A person gave one of the columns the role of a text."""

    @property
    def names(self) -> tuple[str, ...]:
        """The printed headers, to tell a repeated header from another one."""
        return tuple(column.header for column in self.columns)

    def says(self, text: str) -> bool:
        """Whether a text is one of its cells', or the end of one: 回答 of 市の回答."""
        return any(own.endswith(text) for own in self.texts)

    @property
    def roles(self) -> set[str]:
        """The meanings that its columns have."""
        return {column.role for column in self.columns if column.role}

    @property
    def is_comment_table(self) -> bool:
        """Whether it heads comments: by two roles, one of them a text, or as a person said."""
        return (len(self.roles) >= 2 or self.told) and bool(self.roles & TEXT_ROLES)


def find_header(grid: Grid, naming: Naming = VOCABULARY) -> Header | None:
    """Read the header at the top of a grid; None where its first row is a record's.

    It is as deep as tells the most roles: 意見 over 内容 | 提出者 is one header of two rows.
    """
    headers = (_read_header(grid, depth, naming) for depth in _depths(grid))
    return max(filter(None, headers), key=lambda header: len(header.roles), default=None)


def find_repeated(grid: Grid, header: Header) -> Header | None:
    """Read a table's header where a later page prints it again, perhaps shortened."""
    found = None
    for depth in _depths(grid):
        cells = [cell for cell in grid.cells if cell.row < depth and cell.text]
        ends = any(cell.row + cell.row_span == depth for cell in cells)
        # A record's first cell says that this is none: the others need not be folded.
        said = takewhile(header.says, (strip_header(cell.text) for cell in cells)) if ends else ()
        texts = list(said)
        if len(texts) == len(cells) and len(set(texts)) >= 2:
            lines = tuple(line for cell in cells for line in cell.lines)
            found = replace(header, depth=depth, lines=lines)
    return found


def _depths(grid: Grid) -> Iterator[int]:
    """The depths that a header may have: no cell reaches over its end, and rows are left."""
    deepest = min(_MAX_HEADER_ROWS, len(grid.row_edges) - 1)
    for depth in range(1, deepest + 1):
        if not any(cell.row < depth < cell.row + cell.row_span for cell in grid.cells):
            yield depth


def _read_header(grid: Grid, depth: int, naming: Naming) -> Header | None:
    cells = [cell for cell in grid.cells if cell.row < depth]
    named = [cell for cell in cells if cell.text]
    untold = [cell.text for cell in named if naming.role_given(cell.text) is None]
    if not named or any(_is_prose(text) for text in untold):
        return None
    spans = _column_spans(cells)
    paths = [_path(cells, span) for span in spans]
    names = _names(paths)
    by_words = [_match_path(path) for path in paths]
    known = sum(map(naming.knows, names, by_words))
    if known < 2 or known * 2 < len(paths):
        return None
    columns = zip(names, assign_roles(list(map(naming.match, names, by_words))), strict=True)
    return Header(
        depth=depth,
        edges=(*(grid.column_edges[a] for a, _ in spans), grid.column_edges[spans[-1][1]]),
        columns=tuple(Column(name, role) for name, role in columns),
        lines=tuple(line for cell in cells for line in cell.lines),
        texts=frozenset(strip_header(cell.text) for cell in named),
        told=any(naming.role_given(name) in TEXT_ROLES for name in names),
    )


def assign_roles(matches: Sequence[RoleMatch | None]) -> list[str | None]:
    """Give each column the role that its header asks for, each role to one column at most."""
    best: dict[str, tuple[int, int, int]] = {}
    matches = [match if match is not None and match.role != EXTRA else None for match in matches]
    for index, match in enumerate(matches):
        if match is not None:
            best[match.role] = min(best.get(match.role, (9, 9, 9)), _claim(match, index))
    return [
        match.role if match is not None and best[match.role][-1] == index else None
        for index, match in enumerate(matches)
    ]


def _claim(match: RoleMatch, index: int) -> tuple[int, int, int]:
    # The word's place in the list decides before the manner of the match: 該当箇所 beside
    # 評価書の訂正前 stays `extra` although it is the exact word.
    return (match.manner == 2, match.rank, index)


def _match_path(path: _Path) -> RoleMatch | None:
    """The role of the lowest header, or else of all of them in a row: 意見 over 内容."""
    if not path:
        return None
    lowest = match_role(path[-1])
    whole = match_role("".join(path))
    if lowest is None and whole is not None and whole.manner < 2:
        return whole
    return lowest


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


def _path(cells: Sequence[Cell], span: tuple[int, int]) -> _Path:
    over = [c for c in cells if c.column <= span[0] and span[1] <= c.column + c.column_span]
    return tuple(cell.text for cell in sorted(over, key=lambda cell: cell.row) if cell.text)


def _names(paths: Sequence[_Path]) -> list[str]:
    """The lowest header of each column; with those above it where two columns have the same."""
    lowest = Counter(path[-1] for path in paths if path)
    return [
        "" if not path else path[-1] if lowest[path[-1]] == 1 else "".join(path) for path in paths
    ]
