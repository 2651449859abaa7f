"""segment: which rows are records, where rulings and numbers do not simply say so."""

from collections.abc import Sequence

import pytest

from pipeline.model import Segmented
from tests.making import line
from tests.test_segment import grid, page, segment

HEADER = ["番号", "意見", "回答"]


def fields(segmented: Segmented, table: int = 0) -> list[list[str]]:
    return [
        ["/".join(line.text for line in field.lines) for field in row.fields]
        for row in segmented.tables[table].rows
    ]


@pytest.mark.parametrize("word", ["合計", "計", "小計", "総計"])
def test_totals_are_no_records(word: str) -> None:
    rows = [HEADER, ["1", "意見一", "回答一"], ["2", "意見二", "回答二"], [word, "", "2件"]]
    found = segment(page(1, [grid(rows)]))
    assert [row[0] for row in fields(found)] == ["1", "2"]
    # Not lost: the account has them beside the tables.
    texts = [line.text for line in found.pages[0].furniture_lines]
    assert word in texts


def test_a_comment_that_speaks_of_a_total_is_a_record() -> None:
    rows = [HEADER, ["1", "合計額の根拠を示してください", "回答一"], ["2", "意見二", "回答二"]]
    assert len(fields(segment(page(1, [grid(rows)])))) == 2


def test_a_header_of_three_rows_names_its_lowest_cells() -> None:
    rows = [
        ["番号", "寄せられたご意見", "", "回答"],
        ["", "内訳", "", ""],
        ["", "意見", "提出者", ""],
        ["1", "意見一", "甲", "回答一"],
        ["2", "意見二", "乙", "回答二"],
    ]
    spans = {(0, 0): (3, 1), (0, 1): (1, 2), (1, 1): (1, 2), (0, 3): (3, 1)}
    found = segment(page(1, [grid(rows, spans=spans)]))
    roles = [column.role for column in found.tables[0].columns]
    assert roles == ["number", "comment", "submitter", "response"]
    assert len(found.tables[0].rows) == 2


def test_a_repeated_header_with_fewer_rows_is_no_record() -> None:
    first = [["番号", "ご意見", ""], ["", "内容", "回答"], ["1", "意見一", "回答一"]]
    second = [["", "内容", "回答"], ["2", "意見二", "回答二"]]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2)}
    found = segment(page(1, [grid(first, spans=spans)]), page(2, [grid(second, page=2)]))
    assert len(found.tables) == 1
    assert [row[1] for row in fields(found)] == ["意見一", "意見二"]


def tall_row(cells: Sequence[Sequence[str]]) -> Segmented:
    """A table whose records no ruling parts: one row of the grid holds them all."""
    rows = [HEADER, ["\n".join(column) for column in zip(*cells, strict=True)]]
    return segment(page(1, [grid(rows)]))


def test_numbers_part_records_without_rulings() -> None:
    found = tall_row(
        [("1", "意見一", "回答一"), ("2", "意見二", "回答二"), ("3", "意見三", "回答三")]
    )
    assert fields(found) == [
        ["1", "意見一", "回答一"],
        ["2", "意見二", "回答二"],
        ["3", "意見三", "回答三"],
    ]


def test_a_merged_cell_that_a_page_cuts_is_one_for_all_its_records() -> None:
    header = ["分類", "番号", "意見", "回答"]
    first = [header, ["総論について", "1", "意見一", "回答一"], ["", "2", "意見二", "回答二"]]
    second = [["", "3", "意見三", "回答三"], ["各論", "4", "意見四", "回答四"]]
    found = segment(page(1, [grid(first, spans={(1, 0): (2, 1)})]), page(2, [grid(second, page=2)]))
    assert [row[0] for row in fields(found)] == ["総論について"] * 3 + ["各論"]


def test_a_small_table_in_a_cell_is_lines_of_the_cell() -> None:
    rows = [
        ["番号", "意見", "", "回答"],
        ["1", "区分", "件数", "回答一"],
        ["", "区民", "三件", ""],
        ["2", "意見二", "", "回答二"],
        ["3", "意見三", "", "回答三"],
    ]
    spans = {
        (0, 1): (1, 2), (1, 0): (2, 1), (1, 3): (2, 1), (3, 1): (1, 2), (4, 1): (1, 2),
    }  # fmt: skip
    found = segment(page(1, [grid(rows, spans=spans)]))
    assert fields(found)[0] == ["1", "区分\u3000件数/区民\u3000三件", "回答一"]


def test_a_running_head_over_a_continued_table_is_furniture() -> None:
    def head(number: int) -> list:
        return [line("令和八年度 意見募集の結果", x0=2, top=20, page=number)]

    pages = [
        page(1, [grid([HEADER, ["1", "意見一", "回答一"]])], head(1)),
        page(2, [grid([["2", "意見二", "回答二"]], page=2)], head(2)),
        page(3, [grid([["3", "意見三", "回答三"]], page=3)], head(3)),
    ]
    found = segment(*pages)
    assert len(found.tables) == 1
    assert len(found.tables[0].rows) == 3


def test_every_glyph_is_in_a_row_a_header_or_beside_the_tables() -> None:
    rows = [HEADER, ["1", "意見一", "回答一"], ["合計", "", "1件"], ["注 件数は延べ数", "", ""]]
    found = segment(page(1, [grid(rows, spans={(3, 0): (1, 3)})]))
    held = sum(
        line.glyphs for row in found.tables[0].rows for field in row.fields for line in field.lines
    )
    frame = found.pages[0]
    beside = sum(line.glyphs for line in (*frame.header_lines, *frame.furniture_lines))
    assert held + beside == frame.glyphs
