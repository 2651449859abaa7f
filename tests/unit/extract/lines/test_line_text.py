"""The text of a line: its spaces, and what stands at its end."""

from array import array
from sys import getsizeof

from pipeline.extract.lines.grouping import build_lines
from pipeline.model import Box, Glyph


def test_a_word_space_that_was_only_moved_over_is_put_in() -> None:
    def word(text: str, x: float) -> list[Glyph]:
        return [Glyph(c, Box(x + 5 * i, 0, x + 5 * i + 5, 10), 10) for i, c in enumerate(text)]

    (line,) = build_lines([*word("Web", 0), *word("site", 18)], page=1)
    assert line.text == "Web site"
    (line,) = build_lines([*word("カー", 0), *word("ド", 14)], page=1)
    assert line.text == "カード"  # Japanese is set wide, not spaced


def test_white_space_at_a_lines_end_is_kept_apart() -> None:
    widths = {"字": 10, "　": 10, " ": 4}
    lefts = {"字": 0, "　": 10, " ": 20}
    glyphs = [Glyph(c, Box(x, 0, x + widths[c], 10), 10) for c, x in lefts.items()]
    (line,) = build_lines(glyphs, page=1)
    assert (line.text, line.tail, line.x1, line.end) == ("字", "　 ", 10, 24)


def test_a_blank_as_wide_as_a_letter_is_ideographic() -> None:
    places = {"第": (0, 10), " ": (10, 20), "章": (20, 30)}  # a font's blank mapped to U+0020
    glyphs = [Glyph(c, Box(x0, 0, x1, 10), 10) for c, (x0, x1) in places.items()]
    (line,) = build_lines(glyphs, page=1)
    assert line.text == "第　章"


def test_the_white_space_beside_digits_is_no_gap_of_the_line() -> None:
    """Programs set digits apart from other characters; only that line would look stretched."""

    def gap(text: str, wider: float = 0.0) -> float:
        x, glyphs = 0.0, []
        for before, c in zip(" " + text, text, strict=False):
            x += 2 * (before.isascii() != c.isascii()) + wider
            width = 5 if c.isascii() else 10
            glyphs.append(Glyph(c, Box(x, 0, x + width, 10), 10))
            x += width
        (line,) = build_lines(glyphs, page=1)
        return round(line.gap, 6)

    assert gap("和7年3月6日までに") == 0
    assert gap("和7年3月6日までに", wider=0.5) == 0.5
    assert gap("7年3月6日") == 2  # nothing else tells


def test_lines_take_no_more_memory_than_their_numbers() -> None:
    """A long annex has hundreds of thousands of lines, all in memory at once."""
    glyphs = [
        Glyph("字", Box(10 * i, top, 10 * i + 10, top + 10), 10)
        for top in (0, 20)
        for i in range(9)
    ]
    first, second = build_lines(glyphs, page=1)
    assert first.size is second.size
    assert getsizeof(first.edges) == getsizeof(array("d", first.edges))
