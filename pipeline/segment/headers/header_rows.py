"""Find header rows, and the roles of their columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from msgspec import Struct

from pipeline.model import EXTRA, TEXT_PAIRS, TEXT_ROLES, Cell, Column, Grid, Line, Role
from pipeline.segment.headers.neighbouring_words import match_neighbours
from pipeline.segment.headers.shared_header import part_columns
from pipeline.vocabulary.counts import is_figure
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES, HeaderRoles
from pipeline.vocabulary.header_words import (
    AFTER_WORDS,
    CONTAINS_WORD,
    ENDS_IN_WORD,
    IS_WORD,
    RoleMatch,
    match_role,
    strip_header,
)
from pipeline.vocabulary.heading_forms import BULLET
from pipeline.vocabulary.line_marks import LineStart, classify_line_start, is_mark
from pipeline.vocabulary.version_headers import match_versions

# Grid rows; judgement: a header has up to three, and a ruling inside a cell adds one.
_MAX_HEADER_ROWS = 4
_LEAST_KNOWN = 2  # headers of the vocabulary in a header row; judgement: one may be a record's word
_LEAST_ROLES = 2  # roles of a comment table; judgement: one column alone is a list

_NUMBER = re.compile(r"\d+")

_Path = tuple[str, ...]
"""The texts of the header cells over a column, from the outermost down."""


class Header(Struct, frozen=True):
    """The header of a grid."""

    depth: int
    """The grid row below it."""
    edges: tuple[float, ...]
    """The x of the table's column edges, in points: one more than columns."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    texts: frozenset[str]
    """The texts of its cells, without notes."""
    from_spec: bool = False
    """The annex's spec gives one of the columns a role of running text."""
    guessed: bool = False
    """Only what the columns hold shows their roles."""
    doubtful: frozenset[Role] = frozenset()
    """Roles that no word of the vocabulary names: who speaks, or the columns beside them, tell."""

    @property
    def names(self) -> tuple[str, ...]:
        """The headers, folded: for telling a repeated header from another one."""
        return tuple(strip_header(column.header) for column in self.columns)

    def has_text(self, text: str) -> bool:
        """Whether a text is that of one of its cells, or the end of it: 回答 of 市の回答."""
        return any(map(str.endswith, self.texts, repeat(text)))

    def has_text_but_number(self, text: str) -> bool:
        """Whether a text is that of one of its cells with another number: 意見2 for 意見1."""
        bare = _NUMBER.sub("", text)
        return bare != text and any(
            bare == _NUMBER.sub("", own) for own in self.texts if _NUMBER.search(own)
        )

    def resembles(self, text: str) -> bool:
        """Whether most characters of a text are those of one of its cells, but for one before."""
        return any(
            len(text) - len(own) in (0, 1)
            and sum(map(str.__eq__, reversed(own), reversed(text))) * 2 > len(text)
            for own in self.texts
        )

    @property
    def roles(self) -> set[Role]:
        """The roles that its columns have."""
        return {column.role for column in self.columns if column.role}

    @property
    def is_comment_table(self) -> bool:
        """Whether it heads comments: it has two roles, one of them a text, or the spec says so."""
        return (len(self.roles) >= _LEAST_ROLES or self.from_spec) and bool(self.roles & TEXT_ROLES)


def find_header(grid: Grid, roles: HeaderRoles = VOCABULARY_ROLES, first: int = 0) -> Header | None:
    """Read the header at the top of a grid; None where its first row is a record's.

    Of all depths the one with the most roles is taken: 意見 over 内容 | 提出者 is one header of two
    rows. A row below a header with text in one cell only is a heading (交通に関する意見).

    Args:
        first: The grid row that it begins with.
    """
    headers: list[Header] = []
    for depth in find_depths(grid, first):
        cells = [cell for cell in grid.cells if first <= cell.row < depth]
        if _hold_record(cells, roles) or (headers and _has_lone_text(grid, depth - 1)):
            break  # deeper ones would hold it, too
        header = _read_header(grid, cells, depth, roles)
        headers += [header] if header is not None else []
    return max(headers, key=lambda header: len(header.roles), default=None)


def _has_lone_text(grid: Grid, row: int) -> bool:
    """Whether every column has a cell of its own in a row, and one of them only has text."""
    cells = grid.row(row)
    columns = sum(cell.column_span for cell in cells)
    filled = [cell for cell in cells if not cell.is_blank]
    return columns == grid.column_count and len(filled) == 1 < len(cells)


def find_depths(grid: Grid, first: int = 0) -> Iterator[int]:
    """The grid rows that a header may end above: no cell reaches across its lower end."""
    deepest = min(first + _MAX_HEADER_ROWS, grid.row_count)
    for depth in range(first + 1, deepest + 1):
        if not any(cell.row < depth < cell.row_end for cell in grid.cells):
            yield depth


def _hold_record(cells: Sequence[Cell], roles: HeaderRoles) -> bool:
    """Whether a cell has a long text, a sentence, items or a count: a header names a column."""
    return any(
        roles.is_prose(cell.text)
        or cell.text.startswith(BULLET)
        or _lists_items(cell)
        or (is_figure(cell.text) and _stands_below_counts(cell, cells))
        for cell in cells
    )


