"""segment: one cell that holds the numbers of several rows."""

import pytest

from tests.support.grids import grid, numbers, page, segment


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("11\n\n12\n\n13", [["11", "12", "13"]]),
        ("11\n12\n13", [["11", "12", "13"] * 3]),
        ("11\n\n12", [["11", "12"] * 3]),
        ("ア\n\nイ\n\n窓", [["アイ窓"] * 3]),
    ],
    ids=["at the first lines of the rows", "close together", "fewer than rows", "no numbers"],
)
def test_a_row_keeps_the_number_at_its_first_line(cell: str, found: list[list[str]]) -> None:
    rows = [["番号", "意見", "回答"], [cell, "橋が古い。", "直します。"]]
    rows += [["", "道が狭い。", "広げます。"], ["", "窓口が遠い。", "移します。"]]
    segmented = segment(page(1, [grid(rows, spans={(1, 0): (3, 1)})]))
    assert numbers(segmented) == found
