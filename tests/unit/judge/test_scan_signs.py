"""Signs of misread characters: on recognised pages only."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Segmented
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


@pytest.mark.parametrize(("mark", "is_lost"), [("△", True), ("一", False), ("対応済", False)])
def test_an_empty_cell_among_marks_may_have_lost_one(mark: str, is_lost: bool) -> None:
    """Thin marks vanish from pale scans; words and numbers that are not there were never typed."""
    rows = [{**row, "disposition": "" if n == 2 else mark} for n, row in enumerate(ROWS)]
    found = signs_of(write_annex(rows, source="ocr"), 2)
    assert (("disposition", "mark_lost") in found) is is_lost
    assert ("disposition", "mark_lost") not in signs_of(write_annex(rows, source="text_layer"), 2)


@pytest.mark.parametrize(("width", "is_lost"), [(100.0, True), (180.0, False)])
def test_a_full_stop_that_had_room_was_left_out_by_the_author(width: float, is_lost: bool) -> None:
    annex = write_annex([*ROWS, {**ROWS[2], "response": "街灯を新しくします"}], source="ocr")
    found = page_signs_of(annex, spell_pages(annex, width), len(ROWS))
    assert (("response", "stop_lost") in found) is is_lost


@pytest.mark.parametrize(("confidence", "is_lost"), [(0.97, True), (0.999, False)])
def test_where_full_stops_are_faint_others_vanish_though_they_had_room(
    confidence: float, is_lost: bool
) -> None:
    lost = {**ROWS[2], "response": "街灯を新しくします", "理由": "街灯が暗いため"}
    within = {**ROWS[2], "response": "街灯を新しくします　次の年に道を直します。"}
    above = [{**row, "理由": "古いため。"} for row in ROWS]
    annex = write_annex([*above, lost, {**within, "理由": "古い　路のため。"}], source="ocr")
    pages = _recognise(spell_pages(annex, 300.0), confidence)
    found = page_signs_of(annex, pages, len(ROWS))
    assert (("response", "stop_lost") in found) is is_lost
    found_within = page_signs_of(annex, pages, len(ROWS) + 1)
    assert (("response", "stop_lost") in found_within) is is_lost
    assert ("理由", "stop_lost") not in found  # it ends with a noun


@pytest.mark.parametrize("is_centred", [True, False])
def test_a_value_out_of_the_middle_of_a_centred_column(is_centred: bool) -> None:
    names = ("一人暮らし", "家族", "老人クラブの役員", "学生", "介護職員", "会社の役員", "人暮らし")
    annex = write_annex([{"submitter": name} for name in names], source="ocr")
    left = [(100.0 - 10.0 * len(name)) / 2 for name in names] if is_centred else [2.0] * len(names)
    pages = _shift(spell_pages(annex), [*left[:-1], left[0] + 10.0 if is_centred else 12.0])
    assert ("submitter", "end_lost") not in page_signs_of(annex, pages, 1)
    assert (("submitter", "end_lost") in page_signs_of(annex, pages, 6)) is is_centred


def _recognise(pages: Segmented, stop: float) -> Segmented:
    """The page as a recogniser reads it: each 。 with the confidence `stop`."""

    def read(part: FieldPart) -> FieldPart:
        lines = (
            replace(one, confidences=tuple(stop if c == "。" else 1.0 for c in one.text))
            for one in part.lines
        )
        return replace(part, lines=tuple(lines))

    return _change(pages, lambda _, part: read(part))


def _shift(pages: Segmented, lefts: list[float]) -> Segmented:
    """The page with the line of each record's only cell at its own place, in points."""

    def move(row: int, part: FieldPart) -> FieldPart:
        (one,) = part.lines
        edges = tuple(edge - one.x0 + lefts[row] for edge in one.edges)
        return replace(part, lines=(replace(one, edges=edges),))

    return _change(pages, move)


def _change(pages: Segmented, change: Callable[[int, FieldPart], FieldPart]) -> Segmented:
    (table,) = pages.tables
    rows = (
        replace(
            row,
            fields=tuple(
                Field(tuple(change(index, part) for part in field.parts)) for field in row.fields
            ),
        )
        for index, row in enumerate(table.rows)
    )
    return replace(pages, tables=(replace(table, rows=tuple(rows)),))
