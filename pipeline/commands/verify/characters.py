"""Characters of the second count, and three rules for which of them are text.

The rules are those of docs/data.md, implemented a second time: a mistake in one implementation
shows as a difference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

_RAISED = re.compile("[ぁ-ゖァ-ヺー・]+|[•◦●○◉◎▲△﹅﹆･·、﹑]")
_LARGE = 2.5
"""Times the size of the text from which type may be laid over it; judgement: titles are up to twice
as large as the text."""
_SMALL = 0.65
"""Share of the text's size up to which a character may be furigana or an emphasis dot; judgement:
furigana have half the size."""
_SAME_PLACE = 3
"""Two characters are at the same place if they are closer than their size divided by this;
judgement: no text is set so tightly."""
_NEXT = 1.5
"""Times its size up to which a character stands from the one before it; judgement: white space is
farther."""
_SAME_START = 0.1
"""Times its size up to which a character is set onto the one before it; judgement: but for
rounding, it is at the same place."""
_MIN_WIDTH = 0.1
"""Points; judgement: keeps the distance above 0 for characters without width."""


class Character(Struct, frozen=True):
    """One drawn character, in points from the left and top of the page as displayed."""

    text: str
    """Several code points for a ligature; U+FFFD if the PDF gives none."""
    x0: float
    top: float
    x1: float
    bottom: float
    seen: bool
    """Whether a reader sees it."""
    up: tuple[int, int] = (0, -1)
    """Direction to the line above, as (right, down) on the page; one of them is 0."""
    overlaid: bool = False
    """Its line runs neither along nor across the page, or it is of a rubber stamp."""

    @property
    def middle(self) -> tuple[float, float]:
        """Its center, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Its size in points, across the line."""
        return self.x1 - self.x0 if self.up[0] else self.bottom - self.top

    @property
    def advance(self) -> float:
        """Its extent in points in the direction in which it is turned."""
        return self.bottom - self.top if self.up[0] else self.x1 - self.x0


def hide_duplicates(characters: Iterable[Character]) -> list[Character]:
    """Mark a character as unseen if the same one stands there: bold type is often drawn twice."""
    kept: dict[tuple[str, int, int], list[Character]] = {}
    marked = []
    for one in characters:
        if one.seen:
            column, row = (int(value // max(one.size, 1.0)) for value in one.middle)
            near = [(c, r) for c in range(column - 1, column + 2) for r in range(row - 1, row + 2)]
            others = (other for c, r in near for other in kept.get((one.text, c, r), ()))
            if any(_is_same_place(one, other) for other in others):
                one = replace(one, seen=False)
            else:
                kept.setdefault((one.text, column, row), []).append(one)
        marked.append(one)
    return marked


def hide_unused_hyphens(characters: Sequence[Character]) -> Iterator[Character]:
    """Mark a soft hyphen as unseen if the next character is set onto it: no line ends there."""
    following = [*characters[1:], None]
    for one, other in zip(characters, following, strict=True):
        if one.text == "\u00ad" and other is not None:
            near = _SAME_START * one.size
            if abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near:
                one = replace(one, seen=False)
        yield one


def _is_same_place(one: Character, other: Character) -> bool:
    """Whether two characters stand at the same place."""
    (x, y), (u, v) = one.middle, other.middle
    along, across = (y - v, x - u) if one.up[0] else (x - u, y - v)
    is_near = abs(along) * _SAME_PLACE < max(one.advance, _MIN_WIDTH)
    return is_near and abs(across) * _SAME_PLACE < one.size


def without_raised(characters: Sequence[Character]) -> list[Character]:
    """The characters without furigana and emphasis dots: small ones directly above larger ones.

    In vertical type of upright characters, the line above is the one to their right.
    """
    if not characters:
        return []
    small = _SMALL * median(one.size for one in characters)
    bases = [one for one in characters if one.size > small]
    vertical = _is_vertical(bases)
    return [
        one
        for one in characters
        if one.size > small
        or not _RAISED.fullmatch(one.text)
        or not any(_is_above(one, base, vertical) for base in bases)
    ]


def _is_vertical(characters: Sequence[Character]) -> bool:
    """Whether most characters stand below the one that was drawn before them, and not beside it."""
    below = beside = 0
    for one, following in pairwise(characters):
        right, down = (b - a for a, b in zip(one.middle, following.middle, strict=True))
        x, y = one.up
        upwards, ahead = right * x + down * y, down * x - right * y
        below += -_NEXT < upwards / one.size < -_NEXT / 3 and abs(ahead) < one.size / 3
        beside += _NEXT > ahead / one.size > 0 and abs(upwards) < one.size / 3
    return below > beside


def _is_above(reading: Character, base: Character, vertical: bool) -> bool:
    """Whether a reading stands directly above a base; it may overhang by its own size."""
    right, down = base.up
    if vertical and reading.up == base.up:
        right, down = -down, right
    if down:
        gap = base.top - reading.bottom if down < 0 else reading.top - base.bottom
        beside = max(base.x0 - reading.x1, reading.x0 - base.x1)
    else:
        gap = reading.x0 - base.x1 if right > 0 else base.x0 - reading.x1
        beside = max(base.top - reading.bottom, reading.top - base.bottom)
    return abs(gap) < reading.size and beside < reading.size


def without_overlays(characters: Sequence[Character]) -> list[Character]:
    """Leave out what is laid over the page: stamps, type aslant, and large type over other type."""
    level = [one for one in characters if not one.overlaid]
    if not level:
        return list(characters)
    limit = _LARGE * median(one.size for one in level)
    text = [one.middle for one in level if one.size < limit]
    return [one for one in level if one.size < limit or not any(_holds(one, at) for at in text)]


def _holds(one: Character, at: tuple[float, float]) -> bool:
    return one.x0 <= at[0] <= one.x1 and one.top <= at[1] <= one.bottom
