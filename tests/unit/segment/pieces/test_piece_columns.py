"""Columns of a table's later pieces."""

import pytest
from msgspec.structs import replace

from pipeline.model import Segmented
from tests.support.grids import grid, numbers, page, segment

HEADER = ["該当箇所", "現行", "改正案"]


def segment_rest(rest: list[str], open_top: bool) -> Segmented:
    """A table whose second page begins with the rest of a row."""
    above = grid([HEADER, ["第１章", "あ。", "い。"], ["第２章", "次の事項", "次の事項"]])
    below = grid([rest, ["第３章", "う。", "え。"]], page=2)
    return segment(page(1, [above]), page(2, [replace(below, open_top=open_top)]))


@pytest.mark.parametrize(
    ("rest", "open_top"),
    [
        (["", "・目標値及び把握の方法", "・把握の方法"], False),
        (["備考欄の考え方", "評価指標及び目標値", "把握の方法"], True),
        (["", "３　推進の方法", "４　把握の方法"], False),
        (["①備考欄の考え方", "②評価指標及び目標値", "③把握の方法"], False),
    ],
)
def test_the_rest_of_a_cut_row_is_no_header(rest: list[str], open_top: bool) -> None:
    segmented = segment_rest(rest, open_top)
    assert sum(len(table.rows) for table in segmented.tables) >= 3
    assert numbers(segmented)[0][-1] == "第３章"
