"""Where the text below a line goes on out of sight."""

import numpy as np
import pytest

from pipeline.extract.pdf.clipped_ends import find_clipped_ends
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import Box, Glyph

UNPATCHED = np.zeros(4, bool)


@pytest.mark.parametrize(
    ("x0", "top", "size", "is_cut"),
    [
        (100.0, 114.0, 10.0, True),  # the next line
        (130.0, 100.0, 10.0, True),  # the rest of the line
        (300.0, 114.0, 10.0, False),  # a text of its own
        (100.0, 114.0, 7.0, False),  # that of a footer
        (100.0, 140.0, 10.0, False),
    ],
)
def test_a_glyph_out_of_sight_is_the_rest_of_a_text_that_it_stands_behind_or_below(
    x0: float, top: float, size: float, is_cut: bool
) -> None:
    shown = [
        Glyph(text, Box(x, 100, x + 10, 110), 10)
        for text, x in zip("道が狭", (100, 110, 120), strict=True)
    ]
    glyphs = Glyphs.of([*shown, Glyph("い", Box(x0, top, x0 + size, top + size), size)])
    seen = np.array([True, True, True, False])
    ends = find_clipped_ends(glyphs, seen, seen, UNPATCHED)
    assert ends == (((130.0, 105.0),) if is_cut else ())


def test_an_invisible_memo_below_a_text_is_none_of_its_lines() -> None:
    glyphs = Glyphs.of(
        Glyph(text, Box(100, top, 110, top + 10), 10) for text, top in (("道", 100), ("控", 114))
    )
    seen, within = np.array([True, False]), np.array([True, True])
    assert find_clipped_ends(glyphs, seen, within, ~within) == ()
    assert find_clipped_ends(glyphs, seen, seen, UNPATCHED[:2]) == ((110.0, 105.0),)


@pytest.mark.parametrize(("x0", "top", "is_cut"), [(110.0, 100.0, True), (100.0, 114.0, False)])
def test_a_white_area_may_hide_the_end_of_a_line_and_a_line_that_was_to_be_hidden(
    x0: float, top: float, is_cut: bool
) -> None:
    glyphs = Glyphs.of(
        [Glyph("道", Box(100, 100, 110, 110), 10), Glyph("が", Box(x0, top, x0 + 10, top + 10), 10)]
    )
    seen, within = np.array([True, False]), np.array([True, True])
    assert bool(find_clipped_ends(glyphs, seen, within, ~seen)) is is_cut


@pytest.mark.parametrize(
    ("x0", "top", "is_cut"),
    [
        (100.0, 86.0, True),  # the line above
        (90.0, 100.0, True),  # the beginning of the line
        (300.0, 86.0, False),  # a text of its own
    ],
)
def test_a_text_may_begin_out_of_sight(x0: float, top: float, is_cut: bool) -> None:
    """A row too low for a text that is set at its foot shows only the last lines."""
    texts = (("道", x0, top), ("が", 100, 100), ("狭", 110, 100))
    glyphs = Glyphs.of(Glyph(text, Box(x, y, x + 10, y + 10), 10) for text, x, y in texts)
    seen = np.array([False, True, True])
    ends = find_clipped_ends(glyphs, seen, seen, ~seen & seen)
    assert ends == (((100.0, 105.0),) if is_cut else ())


def test_the_rest_of_a_text_out_of_sight_is_not_the_beginning_of_the_next_one() -> None:
    tops = (100, 114, 128)  # the last line of one cell, its rest, the first line of the next cell
    glyphs = Glyphs.of(
        Glyph(text, Box(100, top, 110, top + 10), 10)
        for text, top in zip("道が狭", tops, strict=True)
    )
    seen = np.array([True, False, True])
    assert find_clipped_ends(glyphs, seen, seen, ~seen & seen) == ((110.0, 105.0),)
