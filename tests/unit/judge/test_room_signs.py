"""Signs of rows of one height, in which a spreadsheet draws no line that has no room."""

import pytest

from tests.support.judging import page_signs_of, spell_pages, write_annex

ROWS = [
    {"number": str(n), "comment": f"{thing}を新しくしてほしい。", "response": "直します。"}
    for n, thing in enumerate(("遊具", "柵", "街灯", "砂場"), start=1)
]


@pytest.mark.parametrize(
    ("height", "cut", "is_seen"), [(16.0, 2, True), (16.0, 1, False), (40.0, 2, False)]
)
def test_a_cell_without_room_may_go_on_where_rows_so_high_cut_texts(
    height: float, cut: int, is_seen: bool
) -> None:
    annex = write_annex(ROWS)
    segmented = spell_pages(annex, height=height)
    for record in annex.records[:cut]:
        record.flags.append("clipped")
    found = page_signs_of(annex, segmented, 3)
    assert (("comment", "row_full") in found) is is_seen
    assert ("number", "row_full") not in found
