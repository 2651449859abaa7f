"""Glyphs that are drawn twice on one place."""

from random import Random

import numpy as np
import pytest

from pipeline.extract.pdf import duplicate_glyphs as duplicates
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import Glyph
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
