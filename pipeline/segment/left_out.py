"""Report the tables, and the columns alone on a page, that give no record."""

from collections.abc import Iterator, Sequence

from pipeline.model import Box, Grid, Issue, Line, Page, Severity, Stage, Table
from pipeline.segment.headings.titles import place_of
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import IS_WORD, strip_header

_SHOWN = 60  # characters; judgement: enough to find a table on its page
_LEAST_LINES = 3  # lines; judgement: a word over two lines of text is no column
# Share of the table's width; judgement: prose takes all of it, and a column that did not fit less.
_NARROW = 0.75


def report_left_out(grid: Grid, count: int) -> Issue:
    """Say that a ruled table was left out, and how to have it read.

    Args:
        grid: The table, or the piece of one.
    """
    first = [cell.text for cell in grid.row(0) if cell.text]
    return _report(
        f"a ruled table beginning {' | '.join(first)[:_SHOWN]!r} was left out with its "
        f"{count} characters: its headers "
        "name no comment table; if it is one, say the roles of its headers in the .yml "
        "beside the PDF, or add its header words to pipeline/vocabulary/header_words.yml",
        grid.page,
        count,
    )


def report_lone_columns(
    pages: Sequence[Page], tables: Sequence[Table], roles: HeaderRoles
) -> Iterator[Issue]:
    """Report the columns of a sheet that were printed alone on a page of their own.

    Args:
        pages: The pages that tables were looked for on.
    """
    read = {number for table in tables for row in table.rows for number in row.pages}
    # The tables with the pages that they begin on, each found once: an annex may have hundreds.
    begun = [(table.rows[0].pages[0], table) for table in tables if table.rows]
    running: set[tuple[str, int]] = set()
    for page in pages:
        number = page.header.number
        is_free = not page.grids and number not in read
        before = [table for first, table in begun if first < number] if is_free else []
        fresh = [line for line in page.loose_lines if place_of(line) not in running]
        # Above its header may stand the end of the sheet's title, which did not fit either.
        rests = (fresh, fresh[1:]) if before else ()
        lines = next((own for own in rests if _is_lone_column(own, before[-1], roles)), None)
        if lines is not None:
            count = sum(line.glyphs for line in lines)
            yield _report(
                f"a column beginning {lines[0].text.strip()[:_SHOWN]!r} stands alone on its page "
                f"and was left out with its {count} characters: it is in no record; print the "
                "sheet to the width of one page",
                number,
                count,
            )
        else:  # its header, which each of its pages prints, is no running head
            running |= {place_of(line) for line in page.loose_lines}


def _is_lone_column(lines: Sequence[Line], table: Table, roles: HeaderRoles) -> bool:
    """Whether a header that the table lacks stands over lines that leave its width free."""
    if len(lines) < _LEAST_LINES:
        return False
    header = lines[0].text.strip()
    if roles.match(header, IS_WORD) is None:
        return False
    if strip_header(header) in {strip_header(column.header) for column in table.columns}:
        return False
    cells = Box.around([part.box for field in table.rows[0].fields for part in field.parts])
    return Box.around([line.box for line in lines]).width < _NARROW * cells.width


def _report(message: str, page: int, count: int) -> Issue:
    return Issue(
        Severity.WARNING, Stage.SEGMENT, "not_a_comment_table", message, page=page, characters=count
    )
