"""Two sheets on a page, and tables in columns side by side."""

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Cell, Grid, Line, Page, Segmented
from tests.support.grids import WIDTH, grid, numbers, page, segment
from tests.support.making import line

HEADER = ["No", "意見", "回答"]
ERRATA = ["頁", "誤", "正"]
LEFT = [["1", "あ", "い"], ["2", "う", "え"]]
RIGHT = [["3", "お", "か"], ["4", "き", "く"]]
GUTTER = 50.0


def first_column(segmented: Segmented) -> list[list[str]]:
    return numbers(segmented)


def beside(left: Grid, right: Grid) -> Grid:
    """Two grids as one with an empty column between, as rulings of one height are read."""
    x = left.column_edges[-1] + GUTTER
    columns, rows = len(left.column_edges) - 1, len(left.row_edges) - 1
    gutter = Cell(0, columns, rows, 1, Box(x - GUTTER, left.box.top, x, left.box.bottom), ())
    moved = [replace(c, column=c.column + columns + 1) for c in move(right, x).cells]
    return replace(
        left,
        column_edges=(*left.column_edges, *(x + e for e in right.column_edges)),
        cells=tuple(sorted([*left.cells, gutter, *moved], key=lambda c: (c.row, c.column))),
    )


def move(piece: Grid, right: float) -> Grid:
    cells = [
        replace(
            c,
            box=Box(c.box.x0 + right, c.box.top, c.box.x1 + right, c.box.bottom),
            lines=tuple(
                replace(li, edges=tuple(e + right for e in li.edges), end=li.end + right)
                for li in c.lines
            ),
        )
        for c in piece.cells
    ]
    edges = tuple(x + right for x in piece.column_edges)
    return replace(piece, cells=tuple(cells), column_edges=edges)


def on_a_wide_page(number: int, grids: list[Grid], loose: tuple[Line, ...] = ()) -> Page:
    sheet = page(number, grids, loose)
    return replace(sheet, header=replace(sheet.header, width=700, height=500))


def test_halves_with_a_gutter_are_read_one_after_the_other() -> None:
    both = beside(grid([HEADER, *LEFT]), grid([HEADER, *RIGHT]))
    segmented = segment(on_a_wide_page(1, [both]))
    assert first_column(segmented) == [["1", "2", "3", "4"]]
    assert segmented.pages[0].tables == 2
    assert len(segmented.pages[0].header_lines) == 6
    right = segmented.tables[0].rows[2].fields[0].parts[0]
    assert (right.box.x0, right.box.x1) == (350, 450)


def test_a_grid_that_repeats_its_headers_is_one_table() -> None:
    rows = [HEADER + HEADER, *(a + b for a, b in zip(LEFT, RIGHT, strict=True))]
    without_header = [["5", "け", "こ", "7", "す", "せ"], ["6", "さ", "し", "", "", ""]]
    segmented = segment(page(1, [grid(rows)]), page(2, [grid(without_header, page=2)]))
    assert first_column(segmented) == [["1", "2", "3", "4", "5", "6", "7"]]


def test_a_last_page_may_fill_only_the_first_half() -> None:
    rows = [HEADER + HEADER, *(a + b for a, b in zip(LEFT, RIGHT, strict=True))]
    gutter = [[*row[:3], "", *row[3:]] for row in rows]
    last = grid([["5", "け", "こ", "", "", "", ""]], page=2)
    half = replace(last, cells=(*last.cells[:3], replace(last.cells[3], column_span=4)))
    segmented = segment(page(1, [grid(gutter)]), page(2, [half]))
    assert first_column(segmented) == [["1", "2", "3", "4", "5"]]


def test_three_times_the_same_headers() -> None:
    rows = [ERRATA * 3, ["1", "あ", "い", "2", "う", "え", "3", "お", "か"]]
    segmented = segment(page(1, [grid(rows)]))
    assert first_column(segmented) == [["1", "2", "3"]]


def test_halves_of_other_heights_are_read_left_first() -> None:
    left, right = grid([HEADER, *LEFT], top=130), move(grid([HEADER, RIGHT[0]], top=100), 350)
    for grids in ([left, right], [right, left]):
        assert first_column(segment(on_a_wide_page(1, grids))) == [["1", "2", "3"]]


@pytest.mark.parametrize(("stretch", "records"), [(1.01, 4), (1.1, 2)])
def test_halves_of_a_scanned_sheet_are_stretched(stretch: float, records: int) -> None:
    """A sheet that did not lie flat has wider columns at one side: the right half was left out."""
    left = grid([["章", "意見", "回答"], ["総則", "あ。", "い。"], ["計画", "う。", "え。"]])
    right = move(grid([["計画", "お。", "か。"], ["総則", "き。", "く。"]]), 650)
    left = replace(left, column_edges=tuple(2 * x for x in left.column_edges))
    edges = tuple(650 + 2 * (x - 650) * stretch for x in right.column_edges)
    sheet = page(1, [left, replace(right, column_edges=edges)])
    sheet = replace(sheet, header=replace(sheet.header, width=1300, height=170))
    (table,) = segment(sheet).tables
    assert len(table.rows) == records


