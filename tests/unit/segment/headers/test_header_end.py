"""segment: where a header ends without a ruling below it, or above a row of column numbers."""

import pytest
from msgspec.structs import replace

from pipeline.segment.headers.header_end import rule_header
from pipeline.segment.headers.header_rows import find_header
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES
from tests.support.grids import grid, page, segment
from tests.support.making import line

HEADER = ["番号", "意見の概要", "回答"]


def read(first: list[str]) -> tuple[list[str], list[str]]:
    """The comments of a table whose second page begins with a row, and that page's header texts."""
    rows = [HEADER, ["1", "道が狭い。", "広げます。"]]
    later = grid([first, ["3", "橋が古い。", "直します。"]], page=2)
    found = segment(page(1, [grid(rows)]), page(2, [later]))
    texts = [line.text for line in found.pages[1].header_lines]
    rows = [[line.text for line in row.fields[1].lines] for row in found.tables[0].rows]
    return ["/".join(lines) for lines in rows], texts


def test_the_header_above_the_first_record_is_parted_from_it() -> None:
    comments, header = read(["番号\n2", "意見の概要\n川が汚い。\n臭い。", "回答\n掃除します。"])
    assert comments == ["道が狭い。", "川が汚い。/臭い。", "橋が古い。"]
    assert header == HEADER


def test_a_record_with_a_header_word_in_one_cell_stays_whole() -> None:
    comments, _ = read(["2", "意見の概要\n川が汚い。", "回答\n掃除します。"])
    assert comments[1] == "意見の概要/川が汚い。"


def test_a_header_that_no_ruling_parts_from_the_first_record_is_one() -> None:
    rows = [["改　正　後\n第１条　窓口で申請する。", "改　正　前\n第１条　郵便で申請する。"]]
    (table,) = segment(page(1, [grid(rows)])).tables
    assert [column.role for column in table.columns] == ["revision", "original_text"]
    assert [line.text for line in table.rows[0].fields[0].lines] == ["第１条　窓口で申請する。"]


def test_a_wrapped_header_above_the_first_number_is_one() -> None:
    """Only upright rulings part it: all rows were one, and no table was found."""
    words = ["番\n号", "対象\n所属", "指摘の\n内容", "講じた\n措置"]
    texts = ["1", "税務課", "誤りがある。", "直した。"]
    first = [f"{word}\n{text}" for word, text in zip(words, texts, strict=True)]
    rows = [first, [""] * 4, ["2", "住民課", "漏れがある。", "足した。"]]
    made = grid(rows, spans={(0, column): (2, 1) for column in range(4)})
    (table,) = segment(page(1, [made])).tables
    assert [column.role for column in table.columns] == ["number", None, "comment", "response"]
    assert [row.fields[0].lines[0].text for row in table.rows] == ["1", "2"]


def test_a_first_record_that_begins_with_one_header_word_is_no_header() -> None:
    rows = [["対応\n窓口で申請する。", "第１条　郵便で申請する。"]] * 2
    assert not segment(page(1, [grid(rows)])).tables


def test_a_header_that_a_ruling_parts_in_one_column_has_no_cell_upside_down() -> None:
    rows = [["番号", "意見\n道が狭い。", "回答\n広げます。"], ["1", "", ""]]
    merged = grid(rows, spans={(0, 1): (2, 1), (0, 2): (2, 1)})
    first = merged.cells[0]
    low = replace(first, box=replace(first.box, bottom=first.lines[0].bottom))
    found = rule_header(replace(merged, cells=(low, *merged.cells[1:])), VOCABULARY_ROLES)
    assert all(cell.box.top < cell.box.bottom for cell in found.cells)


@pytest.mark.parametrize(
    ("row", "records"),
    [
        (["①", "②", "③"], 1),
        (["（１）", "（２）", "（３）"], 1),
        (["Ａ", "Ｂ", "Ｃ"], 1),
        (["1", "2", "3"], 1),
        (["1", "3", "2"], 2),
        (["①", "道が狭い。", "③"], 2),
    ],
)
def test_a_row_of_column_numbers_is_no_record(row: list[str], records: int) -> None:
    found = segment(page(1, [grid([HEADER, row, ["7", "橋が古い。", "直します。"]])]))
    assert len(found.tables[0].rows) == records
    header = [line.text for line in found.pages[0].header_lines]
    assert header == (HEADER + row if records == 1 else HEADER)


def test_a_later_page_that_prints_it_again_goes_on() -> None:
    rows = [HEADER, ["①", "②", "③"]]
    first = grid([*rows, ["1", "橋が古い。", "直します。"]])
    second = grid([*rows, ["2", "道が狭い。", "広げます。"]], page=2)
    found = segment(page(1, [first]), page(2, [second]))
    assert [len(table.rows) for table in found.tables] == [2]


@pytest.mark.parametrize("below", [[], [["（１）道路", "", ""]]])
def test_a_header_without_upright_rulings_is_parted_at_the_columns(below: list[list[str]]) -> None:
    """As one cell it was a heading, and no table was found."""
    rows = [["No", "", ""], *below, ["1", "狭い。", "広げます。"], ["2", "暗い。", "照らします。"]]
    made = grid(rows, spans={(row, 0): (1, 3) for row in range(1 + len(below))})
    words = line("No" + " " * 20 + "意見" + " " * 16 + "回答", x0=20, top=102)
    made = replace(made, cells=(replace(made.cells[0], lines=(words,)), *made.cells[1:]))
    found = segment(page(1, [made]))
    (table,) = found.tables
    assert [column.role for column in table.columns] == ["number", "comment", "response"]
    assert [row.section for row in table.rows] == [tuple(text for text, *_ in below)] * 2
    assert "".join(li.text for li in found.pages[0].header_lines[:3]) == "No意見回答"


def test_a_header_alone_at_a_foot_has_its_columns_on_the_next_page() -> None:
    """Its title and its heading were lost: the columns of words are not those of the records."""
    header = ["No", "意見", "回答"]
    foot = grid([header, ["第１章　道路", "", ""]])
    foot = replace(foot, column_edges=(0.0, 80.0, 210.0, 300.0), inferred=True)
    rest = grid([header, ["1", "狭い。", "広げます。"]], page=2, left=30)
    found = segment(page(1, [foot], [line("道路の意見", top=40)]), page(2, [rest]))
    assert [(t.title, [row.section for row in t.rows]) for t in found.tables] == [
        ("道路の意見", [("第１章　道路",)])
    ]


@pytest.mark.parametrize("side", [0, 3])
def test_a_label_at_the_side_of_the_header_and_all_rows_is_below_the_header(side: int) -> None:
    texts = [["No", "意見", "回答"], ["1", "狭い。", "直す。"], ["2", "遠い。", "建てる。"]]
    for place, row in enumerate(texts):
        row.insert(side, "" if place else "計画全般")
    found = rule_header(grid(texts, spans={(0, side): (3, 1)}), VOCABULARY_ROLES)
    header = find_header(found)
    assert header is not None
    assert (header.depth, header.columns[side].header) == (1, "")
    assert [(c.row, c.row_end) for c in found.cells if c.text == "計画全般"] == [(1, 3)]
