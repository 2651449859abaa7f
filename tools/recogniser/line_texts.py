"""Draw the text of a line: prose, words, random characters, patterns, look-alikes, short cells.

Less than half is prose. The rest shows the network each character often, and beside every other, so
that it reads shapes and does not guess words. All shares are judgement.
"""

from __future__ import annotations

from random import Random

from tools.recogniser.charset import unify
from tools.recogniser.patterns import WORDS, Patterns
from tools.recogniser.scripts import (
    BARS,
    KANJI,
    LEVEL_1,
    draw_character,
    draw_script,
    narrow,
    widen,
)
from tools.recogniser.texts import TextStock

_LONGEST = 45  # characters; judgement: more than a line of A4 in 10.5 points holds
_JOINTS = ("", "", "・", "、", "\u3000", " ", "の", "，", "/", "／", "－")
_PAIRS = (
    *2 * (("(", ")"), ("（", "）"), ("", "")),
    *(("[", "]"), ("［", "］"), ("、", "、")),
)


class LineTexts:
    """Draws texts of lines."""

    def __init__(self, rng: Random, stock: TextStock, bars: float = 1.0) -> None:
        """Take a stock of texts.

        Args:
            rng: The source of chance.
            stock: What prose and words are taken from.
            bars: Share of the characters ￣ ￤ ＿ _ | ｜ that stays. Pages have next to none, but
                have remains of rulings that look like them. A _ within an address stays more often.
        """
        self._rng = rng
        self._stock = stock
        self._bars = bars
        self._patterns = Patterns(rng, stock.words)
        self._kinds = (
            (44, self._prose), (11, self._words), (18, self._random), (13, self._pattern),
            (7, self._twins), (3.5, self._cell), (3.5, self._short),
        )  # fmt: skip

    def draw(self) -> str:
        """A text of 1 to about 60 characters that the recogniser knows."""
        kinds, weights = [kind for _, kind in self._kinds], [weight for weight, _ in self._kinds]
        while True:
            if text := self._clean(self._rng.choices(kinds, weights)[0]()):
                return text

    def draw_widths(self) -> str:
        """Prose with brackets and figures put in, each of either width."""
        rng, text = self._rng, self._excerpt(6, 30)
        for _ in range(rng.randint(1, 3)):
            number = self._patterns.number()
            unit, word = rng.choice(WORDS["units"]), rng.choice(self._stock.words)
            inner = rng.choice((number, word, number + unit, rng.choice("アイウABCab一二")))
            opening, closing = rng.choice(_PAIRS)
            place = rng.randint(0, len(text))
            inner = widen(inner) if rng.random() < 0.5 else inner
            text = text[:place] + opening + inner + closing + text[place:]
        text = "".join(c for c in unify(text).strip(" \u3000") if c not in BARS)
        return text or "（１）"

    def _clean(self, text: str) -> str:
        """The text in known characters, with single spaces and few bars."""
        text = unify(text)
        if self._bars < 1:
            text = "".join(c for i, c in enumerate(text) if self._is_kept(text, i))
        while "\u3000\u3000" in text or "  " in text:
            text = text.replace("\u3000\u3000", "\u3000").replace("  ", " ")
        return text.strip(" \u3000")

    def _is_kept(self, text: str, place: int) -> bool:
        if text[place] not in BARS:
            return True
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        is_in_address = text[place] == "_" and len(beside) == 2 and max(beside) < "\x7f"
        return self._rng.random() < (0.67 if is_in_address else self._bars)

    def _length(self) -> int:
        low, high = self._rng.choice(((1, 6), (4, 16), (10, 28), (20, _LONGEST)))
        return self._rng.randint(low, high)

    def _excerpt(self, low: int, high: int) -> str:
        """So many characters from anywhere in a line, or all of a shorter one."""
        line, count = self._rng.choice(self._stock.lines), self._rng.randint(low, high)
        start = self._rng.randint(0, max(len(line) - count, 0))
        return line[start : start + count]

    def _prose(self) -> str:
        rng, count = self._rng, self._length()
        whole = rng.random() < 0.25
        text = rng.choice(self._stock.lines)[:count] if whole else self._excerpt(count, count)
        width = rng.random()
        if width < 0.12:
            text = widen(text)
        elif width < 0.22:
            text = narrow(text)
        elif width < 0.32:
            text = "".join(widen(c) if c in "0123456789()[]%-/:,." else c for c in text)
        if rng.random() < 0.1:  # one character exchanged: shapes count, not only words
            place = rng.randrange(len(text))
            text = text[:place] + draw_character(rng) + text[place + 1 :]
        if rng.random() < 0.06:
            place = rng.randint(0, len(text))
            text = text[:place] + rng.choice("\u3000 ") + text[place:]
        return text

    def _words(self) -> str:
        joint, text = self._rng.choice(_JOINTS), self._rng.choice(self._stock.words)
        count = min(self._length(), 30)
        while len(text) < count:
            text += joint + self._rng.choice(self._stock.words)
        return text[:_LONGEST]

    def _random(self) -> str:
        rng, text = self._rng, ""
        low, high = rng.choice(((2, 8), (6, 20), (12, 30)))
        count = rng.randint(low, high)
        while len(text) < count:
            kind = rng.random()
            if kind < 0.42:
                text += "".join(rng.choices(KANJI, k=rng.randint(1, 6)))
            elif kind < 0.55:
                text += "".join(rng.choices(LEVEL_1, k=rng.randint(1, 4)))
            else:
                text += "".join(rng.choices(draw_script(rng), k=rng.randint(1, 4)))
            text += rng.choice(" \u3000") if rng.random() < 0.05 else ""
        return text[:_LONGEST]

    def _pattern(self) -> str:
        rng, text = self._rng, self._patterns.draw()
        while rng.random() < 0.5 and len(text) < 30:
            text += rng.choice(("", "", "の", "、", "\u3000", " ", "は"))
            text += self._patterns.draw() if rng.random() < 0.4 else self._excerpt(2, 16)
        return text[:_LONGEST]

    def _twins(self) -> str:
        rng, text = self._rng, ""
        for _ in range(rng.randint(1, 5)):
            kind = rng.random()
            if kind < 0.7:
                text += self._excerpt(1, 8) if kind < 0.5 else rng.choice(self._stock.words)
            twins = rng.choice(WORDS["twins"])
            text += "".join(rng.choices(twins, k=rng.choice((1, 1, 1, 2, 3))))
        return text[:_LONGEST]

    def _cell(self) -> str:
        return str(self._rng.choice(WORDS["cells"]))

    def _short(self) -> str:
        if self._rng.random() < 0.5:
            return self._patterns.draw()
        return "".join(draw_character(self._rng) for _ in range(self._rng.randint(1, 3)))
