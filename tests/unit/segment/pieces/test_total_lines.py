"""Lines that sum up the records above them, without a ruling between."""

import pytest

from tests.support.grids import grid, page, segment


@pytest.mark.parametrize(
    ("name", "figure", "found"),
    [
        ("株式会社みどり設\n計", "", "株式会社みどり設計"),  # a full line's word goes on
        ("緑化協会\n計", "", "緑化協会"),
        ("株式会社みどり造園\n計", "\n12件", "株式会社みどり造園"),
    ],
)
def test_a_line_for_a_sum_is_no_end_of_a_name(name: str, figure: str, found: str) -> None:
    rows = [["番号", "提出者", "意見", "回答"], ["1", name, f"道が狭い。{figure}", "広げます。"]]
    ((row,),) = (table.rows for table in segment(page(1, [grid(rows)])).tables)
    assert row.fields[1].text == found
