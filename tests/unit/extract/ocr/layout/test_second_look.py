"""A second look at places where the first reading does not fit."""

from itertools import pairwise

import numpy as np
import pytest

from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.rulings import erase_rulings
from pipeline.extract.ocr.layout.second_look import fill_bars, join_over_rulings
from pipeline.extract.ocr.layout.text_ink import find_text_ink
from pipeline.extract.ocr.layout.text_lines import InkLine, find_lines
from pipeline.extract.ocr.layout.text_marks import TypeMark
from pipeline.model import MarkKind
from tests.support.scanned import Grey

EM = 24
RULING = PixelRuling(200, 50, 203, 150, 200, 203)


def typeset(*places: int) -> Grey:
    """Squares as large as type, from these x on."""
    image = np.full((200, 500), 255, np.uint8)
    for x in places:
        image[80:102, x : x + 22] = 0
    return image


def look(image: Grey) -> tuple[list[InkLine], list[InkLine]]:
    """The lines of two cells with a ruling between them: of the first look and of the second."""
    image[50:150, 200:203] = 0
    wiped = erase_rulings(image, [RULING])
    cells = [Region(100, 50, 201, 150), Region(201, 50, 400, 150)]
    lines = find_lines(wiped, find_text_ink(wiped, EM), cells, EM)
    return lines, join_over_rulings(lines, wiped, [RULING], EM)


@pytest.mark.parametrize(
    "places",
    [(140, 165, 190, 215), (140, 166, 202, 227), (120, 145, 190, 240)],
    ids=["through a character", "under the left of a character", "and on behind a space"],
)
def test_a_line_that_runs_over_a_ruling_is_one_line(places: tuple[int, ...]) -> None:
    first, second = look(typeset(*places))
    assert len(first) >= 2
    (line,) = second
    ink = np.flatnonzero((line.image < 128).any(axis=0))
    assert (line.x0 + ink[0], line.x0 + ink[-1] + 1) == (places[0], places[-1] + 22)


def test_what_a_ruling_covers_is_filled_in() -> None:
    _, (line,) = look(typeset(140, 165, 190, 215))
    assert (line.image[:, 199 - line.x0 : 204 - line.x0].min(axis=0) < 128).all()


def test_texts_with_white_beside_the_ruling_are_two_lines() -> None:
    first, second = look(typeset(150, 173, 210, 235))
    assert len(first) == len(second) == 2


def rows_of_text(*right: int) -> Grey:
    """Rows in two cells each; those on the right begin at these x."""
    image = np.full((95 + 35 * len(right), 500), 255, np.uint8)
    for row, x in enumerate(right):
        for place in (150, 173, x, x + 25):
            image[55 + 35 * row : 77 + 35 * row, place : place + 22] = 0
    return image