def test_a_page_without_headers_is_parted_as_the_one_before() -> None:
    first = [grid([HEADER, *LEFT]), move(grid(RIGHT), 350)]
    left, right = grid([["5", "け", "こ"]], 2, top=120), grid([["6", "さ", "し"]], 2, top=100)
    second = [move(right, 350), left]
    segmented = segment(on_a_wide_page(1, first), on_a_wide_page(2, second))
    assert first_column(segmented) == [["1", "2", "3", "4", "5", "6"]]


def test_halves_of_one_height_without_headers_are_known_from_the_page_before() -> None:
    first = [grid([HEADER, *LEFT]), move(grid(RIGHT), 350)]
    second = beside(grid([["5", "け", "こ"]], page=2), grid([["6", "さ", "し"]], page=2))
    segmented = segment(on_a_wide_page(1, first), on_a_wide_page(2, [second]))
    assert first_column(segmented) == [["1", "2", "3", "4", "5", "6"]]


def test_two_tables_drawn_beside_each_other_are_two_where_no_number_goes_on() -> None:
    rows = [["3", "あ", "い"], ["5", "う", "え"]], [["14", "お", "か"], ["17", "き", "く"]]
    both = beside(grid([ERRATA, *rows[0]]), grid([ERRATA, *rows[1]]))
    title = line("正誤表", 0, 40)
    segmented = segment(on_a_wide_page(1, [both], (title,)))
    assert [(t.title, len(t.rows)) for t in segmented.tables] == [("正誤表", 2), ("正誤表", 2)]


def test_a_sentence_that_goes_on_joins_the_halves() -> None:
    cut = "途中の文章がつづく"
    left = grid([["意見", "回答"], ["あ。", "い。"], [cut, "え。"]])
    both = beside(left, grid([["意見", "回答"], ["です。", ""], ["お。", "か。"]]))
    assert [len(t.rows) for t in segment(on_a_wide_page(1, [both])).tables] == [3]


def test_two_sheets_keep_their_lines_apart() -> None:
    """Lines of one height are one physical line, however far apart."""
    both = beside(grid([HEADER, *LEFT]), grid([HEADER, *RIGHT]))
    head = line("第１回の意見" + " " * 58 + "第２回の意見", 0, 40)
    foot = line("1" + " " * 69 + "2", 140, 480)
    segmented = segment(on_a_wide_page(1, [both], (head, foot)))
    assert [t.title for t in segmented.tables] == ["第１回の意見", "第２回の意見"]
    assert {li.text for li in segmented.pages[0].furniture_lines} == {head.text, foot.text}


def test_what_stands_over_each_sheet_is_a_running_head() -> None:
    both = beside(grid([HEADER, *LEFT]), grid([HEADER, *RIGHT]))
    head = line("意見と回答" + " " * 60 + "意見と回答", 0, 40)
    foot = line("1" + " " * 69 + "2", 140, 480)
    segmented = segment(on_a_wide_page(1, [both], (head, foot)))
    assert [t.title for t in segmented.tables] == [None]


@pytest.mark.parametrize(
    "header", [["No", "意見", "回答", "意見", "回答"], ["意見", "意見", "回答", "回答"]]
)
def test_headers_that_only_recur_part_no_grid(header: list[str]) -> None:
    rows = [header, ["1", "あ", "い", "う", "え"][: len(header)]]
    segmented = segment(page(1, [grid(rows)]))
    assert [len(t.rows) for t in segmented.tables] == [1]
    assert len(segmented.tables[0].columns) == len(header)


def test_an_empty_column_parts_no_table() -> None:
    rows = [["No", "意見", "", "回答", "備考"], ["1", "あ", "", "い", "う"]]
    assert len(segment(page(1, [grid(rows)])).tables[0].columns) == 5


def test_a_small_table_beside_a_comment_table_stays_out() -> None:
    stamp = move(grid([["課長", "係長"], ["印", "印"]], top=100), 3 * WIDTH + 40)
    segmented = segment(on_a_wide_page(1, [grid([HEADER, *LEFT], top=110), stamp]))
    assert first_column(segmented) == [["1", "2"]]


