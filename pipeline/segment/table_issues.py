"""What a person should look at: headers, roles by content, numbers, and tables left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from pipeline.model import EXTRA, Box, Grid, Issue, Line, Page, Role, Severity, Stage, Table
from pipeline.segment.headers.shown_roles import ShownRole
from pipeline.segment.headings.titles import place_of
from pipeline.segment.rows.grid_rows import row_number
from pipeline.segment.rows.shared_cells import end_in_one_cell
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import IS_WORD, strip_header
from pipeline.vocabulary.line_marks import remove_mark

_SHOWN = 60  # characters; judgement: enough to find a table on its page
_LEAST_LINES = 3  # lines; judgement: a word over two lines of text is no column
_MUCH_TEXT = 60  # characters; judgement: facts beside each other above a table have fewer
_WORDS_APART = 0.5  # em; judgement: cells keep their texts farther apart
# Share of the table's width; judgement: prose takes all of it, and a column that did not fit less.
_NARROW = 0.75


def find_table_issues(
    tables: Sequence[Table],
    shown: Sequence[Sequence[ShownRole]],
    doubtful: Sequence[Sequence[ShownRole]],
    annex: str,
) -> Iterator[Issue]:
    """Find what a person should look at in each table.

    Args:
        shown: For each the roles that only its cells show.
        doubtful: For each the roles that only the form of a header tells.
    """
    each = zip(tables, shown, doubtful, strict=True)
    for index, (table, own, told) in enumerate(each, start=1):
        yield from _role_issues(table, own, told, index, annex)
        yield from _number_issues(table, index, annex)


def _role_issues(
    table: Table, shown: Sequence[ShownRole], doubtful: Sequence[ShownRole], index: int, annex: str
) -> Iterator[Issue]:
    """Roles that no word of a header names: a person should settle them."""
    for entry in (*shown, *doubtful):
        printed = table.columns[entry.column].header
        role = entry.role or EXTRA
        named = printed or "…"
        yield Issue(
            Severity.WARNING,
            Stage.SEGMENT,
            "role_by_content",
            f"table {index}: the column {printed!r} was taken for {role} because of what its "
            f"cells hold; to settle it, write `roles: {{{named}: {role}}}` (or the right role) "
            f"into {annex}.yml beside the PDF"
            if entry in shown
            else f"table {index}: the column {printed!r} was taken for {role} because of the form "
            "of its header or the columns beside it, but its cells do not show it; to settle it, "
            f"write `roles: {{{named}: {role}}}` (or the right role) into {annex}.yml beside the "
            "PDF",
            page=table.rows[0].pages[0] if table.rows else None,
        )


def _number_issues(table: Table, index: int, annex: str) -> Iterator[Issue]:
    """Printed numbers that do not follow each other."""
    numbers = table.places.get(Role.NUMBER)
    if numbers is None:
        return
    for position, (above, below) in enumerate(pairwise(table.rows), start=2):
        before, number = row_number(above, numbers, last=True), row_number(below, numbers)
        if before is None or number is None or number in (before + 1, 1):
            continue
        # A comment with two answers has one number.
        if not end_in_one_cell(above.fields[numbers], below.fields[numbers]):
            yield Issue(
                Severity.WARNING,
                Stage.SEGMENT,
                "number_gap",
                f"table {index}: number {number} follows {before}; look whether a row is missing",
                page=below.pages[0],
                record_id=f"{annex}-t{index}-r{position}",
            )


def find_header_issues(tables: Sequence[Table], annex: str, roles: HeaderRoles) -> Iterator[Issue]:
    """One issue for each header without a role, however many tables have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, table in enumerate(tables, start=1):
        for header in {column.header: None for column in table.columns if column.role is None}:
            if not roles.is_extra(header):
                found[header].append(index)
    for header, indices in found.items():
        first = tables[indices[0] - 1]
        message = _explain(_name(indices), header, annex, roles)
        page = first.rows[0].pages[0] if first.rows else None
        yield Issue(Severity.WARNING, Stage.SEGMENT, "unknown_header", message, page=page)


def _name(indices: Sequence[int]) -> str:
    if len(indices) == 1:
        return f"table {indices[0]}"
    return f"tables {', '.join(map(str, indices))}"


def _explain(where: str, header: str, annex: str, roles: HeaderRoles) -> str:
    """Why a column has no role, and what to do."""
    match = roles.match(header)
    if match is None:
        return (
            f"{where}: the column {header!r} has no known role and is kept in `extra`; to give it "
            f"one, say so in {annex}.yml beside the PDF (roles, see docs/data.md), or add the word "
            "to pipeline/vocabulary/header_words.yml"
        )
    return (  # to add the word to the vocabulary would change nothing
        f"{where}: the column {header!r} means {match.role}, which another column of its table "
        f"has, and is kept in `extra`; to choose the other one, say so in {annex}.yml beside the "
        "PDF (roles, see docs/data.md)"
    )


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


def report_texts_in_columns(pages: Sequence[Page], tables: Sequence[Table]) -> Iterator[Issue]:
    """Report text outside the tables that stands in the columns of one: rows may have been missed.

    Args:
        pages: The pages that tables were looked for on.
    """
    columns: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for row in chain.from_iterable(table.rows for table in tables):
        columns[row.pages[-1]].add(tuple(round(f.parts[-1].box.x0) for f in row.fields if f.parts))
    for page in pages:
        number = page.header.number
        near = columns.get(number - 1, set()) | columns.get(number, set())
        found = ([o for o in page.loose_lines if _stands_in_columns(o, own)] for own in near)
        lines = max(found, key=len, default=[])
        count = sum(line.glyphs for line in lines)
        if len(lines) >= _LEAST_LINES and count >= _MUCH_TEXT:
            yield _report(
                f"text beginning {lines[0].text.strip()[:_SHOWN]!r} stands in the columns of a "
                f"table, but was left out with its {count} characters: it is in no record; compare "
                "the page",
                number,
                count,
            )


def _stands_in_columns(line: Line, lefts: Sequence[float]) -> bool:
    """Whether a line has text in several columns, and white space before each of these.

    The mark of an item (１　) may stand in the column of the numbers; the item is no row.

    Args:
        lefts: The x where the columns begin, in points.
    """
    inked = [(a, b) for c, (a, b) in zip(line.text, pairwise(line.edges), strict=True) if c.strip()]
    x0 = line.edges[len(line.text) - len(remove_mark(line.text))]
    inner = [x for x in lefts if x0 < x < line.x1]
    return bool(inner) and all(
        min((a for a, _ in inked if a + line.size / 4 > x), default=x)
        - max((b for a, b in inked if a + line.size / 4 <= x), default=x)
        > _WORDS_APART * line.size
        for x in inner
    )


def _report(message: str, page: int, count: int) -> Issue:
    return Issue(
        Severity.WARNING, Stage.SEGMENT, "not_a_comment_table", message, page=page, characters=count
    )
