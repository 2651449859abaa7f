"""Rulings in a picture."""

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.layout.connected_rulings import add_pressed
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import erase_rulings, find_rulings, wipe_arrows
from tests.support.scanned import blobs, ruled


def test_broken_faint_and_dotted_rulings_are_found() -> None:
    image = ruled()
    image[468:473] = np.where(np.arange(1654)[None, :] % 40 < 3, 255, image[468:473])
    image[636:645] = np.maximum(image[636:645], 175)
    image[808:813] = np.where(np.arange(1654)[None, :] % 8 < 4, 255, image[808:813])
    bars = find_rulings(image, em=20)
    assert len([bar for bar in bars if bar.is_horizontal]) == 11


@pytest.mark.parametrize(("first", "step"), [(100, 6), (103, 6), (102, 9)])
def test_a_dotted_ruling_that_type_touches_parts_rows(first: int, step: int) -> None:
    """Word leaves no room above the first line of a row; the last dot ends short of the side."""
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 700):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    for x in (100, 400, 1100):
        cv2.line(image, (x, 100), (x, 700), 0, 2)
    for y in (300, 500):
        for dot in range(first, 1096, step):
            image[y : y + 2, dot : dot + 2] = 0
        blobs(image, 120, y + 3, 9)
        blobs(image, 420, y + 3, 26)
    across = [bar for bar in find_rulings(image, em=24) if bar.is_horizontal]
    tops = {round(bar.top, -1) for bar in across if not bar.is_underline}
    assert tops == {100, 300, 500, 700}


def test_a_dotted_column_goes_on_into_an_open_head() -> None:
    """Five dots are no ruling alone, and no level ruling shows where they begin."""
    image = np.full((900, 1200), 255, np.uint8)
    for y in (152, 300, 500, 700):
        image[y : y + 2, 100:1100] = 0
    for dot in (*range(112, 150, 8), *range(170, 700, 8)):
        image[dot : dot + 3, 600:602] = 0
    blobs(image, 200, 120, 5)
    blobs(image, 700, 120, 5)
    assert min(bar.top for bar in find_rulings(image, em=24) if not bar.is_horizontal) <= 113


def test_dashed_rulings_go_on_over_corners_into_narrow_cells_and_low_rows() -> None:
    """Their few dashes between two corners would be no ruling alone."""
    image, dashed = np.full((900, 1200), 255, np.uint8), np.arange(1000) % 25 < 10
    ys, xs = (100, 150, 300, 500), (100, 175, 575, 1075)
    for y in ys:
        image[y : y + 3, 106:1072] = np.where(dashed[:966], 255, 0)
    for x in xs:
        image[106:500, x : x + 3] = np.where(dashed[:394, None], 255, 0)
        for y in ys:  # the dashes of both meet in a corner
            image[y + 1, x - 6 : x + 9] = image[y - 6 : y + 9, x + 1] = 0
    bars = [bar for bar in find_rulings(image, em=30) if not bar.is_underline]
    levels = [bar.x1 - bar.x0 > 970 for bar in bars if bar.is_horizontal]
    uprights = [bar.bottom - bar.top > 390 for bar in bars if not bar.is_horizontal]
    assert (levels, uprights) == ([True] * 4, [True] * 4)


def test_two_dashes_joined_where_dashed_rulings_meet_are_no_gap() -> None:
    """They were read as a ー in the cell below, and so a heading was a record."""
    image = np.full((700, 1200), 255, np.uint8)
    for y in (100, 300, 500):
        image[y : y + 4, 100:1100] = np.where((np.arange(1000) + 2) % 14 < 9, 0, 255)
    image[100:296, 597:602] = np.where((np.arange(196)[:, None] + 9) % 14 < 9, 0, 255)
    image[299:304, 597:602] = 0
    cv2.line(image, (100, 100), (100, 503), 0, 2)
    cv2.line(image, (1099, 100), (1099, 503), 0, 2)
    erased = erase_rulings(image, find_rulings(image, em=18))
    assert erased[300:304, 585:615].min() == 255


