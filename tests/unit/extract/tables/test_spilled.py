"""extract: a line of a text that is drawn over the text of the next cell."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.spilled import keep_spilled
from pipeline.model import Box, Glyph
from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 184, 290)
ROWS = (656, 672, 692)


def read(make_pdf: MakePdf, *lines: tuple[float, str], foot: float = 640) -> list[str]:
    """The comments of two records; `lines`: the y and the text of each, in the order of drawing."""
    rows = (foot, *ROWS)

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in COLUMNS:
            sheet.line(x, rows[0], x, rows[-1])
        for y in rows:
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString(COLUMNS[column] + 2, 678, text)
        for y, number in ((660, "1"), (644, "2")):
            sheet.drawString(COLUMNS[0] + 2, y, number)
            sheet.drawString(COLUMNS[2] + 2, y, "直します。")
        for y, text in lines:
            sheet.drawString(COLUMNS[1] + 2, y, text)

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    return comments_of(out, path.stem)


def test_a_last_line_over_the_row_below_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (660, "駅前の橋を早く直し"), (648, "てほしい。"), (644, "道が狭い。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直してほしい。", "道が狭い。"]


def test_a_stop_alone_over_the_row_below_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (644, "道が狭い。"), (660, "駅前の橋を早く直す"), (648, "。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直す。", "道が狭い。"]


def test_a_first_line_over_the_row_above_stays_with_its_text(make_pdf: MakePdf) -> None:
    lines = (660, "道が狭い。"), (656, "駅前の橋を早く直し"), (644, "てほしい。")
    assert read(make_pdf, *lines) == ["道が狭い。", "駅前の橋を早く直してほしい。"]


def test_a_paragraph_over_the_row_below_stays_with_its_text(make_pdf: MakePdf) -> None:
    found = read(make_pdf, (660, "橋が古い。"), (648, "　見にくい。"), (644, "道が狭い。"))
    assert found == ["橋が古い。\n　見にくい。", "道が狭い。"]


def keep(
    tops: Sequence[float],
    *lines: tuple[str, float],
    sizes: Mapping[str, float] = MappingProxyType({}),
) -> list[int]:
    """The rows of all glyphs; `tops`: of the rows, and the foot; `lines`: texts and their tops."""
    glyphs = Glyphs.of(
        Glyph(text, Box(10.0 * place, top, 10.0 * place + 10, top + 10), sizes.get(line, 10))
        for line, top in lines
        for place, text in enumerate(line)
    )
    rows = [Box(0, top, 40, foot) for top, foot in pairwise(tops)]
    cells = np.searchsorted(tops[1:], glyphs.y)
    cells[(cells == len(rows)) | (glyphs.y < tops[0])] = -1
    return keep_spilled(cells, glyphs, rows).tolist()


CENTRED = ("床", 15.0), ("窓", 55.0)
"""The texts of two high rows, in their middle."""


def test_the_texts_of_two_rows_that_are_drawn_one_behind_the_other_stay_apart() -> None:
    """The third text, in the middle of the last row, is drawn over the second one."""
    lines = ("橋", 81.0), ("道", 93.0), ("壁が", 95.0), ("白い", 105.0), ("か", 115.0)
    assert keep((0, 40, 80, 92, 104, 116), *CENTRED, *lines) == [0, 1, 2, 3, 4, 4, 4, 4, 4]


def test_two_spilled_texts_that_are_drawn_one_behind_the_other_are_parted() -> None:
    """Both are in the middle of their rows; that of the row between them is under both."""
    lines = ("壁", 93.0), ("橋が", 76.0), ("古い", 86.0), ("道が", 100.0), ("狭い", 110.0)
    found = keep((0, 40, 80, 92, 104, 116, 156), *CENTRED, ("門", 131.0), *lines)
    assert found == [0, 1, 5, 3, 2, 2, 2, 2, 4, 4, 4, 4]


def test_lines_nearer_than_the_pitch_of_the_column_are_drawn_over_others() -> None:
    """The texts leave a little white between them, and the row of the middle one is too low."""
    upper, lower = (("橋が", -1.0), ("古い", 15.0)), (("壁が", 67.0), ("白い", 83.0))
    middle = ("道が", 25.0), ("狭く", 41.0), ("暗い", 57.0)
    found = keep((-16, 40, 52, 108), *upper, *lower, *middle)
    assert found == [0] * 4 + [2] * 4 + [1] * 6


def test_a_text_that_stands_mostly_below_the_table_stays_with_its_row() -> None:
    lines = ("橋が", 81.0), ("古い", 91.0), ("道が", 93.0), ("狭い", 103.0), ("壁", 113.0)
    found = keep((0, 40, 80, 92, 104), ("床", 1.0), ("窓", 41.0), *lines)
    assert found == [0, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3]


def test_a_header_over_the_first_record_is_whole_behind_the_title_above_the_table() -> None:
    """The title is drawn right before the header, whose row has no room for two lines."""
    lines = ("壁", 82.0), ("道", 54.0), ("橋", 26.0), ("一覧", -6.0), ("分類", 14.0), ("（区", 24.0)
    assert keep((12, 24, 52, 80, 108), *lines) == [3, 2, 1, -1, -1, 0, 0, 0, 0]


def test_a_header_above_and_below_its_row_is_in_the_middle_of_its_cell() -> None:
    """The texts below it begin at the top of their rows."""
    lines = ("予算", 3.0), ("（千", 16.0), ("橋", 20.5), ("道", 60.5), ("壁", 100.5)
    assert keep((9, 20, 60, 100, 140), *lines) == [0, 0, 0, 0, 1, 2, 3]


def test_a_header_far_behind_the_title_is_none_of_its_line() -> None:
    """The title, far to the left, ends nearly at the height where the header begins."""
    lines = (
        ("表", -60.0, 1.0),
        ("区", 0.0, 4.0),
        ("分", 0.0, 18.0),
        ("橋", 0.0, 22.5),
        ("道", 0.0, 60.5),
    )
    glyphs = Glyphs.of(
        Glyph(text, Box(x, top, x + 10, top + 10), 10)
        for text, x, top in (*lines, ("壁", 0.0, 99.0))
    )
    rows = [Box(0, 10, 40, 22), Box(0, 22, 40, 60), Box(0, 60, 40, 98), Box(0, 98, 40, 140)]
    found = keep_spilled(np.array([-1, -1, 1, 1, 2, 3]), glyphs, rows).tolist()
    assert found == [-1, 0, 0, 1, 2, 3]


def test_a_paragraph_over_the_row_above_stays_with_its_centred_text(make_pdf: MakePdf) -> None:
    own = ("橋について。", "渡りにくい。", "急いで直す。", "お願いする。")
    lines = [(654.4 - 10 * place, text) for place, text in enumerate(own)]
    found = read(make_pdf, (660, "道が狭い。"), *lines, foot=626)
    assert found == ["道が狭い。", "\n".join(own)]


def test_a_line_that_a_ruling_runs_through_stays_with_its_centred_text() -> None:
    """Its middle is in the row above, far below the text of that row. One text is off its place."""
    lines = ("橋は", 95.0), ("古く", 105.0), ("狭い", 115.0)
    found = keep((0, 40, 101, 119, 190), ("床", 22.0), ("窓", 65.0), *lines, ("門", 149.5))
    assert found == [0, 1, 2, 2, 2, 2, 2, 2, 3]


def test_lines_of_two_cells_that_are_drawn_one_behind_the_other_stay_in_their_cells() -> None:
    """A ruling runs through a line, but each cell has a text in its middle."""
    lines = ("橋が", 82.0), ("古い", 92.0), ("道が", 105.0), ("狭い", 115.0)
    found = keep((0, 40, 80, 100, 130), ("床", 15.0), ("窓", 55.0), *lines)
    assert found == [0, 1, 2, 2, 2, 2, 3, 3, 3, 3]


def test_a_narrow_stop_over_the_first_glyph_of_the_row_below_stays_with_its_text(
    make_pdf: MakePdf,
) -> None:
    lines = (660, "駅前の橋を早く直す"), (648, "｡"), (644, "道が狭い。")
    assert read(make_pdf, *lines) == ["駅前の橋を早く直す｡", "道が狭い。"]


def test_letters_that_are_drawn_behind_all_kanji_move_no_kanji() -> None:
    """The kanji of a column look like one text then, and each letter like one that is under it."""
    kanji = [("橋　本", 1.0), ("道　本", 13.0), ("壁　本", 25.0)]
    letters = [("　２", 13.0), ("　３", 25.0)]
    rows = [0, 0, 0, 1, 1, 1, 2, 2, 2, 1, 1, 2, 2]
    assert keep((0, 12, 24, 36), *kanji, *letters) == rows


def test_a_text_over_no_other_stays_with_its_row_where_each_text_is_in_the_middle() -> None:
    lines = ("橋", 70.0), ("が", 80.0), ("古", 90.0), ("い", 100.0)
    found = keep((0, 40, 80, 100, 160), *lines, *CENTRED, ("壁", 125.0))
    assert found == [2, 2, 2, 2, 0, 1, 3]


def test_texts_of_neighbouring_cells_that_are_drawn_one_behind_the_other_tell_no_place() -> None:
    """Nearly all texts of the column look like one with the next, and none lies over another."""
    middles = (1.0, 11.0), (32.0, 42.0), (72.0, 82.0), (112.0,), (133.0, 143.0, 153.0), (166.0,)
    lines = [("道", top) for tops in (*middles, (188.0,)) for top in tops]
    found = keep((0, 22, 62, 102, 132, 164, 178, 208), *lines)
    assert found == [0, 0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 6]


def test_what_stands_below_the_table_stays_there_where_each_text_is_in_the_middle() -> None:
    assert keep((0, 40, 80, 100), *CENTRED, ("橋", 93.0), ("道", 103.0)) == [0, 1, 2, -1]


def test_a_blank_line_parts_no_text_in_a_font_with_a_wide_pitch() -> None:
    lines = ("橋", 63.25), ("が", 77.75), ("古", 106.75)
    found = keep((0, 40, 80, 100, 180), *lines, *CENTRED, ("壁", 135.0))
    assert found == [2, 2, 2, 0, 1, 3]


def test_a_title_in_larger_type_right_before_a_heading_moves_no_heading_into_the_table() -> None:
    """All three are drawn one behind the other, and the table's lines are set solid."""
    sizes = {"一覧": 15}
    title = ("一覧", -26.0), ("本編", -10.5), ("分類", 0.0)
    below = ("壁", 33.0), ("橋", 22.0), ("道", 11.0)
    found = keep((0, 11, 22, 33, 44), *below, *title, sizes=sizes)
    assert found == [3, 2, 1, -1, -1, -1, -1, 0, 0]
