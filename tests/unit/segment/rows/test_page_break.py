"""Rows that a page end cuts."""

from collections.abc import Sequence
from math import log

import pytest
from msgspec.structs import replace

from pipeline.model import Grid
from pipeline.segment.rows.cut_texts import weigh_full_line
from pipeline.segment.rows.row_labels import weigh_empty
from tests.support.grids import WIDTH, grid, numbers, page, segment
from tests.support.making import line


def centre_label(of: Grid, row: int, text: str) -> Grid:
    """A grid with a one-line label in the middle of the width of its first column."""
    old = next(cell for cell in of.cells if (cell.row, cell.column) == (row, 0))
    label = line(text, top=old.box.top + 2, page=of.page)
    label = line(text, x0=(WIDTH - (label.x1 - label.x0)) / 2, top=label.top, page=of.page)
    cells = (replace(cell, lines=(label,)) if cell is old else cell for cell in of.cells)
    return replace(of, cells=tuple(cells))


def test_a_row_without_a_number_goes_on_from_the_page_before() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "途中", "い"]])]),
        page(2, [grid([["", "です。", ""], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    first = segmented.tables[0].rows[0]
    assert first.pages == (1, 2)
    assert [li.text for li in first.fields[1].lines] == ["途中", "です。"]


def test_a_row_of_another_group_without_a_number_is_a_record_where_the_page_had_room() -> None:
    """A number that is merged over records of two pages is printed on the first one only."""
    header, rest = ["番号", "分類", "意見", "回答"], [["2", "河川", "う", "え"]] * 2
    below = page(2, [grid([["", "公園", "木", "ふ"], *rest], page=2)])

    def count(top: float) -> int:
        above = page(1, [grid([header, ["1", "道路", "途中", "い"]], top=top)])
        return len(segment(above, below).tables[0].rows)

    assert (count(20), count(120)) == (4, 3)


def test_the_last_word_of_a_list_goes_on_from_the_page_before() -> None:
    """以上 closes the table where no record stands below it."""
    above = page(1, [grid([["No", "意見", "回答"], ["1", "・橋の改修", "い"]])])
    cut = segment(above, page(2, [grid([["", "以上", ""], ["2", "う", "え"]], page=2)]))
    assert [li.text for li in cut.tables[0].rows[0].fields[1].lines] == ["・橋の改修", "以上"]
    closed = segment(above, page(2, [grid([["", "以上", ""]], page=2)]))
    assert [li.text for li in closed.pages[1].furniture_lines] == ["以上"]


@pytest.mark.parametrize("again", ["1", "１"])
def test_a_label_that_both_pages_print_is_one_label(again: str) -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "途中", "い"]])]),
        page(2, [grid([[again, "です。", ""], ["2", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2"]]
    assert [li.text for li in segmented.pages[1].header_lines] == [again]


def test_a_name_that_each_record_prints_is_that_of_another_record() -> None:
    def read(first: str) -> float:
        """The probability that the name on the next page is that of another record."""
        rows = [
            ["提出者", "意見", "回答"],
            [first, "道が狭い", "広げる"],
            ["町会", "橋が古い", "直す"],
        ]
        below = [["町会", "川が深い", ""], ["団体", "池が浅い", "掘る"]]
        (table,) = segment(page(1, [grid(rows)]), page(2, [grid(below, page=2)])).tables
        assert len(table.rows) == 4
        return table.rows[1].confidence

    assert read("町会") > 0.94 > read("団体")


def test_a_page_that_neighbours_share_tells_less_where_both_sides_print_it() -> None:
    def read(pages: str) -> float:
        """The probability that the page on the next sheet is that of another record."""
        texts = "道が狭い", "橋が古い", "川が深い", "池が浅い"
        rows = [[own, text, "広げる"] for own, text in zip(pages, texts, strict=True)]
        below = [["7", "海が遠い", "直す"], ["8", "山が高い", "掘る"]]
        above = grid([["頁", "意見", "回答"], *rows])
        (table,) = segment(page(1, [above]), page(2, [grid(below, page=2)])).tables
        assert len(table.rows) == 6
        return table.rows[3].confidence

    assert read("3337") > read("3137")


def test_a_name_that_both_pages_print_is_one_name() -> None:
    (table,) = segment(
        page(
            1, [grid([["提出者", "意見", "回答"], ["町会", "途中の文章", "い"]], open_bottom=True)]
        ),
        page(2, [grid([["町会", "です。", ""], ["団体", "う", "え"]], page=2)]),
    ).tables
    assert [[li.text for li in row.fields[0].lines] for row in table.rows] == [["町会"], ["団体"]]


def test_a_repeated_label_that_is_merged_over_rows_stays_with_them() -> None:
    header = ["分類", "意見", "回答"]
    segmented = segment(
        page(1, [grid([header, ["総論", "途中の文章", "い"]], open_bottom=True)]),
        page(2, [grid([["総論", "です", ""], ["", "う", "え"]], page=2, spans={(0, 0): (2, 1)})]),
    )
    assert numbers(segmented) == [["総論", "総論"]]
    assert segmented.pages[1].header_lines == ()


def test_a_number_in_the_middle_of_a_cut_cell_is_its_records() -> None:
    segmented = segment(
        page(1, [grid([["No", "意見", "回答"], ["1", "あ", "い"], ["", "途中", "か"]])]),
        page(2, [grid([["2", "です。", ""], ["3", "う", "え"]], page=2)]),
    )
    assert numbers(segmented) == [["1", "2", "3"]]


def test_names_that_fill_a_narrow_column_are_those_of_two_records() -> None:
    """No text goes on from one of them to another that stands elsewhere too."""
    names = ["甲乙丙丁地区まち協議会", "戊己庚辛地区まち協議会"]
    rows = [[name, "長くはない\n意見。", "回答を\nします。"] for name in names]
    above = grid([["提出者", "意見", "回答"], *rows, rows[0]])
    segmented = segment(page(1, [above]), page(2, [grid([rows[1], rows[0]], page=2)]))
    assert numbers(segmented) == [[names[i] for i in (0, 1, 0, 1, 0)]]
    cut = ["壬癸子丑地区まち協議会", "これは長く続いている文", "これも長く続いている文"]
    above = grid([["提出者", "意見", "回答"], *rows, cut])
    below = grid([["会津支部", "です。", "です。"], rows[1]], page=2)
    assert numbers(segment(page(1, [above]), page(2, [below])))[0][2] == f"{cut[0]}会津支部"


def test_names_in_a_column_without_a_role_are_those_of_two_records() -> None:
    names = ["附則第二条", "第八条の四及び第九条\n関係"]
    rows = [
        [name, "長くはない\n意見。", "回答を\nします。"]
        for name in [*names, *names, "第二条第三条関係"]
    ]
    above = grid([["条項", "意見", "回答"], *rows])
    below = grid([["別表第三", "短い\n意見。", "回答。"], rows[1]], page=2)
    segmented = segment(page(1, [above]), page(2, [below]))
    assert len(segmented.tables[0].rows) == len(rows) + 2
    assert segmented.tables[0].rows[-2].confidence > 0.95


def test_a_row_without_a_number_is_a_record_where_others_have_none_either() -> None:
    header = ["No", "意見", "回答"]
    above = [header, ["1", "あ。", "い。"], ["", "う。", "え。"], ["2", "お。", "か。"]]
    below = [["", "き。", "く。"], ["3", "け。", "こ。"]]
    segmented = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert numbers(segmented) == [["1", "", "2", "", "3"]]
    once = segment(page(1, [grid([*above[:2], above[3]])]), page(2, [grid(below, page=2)]))
    assert numbers(once) == [["1", "2", "3"]]


def test_a_number_behind_rows_without_numbers_begins_a_record() -> None:
    """It is that of no cut cell: whole rows have none, too."""
    above = [
        ["No", "意見", "回答"],
        ["1", "あ。", "い。"],
        ["", "う。", "え。"],
        ["", "お。", "か。"],
    ]
    below = [["2", "き。", "く。"], ["3", "け。", "こ。"]]
    segmented = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert numbers(segmented) == [["1", "", "", "2", "3"]]


def test_a_cut_row_among_rows_without_numbers_goes_on() -> None:
    above = [
        ["No", "意見", "回答"],
        ["1", "長い文章の途中から\n次の行。", "い。"],
        ["", "う。", "え。"],
        ["2", "途中の文章がこの行", "か。"],
    ]
    below = [["", "が続く。", ""], ["3", "け。", "こ。"]]
    segmented = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert numbers(segmented) == [["1", "", "2", "3"]]


def test_a_heading_at_a_page_s_end_belongs_to_what_follows_where_records_end_in_sentences() -> None:
    header = ["現行", "改正案"]
    whole = [[f"第{n}条\n市が定める。", f"第{n}条\n市長が定める。"] for n in range(1, 6)]
    titles = [[f"第{n}条", f"第{n}条について"] for n in range(1, 6)]
    cut, rest = ["第６条\n（届出）", "第６条\n（届出）"], ["市に届け出る。", "市長に届け出る。"]

    def count(rows: list[list[str]]) -> int:
        above = grid([header, *rows, cut])
        below = grid([rest], page=2)
        return len(segment(page(1, [above]), page(2, [below])).tables[0].rows)

    assert count(whole) == 6
    assert count(titles) == 7


@pytest.mark.parametrize(
    "more", ["なお、狭い道が多い。", "　また、狭い道が多い。", "【理由】\n道が狭い。"]
)
def test_a_row_that_adds_to_what_was_said_goes_on(more: str) -> None:
    """Unless records of the column begin so."""
    header = ["意見", "回答"]

    def count(first: str) -> int:
        rows = [[f"{first}{n}号線が\n狭い。", f"{n}号線を広げます。"] for n in range(1, 5)]
        rows.append([f"{first}5号線が\n狭い。", ""])  # an empty cell tells nothing then
        below = grid([[more, ""], ["道が暗い。", "照らします。"]], page=2)
        return len(segment(page(1, [grid([header, *rows])]), page(2, [below])).tables[0].rows)

    assert count("") == 6
    assert count(more) == 7


def test_a_row_with_the_last_of_several_members_only_goes_on() -> None:
    header = ["回答", "意見", "委員名"]
    rows = [[f"{n}号線を広げます。", f"{n}号線が狭い。", "長谷川委員"] for n in range(1, 5)]
    above = grid([header, *rows, ["直します。", "橋が古い。", "岡本委員\n石井委員"]])
    below = grid([["", "", "原委員"], ["照らします。", "道が暗い。", "上原委員"]], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    members = ["".join(li.text for li in row.fields[2].lines) for row in found]
    assert members == ["長谷川委員"] * 4 + ["岡本委員石井委員原委員", "上原委員"]


def test_where_all_records_open_with_one_word_other_lines_open_none() -> None:
    rows = [
        [f"意見1-{n}\n道が狭い。\n【個人{n}】", f"考え方1-{n}\n広げます。", "無"] for n in "1234"
    ]
    above = grid([["意見", "考え方", "修正の有無"], *rows, ["意見1-5", "考え方1-5", "無"]])
    below = [["橋が古い。\n【個人5】", "直します。", ""], [*rows[0]]]
    (table,) = segment(page(1, [above]), page(2, [grid(below, page=2)])).tables
    assert [len(row.fields[0].lines) for row in table.rows] == [3] * 6


def test_a_number_in_the_middle_of_two_parts_stands_beside_the_second() -> None:
    """The page's end is between them, and nothing of the number on the first page."""
    parts = [[f"{place}が狭い。", f"{place}を広げる。"] for place in ("道", "橋", "坂", "門")]
    upper = [["No", "意見", "回答"], ["1", *parts[0]], ["", *parts[1]], ["", *parts[2]]]
    lower = [["2", *parts[3]], ["3", "窓が古い。", "窓を直す。"]]
    above = grid(upper, spans={(1, 0): (2, 1)}, open_bottom=True)
    found = segment(page(1, [above]), page(2, [grid(lower, page=2)]))
    assert [len(table.rows) for table in found.tables] == [5]
    assert [row.fields[0].text for row in found.tables[0].rows] == ["1", "1", "2", "2", "3"]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_ruling_beside_an_open_cell_ends_a_record_at_a_page_s_end(is_open: bool) -> None:
    """The number and the comment are merged over two answers, of which the ruling closes one."""
    rows = [["No", "意見", "回答"], ["1", "道が狭いので、", "広げるため"]]
    above = grid(rows, open_bottom=not is_open)
    cells = (
        replace(cell, continues_below=is_open and cell.row == 1 and cell.column < 2)
        for cell in above.cells
    )
    below = grid([["", "危ない。", "設計します。"], ["2", "う。", "え。"]], page=2)
    found = segment(page(1, [replace(above, cells=tuple(cells))]), page(2, [below]))
    answers = ["広げるため", "設計します。", "え。"]
    assert [row.fields[2].text for row in found.tables[0].rows] == (
        answers if is_open else ["広げるため設計します。", "え。"]
    )


@pytest.mark.parametrize(
    ("above", "below", "joined"), [("2～", "4", "2～4"), ("意見", "2", "意見2")]
)
def test_a_number_that_a_page_cuts_is_one(above: str, below: str, joined: str) -> None:
    upper = [["No", "意見", "回答"], ["1", "あ。", "い。"], [above, "途中の文章が", "か。"]]
    lower = [[below, "続く。", ""], ["5", "け。", "こ。"]]
    segmented = segment(page(1, [grid(upper)]), page(2, [grid(lower, page=2)]))
    assert numbers(segmented) == [["1", joined, "5"]]


def test_a_category_that_a_page_cuts_in_mid_word_is_one() -> None:
    full = "長い文章が行の終わ"
    above = [["分類", "意見", "回答"], ["道路", "あ。", "い。"], ["認知症のある方のた", full, full]]
    below = [["めのカフェ", "りまで続く。", "りまで続く。"], ["公園", "け。", "こ。"]]
    cut = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert numbers(cut) == [["道路", "認知症のある方のためのカフェ", "公園"]]
    above[1][0] = below[0][0]  # a whole label, as another row shows
    parted = segment(page(1, [grid(above)]), page(2, [grid(below, page=2)]))
    assert [len(table.rows) for table in parted.tables] == [4]


def test_a_label_of_lines_that_others_have_below_each_other_is_one() -> None:
    full = "長い文章が行の終わ"
    above = [["分類", "意見", "回答"], ["第１章\n８ページ", "あ。", "い。"], ["第５章", full, full]]
    below = [["７５ページ", "りまで続く。", "りまで続く。"], ["第６章\n８ページ", "け。", "こ。"]]

    def read() -> list[str]:
        return numbers(segment(page(1, [grid(above)]), page(2, [grid(below, page=2)])))[0]

    assert read() == ["第１章８ページ", "第５章７５ページ", "第６章８ページ"]
    above.insert(1, ["３ページ", "か。", "き。"])  # such a line may be a label alone
    assert read() == ["３ページ", "第１章８ページ", "第５章", "７５ページ", "第６章８ページ"]


def test_a_centred_label_is_cut_only_where_another_character_had_no_room() -> None:
    full = "長い文章が行の終わ"
    above = [["分類", "意見", "回答"], ["道路", "あ。", "い。"], ["", full, full]]
    below = [["めのカフェ", "りまで続く。", "りまで続く。"], ["公園", "け。", "こ。"]]

    def read(label: str, bracket: str = "") -> list[str]:
        upper = centre_label(grid(above), 2, label)
        lower = grid([[bracket + below[0][0], *below[0][1:]], below[1]], page=2)
        return numbers(segment(page(1, [upper]), page(2, [lower])))[0]

    assert read("認知症のある方のた") == ["道路", "認知症のある方のためのカフェ", "公園"]
    # No line ends with a bracket that opens.
    assert read("認知症のある方の", "（") == ["道路", "認知症のある方の（めのカフェ", "公園"]
    assert read("確保の方法") == ["道路", "確保の方法", "めのカフェ", "公園"]


def test_of_several_numbers_in_a_cell_the_next_row_counts_on_from_the_last() -> None:
    header = ["No", "意見", "回答"]
    rows = [header, ["1", "あ。", "い。"], ["2\n3", "長い文章が行の終わ\nりまで。", "え。"]]
    segmented = segment(page(1, [grid([*rows, ["4", "お。", "か。"]])]))
    assert numbers(segmented) == [["1", "23", "4"]]
    assert not segmented.header.issues


def test_lines_in_brackets_open_articles() -> None:
    def article(name: str, number: int, text: str) -> list[str]:
        return [f"（{name}）\n第{number}条　この要綱\nの{text}"] * 2 + ["用語の整理"]

    rows = [article(name, n, "定め。") for n, name in enumerate("甲乙丙丁", start=1)]
    above = grid([["改正前", "改正後", "備考"], *rows, article("戊", 5, "定める事務の")])
    below = grid([article("己", 6, "略。"), article("庚", 7, "略。")], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    assert len(found) == 7
    assert found[5].confidence > 0.6


@pytest.mark.parametrize(("ends", "found"), [("定義", 8), ("略", 9)], ids=["heading", "left out"])
def test_an_article_s_heading_at_a_page_s_end_is_no_record(ends: str, found: int) -> None:
    titled = [f"（{own}）\n第{n}条　{own}は、\n市長が定める。" for n, own in ((1, "甲"), (2, "乙"))]
    others = [f"第{n}条　（略）" for n in (3, 4)] + [
        f"{n}　用語は、\n規則で定める。" for n in (2, 3)
    ]
    rows = [[text] * 2 for text in (*titled, *others, f"（{ends}）")]
    above = grid([["改正前", "改正後"], *rows])
    below = grid([[f"第{n}条　用語は、\n規則で定める。"] * 2 for n in (5, 6)], page=2)
    assert len(segment(page(1, [above]), page(2, [below])).tables[0].rows) == found


def test_an_empty_cell_tells_less_where_whole_rows_leave_the_column_empty() -> None:
    full, bare = ["意見。", "回答。", "理由。"], ["意見。", "回答。", ""]
    filled, sparse = (
        segment(page(1, [grid([["意見", "回答", "理由"], *rows])])).tables[0].rows
        for rows in ([full] * 5, [full, bare] * 3)
    )
    assert weigh_empty(filled, 2) > weigh_empty(filled[:2], 2) > 1.5
    assert 0 <= weigh_empty(sparse, 2) < 0.5


def test_an_empty_cell_tells_less_where_labels_are_merged_over_records() -> None:
    """The labels of a group go on over the page's end, beside another record."""

    def record(road: str, labels: Sequence[str] = ("", "", "")) -> list[str]:
        comment, answer = (
            f"{road}通りは狭い。\n直してほしい。",
            f"{road}通りは広げる。\n来年始める。",
        )
        return [*labels, comment, answer]

    rows = [
        record(road, "甲乙丙" if n % 3 == 0 else ("", "", ""))
        for n, road in enumerate("春夏秋冬東西")
    ]
    merged = {(row, column): (3, 1) for row in (1, 4) for column in (0, 1, 2)}
    above = grid([["区分", "施策", "担当課", "意見", "回答"], *rows], spans=merged)
    below = grid([record("南"), record("北", "丁戊己")], page=2)
    (table,) = segment(page(1, [above]), page(2, [below])).tables
    assert [row.fields[0].text for row in table.rows] == ["甲"] * 7 + ["丁"]


def test_a_narrow_column_without_sentences_has_full_lines_by_chance() -> None:
    names = ["保健所との連携", "基本的な考え方", "中央図書館の増築", "公共施設の改修"]
    places, sentences = (
        segment(page(1, [grid([["該当箇所", "現行", "改正案"], *rows])])).tables[0].rows
        for rows in (
            [[name, "あ。", "い。"] for name in names],
            [[f"{name}。", "あ。", "い。"] for name in names[:3]] + [[names[3], "あ。", "い。"]],
        )
    )
    assert weigh_full_line(sentences, 0) == pytest.approx(3.5)
    assert 0 <= weigh_full_line(places, 0) < 2.0


def test_a_line_without_room_for_a_character_is_full_by_less_chance() -> None:
    """Of ten characters in a line one in ten names ends so, and each line that a page cuts."""
    rows = [["条ずれ", "あ。", "い。"]] * 3 + [["条ずれ及び用語の整理", "あ。", "い。"]]
    above = grid([["改正理由", "現行", "改正案"], *rows])
    found = segment(page(1, [above])).tables[0].rows
    assert weigh_full_line(found, 0) == pytest.approx(log(10), abs=0.1)


def test_a_text_at_the_right_side_leaves_no_width_to_weigh() -> None:
    """Its left padding is wider than the text: a full line of it tells as little as any."""
    above = grid([["部署", "現行", "改正案"], *[["道路", "あ。", "い。"]] * 4])
    found = segment(page(1, [above])).tables[0].rows
    moved = [
        row.with_parts(lambda part: replace(part, lines=(line("道路", x0=80.0),))) for row in found
    ]
    assert weigh_full_line(moved, 0) == 0


def test_an_earlier_table_with_the_same_headers_tells_what_a_column_holds() -> None:
    """Each chapter has a table, with too few records to tell that 反映 is all of a cell."""
    header = ["該当箇所", "意見", "回答", "採否"]

    def record(place: str, result: str) -> list[str]:
        return [place, f"{place}は\n分かりにくい。", "直します。", result]

    first = grid([header, *(record(f"第{n}章", "反映") for n in "１２３４")])
    second = grid([header, record("要綱第６の前の段落の", "一部の記述に反映した")], top=300)
    below = grid([record("第７", "反映")], page=2)
    heads = [line("１　全般", 0, 80), line("２　個別", 0, 280)]
    found = segment(page(1, [first, second], heads), page(2, [below]))
    assert [len(table.rows) for table in found.tables] == [4, 2]


def test_a_figure_beside_every_record_is_that_of_another_record() -> None:
    """Phrases end in no full stop: 現状と課題 at a page's end took in the next page's."""
    texts = [(str(at), f"第{at}節の取組を新たに\n定めるものとする。") for at in range(3, 9)]
    texts[3:5] = [(at, f"第{at}節の現状と課題及び") for at in "67"]
    rows = [["頁", "誤", "正"], *([at, text, text] for at, text in texts)]
    segmented = segment(page(1, [grid(rows[:5])]), page(2, [grid(rows[5:], page=2)]))
    assert numbers(segmented) == [["3", "4", "5", "6", "7", "8"]]


def test_a_text_in_brackets_that_a_page_cuts_is_one() -> None:
    """Each number may stand beside several answers, so an empty number cell tells nothing."""
    rows = [
        ["番号", "意見", "回答"],
        ["1", "道が狭い。", "広げます。"],
        ["", "道が狭い。", "直します。"],
    ]
    above = grid(
        [*rows, ["2", "橋が古い。", "次の「認知症ケア"]], spans={(1, 0): (2, 1), (1, 1): (2, 1)}
    )
    below = grid([["", "", "パス」で示します。"], ["3", "川が深い。", "調べます。"]], page=2)
    found = segment(page(1, [above]), page(2, [below])).tables[0].rows
    assert [row.fields[2].text for row in found][2:] == [
        "次の「認知症ケアパス」で示します。",
        "調べます。",
    ]


def test_two_parts_of_a_label_that_another_record_has_whole_are_doubtful() -> None:
    rows = [
        ["区分", "意見"],
        ["高齢福祉課", "狭い。"],
        ["道路課", "高い。"],
        ["高齢福祉", "急だ。"],
    ]
    for rest, is_sure in (("課", False), ("係", True)):
        below = grid([[rest, "古い。"], ["道路課", "遠い。"]], page=2)
        found = segment(page(1, [grid(rows, open_bottom=True)]), page(2, [below]))
        assert (found.tables[0].rows[-2].confidence > 0.95) is is_sure