def test_what_crosses_a_dashed_ruling_alone_is_an_arrow_and_leaves_it_whole() -> None:
    """Pieces of the ruling were read as I and ル, and the arrow as the text of a cell."""
    em, image = 30, np.full((900, 1200), 255, np.uint8)
    for y in (100, 400, 460, 520, 800):
        image[y : y + 3, 100:1100] = 0
    for x in (100, 1097):
        image[100:803, x : x + 3] = 0
    image[100:800, 600:603] = np.where(np.arange(700)[:, None] % 14 < 9, 0, image[100:800, 600:603])
    for y in (432, 490):
        cv2.arrowedLine(image, (587, y), (616, y), 0, 2, tipLength=0.3)
    image[610:640, 588:616] = 0  # a kanji of a heading that runs over the ruling
    image[700:712, 540:620] = 0  # the low end of a longer word
    for y in (740, 752):  # the strokes of a kanji
        image[y - 4 : y, 588:592] = image[y : y + 3, 588:616] = 0
    image[668:678, 612:614] = image[668:670, 592:614] = 0  # the つ of a heading
    rulings = find_rulings(image, em)
    assert any(r.top <= 103 and r.bottom >= 800 for r in rulings if 599 <= r.x0 <= 601)
    wiped = erase_rulings(image, rulings)
    wipe_arrows(wiped, rulings, em)
    assert (wiped[405:515, 580:625] > 128).all()
    assert (wiped[612:638, 590:597] == 0).all()
    assert (wiped[702:710, 606:618] == 0).all()
    assert (wiped[740:743, 590:597] == 0).all()
    assert (wiped[668:670, 592:597] == 0).all()


def test_the_few_dashes_of_a_header_above_a_heading_are_a_ruling_as_those_below_it() -> None:
    image, dashed = np.full((900, 1200), 255, np.uint8), np.arange(600) % 14 < 9
    for y in (100, 136, 172, 600):
        image[y : y + 2, 100:1100] = 0
    for x in (100, 1098):
        image[100:602, x : x + 2] = 0
    for x in (300, 700):
        image[102:136, x : x + 2] = np.where(dashed[:34, None], 0, 255)
        image[174:600, x : x + 2] = np.where(dashed[:426, None], 0, 255)
    inside = [r for r in find_rulings(image, em=18) if not r.is_horizontal and 200 < r.x0 < 1000]
    assert {r.x0 for r in inside if r.top < 105 and 130 < r.bottom < 140} == {300, 700}


def test_double_dashed_rulings_are_found() -> None:
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 300, 500, 700):
        for row in (y, y + 6):
            image[row : row + 3, 100:1100] = np.where(np.arange(1000) % 12 < 8, 0, 255)
    cv2.line(image, (100, 100), (100, 708), 0, 2)
    cv2.line(image, (1099, 100), (1099, 708), 0, 2)
    tops = [bar.top for bar in find_rulings(image, em=22) if bar.is_horizontal]
    assert len(tops) == 8


def test_a_double_dotted_ruling_whose_lines_meet_somewhere_parts_rows() -> None:
    """Its upper line was counted as type beside the lower one: two records became one."""
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 300, 500, 700):
        for row in (y, y + 6):
            grey = np.where(np.isin(np.arange(1000) % 80, (0, 1, 20, 21)), 255, 180)
            image[row : row + 3, 100:1100] = np.where(np.arange(1000) % 4 > 1, 0, grey)
        image[[y + 3, y + 9], 300:500] = image[y, 300:500]
    cv2.line(image, (100, 100), (100, 710), 0, 2)
    cv2.line(image, (1099, 100), (1099, 710), 0, 2)
    found = [bar for bar in find_rulings(image, em=22.6) if bar.is_horizontal]
    assert {round(bar.top, -2) for bar in found} == {100, 300, 500, 700}
    assert not any(bar.is_underline for bar in found)


def test_dashes_with_a_grey_edge_are_dashes() -> None:
    """Where straightening changed their row, dashes were too thick: the ruling had gaps."""
    image = np.full((400, 1200), 255, np.uint8)
    for x in range(100, 1096, 14):
        thick = 300 < x < 420 or 700 < x < 820
        image[200 : 204 + thick, x : x + 9] = 0
    for x in (100, 1099):
        cv2.line(image, (x, 100), (x, 300), 0, 2)
    (row,) = (bar for bar in find_rulings(image, em=18) if bar.is_horizontal)
    assert row.x1 - row.x0 > 980


def test_upright_rulings_of_dashes_as_long_as_type_are_found() -> None:
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 300, 500, 700):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    for x in (100, 400, 1100):
        image[100:700, x : x + 2] = np.where(np.arange(600)[:, None] % 28 < 20, 0, 255)
    upright = [bar for bar in find_rulings(image, em=24) if not bar.is_horizontal]
    assert [(bar.x0, bar.bottom - bar.top > 590) for bar in upright] == [
        (100, True),
        (400, True),
        (1100, True),
    ]