def _stands_below_counts(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a header of counts stands right above a cell: 21件 below 件数 is a record's."""
    above = (c for c in cells if c.column == cell.column and c.row_end == cell.row)
    return any((match := match_role(c.text)) and match.role == EXTRA for c in above)


def _lists_items(cell: Cell) -> bool:
    """Whether two lines of a cell begin with the mark of an item: ● 学識経験者 / ● 確保の方法."""
    starts = [classify_line_start(line.text) for line in cell.lines]
    return any(starts.count(mark) > 1 for mark in (LineStart.HEADING, LineStart.ENCLOSED))


def _read_header(
    grid: Grid, cells: Sequence[Cell], depth: int, roles: HeaderRoles
) -> Header | None:
    named = [cell for cell in cells if not cell.is_blank]
    if not named:
        return None
    spans = _find_column_spans(cells)
    paths = [_find_path(cells, span) for span in spans]
    names = _name_columns(paths)
    named_roles = match_headers(names, map(_match_path, paths), roles)
    known = sum(match is not None for match in named_roles)
    if known < _LEAST_KNOWN or not (known * 2 >= len(paths) or _names_text_pair(named_roles)):
        return None
    assigned = assign_roles(named_roles)
    named_columns = list(map(Column, names, assigned))
    parts = list(part_columns(grid, depth, spans, named_columns))
    return Header(
        depth=depth,
        edges=(*(grid.column_edges[a] for (a, _), _ in parts), grid.column_edges[spans[-1][1]]),
        columns=tuple(column for _, column in parts),
        lines=tuple(line for cell in cells for line in cell.lines),
        texts=frozenset(strip_header(cell.text) for cell in named),
        from_spec=any(roles.find_given(name) in TEXT_ROLES for name in names),
        doubtful=frozenset(
            role
            for role, match in zip(assigned, named_roles, strict=True)
            if role is not None and match is not None and match.rank == AFTER_WORDS
        ),
    )


def _names_text_pair(matches: Sequence[RoleMatch | None]) -> bool:
    """Whether headers name comments and answers, or two versions, by words of their own.

    A wide table may have many columns that no other annex has.
    """
    sure = {match.role for match in matches if match is not None and match.manner < CONTAINS_WORD}
    return any(pair <= sure for pair in TEXT_PAIRS)


def match_headers(
    names: Sequence[str], matches: Iterable[RoleMatch | None], roles: HeaderRoles
) -> list[RoleMatch | None]:
    """Find the roles that the headers of a table name together.

    Args:
        names: The headers, from left to right.
        matches: The role that the words of each name.
    """
    by_words = match_versions(names, match_neighbours(names, matches))
    return list(map(roles.choose, names, by_words))


def assign_roles(matches: Sequence[RoleMatch | None]) -> list[Role | None]:
    """Give each column the role that its header names, each role to one column at most.

    Args:
        matches: The role that each header names; None: it names none.
    """
    best: dict[str, tuple[int, int, int, int]] = {}
    matches = [match if match is not None and match.role != EXTRA else None for match in matches]
    for index, match in enumerate(matches):
        if match is not None:
            claim = _rank_claim(match, index)
            best[match.role] = min(best.get(match.role, claim), claim)
    return [
        Role(match.role) if match is not None and best[match.role][-1] == index else None
        for index, match in enumerate(matches)
    ]


def _rank_claim(match: RoleMatch, index: int) -> tuple[int, int, int, int]:
    """The rank of a column's claim to a role; the smallest wins."""
    # The word's place in the list decides before the manner of the match: 該当箇所 beside
    # 評価書の訂正前 stays `extra` although it is the exact word. A number's manner decides first:
    # 項番 beside 様式番号 numbers the records. Of two headers with one word, it is the exact one:
    # 回答 beside 前年度の回答.
    manner = match.manner if match.role == Role.NUMBER else match.manner == CONTAINS_WORD
    return (manner, match.rank, match.manner, index)


def _match_path(path: _Path) -> RoleMatch | None:
    """The role of the lowest header, or of all of them joined: 意見 over 内容.

    Below a header of counts (意見数) stand counts, whatever is counted: 個人, 団体.
    """
    if not path:
        return None
    lowest = match_role(path[-1])
    upper = match_role(path[0])
    if len(path) > 1 and upper is not None and upper.role == EXTRA and upper.manner == IS_WORD:
        return upper
    whole = match_role("".join(path))
    if whole is None or is_mark(path[-1]):  # 該当箇所 over （１） is no place with a note
        return lowest
    # 対応 over 区分 is the word 対応区分.
    return whole if whole.manner <= (ENDS_IN_WORD if lowest is None else IS_WORD) else lowest


def _find_column_spans(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """The grid columns [first, last + 1) of each table column: the narrowest header cells."""
    spans: dict[int, tuple[int, int]] = {}
    for cell in cells:
        span = (cell.column, cell.column_end)
        for column in range(*span):
            held = spans.get(column)
            if held is None or span[1] - span[0] < held[1] - held[0]:
                spans[column] = span
    return sorted(set(spans.values()))


def _find_path(cells: Sequence[Cell], span: tuple[int, int]) -> _Path:
    over = [c for c in cells if c.column <= span[0] and span[1] <= c.column_end]
    return tuple(cell.text for cell in sorted(over, key=lambda cell: cell.row) if cell.text)


def _name_columns(paths: Sequence[_Path]) -> list[str]:
    """The lowest header of each column; joined with those above it where two columns share it.

    A cell over all columns, a form's name above its header, tells none from another.
    """
    while all(len(path) > 1 and path[0] == paths[0][0] for path in paths):
        paths = [path[1:] for path in paths]
    lowest = Counter(path[-1] for path in paths if path)
    return [
        "" if not path else path[-1] if lowest[path[-1]] == 1 else "".join(path) for path in paths
    ]
