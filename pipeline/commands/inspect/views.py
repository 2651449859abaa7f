"""Looks up in the model what is to be drawn. Nothing is decided here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from pipeline.commands.inspect.page_view import (
    EXTRA,
    FURNITURE,
    HEADER,
    RUBY,
    UNPLACED,
    Join,
    Mark,
    PageView,
    Piece,
    RecordMark,
)
from pipeline.model import (
    Box,
    Extracted,
    FieldPart,
    Grid,
    Line,
    Page,
    Segmented,
    Table,
    TableRow,
    remove_white_space,
)

_Key = tuple[int, int]  # a grid: page number, index on the page
_LOOSE = -1
"""Instead of an index: what stands outside of all grids of a page, as questions in text do."""


class _PlacedPart(Struct, frozen=True):
    """A part of a field, with its table and row (from 1) and its column (from 0)."""

    table: int
    row: int
    column: int
    kind: str
    part: FieldPart


class _Index(Struct):
    """What stands in each grid of an annex; tables and rows count from 1."""

    placed: dict[_Key, list[_PlacedPart]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[int, list[_Key]] = field(default_factory=lambda: defaultdict(list))
    """Table → its grids in reading order."""
    rows: dict[tuple[int, int], list[_Key]] = field(default_factory=lambda: defaultdict(list))
    """Table and row → the grids that hold a part of the record."""
    records: dict[tuple[int, int], TableRow] = field(default_factory=dict)

    def grids_of(self, table: int, row: int) -> list[_Key]:
        """The grids on a record's own pages; a cell that it shares may reach beyond them."""
        first, last = self.records[table, row].pages
        return [key for key in self.rows[table, row] if first <= key[0] <= last]


def read_views(
    extracted: Extracted, segmented: Segmented, numbers: Iterable[int]
) -> Iterator[PageView]:
    """Look up all decisions about some pages.

    Args:
        numbers: The pages, from 1.
    """
    index = _index(extracted, segmented)
    pages = {page.header.number: page for page in extracted.pages}
    for number in numbers:
        page = pages[number]
        places = [_LOOSE] * bool(index.placed[number, _LOOSE]) + [*range(len(page.grids))]
        placed = [s for i in places for s in index.placed[number, i]]
        yield PageView(
            annex=extracted.header.annex,
            number=number,
            count=len(pages),
            turn=page.header.turn,
            warp=page.header.warp,
            lines=tuple(_lines(page, placed, segmented)),
            parts=tuple(dict.fromkeys(Mark(s.kind, s.part.box) for s in placed)),
            pieces=tuple(_piece(page, i, index) for i in places),
            issues=tuple(
                dict.fromkeys(i.code for i in segmented.header.issues if i.page == number)
            ),
        )


def _index(extracted: Extracted, segmented: Segmented) -> _Index:
    grids = {page.header.number: page.grids for page in extracted.pages}
    index = _Index()
    for number, table in enumerate(segmented.tables, start=1):
        for row, record in enumerate(table.rows, start=1):
            index.records[number, row] = record
        for placed in _placed_parts(number, table):
            for key in _keys(placed.part, grids):
                index.placed[key].append(placed)
                index.tables[number].append(key)
                index.rows[number, placed.row].append(key)
    for keys in (*index.tables.values(), *index.rows.values()):
        keys[:] = sorted(set(keys))
    return index


def _placed_parts(number: int, table: Table) -> Iterator[_PlacedPart]:
    for row, record in enumerate(table.rows, start=1):
        for column, (meaning, content) in enumerate(zip(table.columns, record.fields, strict=True)):
            for part in content.parts:
                yield _PlacedPart(number, row, column, meaning.role or EXTRA, part)


def _keys(part: FieldPart, grids: dict[int, tuple[Grid, ...]]) -> list[_Key]:
    """The grid in which a part stands, as a list of one; _LOOSE if no grid holds its lines."""
    holds = (i for i, grid in enumerate(grids[part.page]) if grid.box.contains(part.box))
    own = [(part.page, i) for i in holds][:1]
    return own or [(part.page, _LOOSE)] * bool(part.lines)