def test_two_rows_of_strokes_of_one_line_of_type_are_no_double_ruling() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    for x in range(200, 380, 18):  # ten kanji, every other one a little lower
        top = 300 + (x % 36 == 2)
        for row in (top, top + 5):
            image[row : row + 2, x : x + 16] = 0
        for stroke in range(x, x + 16, 4):
            image[top : top + 7, stroke : stroke + 2] = 0
    assert find_rulings(image, em=17) == []


def test_upright_strokes_of_lines_that_touch_are_no_ruling() -> None:
    """Small type without leading: the strokes link to one line, which wanders from side to side."""
    image = np.full((600, 1200), 255, np.uint8)
    for y in (200, 300, 400):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    for x in (100, 1100):
        cv2.line(image, (x, 200), (x, 400), 0, 2)
    for index, top in enumerate(range(210, 390, 18)):
        x = 500 + (0, 2, 4, 6, 8, 6, 4, 2, 0, 2)[index]
        image[top : top + 32, x : x + 2] = 0
        for y in range(top, top + 18, 9):
            image[y : y + 2, x - 8 : x + 10] = 0
    upright = [bar.x0 for bar in find_rulings(image, em=17) if not bar.is_horizontal]
    assert upright == [99, 1099]


def test_strokes_that_begin_with_an_upright_one_are_no_ruling() -> None:
    """The upper strokes of において, too low for a ruling of their own."""
    image = np.full((600, 1200), 255, np.uint8)
    image[296:322, 199:201] = 0
    image[300:302, 204:282] = np.where(np.arange(78) % 16 < 13, 0, 255)
    image[302:312, 210:280] = np.where(np.arange(70)[None] % 16 < 4, 0, 255)
    assert find_rulings(image, em=17) == []


def test_broken_rulings_reach_to_the_corners_that_they_make() -> None:
    """Where two dashes meet, they are one piece that is no dash."""
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 500):
        image[y : y + 3, 106:1100] = np.where(np.arange(994) % 14 < 8, 0, 255)
    image[115:487, 599:602] = np.where(np.arange(372)[:, None] % 14 < 8, 0, 255)
    for top, bottom in ((100, 109), (493, 503)):
        image[top:bottom, 599:602] = 0
    (upright,) = (bar for bar in find_rulings(image, em=22) if not bar.is_horizontal)
    assert upright.top < 110
    assert upright.bottom > 490


def test_the_dots_of_a_ruling_are_no_specks_of_a_longer_one() -> None:
    """Else two tables without sides become one: the verticals go on to the next table."""
    image = np.full((1200, 1200), 255, np.uint8)
    for top in (100, 700):
        image[top : top + 2, 100:1100] = 0
        for x in (300, 500, 900):
            image[top : top + 400, x : x + 2] = np.where(np.arange(400)[:, None] % 6 < 3, 0, 255)
    uprights = [bar for bar in find_rulings(image, em=20) if not bar.is_horizontal]
    assert uprights
    assert not [bar for bar in uprights if bar.top < 520 and bar.bottom > 680]


def test_a_thick_ruling_is_a_thin_line_in_its_middle() -> None:
    image = ruled()
    for y in range(300, 2001, 170):
        cv2.line(image, (200, y), (1450, y), 0, 5)
    bars = [bar for bar in find_rulings(image, em=20) if bar.is_horizontal]
    assert len(bars) == 11
    for bar, y in zip(sorted(bars, key=lambda bar: bar.top), range(300, 2001, 170), strict=True):
        assert bar.bottom - bar.top <= 0.3 * 20
        assert bar.top <= y <= bar.bottom
        assert bar.ink_end - bar.ink_start >= 7


def test_underlines_are_rulings_and_the_strokes_of_type_are_not() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    blobs(image, 100, 100, 30)
    blobs(image, 100, 200, 30)
    cv2.line(image, (100, 224), (500, 224), 0, 2)
    (bar,) = find_rulings(image, em=22)
    assert abs(bar.top - 223) <= 1


def test_brackets_below_a_ruling_are_no_rulings() -> None:
    image = ruled()
    for x in (232, 380):  # the backs of 【 and 】 in the first line of a cell
        cv2.line(image, (x, 305), (x, 331), 0, 2)
    assert len([bar for bar in find_rulings(image, em=20) if not bar.is_horizontal]) == 4


