"""Glyphs that are drawn twice on one place."""

from random import Random

import numpy as np
import pytest

from pipeline.extract.pdf import duplicate_glyphs as duplicates
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import Box, Glyph
from tests.support.glyphs import glyph


def scattered(rng: Random, count: int) -> list[Glyph]:
    """Few characters in little room, some of them on the same place or nearly so."""
    return [
        glyph(rng.choice("あい1"), rng.uniform(0, 90), rng.uniform(0, 90), rng.choice((4.0, 9.5)))
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_no_double_is_missed_where_squares_are_looked_at_first(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = Glyphs.of(scattered(Random(seed), 250))
    places = np.arange(len(columns))
    found = duplicates.find_duplicates(columns, places)
    assert found
    monkeypatch.setattr(duplicates, "are_crowded", lambda glyphs, among: among >= 0)
    assert found == duplicates.find_duplicates(columns, places)


def test_three_figures_abreast_are_no_doubles() -> None:
    """On a page of vertical type they advance upwards, a third of an em each."""
    ones = [Glyph("1", Box(10.0, y, 20.0, y + 3.2), 10.0, 270) for y in (106.4, 103.2, 100.0)]
    assert not duplicates.find_duplicates(Glyphs.of(ones), np.arange(3))
    twice = Glyphs.of([*ones, Glyph("1", Box(10.0, 103.4, 20.0, 106.6), 10.0, 270)])
    assert duplicates.find_duplicates(twice, np.arange(4)) == [3]


def test_a_character_over_the_same_one_of_another_text_is_no_double() -> None:
    """Spreadsheets draw texts over each other; a bold text is drawn again as a whole."""
    texts = [("して", 0.0, 50.0), ("道で", -10.0, 51.0), ("して", 0.0, 51.0)]
    glyphs = [glyph(t, x + 10 * i, y, 10.0) for text, x, y in texts for i, t in enumerate(text)]
    glyphs[2:4] = [glyph("し", -10.0, 51.0, 10.0), glyph("し", 0.0, 51.0, 10.0)]
    assert duplicates.find_duplicates(Glyphs.of(glyphs[:4]), np.arange(4)) == []
    assert duplicates.find_duplicates(Glyphs.of(glyphs[:2] + glyphs[4:]), np.arange(4)) == [2, 3]


def test_a_single_bold_character_of_a_line_is_a_double() -> None:
    """It is drawn again behind the line's last glyph, which it does not follow on the page."""
    line = [glyph(text, 10.0 * place, 50.0) for place, text in enumerate("体系図")]
    glyphs = Glyphs.of([*line, glyph("系", 10.25, 50.0), glyph("系", 10.0, 50.25)])
    assert duplicates.find_duplicates(glyphs, np.arange(5)) == [3, 4]


def test_a_soft_hyphen_under_the_next_glyph_is_not_seen() -> None:
    places = (("\u00ad", 10), ("t", 10), ("\u00ad", 20), ("t", 30))
    glyphs = Glyphs.of([glyph(text, x, 50) for text, x in places])
    assert duplicates.find_unused_hyphens(glyphs).tolist() == [True, False, False, False]
