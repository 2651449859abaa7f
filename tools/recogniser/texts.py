"""Write the texts of the training lines: words of SudachiDict, and lines of administrative prose.

The lines are the factory's passages and the phrases of `phrases.txt` with words in their gaps. All
of it may be used freely: SudachiDict is under Apache 2.0, the rest is besshi's own. No annex that
besshi is scored on is among it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from sudachipy import Dictionary

from benchmarks.factory.phrases import Habits
from benchmarks.factory.subjects import SUBJECTS
from benchmarks.factory.texts import Texts
from tools.recogniser.charset import unify

WORDS, LINES = 110_000, 40_000
"""How many are written; judgement: a word or line then comes again some fifty times in training."""
_HELD = 25  # judgement: one line of so many is kept for measuring
_LONGEST_WORD = 12  # characters; judgement: longer entries are titles of works and the like
_PHRASES = 0.3  # share of the lines; judgement: the factory's passages are more varied
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ERAS = ("令和", "平成")


@dataclasses.dataclass(frozen=True, slots=True)
class TextStock:
    """What the texts of lines are drawn from; each in characters that the recogniser knows."""

    lines: Sequence[str]
    words: Sequence[str]


def write_texts(folder: Path, words: int = WORDS, lines: int = LINES, seed: int = 1) -> TextStock:
    """Write `words.txt` and `lines.txt`, the same for the same seed and dictionary."""
    rng = Random(seed)
    stock = make_texts(rng, words, lines)
    folder.mkdir(parents=True, exist_ok=True)
    for name, entries in (("words", stock.words), ("lines", stock.lines)):
        (folder / f"{name}.txt").write_text("\n".join(entries) + "\n", encoding="utf-8")
    return stock


def make_texts(rng: Random, words: int, lines: int) -> TextStock:
    """Draw so many words and lines."""
    chosen = draw_words(rng, words)
    fillers = [word for word in chosen if 2 <= len(word) <= 6]
    phrases = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines()
    made = [fill(rng, rng.choice(phrases), fillers) for _ in range(round(lines * _PHRASES))]
    passages = _draw_passages(rng)
    made += [next(passages) for _ in range(lines - len(made))]
    rng.shuffle(made)
    return TextStock(made, chosen)


def draw_words(rng: Random, count: int) -> list[str]:
    """Draw words of SudachiDict (core), in no order."""
    entries = (unify(entry.surface()).strip() for entry in Dictionary(dict="core").entries())
    words = sorted({word for word in entries if 1 <= len(word) <= _LONGEST_WORD})
    return rng.sample(words, min(count, len(words)))


def fill(rng: Random, phrase: str, words: Sequence[str]) -> str:
    """Put words, numbers and days into a phrase's gaps: {w}, {n} and {d}."""
    wide = rng.random() < 0.5

    def fill_gap(gap: re.Match[str]) -> str:
        if gap[0] == "{w}":
            return rng.choice(words)
        number = str(rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 9999))))
        year, month, day_of_month = (rng.randint(1, last) for last in (31, 12, 31))
        day = f"{rng.choice(_ERAS)}{year}年{month}月{day_of_month}日"
        text = number if gap[0] == "{n}" else day
        return text.translate(_FULL_WIDTH) if wide else text

    return unify(re.sub(r"\{[wnd]\}", fill_gap, phrase))


def _draw_passages(rng: Random) -> Iterator[str]:
    """Yield lines of the factory's passages without end."""
    while True:
        author = Texts.by(rng, rng.choice(SUBJECTS), Habits.draw(rng))
        kind = rng.choice((author.document, author.comment, author.response))
        for line in kind(rng.choice(("short", "medium", "long"))):
            if len(text := unify(line).strip(" \u3000")) > 1:
                yield text


def read_texts(folder: Path, held: bool = False) -> TextStock:
    """Read what `write_texts` wrote.

    Args:
        folder: Where it is.
        held: The lines kept for measuring, instead of those for training.
    """
    words, lines = (
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for name in ("words", "lines")
    )
    cut = len(lines) // _HELD
    return TextStock(lines[:cut] if held else lines[cut:], words)
