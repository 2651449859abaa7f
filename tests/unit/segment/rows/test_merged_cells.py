"""Cells that several records share."""

import pytest
from msgspec.structs import replace

from pipeline.model import Grid
from tests.support.grids import grid, numbers, page, segment


def test_a_merged_cell_is_part_of_every_record_it_spans() -> None:
    segmented = segment(
        page(
            1,
            [
                grid(
                    [["分類", "意見", "回答"], ["総論", "あ", "い"], ["", "う", "え"]],
                    spans={(1, 0): (2, 1)},
                )
            ],
        )
    )
    assert numbers(segmented) == [["総論", "総論"]]


HEADER = ["No", "分類", "意見", "回答"]
ABOVE = [
    ["1", "総論", "あ。", "い。"],
    ["2", "各論", "う。", "え。"],
    ["3", "雑則", "お。", "か。"],
]


def _read_groups(above: list[list[str]], below: list[list[str]]) -> list[tuple[str, float]]:
    segmented = segment(page(1, [grid([HEADER, *above])]), page(2, [grid(below, page=2)]))
    return [
        ("".join(li.text for li in row.fields[1].lines), row.confidence)
        for row in segmented.tables[0].rows
    ]


def test_a_page_s_first_record_without_a_group_has_that_of_the_page_before() -> None:
    """A cell that is merged over one record on each page is empty on the second."""
    found = _read_groups(ABOVE, [["4", "", "き。", "く。"], ["5", "付録", "け。", "こ。"]])
    assert [group for group, _ in found] == ["総論", "各論", "雑則", "雑則", "付録"]
    assert [confidence for _, confidence in found] == [1.0, 1.0, found[2][1], found[3][1], 1.0]
    assert found[3][1] <= 0.8 < found[2][1]


def test_a_record_may_be_in_no_group_where_others_are_in_none() -> None:
    above = [ABOVE[0], ["2", "", "う。", "え。"], ABOVE[2]]
    assert _read_groups(above, [["4", "", "き。", "く。"]])[-1][0] == ""
    below = [["4", "", "き。", "く。"], ["5", "付録", "け。", "こ。"], ["6", "", "さ。", "し。"]]
    assert [group for group, _ in _read_groups(ABOVE, below)[3:]] == ["", "付録", ""]


def test_a_group_whose_label_is_printed_on_the_next_page_only() -> None:
    rows = [HEADER, ABOVE[0], ["2", "", "う。", "え。"], ["3", "", "お。", "か。"]]
    own = grid(rows, spans={(1, 1): (2, 1)})
    below = grid([["4", "各論", "き。", "く。"]], page=2)
    found = segment(page(1, [own]), page(2, [below])).tables[0].rows
    assert ["".join(li.text for li in row.fields[1].lines) for row in found] == [
        "総論", "総論", "各論", "各論",
    ]  # fmt: skip
    assert found[2].confidence < found[0].confidence == 1.0