def test_brackets_below_each_other_are_no_ruling() -> None:
    image = ruled()
    for top in range(315, 425, 20):  # the ( of (1), (2) and (3), in one cell
        cv2.line(image, (208, top), (208, top + 17), 0, 2)
    assert len([bar for bar in find_rulings(image, em=20) if not bar.is_horizontal]) == 4


def test_brackets_that_reach_down_to_a_ruling_are_no_column() -> None:
    """As a column of their own, they were lost: 【, (1), (2) and 「 began lines of a low cell."""
    image = ruled()
    for top in range(371, 466, 19):
        cv2.line(image, (208, top), (208, top + 18), 0, 1)
    assert len([bar for bar in find_rulings(image, em=20) if not bar.is_horizontal]) == 4


def test_a_narrow_column_at_the_open_side_of_a_table_has_its_rows() -> None:
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 800):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    for y in (300, 500):  # the column between is merged over the rows
        cv2.line(image, (100, y), (165, y), 0, 2)
        cv2.line(image, (400, y), (1100, y), 0, 2)
    for x in (165, 400):
        cv2.line(image, (x, 100), (x, 800), 0, 2)
    found = find_rulings(image, em=20)
    assert sum(bar.is_horizontal for bar in found) == 6


def pressed(x0: int, x1: int) -> list[tuple[int, int, int, int]]:
    """The rulings of a cell whose text touches a line from this x to that one on both sides."""
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    image[249:252, x0:x1] = 0
    for x in range(110, 985, 22):
        for stroke in range(x, x + 18, 4):
            image[229:272, stroke : stroke + 2] = 0
    return [(b.x0, b.top, b.x1, b.bottom) for b in find_rulings(image, em=22) if 200 < b.top < 300]


def test_a_ruling_that_type_touches_on_both_sides_is_found_if_it_meets_others() -> None:
    (found,) = pressed(100, 1001)
    assert found == pytest.approx((100, 249, 1001, 252), abs=2)


def test_a_ruling_that_small_type_touches_may_end_a_pixel_behind_others() -> None:
    """The side of a tight column reached a pixel out of its table: two columns were one."""
    rows = [PixelRuling(100, y, 900, y + 4, y, y + 4) for y in (100, 500)]
    side = PixelRuling(400, 101, 404, 505, 400, 404)
    assert add_pressed(rows, [side], em=14.5) == [*rows, side]


@pytest.mark.parametrize(("top", "found"), [(108, 2), (100, 3)])
def test_strokes_of_lines_below_each_other_are_a_ruling_only_if_they_touch_others(
    top: int, found: int
) -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 200), 0, 2)
    for y in range(top, 300 - top, 8):
        image[y : min(y + 6, 301 - top), 500:503] = 0
    for y in range(120, 190, 22):  # of 共, 討 and り
        image[y : y + 3, 503:512] = 0
    assert sum(not bar.is_horizontal for bar in find_rulings(image, em=22)) == found


@pytest.mark.parametrize(("top", "column", "found"), [(102, 500, 2), (105, 500, 1), (102, 540, 0)])
def test_the_side_of_a_cell_of_one_line_is_found_though_type_touches_it(
    top: int, column: int, found: int
) -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.line(image, (column, 180), (column, 300), 0, 2)
    for y in (100, 126, 180, 300):  # the first row is hardly higher than its type
        cv2.line(image, (100, y), (1000, y), 0, 2)
    for x in (100, 1000):
        cv2.line(image, (x, 100), (x, 300), 0, 2)
    image[top:125, 500:503] = 0
    for x in (480, 503):
        for y in (106, 112, 118):
            image[y : y + 3, x : x + 20] = 0
    assert sum(490 < bar.x0 < 510 for bar in find_rulings(image, em=22)) == found


def test_a_column_whose_ruling_is_broken_below_a_low_first_row_begins_there() -> None:
    """What stands in that row is too short for a ruling, and goes on as one that was found."""
    image = np.full((600, 1200), 255, np.uint8)
    for y in (100, 129, 300):
        cv2.line(image, (100, y), (1000, y), 0, 2)
    for x in (100, 500, 1000):
        image[102:300, x : x + 2] = 0
        image[126:129, x - 1 : x + 3] = 255
    columns = [bar for bar in find_rulings(image, em=22) if not bar.is_horizontal]
    assert [min(bar.top for bar in columns if bar.x0 == x) for x in (100, 500, 1000)] == [102] * 3


def test_a_line_through_type_that_meets_no_ruling_is_none() -> None:
    assert pressed(108, 992) == []


