"""Whether a piece on another page is one table with the piece before."""

import pytest
from msgspec.structs import replace

from pipeline.model import Box, Grid, Page
from tests.support.grids import grid, numbers, page, segment
from tests.support.making import line

COMPARED = ["意見", "回答"]


def moved(piece: Grid, right: float, scale: float = 1.0) -> Grid:
    """A piece elsewhere on its page, its columns as many times as wide."""

    def x(value: float) -> float:
        return right + scale * value

    cells = [
        replace(
            c,
            box=Box(x(c.box.x0), c.box.top, x(c.box.x1), c.box.bottom),
            lines=tuple(
                replace(li, edges=tuple(e + x(c.box.x0) - c.box.x0 for e in li.edges))
                for li in c.lines
            ),
        )
        for c in piece.cells
    ]
    return replace(piece, cells=tuple(cells), column_edges=tuple(map(x, piece.column_edges)))


def on_paper(sheet: Page, width: float, height: float) -> Page:
    return replace(sheet, header=replace(sheet.header, width=width, height=height))


def test_other_paper_stretches_the_columns_of_one_table() -> None:
    first = grid([["No", "意見", "回答"], ["1", "あ", "い"]])
    header_again = moved(grid([["No", "意見", "回答"], ["2", "う", "え"]], page=2), 20, 1.6)
    no_header = moved(grid([["3", "お", "か"]], page=3), 40, 2.2)
    segmented = segment(
        page(1, [first]),
        on_paper(page(2, [header_again]), 900, 600),
        on_paper(page(3, [no_header]), 1200, 800),
    )
    assert numbers(segmented) == [["1", "2", "3"]]


@pytest.mark.parametrize("paper", [(900, 600), (600, 800)])
def test_numbers_that_go_on_tell_where_the_columns_have_other_shares(
    paper: tuple[float, float],
) -> None:
    """Other paper changes them, or an author who makes a table a page."""
    first = grid([["No", "意見", "回答"], ["1", "あ", "い"]])

    def second(number: str) -> Page:
        piece = grid([[number, "う", "え"]], page=2)
        narrow = replace(piece, column_edges=(0, 40, 400, 800))
        return on_paper(page(2, [narrow]), *paper)

    assert numbers(segment(page(1, [first]), second("2"))) == [["1", "2"]]
    assert numbers(segment(page(1, [first]), second("7"))) == [["1"]]


def test_on_the_same_paper_wider_columns_are_another_table() -> None:
    first = grid([["No", "意見", "回答"], ["1", "あ", "い"]])
    wider = moved(grid([["No", "意見", "回答"], ["1", "う", "え"]], page=2), 0, 1.6)
    assert numbers(segment(page(1, [first]), page(2, [wider]))) == [["1"], ["1"]]


def test_other_margins_move_the_columns_of_one_table() -> None:
    first = grid([["No", "意見", "回答"], ["1", "あ", "い"]])
    segmented = segment(page(1, [first]), page(2, [moved(grid([["2", "う", "え"]], page=2), 30)]))
    assert numbers(segmented) == [["1", "2"]]


def entitled(title: str, size: float, rows: list[list[str]], number: int) -> Page:
    heading = line(title, 0, 40, number, size)
    return page(number, [grid(rows, page=number)], [heading])


def test_a_title_of_its_own_begins_a_table_without_a_header() -> None:
    segmented = segment(
        entitled("市民からの意見", 12, [COMPARED, ["あ。", "い。"], ["う。", "え。"]], 1),
        entitled("議会からの意見", 12, [["か。", "き。"], ["く。", "け。"]], 2),
    )
    assert [(t.title, len(t.rows)) for t in segmented.tables] == [
        ("市民からの意見", 2),
        ("議会からの意見", 2),
    ]
    assert [c.header for c in segmented.tables[1].columns] == COMPARED


def test_titles_that_count_tell_even_in_the_type_of_the_text() -> None:
    segmented = segment(
        entitled("第１回の意見", 10, [COMPARED, ["あ。", "い。"]], 1),
        entitled("第２回の意見", 10, [["か。", "き。"]], 2),
    )
    assert [t.title for t in segmented.tables] == ["第１回の意見", "第２回の意見"]


def test_numbers_that_begin_anew_tell_too() -> None:
    header = ["No", "意見", "回答"]
    segmented = segment(
        entitled("市民の意見", 10, [header, ["1", "あ", "い"], ["2", "う", "え"]], 1),
        entitled("団体から", 10, [["1", "か", "き"]], 2),
    )
    assert numbers(segmented) == [["1", "2"], ["1"]]


HEADER = ["No", "分類", "意見", "回答"]


