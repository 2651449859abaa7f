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


def test_numbers_part_texts_beside_places_that_fill_their_column() -> None:
    """Bands of headings part the groups of a table whose records no ruling parts."""
    place = "第１章第２節第３款"
    header = ["番号", "該当箇所", "意見", "回答"]
    group = ["1\n\n2", f"{place}\n\n{place}", "狭い。\n\n古い。", "広げます。\n\n直します。"]
    rows = [header, ["１　道", "", "", ""], group, ["２　窓口", "", "", ""]]
    rows += [["3", "第２章", "遠い。", "移します。"], ["4", "第３章", "暗い。", "照らします。"]]
    spans = {(1, 0): (1, 4), (3, 0): (1, 4)}
    assert numbers(segment(page(1, [grid(rows, spans=spans)]))) == [["1", "2", "3", "4"]]
