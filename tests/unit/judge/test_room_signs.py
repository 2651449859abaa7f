"""Signs of rows of one height, in which a spreadsheet draws no line that has no room."""

import pytest
from msgspec.structs import replace

from pipeline.model import Field, TableRow
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
    segmented = spell_pages(annex, width=200.0, height=height)
    for record in annex.records[:cut]:
        record.flags.append("clipped")
    found = page_signs_of(annex, segmented, 3)
    assert (("comment", "row_full") in found) is is_seen
    assert ("number", "row_full") not in found


def test_lines_that_their_cells_cut_at_the_side_go_on_nowhere_below() -> None:
    """A spreadsheet that wraps no text cuts it where the next cell has one."""
    annex = write_annex(ROWS)
    segmented = spell_pages(annex, width=100.0, height=16.0)
    for record in annex.records[:2]:
        record.flags.append("clipped")
    assert ("comment", "row_full") not in page_signs_of(annex, segmented, 3)


def test_rows_that_a_page_cuts_have_no_height_in_common() -> None:
    annex = write_annex(ROWS)
    segmented = spell_pages(annex, height=16.0)
    (table,) = segmented.tables
    rows = [
        replace(row, fields=tuple(Field((*own.parts, *own.parts)) for own in row.fields))
        for row in table.rows
    ]
    segmented = replace(segmented, tables=(replace(table, rows=tuple(rows)),))
    for record in annex.records[:2]:
        record.flags.append("clipped")
    assert ("comment", "row_full") not in page_signs_of(annex, segmented, 3)


@pytest.mark.parametrize(
    ("end", "height", "is_seen"),
    [
        ("次の改定も検討", 16.0, True),
        ("次の改定も検討", 40.0, False),
        ("検討します。", 16.0, False),
    ],
)
def test_a_text_that_stops_in_a_full_cell(end: str, height: float, is_seen: bool) -> None:
    annex = write_annex([*ROWS[:3], {**ROWS[3], "response": f"直します。{end}"}])
    found = page_signs_of(annex, spell_pages(annex, height=height), 3)
    assert (("response", "stopped") in found) is is_seen


@pytest.mark.parametrize(
    ("others", "height", "cut", "is_seen"),
    [
        ("道を直します。", 16.0, 1, True),
        ("道を直します。", 16.0, 0, False),  # no row of the table cuts a text
        ("道を直します。", 40.0, 1, False),  # a second line had room
        ("道を直すことを検討", 16.0, 1, False),  # nobody ends a sentence there
    ],
)
def test_a_sentence_without_its_stop_in_a_full_cell(
    others: str, height: float, cut: int, is_seen: bool
) -> None:
    """A spreadsheet draws no line that has no room, and a 。 alone may take one."""
    rows = [{**row, "response": others} for row in ROWS[:3]]
    annex = write_annex([*rows, {**ROWS[3], "response": "歩道を広げることが望ましい"}])
    for record in annex.records[:cut]:
        record.flags.append("clipped")
    found = page_signs_of(annex, spell_pages(annex, height=height), 3)
    assert (("response", "stopped") in found) is is_seen


@pytest.mark.parametrize(
    ("heights", "end", "is_seen"),
    [
        ((26.0, 26.0), "歩道の幅も広げるこ", True),
        ((26.0, 26.0), "歩道も広げること。", False),  # no row of the table cuts a text
        ((26.0, 26.0), "歩道の幅", False),  # it does not reach the end of its line
        ((26.0, 14.0), "歩道の幅も広げるこ", False),  # each row is as high as its text
        ((26.0, 40.0), "歩道の幅も広げるこ", False),  # rows have several heights
        ((14.0, 14.0), "歩道の幅も広げるこ", False),  # no row has room for more
    ],
)
def test_a_text_that_fills_its_cell_where_all_rows_have_one_height(
    heights: tuple[float, float], end: str, is_seen: bool
) -> None:
    short = [{**row, "comment": "遊具を直すこと。"} for row in ROWS]
    annex = write_annex([*short, {**ROWS[0], "comment": f"通学路の段差をなく\n{end}"}])
    segmented = spell_pages(annex, height=heights[0])
    (table,) = segmented.tables
    low = tuple(_lower(row, heights[1] - heights[0]) for row in table.rows[:4])
    segmented = replace(segmented, tables=(replace(table, rows=(*low, table.rows[4])),))
    assert (("comment", "row_full") in page_signs_of(annex, segmented, 4)) is is_seen


def _lower(row: TableRow, by: float) -> TableRow:
    """The row with the lower sides of its cells moved."""
    fields = [
        Field((replace(part, box=replace(part.box, bottom=part.box.bottom + by)),))
        for field in row.fields
        for part in field.parts
    ]
    return replace(row, fields=tuple(fields))


@pytest.mark.parametrize(
    ("stop", "width", "is_seen"), [("", 64.0, True), ("。", 70.0, False), ("", 120.0, False)]
)
def test_texts_that_all_stop_where_their_cells_end(stop: str, width: float, is_seen: bool) -> None:
    """A program drew only what its cells have room for: 遊具の補修につい."""
    rows = [{**row, "comment": row["comment"][:-7] + f"の件につい{stop}"} for row in ROWS]
    annex = write_annex(rows)
    found = page_signs_of(annex, spell_pages(annex, width=width), 0)
    assert (("comment", "side_reached") in found) is is_seen


@pytest.mark.parametrize(
    ("end", "others", "is_seen"),
    [
        ("記録は閲覧", "道を直します。", True),
        ("記録は閲覧", "道を直すことを検討", False),  # nobody ends a sentence there
        ("閲覧します", "道を直します。", False),  # its author forgot the full stop
        ("閲覧", "道を直します。", False),  # its last line has room
    ],
)
def test_a_text_that_stops_in_mid_sentence_at_the_side_of_its_cell(
    end: str, others: str, is_seen: bool
) -> None:
    """Programs leave out lines where a style says so, though the cell has room."""
    rows = [*({**row, "response": others} for row in ROWS[:3]), ROWS[3]]
    rows[3] = {**ROWS[3], "response": f"道を直す。\n{end}"}
    annex = write_annex(rows)
    segmented = spell_pages(annex, width=52.0)
    annex = write_annex([*rows[:3], {**ROWS[3], "response": f"道を直す。{end}"}])
    assert (("response", "stopped") in page_signs_of(annex, segmented, 3)) is is_seen