def look_at_rows(image: Grey) -> list[list[tuple[int, int]]]:
    """Where the ink of each line begins and ends, row by row."""
    count = len(image) // 35 - 2
    end = 55 + 35 * count
    image[50:end, 200:203] = 0
    ruling = PixelRuling(200, 50, 203, end, 200, 203)
    wiped = erase_rulings(image, [ruling])
    cells = [
        Region(x0, 50 + 35 * row, x1, 85 + 35 * row)
        for row in range(count)
        for x0, x1 in ((100, 201), (201, 400))
    ]
    lines = find_lines(wiped, find_text_ink(wiped, EM), cells, EM)
    lines = join_over_rulings(lines, wiped, [ruling], EM)
    rows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for line in lines:
        ink = np.flatnonzero((line.image < 128).any(axis=0))
        rows[(line.top - 50) // 35].append((line.x0 + int(ink[0]), line.x0 + int(ink[-1]) + 1))
    return rows


def test_texts_that_begin_at_the_side_of_their_cells_are_not_joined() -> None:
    image = rows_of_text(214, 214, 214)
    image[90:112, 178:200] = 0  # the last character reaches the ruling
    assert [len(row) for row in look_at_rows(image)] == [2, 2, 2]


def test_a_bracket_that_begins_a_line_of_a_column_is_not_joined() -> None:
    """Its ink begins half an em behind that of the others: the line went to the cell before."""
    image = rows_of_text(205, 205, 217, 205)
    image[125:147, 178:200] = 0  # the last character reaches the ruling
    assert [len(row) for row in look_at_rows(image)] == [2, 2, 2, 2]


def test_headings_whose_characters_a_ruling_covers_are_one_line_each() -> None:
    """What is left of them begins at the ruling, as the texts of a column begin at one place."""
    image = rows_of_text(230, 230, 230)
    for row in range(3):
        image[55 + 35 * row : 77 + 35 * row, 190:212] = 0
    assert [len(row) for row in look_at_rows(image)] == [1, 1, 1]


def test_headings_between_the_texts_of_a_column_are_one_line_each() -> None:
    """The ruling cuts their characters: it leaves more white on one side than at its edge."""
    image = rows_of_text(*(202, 210) * 3, 210)
    for row in (0, 2, 4):
        image[55 + 35 * row : 77 + 35 * row, 176:196] = 0
    assert [len(row) for row in look_at_rows(image)] == [1, 2, 1, 2, 1, 2, 2]


@pytest.mark.parametrize(
    "places", [(204, 204, 204), (206, 206, 205, 206, 206)], ids=["at the ruling", "to a pixel"]
)
def test_texts_set_close_to_the_side_of_their_cells_are_not_joined(places: tuple[int, ...]) -> None:
    """Half a line lower, a text would get parts of two lines from the cell beside it."""
    image = rows_of_text(*places)
    for row in range(3):  # the column before ends half an em from the ruling
        image[55 + 35 * row : 77 + 35 * row, 168:190] = 0
    assert [len(row) for row in look_at_rows(image)] == [2 for _ in places]


def test_what_goes_on_behind_a_ruling_at_no_side_of_cells_is_one_line() -> None:
    image = rows_of_text(230, 214, 230)
    image[104:110, 197:207] = 0
    assert [len(row) for row in look_at_rows(image)] == [2, 1, 2]


def test_a_column_of_text_that_touches_a_ruling_does_not_run_on() -> None:
    image = typeset(150, 176, 204, 230)
    for y in (54, 106, 128):  # more lines of the cell on the right
        image[y : y + 20, 204:226] = 0
    first, second = look(image)
    assert len(first) == len(second) == 5


def struck(x0: int, x1: int) -> tuple[InkLine, TypeMark]:
    """A line of upright strokes, and a bar through the middle of some of them."""
    image = np.full((30, 200), 255, np.uint8)
    for x in range(10, 190, 12):
        image[4:26, x : x + 4] = 0
    image[14:16, x0:x1] = 0
    mark = TypeMark(MarkKind.STRIKE, 500 + x0, 500 + x1, 115)
    return InkLine(500, 100, 700, 130, image), mark


def test_a_bar_through_a_line_goes_and_the_strokes_that_it_crosses_stay() -> None:
    line, mark = struck(40, 160)
    filled = fill_bars(line, [mark])
    assert filled is not None
    dark = filled.image < 128
    expected = struck(0, 0)[0].image < 128
    assert (dark == expected)[:, 42:158].mean() > 0.98
    assert (filled.image[:, :40] == line.image[:, :40]).all()


@pytest.mark.parametrize(
    ("down", "across", "end"),
    [(30, 0, 160), (0, 700, 160), (0, 0, 90)],
    ids=["below", "beside", "strokes of two kanji"],
)
def test_a_line_that_no_bar_marks_has_nothing_to_fill(down: float, across: float, end: int) -> None:
    line, mark = struck(40, end)
    moved = TypeMark(mark.kind, mark.x0 + across, mark.x1 + across, mark.y + down)
    assert fill_bars(line, [moved]) is None


def look_at_headings(columns: int) -> list[list[InkLine]]:
    """The lines of four rows with one heading each, which ends and begins close to a ruling."""
    image = np.full((240, 800), 255, np.uint8)
    for row in range(4):
        for x in (150, 175, 207, 232):  # 3 pixels before the ruling, and 4 behind it
            image[55 + 35 * row : 77 + 35 * row, x : x + 22] = 0
    levels = [PixelRuling(100, y, 600, y + 2, y, y + 2) for y in range(50, 200, 35)]
    uprights = [PixelRuling(x, 50, x + 3, 190, x, x + 3) for x in (100, 200, 400, 600)[:columns]]
    cells = [Region(x, y, x + 98, y + 33) for y in range(52, 190, 35) for x in (103, 203)]
    lines = find_lines(image, find_text_ink(image, EM), cells, EM)
    lines = join_over_rulings(lines, image, [*levels, *uprights], EM)
    return [[line for line in lines if (line.top - 50) // 35 == row] for row in range(4)]


def test_headings_of_one_wording_are_one_line_each() -> None:
    """Nothing else stands in their rows. They begin at one place, as texts of a column do."""
    assert [len(row) for row in look_at_headings(columns=4)] == [1, 1, 1, 1]


def test_numbers_close_to_texts_are_no_headings() -> None:
    """In a table of two columns, a row has just two texts."""
    assert [len(row) for row in look_at_headings(columns=3)] == [2, 2, 2, 2]


@pytest.mark.parametrize(("heading", "lines"), [(range(110, 560, 25), 1), (range(110, 210, 25), 2)])
def test_a_heading_over_several_tight_columns_is_one_line(heading: range, lines: int) -> None:
    """The texts of a spreadsheet begin right behind the rulings that cut a heading's characters.

    A number that ends at a ruling is none: another text stands in its row, far behind it.
    """
    image = np.full((420, 800), 255, np.uint8)
    edges, levels = (100, 200, 400, 600, 700), range(50, 380, 35)
    for row, top in enumerate(levels[:-1]):
        beginnings = [x for edge in edges[1:3] for x in range(edge + 4, edge + 60, 25)]
        for x in beginnings if row else [*heading, *(() if lines == 1 else (404, 429))]:
            image[top + 5 : top + 27, x : x + 22] = 0
    drawn = [PixelRuling(100, y, 700, y + 2, y, y + 2) for y in levels]
    drawn += [PixelRuling(x, 50, x + 3, levels[-1], x, x + 3) for x in edges]
    wiped = erase_rulings(image, drawn)
    sides = list(pairwise(edges))
    cells = [Region(x0 + 3, y + 2, x1, y + 35) for y in levels[:-1] for x0, x1 in sides]
    found = find_lines(wiped, find_text_ink(wiped, EM), cells, EM)
    found = join_over_rulings(found, wiped, drawn, EM)
    assert len([line for line in found if line.top < levels[1]]) == lines + (lines == 2)
