"""Find headings that stand between two pieces of a table, outside their grids.

Where a table has no sides, no vertical goes past a heading that is merged over all columns. The
pieces above and below it are then grids of their own. Where no ruling closes the last row, the
heading of the next records may stand in it.
"""

from collections.abc import Callable, Collection, Sequence
from statistics import median

from pipeline.model import Grid, Line, Page, TableRow, remove_white_space
from pipeline.segment.headings.heading_rows import build_heading
from pipeline.segment.headings.section_levels import SectionHeading, is_larger, is_same_size
from pipeline.segment.headings.titles import Headings, are_alike
from pipeline.segment.pieces.piece_columns import PieceColumns
from pipeline.segment.rows.other_rows import is_closing_text, is_sum_text
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import cut_row, find_gaps, measure_leading
from pipeline.segment.table_draft import TableDraft
from pipeline.vocabulary.header_words import strip_header
from pipeline.vocabulary.heading_forms import has_place, may_head, read_form
from pipeline.vocabulary.line_marks import begins_note, is_page_number

# In em.
_SPARE = 0.5  # judgement: the margin above a new table's title is a line, that of a row's text none


def find_loose_headings(
    draft: TableDraft, page: Page, grid: Grid, columns: PieceColumns, top: float, headings: Headings
) -> list[SectionHeading]:
    """Find the headings between a piece and the one of the same columns before it.

    Args:
        draft: The table before the piece.
        columns: The columns of the table on it.
        top: The y where the piece above it on the page ends, in points; 0: there is none.
        headings: The lines around the tables.
    """
    last = draft.last
    if last is None or not columns.edges or columns.moved or (top and last.box.bottom != top):
        return []
    # What stands below a table's sum and above another header may be a title.
    kinds = None if columns.header is None else draft.levels.kinds
    below = [line for line in headings.trailing if line.page == last.page]
    found = [] if top else _find_headings_below(last, below, kinds)
    if columns.header is None:  # what stands above a header is a title
        found += _find_headings_above(page, grid, top, headings.is_repeated)
    return [heading for heading in found if not _names_table(heading, draft, last)]


def find_headings_between(page: Page, grid: Grid, top: float) -> list[SectionHeading]:
    """Read all lines above a piece that continues a table of the same page as headings.

    However far they stand from the rows, each begins as one of a series does (第２章): the numbers
    of the records go on across them, and nothing else would keep them.

    Args:
        top: The y where the piece above it on the page ends, in points; 0: there is none.
    """
    between = page.lines_between(top, grid.box.top) if top else ()
    fitting = all(_may_be_heading(line, grid) and has_place(line.text) for line in between)
    return _join_wrapped(between, grid) if fitting else []


def _names_table(heading: SectionHeading, draft: TableDraft, last: Grid) -> bool:
    """Whether a text is the table's title, caption or header, or set as large as its title.

    The first three may be printed again above its rows; the last is the title of another table.
    """
    bare = strip_header(remove_white_space(heading.text))
    size = draft.heading.size
    if is_same_size(size, heading.look.size) and is_larger(size, last.lines):
        return True
    return heading.text in draft.heading.texts or draft.header.has_text(bare)


def _find_headings_above(
    page: Page, grid: Grid, top: float, is_repeated: Callable[[Line], bool]
) -> list[SectionHeading]:
    """Read the lines right above a piece as headings of its rows.

    Args:
        grid: The piece, which continues a table.
        top: The y where the piece above it on the page ends, in points; 0: there is none.
        is_repeated: Whether an earlier page has a line too: a running head is no heading.

    Returns:
        From top to bottom. Below a piece on the same page it is all lines or none.
    """
    between = page.lines_between(top, grid.box.top)
    room = _measure_padding(grid)
    near: list[Line] = []
    bottom = grid.box.top
    for line in reversed(between):
        if bottom - line.bottom > room + _SPARE * line.size or not _may_be_heading(line, grid):
            break
        near.insert(0, line)
        bottom = line.top
    if near and top and (len(near) < len(between) or bottom - top > room + _SPARE * near[0].size):
        return []
    return _join_wrapped([line for line in near if top or not is_repeated(line)], grid)


def _find_headings_below(
    grid: Grid, lines: Sequence[Line], kinds: Collection[str] | None
) -> list[SectionHeading]:
    """Read the lines right below a piece as headings of the rows on the next page.

    Args:
        grid: The last piece of its page.
        lines: All lines below it, from top to bottom.
        kinds: Those of headings below a sum, which may close the table; None: any.
    """
    room = _measure_padding(grid)
    near: list[Line] = []
    bottom = grid.box.bottom
    summed = False
    for line in lines:
        if line.top - bottom > room + _SPARE * line.size:
            break
        bottom = line.bottom
        if is_sum_text(line.text):
            summed = True
        elif (
            not _may_be_heading(line, grid)
            or _is_footnote(line, grid)
            or (summed and kinds is not None and read_form(line.text).kind not in kinds)
        ):
            break
        else:
            near.append(line)
    return _join_wrapped(near, grid)


def _measure_padding(grid: Grid) -> float:
    """The least white space above and below a cell's text together, in points."""
    filled = [cell for cell in grid.cells if cell.lines]
    above = min((cell.lines[0].top - cell.box.top for cell in filled), default=0.0)
    below = min((cell.box.bottom - cell.lines[-1].bottom for cell in filled), default=0.0)
    return max(0.0, above) + max(0.0, below)


def _may_be_heading(line: Line, grid: Grid) -> bool:
    spare = _SPARE * line.size
    inside = grid.box.x0 - spare <= line.x0 and line.x1 <= grid.box.x1 + spare
    text = line.text.strip()
    return (
        inside
        and may_head(text)
        and not is_page_number(text)
        and not is_closing_text(text)
        and not begins_note(text)
    )


def _is_footnote(line: Line, grid: Grid) -> bool:
    """Whether a line is set smaller than the text above it: 1 県の推計による。"""
    return bool(grid.lines) and is_larger(median(own.size for own in grid.lines), [line])


def _join_wrapped(lines: Sequence[Line], grid: Grid) -> list[SectionHeading]:
    headings: list[SectionHeading] = []
    wraps = False
    for line in lines:
        if wraps:
            before = headings.pop()
            text, own = before.text + line.text, (*before.lines, line)
            headings.append(SectionHeading(text, own))
        else:
            headings.append(SectionHeading(line.text.strip(), (line,)))
        wraps = line.fills(grid.box.x1)
    return headings


def part_heading_below(row: TableRow, caption: str | None) -> tuple[TableRow, list[SectionHeading]]:
    """Part the heading of the next records from a piece's last row, which no ruling closes.

    It stands alone below room, and is like the table's caption: 【Ｂ社】, as 【Ａ社】.
    """
    if caption is None or len(row.lines) < 2:
        return row, []
    last = max(row.lines, key=lambda line: line.top)
    above, below = cut_row(row, [last.top])
    leading, gaps = measure_leading(above), find_gaps(row.lines)
    least = leading.most if leading else SAME_LINE * last.size
    apart = below.lines == [last] and bool(gaps) and gaps[-1].height > least
    if not apart or not are_alike(last.text.strip(), caption):
        return row, []
    heading = build_heading((last,), last.text.strip())
    return (above, [heading]) if heading else (row, [])
