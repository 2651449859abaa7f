"""White space that a program only moved over, and gaps that are none."""

import pytest

from pipeline.extract.lines.grouping import build_lines
from pipeline.model import Box, Glyph

SIZE = 10.0


def read(text: str, gaps: dict[int, float], tracking: float = 0.0) -> str:
    """The text of a line without space glyphs.

    Args:
        text: Its glyphs.
        gaps: What the program moved over before some of them, beyond the tracking, in em.
        tracking: The gap before every glyph, in em.
    """
    glyphs, x = [], 0.0
    for place, character in enumerate(text):
        x += SIZE * (tracking + gaps.get(place, 0.0)) if place else 0.0
        width = SIZE * (0.5 if character.isascii() else 1.0)
        glyphs.append(Glyph(character, Box(x, 0, x + width, SIZE), SIZE))
        x += width
    (line,) = build_lines(glyphs, page=1)
    return line.text


@pytest.mark.parametrize("tracking", [0.0, 0.1, 0.4])
def test_a_gap_wider_than_the_rhythm_is_an_ideographic_space(tracking: float) -> None:
    assert read("１７対１入院基本料1,654点", {1: 1.0, 9: 12.0}, tracking) == (
        "１　７対１入院基本料　1,654点"
    )


@pytest.mark.parametrize("label", ["氏名", "改正後", "電話番号"])
def test_a_label_spread_over_its_cell_has_no_spaces(label: str) -> None:
    assert read(label, {}, tracking=3.0) == label


def test_a_stretched_line_has_no_spaces() -> None:
    assert read("システム（IT）の運用", {}, tracking=0.9) == "システム（IT）の運用"
    assert read("市の（https://a.jp）", {1: 1.5, 2: 1.5, 3: 1.5}) == "市の（https://a.jp）"


def test_half_an_em_behind_a_stop_is_no_space() -> None:
    assert read("可、不可。", {2: 0.5}) == "可、不可。"


def test_korean_words_are_parted_by_spaces() -> None:
    assert read("개인정보보호", {4: 0.3}) == "개인정보 보호"
    assert read("개인정보보호", {}, tracking=0.3) == "개인정보보호"
    assert read("ABC계획", {3: 0.3}) == "ABC 계획"


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("at", [-0.1, 1.9])
@pytest.mark.parametrize("count", [1, 2])
def test_a_space_drawn_over_a_glyph_parts_nothing(place: int, at: float, count: int) -> None:
    """Its glyph takes no room: it begins where a figure begins, or ends where one ends.

    LibreOffice draws two where both pieces beside an underline's end are marked.
    """
    figures = [
        Glyph(text, Box(x, 0, x + SIZE / 2, SIZE), SIZE)
        for text, x in (("1", 0.0), ("2", 5.0), ("3", 10.0))
    ]
    x = place * SIZE / 2 + at
    spaces = [Glyph(" ", Box(x, 0, x + 3, SIZE), SIZE)] * count
    (line,) = build_lines([*figures, *spaces], page=1)
    assert (line.text, line.tail) == ("123", "")


def test_a_space_that_is_drawn_twice_is_one() -> None:
    figures = [Glyph(text, Box(x, 0, x + 5, SIZE), SIZE) for text, x in (("1", 0.0), ("2", 8.0))]
    spaces = [Glyph(" ", Box(5.0, 0, 8.0, SIZE), SIZE)] * 3
    (line,) = build_lines([*figures, *spaces], page=1)
    assert line.text == "1 2"