def test_numbers_that_begin_again_inside_a_table_may_do_so_below_a_repeated_header() -> None:
    first = grid(
        [HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"], ["1", "橋", "か", "き"]]
    )
    second = grid([HEADER, ["1", "川", "く", "け"]], page=2)
    assert numbers(segment(page(1, [first]), page(2, [second]))) == [["1", "2", "1", "1"]]


def test_numbers_that_begin_again_below_a_repeated_header_only_are_another_tables() -> None:
    first = grid([HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"]])
    second = grid([HEADER, ["1", "川", "く", "け"], ["2", "川", "さ", "し"]], page=2)
    assert numbers(segment(page(1, [first]), page(2, [second]))) == [["1", "2"], ["1", "2"]]


@pytest.mark.parametrize(
    ("group", "found"), [("川", [["1", "2", "1", "2"]]), ("道", 2 * [["1", "2"]])]
)
def test_numbers_begin_again_with_another_merged_group(group: str, found: list[list[str]]) -> None:
    def piece(group: str, number: int) -> Page:
        rows = [HEADER, ["1", group, "あ", "い"], ["2", "", "う", "え"]]
        return page(number, [grid(rows, page=number, spans={(1, 1): (2, 1)})])

    assert numbers(segment(piece("道", 1), piece(group, 2))) == found


def test_columns_that_no_rulings_part_may_move_where_a_header_is_repeated() -> None:
    first = grid([HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"]])
    second = grid([HEADER, ["3", "川", "く", "け"], ["4", "川", "さ", "し"]], page=2)
    edges = (0.0, 30.0, 95.0, 260.0, second.column_edges[-1])
    pieces = [replace(first, inferred=True), replace(second, inferred=True, column_edges=edges)]
    assert numbers(segment(page(1, pieces[:1]), page(2, pieces[1:]))) == [["1", "2", "3", "4"]]


def test_a_title_tells_even_where_the_table_counts_anew() -> None:
    rows = [HEADER, ["1", "道", "あ", "い"], ["1", "橋", "か", "き"]]
    found = segment(entitled("市民の意見", 14, rows, 1), entitled("議会の意見", 14, rows, 2))
    assert numbers(found) == [["1", "1"], ["1", "1"]]


def test_a_line_of_several_pages_is_a_running_head_and_no_title() -> None:
    segmented = segment(
        entitled("意見と回答", 14, [COMPARED, ["あ。", "い。"], ["う。", "え。"]], 1),
        entitled("基本計画（案）", 14, [["か。", "き。"], ["さ。", "し。"]], 2),
        entitled("基本計画（案）", 14, [["く。", "け。"], ["す。", "せ。"]], 3),
    )
    assert [len(t.rows) for t in segmented.tables] == [6]


def test_a_row_that_is_open_at_the_page_end_goes_on_under_any_title() -> None:
    first = grid([COMPARED, ["あ。", "い。"], ["う。", "途中の"]], open_bottom=True)
    segmented = segment(
        page(1, [first], [line("市民の意見", 0, 40, 1, 14)]),
        entitled("付録について", 14, [["", "文です。"], ["く。", "け。"]], 2),
    )
    assert len(segmented.tables) == 1


@pytest.mark.parametrize(("size", "titles"), [(14, ["第１章", "第２章"]), (10, ["第１章"])])
def test_a_chapter_with_a_header_of_its_own_is_a_table_although_numbers_go_on(
    size: float, titles: list[str]
) -> None:
    """On another page in larger type only: a line of the text's size may be a running head."""
    first = entitled("第１章", 14, [HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"]], 1)
    below = line("街づくりについて", 0, 165, 1, 10)
    both = page(
        1,
        [*first.grids, grid([HEADER, ["3", "橋", "か", "き"]], top=180)],
        [*first.loose_lines, below],
    )
    assert [t.title for t in segment(both).tables] == ["第１章", "街づくりについて"]
    second = entitled("ごみ" if size < 14 else "第２章", size, [HEADER, ["3", "川", "く", "け"]], 2)
    assert [t.title for t in segment(first, second).tables] == titles


def test_a_chapter_below_the_title_of_the_annex_is_a_table_as_the_one_before() -> None:
    first = entitled(
        "第１章　道路", 10, [HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"]], 1
    )
    title = line("意見と回答", 0, 10, 1, 14)
    second = entitled("第２章　河川", 10, [HEADER, ["3", "川", "く", "け"]], 2)
    found = segment(page(1, first.grids, [title, *first.loose_lines]), second).tables
    assert [(table.title, table.caption) for table in found] == [
        ("意見と回答", "第１章　道路"),
        ("意見と回答", "第２章　河川"),
    ]


def test_a_caption_of_the_form_before_begins_a_table_where_a_header_is_repeated() -> None:
    first = entitled(
        "【市民課】", 10, [HEADER, ["1", "道", "あ", "い"], ["2", "道", "う", "え"]], 1
    )
    titled = page(1, first.grids, [line("意見と回答", 0, 10, 1, 14), *first.loose_lines])
    second = entitled("【環境課】", 10, [HEADER, ["3", "川", "く", "け"]], 2)
    tables = segment(titled, second).tables
    assert [(t.title, t.caption) for t in tables] == [
        ("意見と回答", "【市民課】"),
        ("意見と回答", "【環境課】"),
    ]


@pytest.mark.parametrize("other", [["大項目", "コメント※1"], ["・大項目", "コメント※１"]])
def test_a_header_that_a_scan_shows_in_other_characters_is_the_same_one(
    other: list[str],
) -> None:
    """Else the rows of one record below each header are labels above their values: cards."""
    head = ["No", "大項目", "コメント※１", "県の考え方"]
    wide = {(i, 0): (1, 4) for i in (0, 1, 3, 6)}
    rows = [
        ["窓口（続き）", "", "", ""],
        ["計画（続き）", "", "", ""],
        ["2", "う", "延長してほしい。", "考えます。"],
        ["公園", "", "", ""],
        ["No", *other, "県の考え方"],
        ["3", "う", "遊具がほしい。", "考えます。"],
        ["その他", "", "", ""],
        head,
        ["4", "う", "鍵がほしい。", "考えます。"],
    ]
    first = grid([head, ["1", "あ", "直してほしい。", "直します。"]])
    segmented = segment(page(1, [first]), page(2, [grid(rows, page=2, spans=wide)]))
    assert numbers(segmented) == [["1", "2", "3", "4"]]