@pytest.mark.parametrize("is_open", [True, False])
def test_an_answer_reaches_into_a_record_whose_first_line_had_no_room(is_open: bool) -> None:
    """Below the second comment a page's end leaves a row open that holds the answer's end only."""
    rows = [["意見", "回答"], ["あ。", "い。"], ["う。", ""], ["え。", "お。"], ["", ""]]
    above = grid(rows, spans={(1, 1): (2, 1), (3, 1): (2, 1)}, open_bottom=is_open)
    below = grid([["か。", "き。"], ["く。", "け。"]], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    own = ["お。き。"] * 2 if is_open else ["お。", "き。"]
    assert [row.fields[1].text for row in found] == ["い。", "い。", *own, "け。"]


def _move_answers(piece: Grid, by: float) -> Grid:
    """Move the lines of the last column down, in points."""
    cells = [
        replace(
            cell,
            lines=tuple(
                replace(line, top=line.top + by, bottom=line.bottom + by) for line in cell.lines
            ),
        )
        if cell.column == 2 and cell.row_span > 1
        else cell
        for cell in piece.cells
    ]
    return replace(piece, cells=tuple(cells))


@pytest.mark.parametrize(("by", "is_one"), [(24.0, True), (12.0, False), (0.0, False)])
def test_a_centred_answer_is_one_where_the_page_s_end_cuts_it(by: float, is_one: bool) -> None:
    """It stands at the end of the cell above, and at the top of the cell below."""
    above = [
        ["No", "意見", "回答"],
        ["1", "あ。", "い。"],
        ["2", "う。", "え。"],
        ["3", "お。", ""],
    ]
    below = [["4", "か。", "き。"], ["5", "く。", ""]]
    one = _move_answers(grid(above, spans={(2, 2): (2, 1)}), by)
    other = grid(below, page=2, spans={(0, 2): (2, 1)})
    rows = segment(page(1, [one]), page(2, [other])).tables[0].rows
    answers = ["".join(li.text for li in row.fields[2].lines) for row in rows]
    cut = ["え。き。"] * 4 if is_one else ["え。", "え。", "き。", "き。"]
    assert answers == ["い。", *cut]


def test_a_centred_label_is_one_where_the_page_s_end_cuts_it() -> None:
    above = [
        ["No", "意見", "章"],
        ["1", "あ。", "総論"],
        ["2", "う。", "第３章"],
        ["3", "お。", ""],
    ]
    one = _move_answers(grid(above, spans={(2, 2): (2, 1)}), 24.0)
    below = [["4", "か。", "基本理念"], ["5", "く。", ""]]
    other = grid(below, page=2, spans={(0, 2): (2, 1)})
    rows = segment(page(1, [one]), page(2, [other])).tables[0].rows
    labels = ["".join(li.text for li in row.fields[2].lines) for row in rows]
    assert labels == ["総論", *["第３章基本理念"] * 4]


def test_a_full_place_beside_all_answers_to_its_number_ends_where_another_number_begins() -> None:
    header = ["番号", "該当箇所", "意見", "回答"]
    place = "市が定める計画の５頁"
    above = grid(
        [header, ["1", place, "道が狭い。", "広げます。"], ["", "", "", "調べます。"]],
        spans={(1, column): (2, 1) for column in range(3)},
    )
    below = grid([header, ["2", "第３章", "橋が古い。", "直します。"]], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    assert ["".join(li.text for li in row.fields[1].lines) for row in found] == [
        place, place, "第３章",
    ]  # fmt: skip


def test_a_full_place_ends_where_another_number_begins_if_no_other_is_beside_two_numbers() -> None:
    header = ["番号", "該当箇所", "意見", "回答"]
    place = "市が定める計画の５頁"
    rows = [["1", "第１章", "道が狭い。", "広げます。"], ["", "", "", "調べます。"]]
    last = ["2", place, "橋が古い。", "直します。"]
    above = grid([header, *rows, last], spans={(1, column): (2, 1) for column in range(3)})
    below = grid([header, ["3", "第３章", "川が深い。", "埋めます。"]], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    places = ["".join(li.text for li in row.fields[1].lines) for row in found]
    assert places == ["第１章", "第１章", place, "第３章"]


def test_a_page_s_first_answer_is_that_of_the_page_before_where_later_ones_are_shared() -> None:
    above = grid([HEADER, ["1", "総論", "あ。", "い。"]])
    below = [["2", "各論", "う。", ""], ["3", "雑則", "お。", "か。"], ["4", "付録", "き。", ""]]
    pages = page(1, [above]), page(2, [grid(below, page=2, spans={(1, 3): (2, 1)})])
    found = segment(*pages).tables[0].rows
    answers = ["".join(li.text for li in row.fields[3].lines) for row in found]
    assert answers == ["い。", "い。", "か。", "か。"]


def _open_last(piece: Grid, column: int) -> Grid:
    """Take the ruling below the last cell of a column away."""
    last = len(piece.row_edges) - 2
    cells = (
        replace(cell, continues_below=(cell.row, cell.column) == (last, column))
        for cell in piece.cells
    )
    return replace(piece, cells=tuple(cells))


@pytest.mark.parametrize(
    ("is_open", "below", "answers"),
    [
        (True, "", ["い。", "え。", "え。", "き。"]),
        (True, "か。", ["い。", "え。か。", "え。か。", "き。"]),
        (False, "", ["い。", "え。", "", "き。"]),
        (False, "か。", ["い。", "え。", "か。", "き。"]),
    ],
)
def test_an_answer_that_no_ruling_closes_at_the_page_s_end_goes_on(
    is_open: bool, below: str, answers: list[str]
) -> None:
    """Each page has one record of those that share the answer: no merged cell is to be seen."""
    above = grid([["No", "意見", "回答"], ["1", "あ。", "い。"], ["2", "う。", "え。"]])
    other = grid([["3", "お。", below], ["4", "く。", "き。"]], page=2)
    one = _open_last(above, 2) if is_open else above
    rows = segment(page(1, [one]), page(2, [other])).tables[0].rows
    assert ["".join(li.text for li in row.fields[2].lines) for row in rows] == answers
    assert (rows[2].confidence < 0.985) == is_open


def test_cells_beside_an_open_one_of_another_number_are_whole() -> None:
    """The frame of a small table closes the answer's cell, and no ruling closes the others."""
    above = grid([["No", "意見", "回答"], ["1", "あ。", "い。"], ["2", "う。", "え。"]])
    below = grid([["3", "お。", "か。"], ["4", "く。", "き。"]], page=2)
    opened = (replace(c, continues_below=c.row == 2 and c.column < 2) for c in above.cells)
    pages = page(1, [replace(above, cells=tuple(opened))]), page(2, [below])
    found = [
        ["".join(li.text for li in f.lines) for f in r.fields]
        for r in segment(*pages).tables[0].rows
    ]
    assert [row[:2] for row in found] == [
        ["1", "あ。"],
        ["2", "う。"],
        ["3", "お。"],
        ["4", "く。"],
    ]


@pytest.mark.parametrize(("is_open", "answer"), [(True, "か。"), (False, "")])
def test_an_empty_cell_that_no_ruling_closes_has_its_answer_on_the_next_page(
    is_open: bool, answer: str
) -> None:
    """The answer stands in the middle of a cell that the page's end cuts."""
    above = grid([["No", "意見", "回答"], ["1", "あ。", "い。"], ["2", "う。", ""]])
    below = grid(
        [["3", "お。", "か。"], ["4", "き。", ""], ["5", "く。", "け。"]],
        page=2,
        spans={(0, 2): (2, 1)},
    )
    one = _open_last(above, 2) if is_open else above
    rows = segment(page(1, [one]), page(2, [below])).tables[0].rows
    assert [row.fields[2].text for row in rows] == ["い。", answer, "か。", "か。", "け。"]


@pytest.mark.parametrize("column", [0, 1])
def test_a_remark_that_a_ruling_closes_ends_with_its_page_where_the_number_goes_on(
    column: int,
) -> None:
    """An empty cell below a remark is no part of its cell: the open number shows it."""
    above = grid(
        [
            ["No", "備考", "意見", "回答"],
            ["1", "済", "道が狭い。", "広げます。"],
            ["", "", "溝が深い。", "埋めます。"],
            ["2", "掲載", "橋が古い。", "直します。"],
        ],
        spans={(1, 0): (2, 1)},
    )
    below = grid([["", "", "川が深い。", "か。"], ["3", "", "坂が急だ。", "き。"]], page=2)
    rows = segment(page(1, [_open_last(above, column)]), page(2, [below])).tables[0].rows
    assert [row.fields[0].text for row in rows] == ["1", "1", "2", "2", "3"]
    assert rows[3].fields[1].text == ("" if column == 0 else "掲載")


@pytest.mark.parametrize(("rows", "whole"), [(1, True), (2, False)])
def test_stacked_letters_that_fill_their_cell_go_on_behind_a_page_s_end(
    rows: int, whole: bool
) -> None:
    above = [["分類", "意見", "回答"], ["市\n議", "あ。", "い。"], ["", "う。", "え。"]][: rows + 1]
    below = [["市\n長", "お。", "か。"], ["", "き。", "く。"]]
    spans = {(1, 0): (rows, 1)}
    segmented = segment(
        page(1, [grid(above, spans=spans)]), page(2, [grid(below, page=2, spans={(0, 0): (2, 1)})])
    )
    expected = ["市議市長"] * 3 if whole else ["市議", "市議", "市長", "市長"]
    assert numbers(segmented) == [expected]
    assert (segmented.tables[0].rows[-1].confidence < 0.9) == whole


@pytest.mark.parametrize(("rows", "is_one"), [(2, True), (4, False)])
def test_a_full_line_is_not_cut_where_its_cell_has_room_below_it(rows: int, is_one: bool) -> None:
    """In a narrow column every line is full: 該当箇所 beside several opinions."""
    place, other = "市が定める計画の５頁", "同じ計画の６頁の全体"
    header = ["番号", "該当箇所", "意見", "回答"]
    records = [[str(n), place if n == 1 else "", "あ。", "い。"] for n in range(1, rows + 1)]
    below = [["5", other, "う。", "え。"], ["6", "", "お。", "か。"]]
    pages = (
        page(1, [grid([header, *records], spans={(1, 1): (rows, 1)})]),
        page(2, [grid(below, page=2, spans={(0, 1): (2, 1)})]),
    )
    found = segment(*pages).tables[0].rows
    places = ["".join(li.text for li in row.fields[1].lines) for row in found]
    whole = [place + other] * (rows + 2)
    assert places == (whole if is_one else [place] * rows + [other] * 2)


@pytest.mark.parametrize("is_one", [True, False])
def test_the_list_of_an_article_goes_on_beside_another_opinion(is_one: bool) -> None:
    header = ["条例素案", "番号", "意見", "回答"]
    article = "第３条\n次の者は届け出る。\n⑴　市民"
    rest = "⑵　市内の事業者" if is_one else "第４条\n市長は公表する。"
    above = [
        ["第２条", "1", "あ。", "い。"],
        [article, "2", "う。", "え。"],
        ["", "3", "お。", "か。"],
    ]
    below = [[rest, "4", "き。", "く。"], ["", "5", "け。", "こ。"]]
    first = grid([header, *above], spans={(2, 0): (2, 1)})
    second = grid(below, page=2, spans={(0, 0): (2, 1)})
    rows = segment(page(1, [first]), page(2, [second])).tables[0].rows
    places = ["\n".join(li.text for li in row.fields[0].lines) for row in rows[1:]]
    assert places == ([f"{article}\n{rest}"] * 4 if is_one else [article] * 2 + [rest] * 2)
    assert (rows[1].confidence < 0.95) == is_one


def test_a_text_that_ended_a_page_before_the_cut_does_not_go_on_behind_it() -> None:
    header = ["条例素案", "番号", "意見", "回答"]
    article = "第３条\n次の者は届け出る。\n⑴　市民"
    pages = [
        [header, ["第２条", "1", "あ。", "い。"], [article, "2", "道が狭く、", "広げま"]],
        [["", "", "危ない。", "す。"]],
        [["⑵　市内の事業者", "3", "う。", "え。"]],
    ]
    grids = [page(number, [grid(rows, page=number)]) for number, rows in enumerate(pages, 1)]
    rows = segment(*grids).tables[0].rows
    assert [row.fields[0].lines[-1].text for row in rows] == [
        "第２条",
        "⑴　市民",
        "⑵　市内の事業者",
    ]


def test_a_cell_that_a_ruling_closes_goes_on_over_no_page_where_open_ones_do() -> None:
    """The next group's label is printed on the page after, in the middle of its cell."""
    above = _open_last(grid([HEADER, ["1", "総論", "あ。", "い。"]]), 1)
    closed = grid([["2", "", "う。", "え。"]], page=2)
    below = _open_last(grid([["3", "", "お。", "か。"]], page=3), 1)
    last = grid([["4", "各論", "き。", "く。"]], page=4)
    pages = [page(number, [own]) for number, own in enumerate((above, closed, below, last), 1)]
    rows = segment(*pages).tables[0].rows
    groups = ["".join(li.text for li in row.fields[1].lines) for row in rows]
    assert groups == ["総論", "総論", "各論", "各論"]
