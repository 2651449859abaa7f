"""Texts of lines: what they may hold, and that chance is the seed's."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tools.recogniser.charset import INDEX
from tools.recogniser.line_texts import LineTexts
from tools.recogniser.patterns import Patterns
from tools.recogniser.scripts import BARS
from tools.recogniser.texts import TextStock, fill, read_texts, write_texts


def test_a_phrase_is_filled(rng: Random) -> None:
    text = fill(rng, "第{n}条の{w}は、{d}から", ["評価書"])
    assert "{" not in text and "評価書" in text
    assert set(text) <= INDEX.keys()


@pytest.mark.slow
def test_texts_are_written_and_read(tmp_path: Path) -> None:
    written = write_texts(tmp_path, words=300, lines=100)
    trained, held = read_texts(tmp_path), read_texts(tmp_path, held=True)
    assert (len(held.lines), len(trained.lines)) == (4, 96)
    assert [*held.lines, *trained.lines] == written.lines
    assert list(trained.words) == written.words and len(set(written.words)) == 300
    assert {c for text in (*written.lines, *written.words) for c in text} <= INDEX.keys()


def test_lines_of_text_are_known_characters(rng: Random, stock: TextStock) -> None:
    texts = LineTexts(rng, stock)
    for _ in range(300):
        text = texts.draw()
        assert text == text.strip(" \u3000") and set(text) <= INDEX.keys()
        assert "  " not in text and 0 < len(text) < 80


def test_patterns_are_known_characters(rng: Random) -> None:
    patterns = Patterns(rng, ["評価書"])
    drawn = {patterns.draw() for _ in range(500)}
    assert {c for text in drawn for c in text} <= INDEX.keys()
    assert "" not in drawn and len(drawn) > 400


@pytest.mark.parametrize("draw", [LineTexts.draw, LineTexts.draw_widths])
def test_bars_are_left_out(draw: Callable[[LineTexts], str], stock: TextStock) -> None:
    """Remains of rulings look like them."""
    texts = LineTexts(Random(5), stock, bars=0.0)
    kept = [c for _ in range(500) for c in draw(texts) if c in BARS - {"_"}]
    assert not kept


def test_chance_is_the_seeds(stock: TextStock) -> None:
    one, other, third = (LineTexts(Random(seed), stock) for seed in (1, 1, 2))
    drawn = [texts.draw() for texts in (one, other, third) for _ in range(20)]
    assert drawn[:20] == drawn[20:40] != drawn[40:]
