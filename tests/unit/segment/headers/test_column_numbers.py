"""segment: a row below the header that only numbers the columns."""

import pytest

from tests.support.grids import grid, page, segment

HEADER = ["番号", "意見の概要", "回答"]


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
