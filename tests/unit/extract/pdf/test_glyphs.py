"""Glyphs in columns, and what is told of all of them at once."""

from random import Random

import numpy as np
import pytest

from pipeline.extract.lines.grouping import _assign_rows, _assign_rows_one_by_one, build_lines
from pipeline.extract.pdf import duplicate_glyphs as duplicates
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import UNMAPPED, Box, Glyph, Repair


def glyph(text: str, x: float, y: float, size: float = 10.0, direction: int = 0) -> Glyph:
    return Glyph(text, Box(x, y, x + size * len(text), y + size), size, direction)


def scattered(rng: Random, count: int) -> list[Glyph]:
    """Few characters in little room, some of them on the same place or nearly so."""
    return [
        glyph(rng.choice("あい1"), rng.uniform(0, 90), rng.uniform(0, 90), rng.choice((4.0, 9.5)))
        for _ in range(count)
    ]


def test_columns_give_their_glyphs_back() -> None:
    made = [glyph("個", 0, 0), glyph(" ", 10, 0), glyph("ﬁ", 20, 0), glyph("fi", 30, 0, 8.0, 90)]
    columns = Glyphs.of(made)
    assert list(columns) == made
    assert columns[1] == made[1]
    assert list(columns[2:]) == made[2:]
    assert columns.inked.tolist() == [True, False, True, True]
    assert columns.codes.tolist() == [ord("個"), ord(" "), ord("ﬁ"), -1]
    assert list(columns.take(np.array([3, 0]))) == [made[3], made[0]]
    assert list(columns.take(columns.inked)) == [made[0], made[2], made[3]]
    assert list(Glyphs.of([])) == []


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "\u2003", "\u3000", "  ", ""])
def test_white_space_of_any_kind_has_no_ink(space: str) -> None:
    assert Glyphs.of([Glyph(space, Box(0, 0, 9, 9), 9.0)]).inked.tolist() == [False]


def test_glyphs_without_a_value_are_counted() -> None:
    texts = (UNMAPPED, "個", f"{UNMAPPED}個", UNMAPPED)
    assert Glyphs.of([glyph(text, 0, 0) for text in texts]).unmapped == 3


def test_what_was_recognised_is_kept() -> None:
    made = [Glyph("個", Box(0, 0, 9, 9), 9.0, confidence=0.5, repairs=(Repair("x", "a", "b"),))]
    assert list(Glyphs.of(made).take(np.array([0]))) == made


@pytest.mark.parametrize("seed", range(20))
def test_no_double_is_missed_where_squares_are_looked_at_first(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = Glyphs.of(scattered(Random(seed), 250))
    places = np.arange(len(columns))
    found = duplicates.find_duplicates(columns, places)
    assert found
    monkeypatch.setattr(duplicates, "_are_crowded", lambda glyphs, among: among >= 0)
    assert found == duplicates.find_duplicates(columns, places)


@pytest.mark.parametrize("seed", range(20))
def test_rows_told_at_once_are_those_told_glyph_by_glyph(seed: int) -> None:
    rng = Random(seed)
    rows = [row * rng.choice((4.0, 12.0)) for row in range(8) for _ in range(5)]
    middles = np.sort(np.array([y + rng.uniform(0, seed / 5) for y in rows]))
    starts = np.zeros(40, np.bool_)
    starts[0] = True
    numbers = _assign_rows(np.zeros(40, np.int64), middles, np.full(40, 10.0))
    assert numbers.tolist() == _assign_rows_one_by_one(starts, middles, np.full(40, 5.0)).tolist()


def test_sideways_glyphs_follow_the_level_lines() -> None:
    made = [glyph("縦", 50, 20, 10.0, 90), glyph("横", 0, 0), glyph("書", 50, 30, 10.0, 90)]
    assert [line.text for line in build_lines(made, 1)] == ["横", "縦書"]