def test_two_tables_beside_each_other_go_on_over_pages() -> None:
    """Both count from 1. Page by page, 3 would follow the 2 of the other table."""
    first = [grid([HEADER, *LEFT]), move(grid([HEADER, *LEFT]), 350)]
    second = [grid(RIGHT, page=2), move(grid(RIGHT, page=2), 350)]
    segmented = segment(on_a_wide_page(1, first), on_a_wide_page(2, second))
    assert first_column(segmented) == [["1", "2", "3", "4"]] * 2


CUT = ["2", "う", "途中の文章がつづく"]
REST = ["", "", "です。"]
END = ["3", "お", "か"]


def test_a_row_that_the_page_cuts_goes_on_in_its_own_half() -> None:
    """Neither half begins with a number. Page by page, the left one would follow the right one."""
    rows = [["1", "あ", "い"], CUT]
    first = [grid([HEADER, *rows]), move(grid([HEADER, *rows]), 350)]
    second = [grid([HEADER, REST, END], page=2), move(grid([HEADER, REST], page=2), 350)]
    segmented = segment(on_a_wide_page(1, first), on_a_wide_page(2, second))
    assert first_column(segmented) == [["1", "2", "3"], ["1", "2"]]


@pytest.mark.parametrize("place", [0, 350])
def test_one_of_two_tables_beside_each_other_goes_on_alone(place: float) -> None:
    rows = [["1", "あ", "い"], CUT]
    first = [grid([HEADER, *rows]), move(grid([HEADER, *rows]), 350)]
    titles = line("市民の意見", 0, 40), line("委員の質問", 350, 40)
    second = move(grid([HEADER, REST, END], page=2), place)
    segmented = segment(on_a_wide_page(1, first, titles), on_a_wide_page(2, [second]))
    lengths = [len(own) for own in first_column(segmented)]
    assert lengths == ([2, 3] if place else [3, 2])


def test_a_row_cut_at_the_foot_of_the_right_half_goes_on_in_the_left_one() -> None:
    first = [grid([HEADER, *LEFT]), move(grid([HEADER, ["3", "お", "か"], ["4", *CUT[1:]]]), 350)]
    second = [grid([HEADER, REST, ["5", "け", "こ"]], page=2)]
    segmented = segment(on_a_wide_page(1, first), on_a_wide_page(2, second))
    assert first_column(segmented) == [["1", "2", "3", "4", "5"]]


def test_numbers_that_leave_some_out_show_the_order_of_the_halves() -> None:
    """The pages of an errata list rise down the left halves first."""
    tops = [["3", "あ", "い"], ["9", "う", "え"]], [["21", "お", "か"], ["30", "き", "く"]]
    ends = [["14", "け", "こ"]], [["33", "さ", "し"]]
    first, second = (
        grid([ERRATA * 2, *(a + b for a, b in zip(*halves, strict=True))], page=number)
        for number, halves in enumerate((tops, ends), 1)
    )
    segmented = segment(page(1, [first]), page(2, [second]))
    assert first_column(segmented) == [["3", "9", "14", "21", "30", "33"]]


def test_tables_of_two_sheets_come_in_the_order_of_the_sheets() -> None:
    """The table on the right sheet begins higher: the left one has a title above it."""
    left = grid([["番号", "意見", "回答"], ["1", "道が狭い。", "広げます。"]], top=115)
    right = grid([["番号", "質問", "見解"], ["7", "橋が古い。", "直します。"]], top=100, left=350)
    found = segment(page(1, [right, left]))
    assert [table.columns[1].header for table in found.tables] == ["意見", "質問"]


def sheet(first: int, count: int, left: float, on: int = 1) -> Grid:
    """A table with a header, and records with these numbers."""
    rows = [[str(first + place), f"道{place}が狭い。", "広げます。"] for place in range(count)]
    return grid([["番号", "意見", "回答"], *rows], page=on, left=left)


def test_a_page_goes_on_with_the_last_sheet_of_the_page_before() -> None:
    """Its number may count on from the left sheet, too, as that on the right one does."""
    pages = page(1, [sheet(1, 2, 0), sheet(3, 2, 350)]), page(2, [sheet(3, 3, 0, on=2)])
    found = segment(*pages)
    assert [own for table in numbers(found) for own in table] == list("1234345")


def test_a_title_over_two_strips_of_a_page_heads_the_first() -> None:
    """The third strip begins above the title; a row goes on from the first to the second."""
    over = line("意見の一覧表の題名" * 4, x0=200, top=110)
    head, texts = ["番号", "意見", "回答"], ["狭い。", "広げます。"]
    grids = [
        grid([head, ["1", *texts], ["2", "道が狭くて", "直します。"]], top=140),
        grid([head, ["", "危ない。", ""], ["3", *texts]], top=140, left=350),
        grid([head, ["4", *texts], ["5", *texts]], top=100, left=700),
    ]
    assert numbers(segment(page(1, grids, [over]))) == [list("12345")]
