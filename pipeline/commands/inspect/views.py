"""From the model to what is to be drawn. Nothing is decided here: all is looked up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.commands.inspect.page_view import (
    EXTRA,
    FURNITURE,
    HEADER,
    NOWHERE,
    RUBY,
    Entry,
    Join,
    Mark,
    PageView,
    Piece,
)
from pipeline.model import Box, Extracted, FieldPart, Grid, Line, Page, Segmented, Table, TableRow

_Key = tuple[int, int]  # a grid: page number, index on the page


@dataclass(frozen=True, slots=True)
class _Standing:
    """A part of a field and whose it is; column from 0."""

    table: int
    row: int
    column: int
    kind: str
    part: FieldPart


@dataclass(slots=True)
class _Index:
    """What stands in each grid of an annex, tables and rows counted from 1."""

    standing: dict[_Key, list[_Standing]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[int, list[_Key]] = field(default_factory=lambda: defaultdict(list))
    """Table → its grids in reading order."""
    rows: dict[tuple[int, int], list[_Key]] = field(default_factory=lambda: defaultdict(list))
    """Table and row → the grids that hold something of the record."""
    records: dict[tuple[int, int], TableRow] = field(default_factory=dict)

    def own(self, table: int, row: int) -> list[_Key]:
        """The grids that a record stands in; a cell that it shares may lie beyond them."""
        first, last = self.records[table, row].pages
        return [key for key in self.rows[table, row] if first <= key[0] <= last]


def read_views(
    extracted: Extracted, segmented: Segmented, numbers: Iterable[int]
) -> Iterator[PageView]:
    """Look up everything that was decided on some pages.

    Args:
        extracted: An annex as extract found it.
        segmented: The same annex as segment understood it.
        numbers: The pages, from 1.
    """
    index = _index(extracted, segmented)
    pages = {page.header.number: page for page in extracted.pages}
    for number in numbers:
        page = pages[number]
        standing = [s for i in range(len(page.grids)) for s in index.standing[number, i]]
        yield PageView(
            annex=extracted.header.annex,
            number=number,
            count=len(pages),
            turn=page.header.turn,
            warp=page.header.warp,
            lines=tuple(_lines(page, standing, segmented)),
            parts=tuple(dict.fromkeys(Mark(s.kind, s.part.box) for s in standing)),
            pieces=tuple(_piece(page, i, index) for i in range(len(page.grids))),
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
        for standing in _standings(number, table):
            for key in _keys(standing.part, grids):
                index.standing[key].append(standing)
                index.tables[number].append(key)
                index.rows[number, standing.row].append(key)
    for keys in (*index.tables.values(), *index.rows.values()):
        keys[:] = sorted(set(keys))
    return index


def _standings(number: int, table: Table) -> Iterator[_Standing]:
    for row, record in enumerate(table.rows, start=1):
        for column, (meaning, content) in enumerate(zip(table.columns, record.fields, strict=True)):
            for part in content.parts:
                yield _Standing(number, row, column, meaning.role or EXTRA, part)


def _keys(part: FieldPart, grids: dict[int, tuple[Grid, ...]]) -> list[_Key]:
    """The grid that a part stands in, as a list of one."""
    holds = (i for i, grid in enumerate(grids[part.page]) if grid.box.contains(part.box))
    return [(part.page, i) for i in holds][:1]


def _lines(page: Page, standing: Sequence[_Standing], segmented: Segmented) -> Iterator[Mark]:
    """Every line that extract found, and where segment put it."""
    kinds: dict[Line, str] = {}
    for segmented_page in segmented.pages:
        if segmented_page.header.number == page.header.number:
            kinds |= dict.fromkeys(segmented_page.furniture_lines, FURNITURE)
            kinds |= dict.fromkeys(segmented_page.header_lines, HEADER)
    kinds |= dict.fromkeys(page.ruby, RUBY)
    kinds |= {line: s.kind for s in standing for line in s.part.lines}
    # Cells side by side inside a field were put together to one line.
    joined = [line.box for line in kinds if line.inline_row]
    held = (line for grid in page.grids for cell in grid.cells for line in cell.lines)
    for line in (*held, *page.loose_lines, *page.ruby):
        if line not in kinds and not any(box.contains(line.box) for box in joined):
            kinds[line] = NOWHERE
    for line, kind in kinds.items():
        yield Mark(kind, line.box)


def _piece(page: Page, position: int, index: _Index) -> Piece:
    grid, key = page.grids[position], (page.header.number, position)
    standing = index.standing[key]
    rows = list(dict.fromkeys((s.table, s.row) for s in standing))
    own = [row for row in rows if key in index.own(*row)]
    return Piece(
        box=grid.box,
        cells=tuple(cell.box for cell in grid.cells),
        open_edges=tuple(_open_edges(grid)),
        heads=tuple(_heads(grid, standing)),
        entries=tuple(_entry(row, key, grid.box, index) for row in own),
        before=_join(own[0], key, -1, index) if own else None,
        after=_join(own[-1], key, 1, index) if own else None,
    )


def _open_edges(grid: Grid) -> Iterator[Box]:
    box = grid.box
    if grid.open_top:
        yield Box(box.x0, box.top, box.x1, box.top)
    if grid.open_bottom:
        yield Box(box.x0, box.bottom, box.x1, box.bottom)


def _heads(grid: Grid, standing: Sequence[_Standing]) -> Iterator[Mark]:
    columns: dict[int, list[_Standing]] = defaultdict(list)
    for one in standing:
        columns[one.column].append(one)
    for _, parts in sorted(columns.items()):
        # The narrowest: a cell may reach over the columns beside.
        left = min(s.part.box.x0 for s in parts)
        right = min(s.part.box.x1 for s in parts)
        yield Mark(parts[0].kind, Box(left, grid.box.top, right, grid.box.bottom))


def _entry(row: tuple[int, int], key: _Key, box: Box, index: _Index) -> Entry:
    top, bottom = _extent([s for s in index.standing[key] if (s.table, s.row) == row])
    grids = index.own(*row)
    return Entry(
        label=f"t{row[0]}-r{row[1]}",
        box=Box(box.x0, top, box.x1, bottom),
        open_top=key != grids[0],
        open_bottom=key != grids[-1],
    )


def _extent(standing: Sequence[_Standing]) -> tuple[float, float]:
    """From where to where all fields reach: a cell merged over several records reaches farther."""
    columns: dict[int, list[Box]] = defaultdict(list)
    for one in standing:
        columns[one.column].append(one.part.box)
    tops = (min(box.top for box in boxes) for boxes in columns.values())
    bottoms = (max(box.bottom for box in boxes) for boxes in columns.values())
    return max(tops), min(bottoms)


def _join(row: tuple[int, int], key: _Key, step: int, index: _Index) -> Join | None:
    """What became of a table over the end of a piece.

    Args:
        row: The table's number and that of the row at this end.
        key: The piece.
        step: -1: to the piece before; 1: to the one after.
    """
    grids = index.tables[row[0]]
    other = grids.index(key) + step
    if not 0 <= other < len(grids):
        return None
    neighbour = grids[other]
    if neighbour in index.own(*row):
        return Join(neighbour[0], index.records[row].confidence, False)
    return Join(neighbour[0], None, neighbour in index.rows[row])
