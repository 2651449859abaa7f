"""What stands upright in vertical lines: kanji, figures abreast, vertical forms; page numbers."""

import pytest

from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.vertical_type import name_characters, set_vertical
from pipeline.model import Box, Glyph, Line, Repair

SIZE = 12.0
UPRIGHT = 270


def kanji(text: str, x: float, y: float = 100.0) -> Glyph:
    """An upright glyph an em wide; the line runs to the right, at `y`."""
    return Glyph(text, Box(x, y, x + SIZE, y + SIZE), SIZE, UPRIGHT)


def figures(text: str, x: float, width: float = SIZE / 2, y: float = 100.0) -> list[Glyph]:
    """Narrow glyphs side by side: on the turned page they advance upwards, around the middle."""
    bottom = y + SIZE / 2 + width * len(text) / 2
    return [
        Glyph(character, Box(x, bottom - width * (at + 1), x + SIZE, bottom - width * at), SIZE,
              UPRIGHT)
        for at, character in enumerate(text)
    ]  # fmt: skip


def line(text: str, *, y: float = 100.0) -> list[Glyph]:
    return [kanji(character, SIZE * at, y) for at, character in enumerate(text)]


def read(*glyphs: Glyph) -> list[Line]:
    return list(build_lines(set_vertical(Glyphs.of(glyphs)), 1))


@pytest.mark.parametrize(
    ("digits", "width"), [("10", 6.0), ("123", 4.0), ("111", 3.9), ("2025", 6.0)]
)
def test_figures_abreast_are_one_unit_in_order(digits: str, width: float) -> None:
    glyphs = [*line("第"), *figures(digits, SIZE, width), kanji("条", 2 * SIZE)]
    (found,) = read(*glyphs)
    assert found.text == f"第{digits}条"
    assert (found.edges[1], found.edges[-2]) == (SIZE, 2 * SIZE)


def test_a_number_in_a_cell_of_its_own_is_laid_too() -> None:
    found = read(*line("意見の内容", y=140.0), *figures("12", SIZE))
    assert [line.text for line in found] == ["12", "意見の内容"]


def test_neighbours_of_two_lines_that_are_drawn_in_a_row_stay_in_their_lines() -> None:
    """A program may draw the glyphs of a page in no order."""
    upper, lower = line("用が多いことから"), line("いますとのことで", y=100.0 + 1.1 * SIZE)
    shuffled = [*upper[:3], *upper[4:], *lower[:3], *lower[4:], lower[3], upper[3]]
    assert [found.text for found in read(*shuffled)] == ["用が多いことから", "いますとのことで"]


def test_a_page_number_stays_level() -> None:
    page_number = [*figures("-", 400.0), *figures("1", 400.0, y=90.0), *figures("-", 400.0, y=80.0)]
    laid = set_vertical(Glyphs.of([*line("第一条"), *page_number]))
    assert [glyph.direction for glyph in laid] == [0, 0, 0, UPRIGHT, UPRIGHT, UPRIGHT]
    assert [found.text for found in build_lines(laid, 1)] == ["第一条", "-1-"]


def test_two_figures_below_all_lines_are_a_page_number() -> None:
    laid = set_vertical(Glyphs.of([*line("第一条"), *figures("12", 400.0)]))
    assert [glyph.direction for glyph in laid][-2:] == [UPRIGHT, UPRIGHT]


def test_vertical_forms_become_what_is_typed_with_receipts() -> None:
    (found,) = read(*line("﹁市﹂︑︵案︶︒"))
    assert found.text == "「市」、（案）。"
    assert found.repairs[0] == Repair("vertical_form", "﹁", "「")
    assert len(found.repairs) == 6


def test_text_without_vertical_forms_has_no_receipts() -> None:
    (found,) = read(*line("「市」"))
    assert not found.repairs


def test_white_space_is_as_long_as_it_was_wide() -> None:
    narrow = Glyph(" ", Box(SIZE, 105.0, 2 * SIZE, 108.0), SIZE, UPRIGHT)
    wide = Glyph("\u2003", Box(SIZE, 100.0, 2 * SIZE, 112.0), SIZE, UPRIGHT)
    assert read(*line("第"), kanji("条", 2 * SIZE), narrow)[0].text == "第 条"
    assert read(*line("第"), kanji("条", 2 * SIZE), wide)[0].text == "第\u3000条"


def test_white_space_over_characters_is_none_of_the_text() -> None:
    stray = Glyph(" ", Box(SIZE + 0.1, 100.0, 1.5 * SIZE, 112.0), SIZE)
    assert read(*line("第一条"), stray)[0].text == "第一条"


def test_a_narrow_bracket_may_begin_the_first_line() -> None:
    """It is as narrow as the figures of a page number, which stands farther off."""
    bracket = figures("（", -0.9 * SIZE)
    assert [found.text for found in read(*line("１）"), *bracket)] == ["（１）"]


def test_vertical_forms_in_a_level_line_are_the_characters_that_authors_type() -> None:
    (made,) = build_lines(name_characters(Glyphs.of(line("直す︒"))), 1)
    assert made.text == "直す。"
