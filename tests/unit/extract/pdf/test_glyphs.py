"""Glyphs in columns give back what was put in."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.model import UNMAPPED, Box, Glyph, Repair
from tests.support.glyphs import glyph


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


@pytest.mark.parametrize("texts", ["個人", "𠮷a", "\ud842個", ["ﬁ", "fi"], ["", "個人"]])
def test_texts_are_the_same_as_one_string_and_apart(texts: Sequence[str]) -> None:
    columns = Glyphs.of([glyph(text, 0, 0) for text in texts])
    assert isinstance(columns.texts, str) == isinstance(texts, str)
    assert list(columns.texts) == list(texts)
    assert list(columns.take(np.array([1, 0])).texts) == [texts[1], texts[0]]


@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "\u2003", "\u3000", "  ", ""])
def test_white_space_of_any_kind_has_no_ink(space: str) -> None:
    assert Glyphs.of([Glyph(space, Box(0, 0, 9, 9), 9.0)]).inked.tolist() == [False]


def test_glyphs_without_a_value_are_counted() -> None:
    texts = (UNMAPPED, "個", f"{UNMAPPED}個", UNMAPPED)
    assert Glyphs.of([glyph(text, 0, 0) for text in texts]).unmapped == 3


def test_what_was_recognised_is_kept() -> None:
    made = [Glyph("個", Box(0, 0, 9, 9), 9.0, confidence=0.5, repairs=(Repair("x", "a", "b"),))]
    assert list(Glyphs.of(made).take(np.array([0]))) == made