def _lines(page: Page, placed: Sequence[_PlacedPart], segmented: Segmented) -> Iterator[Mark]:
    """Mark every line that extract found by where segment put it."""
    kinds: dict[Line, str] = {}
    for segmented_page in segmented.pages:
        if segmented_page.header.number == page.header.number:
            kinds |= dict.fromkeys(segmented_page.furniture_lines, FURNITURE)
            kinds |= dict.fromkeys(segmented_page.header_lines, HEADER)
    kinds |= dict.fromkeys(page.ruby, RUBY)
    kinds |= {line: s.kind for s in placed for line in s.part.lines}
    # Rows of a table inside a field: their cells were joined to one line.
    joined = [line.box for line in kinds if line.inline_row]
    # A mark of continuation, or 問１ before its question, was cut off its line.
    levels = {(line.top, line.bottom) for line in kinds}
    held = (line for grid in page.grids for line in grid.lines)
    for line in (*held, *page.loose_lines, *page.ruby, *page.overlays):
        if line in kinds or any(box.contains(line.box) for box in joined):
            continue
        if (line.top, line.bottom) not in levels or not _is_cut(line, list(kinds)):
            kinds[line] = UNPLACED
    for line, kind in kinds.items():
        yield Mark(kind, line.box)


def _is_cut(line: Line, parts: Sequence[Line]) -> bool:
    """Whether two or more parts spell a line."""
    own = [p for p in parts if (p.top, p.bottom) == (line.top, line.bottom)]
    inside = sorted((p for p in own if line.x0 <= p.x0 <= line.x1), key=lambda p: p.x0)
    spelled = remove_white_space("".join(part.text for part in inside))
    return spelled == remove_white_space(line.text)


def _piece(page: Page, position: int, index: _Index) -> Piece:
    key = (page.header.number, position)
    placed = index.placed[key]
    grid = page.grids[position] if position != _LOOSE else None
    box = grid.box if grid is not None else Box.around([s.part.box for s in placed])
    rows = list(dict.fromkeys((s.table, s.row) for s in placed))
    own = [row for row in rows if key in index.grids_of(*row)]
    return Piece(
        box=box,
        cells=tuple(cell.box for cell in grid.cells) if grid is not None else (),
        open_edges=tuple(_open_edges(grid)) if grid is not None else (),
        heads=tuple(_heads(box, placed)),
        records=tuple(_record_mark(row, key, box, index) for row in own),
        before=_join(own[0], key, -1, index) if own else None,
        after=_join(own[-1], key, 1, index) if own else None,
    )


def _open_edges(grid: Grid) -> Iterator[Box]:
    box = grid.box
    if grid.open_top:
        yield Box(box.x0, box.top, box.x1, box.top)
    if grid.open_bottom:
        yield Box(box.x0, box.bottom, box.x1, box.bottom)


def _heads(around: Box, placed: Sequence[_PlacedPart]) -> Iterator[Mark]:
    for _, parts in sorted(_group_by_column(placed).items()):
        # The smallest: a merged cell may reach over the neighbouring columns.
        left = min(s.part.box.x0 for s in parts)
        right = min(s.part.box.x1 for s in parts)
        yield Mark(parts[0].kind, Box(left, around.top, right, around.bottom))


def _group_by_column(placed: Sequence[_PlacedPart]) -> Mapping[int, Sequence[_PlacedPart]]:
    columns: dict[int, list[_PlacedPart]] = defaultdict(list)
    for one in placed:
        columns[one.column].append(one)
    return columns


def _record_mark(row: tuple[int, int], key: _Key, box: Box, index: _Index) -> RecordMark:
    own = [s for s in index.placed[key] if (s.table, s.row) == row]
    top, bottom = _extent(own)
    left = min(s.part.box.x0 for s in own)  # of the right half of a page in its middle
    grids = index.grids_of(*row)
    return RecordMark(
        label=f"t{row[0]}-r{row[1]}",
        box=Box(left, top, box.x1, bottom),
        open_top=key != grids[0],
        open_bottom=key != grids[-1],
    )


def _extent(placed: Sequence[_PlacedPart]) -> tuple[float, float]:
    """Top and bottom of a record; a cell merged over several records does not count."""
    columns = _group_by_column(placed).values()
    tops = (min(one.part.box.top for one in parts) for parts in columns)
    bottoms = (max(one.part.box.bottom for one in parts) for parts in columns)
    return max(tops), min(bottoms)


def _join(row: tuple[int, int], key: _Key, step: int, index: _Index) -> Join | None:
    """How a table continues beyond the end of a piece; None: it does not.

    Args:
        row: The table, and the row at this end of the piece.
        key: The piece.
        step: -1: look at the previous piece; 1: at the next one.
    """
    grids = index.tables[row[0]]
    other = grids.index(key) + step
    if not 0 <= other < len(grids):
        return None
    neighbour = grids[other]
    if neighbour in index.grids_of(*row):
        return Join(neighbour[0], index.records[row].confidence, False)
    return Join(neighbour[0], None, neighbour in index.rows[row])