@pytest.mark.parametrize(("pad", "parts_cells"), [(0, True), (4, False), (6, False)])
@pytest.mark.parametrize("columns", [1, 2])
def test_an_underline_parts_cells_only_where_it_touches_their_sides(
    pad: int, parts_cells: bool, columns: int
) -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    if columns == 2:
        cv2.line(image, (600, 100), (600, 400), 0, 2)
    image[249:252, 100 + pad : 1001 - pad] = 0
    for x in range(110, 985, 22):
        image[229:249, x : x + 18 : 4] = image[229:249, x + 1 : x + 19 : 4] = 0
        image[240:270, x + 8] = 0
    (line,) = (bar for bar in find_rulings(image, em=22) if 200 < bar.top < 300)
    assert line.is_underline != parts_cells


def test_the_lower_line_of_a_double_underline_parts_no_cell() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    image[250:252, 106:995] = image[257:259, 106:995] = 0
    for x in range(110, 985, 22):
        image[229:249, x : x + 18 : 4] = image[229:249, x + 1 : x + 19 : 4] = 0
    lines = [bar for bar in find_rulings(image, em=22) if 245 < bar.top < 300]
    assert [bar.is_underline for bar in lines] == [True, True]


@pytest.mark.parametrize(("start", "end"), [(640, 800), (600, 800), (640, 900)])
def test_a_row_that_a_fill_covers_in_a_cell_is_one_ruling(start: int, end: int) -> None:
    """The text of two rows was that of one."""
    image = np.full((600, 1200), 255, np.uint8)
    for x in (100, 600, 900, 1100):
        cv2.line(image, (x, 100), (x, 400), 0, 2)
    for y in (100, 250, 400):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    image[245:255, start + 2 : end - 2] = 230
    (row,) = (bar for bar in find_rulings(image, em=22) if 200 < bar.top < 300)
    assert row.length > 990


@pytest.mark.parametrize(
    "gap",
    [
        pytest.param((500, 700), id="a column crosses it"),
        pytest.param((600, 900), id="both pieces end at columns"),
    ],
)
def test_a_gap_that_is_none_in_a_cell_parts_two_rulings(gap: tuple[int, int]) -> None:
    image = np.full((600, 1200), 255, np.uint8)
    for x in (100, 600, 900, 1100):
        cv2.line(image, (x, 100), (x, 400), 0, 2)
    for y in (100, 400):
        cv2.line(image, (100, y), (1100, y), 0, 2)
    cv2.line(image, (100, 250), (gap[0], 250), 0, 2)
    cv2.line(image, (gap[1], 250), (1100, 250), 0, 2)
    assert sum(200 < bar.top < 300 for bar in find_rulings(image, em=22)) == 2


def test_a_column_whose_type_stands_close_behind_its_side_has_a_side() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    cv2.line(image, (300, 100), (300, 400), 0, 2)
    for y in range(110, 390, 24):
        image[y : y + 8, 304:330] = 0
    (side,) = (bar for bar in find_rulings(image, em=22) if 200 < bar.x0 < 400)
    assert not side.is_underline


def test_a_stroke_that_stands_on_a_line_is_none_of_its_ink() -> None:
    """Else what is erased with an underline or a strike-through is half of its text."""
    image = np.full((600, 1200), 255, np.uint8)
    image[249:252, 100:900] = 0
    image[243:248, 300:345] = 0
    (line,) = find_rulings(image, em=22)
    assert (line.ink_start, line.ink_end) == (249, 252)


def test_a_ruling_from_which_a_slanting_line_leads_away_is_where_its_own_ink_is() -> None:
    """Else its own ink counts as type beside it, and it is none."""
    image = np.full((600, 1200), 255, np.uint8)
    image[300:304, 100:1100] = 0
    cv2.line(image, (100, 298), (1100, 275), 0, 2)
    (row,) = find_rulings(image, em=20)
    assert (row.ink_start, row.ink_end) == (300, 304)


def test_upright_strokes_of_a_title_right_above_a_table_are_no_open_row() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    for x in (100, 400, 1000):
        cv2.line(image, (x, 100), (x, 400), 0, 2)
    for y in (100, 200, 400):
        cv2.line(image, (100, y), (1000, y), 0, 2)
    for x in (600, 640):  # strokes of 計 and 画
        image[62:95, x : x + 3] = 0
    uprights = [bar.x0 for bar in find_rulings(image, em=22) if not bar.is_horizontal]
    assert sorted(uprights) == pytest.approx([100, 400, 1000], abs=2)


