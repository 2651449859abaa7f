"""Characters of the second count, and two rules of what readers make of them.

The rules are those of docs/data.md, written a second time: what one of the two gets wrong shows as
a difference.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_LARGE = 2.5  # times the text's size
_SMALL = 0.65  # share of the text's size; furigana have half of it


@dataclass(frozen=True, slots=True)
class Character:
    """One drawn character, in points from the left and top of the page as displayed."""

    text: str
    """Several code points for a ligature; U+FFFD where the PDF says none."""
    x0: float
    top: float
    x1: float
    bottom: float
    seen: bool
    """Whether a reader sees it."""
    up: tuple[int, int] = (0, -1)
    """Towards the line above it: right and down on the page, one of them 0."""
    slanted: bool = False
    """Its line runs neither along nor across the page."""

    @property
    def middle(self) -> tuple[float, float]:
        """Where it stands."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Extent across its line."""
        return self.x1 - self.x0 if self.up[0] else self.bottom - self.top


def hide_doubles(characters: Iterable[Character]) -> list[Character]:
    """Take those as unseen that stand on the same one: bold type made by drawing twice."""
    kept: dict[tuple[str, int, int], list[Character]] = {}
    told = []
    for one in characters:
        if one.seen:
            column, row = (int(value // max(one.size, 1.0)) for value in one.middle)
            near = [(c, r) for c in range(column - 1, column + 2) for r in range(row - 1, row + 2)]
            others = (other for c, r in near for other in kept.get((one.text, c, r), ()))
            if any(_is_same_place(one, other) for other in others):
                one = replace(one, seen=False)
            else:
                kept.setdefault((one.text, column, row), []).append(one)
        told.append(one)
    return told


def _is_same_place(one: Character, other: Character) -> bool:
    """Whether they lie within a third of each other: no text is set so close."""
    (x, y), (u, v) = one.middle, other.middle
    return abs(x - u) * 3 < max(one.x1 - one.x0, 0.1) and abs(y - v) * 3 < one.size


def without_furigana(characters: Sequence[Character]) -> list[Character]:
    """Those of the text: no small kana that stand right above larger characters."""
    if not characters:
        return []
    small = _SMALL * median(one.size for one in characters)
    bases = [one for one in characters if one.size > small]
    return [
        one
        for one in characters
        if one.size > small
        or not _KANA.fullmatch(one.text)
        or not any(_is_above(one, base) for base in bases)
    ]


def _is_above(reading: Character, base: Character) -> bool:
    """Whether it touches the upper side of the other; a reading may be longer by its own size."""
    right, down = base.up
    if down:
        gap = base.top - reading.bottom if down < 0 else reading.top - base.bottom
        beside = max(base.x0 - reading.x1, reading.x0 - base.x1)
    else:
        gap = reading.x0 - base.x1 if right > 0 else base.x0 - reading.x1
        beside = max(base.top - reading.bottom, reading.top - base.bottom)
    return abs(gap) < reading.size and beside < reading.size


def without_overlays(characters: Sequence[Character]) -> list[Character]:
    """Leave out what is laid over the page: what runs aslant, and large type over other type."""
    level = [one for one in characters if not one.slanted]
    if not level:
        return list(characters)
    limit = _LARGE * median(one.size for one in level)
    text = [one.middle for one in level if one.size < limit]
    return [one for one in level if one.size < limit or not any(_holds(one, at) for at in text)]


def _holds(one: Character, at: tuple[float, float]) -> bool:
    return one.x0 <= at[0] <= one.x1 and one.top <= at[1] <= one.bottom
