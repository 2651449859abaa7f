"""Signs of misread characters: on recognised pages only."""

import pytest

from tests.support.judging import page_signs_of, signs_of, spell_pages, write_annex

ROWS = [
    {"number": str(n), "response": f"{thing}を新しくします。", "担当課": "公園課"}
    for n, thing in enumerate(("遊具", "柵", "街灯", "砂場", "水道", "花壇"), start=1)
]


@pytest.mark.parametrize("source", ["ocr", "text_layer"])
@pytest.mark.parametrize(
    ("sign", "name", "value"),
    [
        ("stop_lost", "response", "街灯を新しくします"),
        ("address", "response", "https://a.jp/b に載せます。"),
        ("other_width", "number", "３"),
    ],
)
def test_what_recognition_loses(sign: str, name: str, value: str, source: str) -> None:
    annex = write_annex([*ROWS[:2], {**ROWS[2], name: value}, *ROWS[3:]], source=source)
    assert ((name, sign) in signs_of(annex, 2)) is (source == "ocr")
    assert (name, sign) not in signs_of(annex, 1)


def test_a_header_that_is_no_known_word() -> None:
    misread = [{"担当言果" if n == "担当課" else n: t for n, t in row.items()} for row in ROWS]
    assert ("担当言果", "header_unsure") in signs_of(write_annex(misread, source="ocr"))
    assert not signs_of(write_annex(ROWS, source="ocr"))


@pytest.mark.parametrize(("width", "is_lost"), [(100.0, True), (180.0, False)])
def test_a_full_stop_that_had_room_was_left_out_by_the_author(width: float, is_lost: bool) -> None:
    annex = write_annex([*ROWS, {**ROWS[2], "response": "街灯を新しくします"}], source="ocr")
    found = page_signs_of(annex, spell_pages(annex, width), len(ROWS))
    assert (("response", "stop_lost") in found) is is_lost