def test_strokes_of_the_next_column_do_not_make_a_row_go_on() -> None:
    """Its cell goes over two rows, and a line of it stands at the height of the ruling."""
    image = np.full((900, 1400), 255, np.uint8)
    for y in (100, 300, 500, 700):
        cv2.line(image, (100, y), (1300 if y != 300 else 700, y), 0, 3)
    for x in (717, 741):  # 水対
        cv2.line(image, (x, 300), (x + 21, 300), 0, 3)
        for stroke in (x + 2, x + 10, x + 18):
            cv2.line(image, (stroke, 291), (stroke, 310), 0, 2)
    ends = {bar.top: bar.x1 for bar in find_rulings(image, em=24) if bar.is_horizontal}
    assert max(end for top, end in ends.items() if abs(top - 300) < 4) < 705


def test_a_double_ruling_that_changes_its_row_parts_cells() -> None:
    """Its own ink was counted as type that stands on an underline."""
    image = np.full((900, 1200), 255, np.uint8)
    for y in (100, 300, 500):
        image[y : y + 4, 100:1100] = image[y + 7 : y + 11, 100:1100] = 0
        image[[y - 1, y + 4, y + 6, y + 11], 300:550] = 0
    levels = [bar for bar in find_rulings(image, em=29) if bar.is_horizontal]
    assert [bar.is_underline for bar in levels] == [False] * 3


def test_two_cards_with_a_narrow_gap_between_them_do_not_share_a_ruling() -> None:
    image = np.full((900, 1200), 255, np.uint8)
    for x, y in ((100, 100), (566, 100), (100, 366), (566, 366)):
        cv2.rectangle(image, (x, y), (x + 450, y + 250), 0, 2)
        cv2.line(image, (x, y + 90), (x + 450, y + 90), 0, 2)
        cv2.line(image, (x + 90, y), (x + 90, y + 250), 0, 2)
    assert max(bar.length for bar in find_rulings(image, em=24)) < 460


def test_the_side_of_a_low_cell_that_goes_on_nowhere_is_found() -> None:
    """Type touches the rulings of the row on both sides, and there is white beside the side."""
    image = np.full((600, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1000, 400), 0, 2)
    for y in (130, 370):
        cv2.line(image, (100, y), (1000, y), 0, 2)
    cv2.line(image, (500, 100), (500, 130), 0, 2)
    for x in (*range(110, 450, 22), *range(550, 950, 22)):
        for stroke in range(x, x + 18, 4):
            image[104:126, stroke : stroke + 2] = image[134:160, stroke : stroke + 2] = 0
    assert sum(490 < bar.x0 < 510 for bar in find_rulings(image, em=26)) == 1


def test_the_side_of_a_cell_of_one_line_is_found_though_a_letter_begins_beside_it() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    for y in (100, 143, 300, 343):
        cv2.line(image, (100, y), (1000, y), 0, 2)
    for x in (100, 1000):
        cv2.line(image, (x, 100), (x, 343), 0, 2)
    for y in (100, 300):
        cv2.line(image, (500, y), (500, y + 43), 0, 2)
    image[104:126, 504:507] = image[104:106, 504:512] = image[114:116, 504:512] = 0
    assert {bar.top // 100 for bar in find_rulings(image, em=25) if 490 < bar.x0 < 510} == {1, 3}


def test_a_column_of_an_open_row_is_found_though_a_heading_runs_over_it() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    cv2.line(image, (100, 200), (1000, 200), 0, 3)
    for x in (200, 500, 800):
        cv2.line(image, (x, 140), (x, 250), 0, 3)
    image[206:232, 190:212:2] = 0  # strokes on both sides of the first
    uprights = [bar.x0 for bar in find_rulings(image, em=22) if not bar.is_horizontal]
    assert sorted(uprights) == pytest.approx([200, 500, 800], abs=2)


def test_a_slanted_connector_that_touches_a_ruling_does_not_lengthen_it() -> None:
    image = np.full((600, 1600), 255, np.uint8)
    for y in (100, 300, 500):
        cv2.line(image, (100, y), (1000, y), 0, 3)
    for x in (100, 400, 1000):
        cv2.line(image, (x, 100), (x, 500), 0, 3)
    cv2.line(image, (430, 302), (1400, 262), 0, 2)  # from a word to a balloon
    levels = [ruling for ruling in find_rulings(image, em=40) if ruling.is_horizontal]
    assert sorted(r.top for r in levels) == pytest.approx([98, 298, 498], abs=1)
    assert max(r.x1 for r in levels) < 1010
