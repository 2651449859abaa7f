"""Find where a header ends: no ruling parts it from a record, or a row numbers its columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Cell, Grid, Line, Role, remove_white_space
from pipeline.segment.headers.header_rows import Header, assign_roles, find_depths, find_header
from pipeline.segment.headers.repeated_header import LEAST_REPEATED
from pipeline.segment.rows.cut_line import cut_out
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_SERIES = ("123456789", "abcdefghi", "アイウエオカキクケ", "イロハニホヘトチリ")
_LEAST = 3  # cells; judgement: two may be a record of two short texts
_LONGEST = 3  # characters of a sign; judgement: (1)
_MOST_LINES = 3  # judgement: a header word in a narrow column takes no more


def rule_header(grid: Grid, roles: HeaderRoles) -> Grid:
    """Rule the header off where it stands in the cells of the first record: 改正後 above 第１条.

    One without upright rulings is parted at the edges of the columns below it.

    Returns:
        The grid with one row more; the grid itself where the first lines of its first row do not
        name roles, two at least and one of them a text.
    """
    grid = _rule_sides(grid, roles)
    top = grid.row(0)
    if len(top) == 1:
        return _part_at_columns(grid, top[0], roles)
    if not any(roles.is_prose(cell.text) for cell in top):
        return grid
    edges = [*_find_edges(top)]
    counts = [_count_names(top, edge, roles) for edge in edges]
    if not any(counts):
        return grid
    edge = edges[counts.index(max(counts))]
    if any(cell.box.bottom <= edge for cell in top):  # a ruling parts it in some columns
        return grid
    parts = [(cell, *_part(cell, edge)) for cell in top]
    heads = (
        replace(c, box=replace(c.box, bottom=edge), lines=head, row_span=1) for c, head, _ in parts
    )
    bodies = (replace(c, row=1, box=replace(c.box, top=edge), lines=body) for c, _, body in parts)
    others = (replace(c, row=c.row + 1) for c in grid.cells if c.row)
    row_edges = (grid.row_edges[0], edge, *grid.row_edges[1:])
    return replace(grid, row_edges=row_edges, cells=(*heads, *bodies, *others))


def _find_edges(cells: Sequence[Cell]) -> Iterator[float]:
    """Yield the heights at which the first lines of all cells end, and others begin."""
    lines = sorted((line for cell in cells for line in cell.lines), key=lambda line: line.top)
    first = max((cell.lines[0].bottom for cell in cells if cell.lines), default=0.0)
    bottoms = accumulate((line.bottom for line in lines), max)
    for bottom, below in zip(bottoms, lines[1:], strict=False):
        edge = (bottom + below.top) / 2
        if max(len(_part(cell, edge)[0]) for cell in cells) > _MOST_LINES:
            return
        if first <= bottom <= below.top:
            yield edge


def _part(cell: Cell, edge: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a cell above a height, and those below it."""
    count = sum(line.bottom <= edge for line in cell.lines)
    return cell.lines[:count], cell.lines[count:]


def _count_names(cells: Sequence[Cell], edge: float, roles: HeaderRoles) -> int:
    """How many cells name roles above a height; 0: no header ends there.

    All name one, or most do and a number begins below the one of numbers.
    """
    parts = [_part(cell, edge) for cell in cells]
    texts = [remove_white_space("".join(line.text for line in head)) for head, _ in parts]
    matches = [roles.match(text, ENDS_IN_WORD) if text else None for text in texts]
    found = assign_roles(matches)
    named = {role for role in found if role is not None}
    if any(map(roles.is_prose, texts)) or len(named) < LEAST_REPEATED or not named & TEXT_ROLES:
        return 0
    known = sum(match is not None for match in matches)
    counted = any(
        role is Role.NUMBER and body and body[0].text.lstrip()[:1].isdigit()
        for role, (_, body) in zip(found, parts, strict=True)
    )
    return known if known == len(cells) or (counted and 2 * known > len(cells)) else 0


def _rule_sides(grid: Grid, roles: HeaderRoles) -> Grid:
    """Rule the header off in a cell at the table's side that all rows share: it is their label."""
    sides = [
        cell
        for cell in grid.cells
        if cell.row_span == grid.row_count
        and not 0 < cell.column < cell.column_end < grid.column_count
    ]
    rest = tuple(cell for cell in grid.cells if cell not in sides)
    depth = next(find_depths(replace(grid, cells=rest)), grid.row_count)
    if not sides or not rest or depth == grid.row_count:
        return grid
    edge = grid.row_edges[depth]
    heads = (
        replace(cell, box=replace(cell.box, bottom=edge), lines=(), row_span=depth)
        for cell in sides
    )
    bodies = (
        replace(c, row=depth, row_span=c.row_span - depth, box=replace(c.box, top=edge))
        for c in sides
    )
    cells = sorted((*heads, *rest, *bodies), key=lambda cell: (cell.row, cell.column))
    ruled = replace(grid, cells=tuple(cells))
    return grid if find_header(ruled, roles) is None else ruled


def _part_at_columns(grid: Grid, cell: Cell, roles: HeaderRoles) -> Grid:
    """Part a first row that is one cell where each word over a column names a role."""
    if cell.row_span > 1 or len(cell.lines) != 1 or cell.column_span != grid.column_count:
        return grid
    (line,), edges = cell.lines, grid.column_edges
    middles = [(left + right) / 2 for left, right in pairwise(line.edges)]
    starts = [bisect_left(middles, edge) for edge in edges]
    parts = [cut_out(line, start, end) for start, end in pairwise(starts)]
    words = [part for part in parts if part is not None]
    named = {roles.match(remove_white_space(word.text), ENDS_IN_WORD) for word in words}
    apart = all(after.x0 - word.x1 >= word.size for word, after in pairwise(words))
    if len(words) < len(parts) or None in named or len(words) < LEAST_REPEATED or not apart:
        return grid
    cells = (
        Cell(0, at, 1, 1, replace(cell.box, x0=edges[at], x1=edges[at + 1]), (word,))
        for at, word in enumerate(words)
    )
    return replace(grid, cells=(*cells, *(own for own in grid.cells if own is not cell)))


def skip_column_numbers(grid: Grid, header: Header) -> Header:
    """Add the row below a header to it if it numbers the columns; else return it as it is.

    Args:
        grid: The piece that the header is at the top of.
    """
    if header.depth >= grid.row_count:
        return header
    below = [cell for cell in grid.cells if cell.row <= header.depth < cell.row_end]
    filled = [cell for cell in below if cell.lines]
    if len(filled) < _LEAST or any(cell.row_span > 1 for cell in below) or not _count_on(filled):
        return header
    lines = tuple(line for cell in filled for line in cell.lines)
    return replace(header, depth=header.depth + 1, lines=(*header.lines, *lines))


def _count_on(cells: list[Cell]) -> bool:
    """Whether cells hold the signs of one series from its first on, and nothing else."""
    if any(len(cell.text) > _LONGEST for cell in cells):
        return False
    signs = "".join(fold(cell.text).strip("().").casefold() for cell in cells)
    return len(signs) == len(cells) and any(series.startswith(signs) for series in _SERIES)
