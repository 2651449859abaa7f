"""The glyphs of a page as columns: one Python object a glyph costs more than reading it does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

from pipeline.model import UNMAPPED, Box, Glyph

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_Item = TypeVar("_Item")
_LAST_SPACE = 0x3000  # the ideographic one: no white space of Unicode lies behind it
_IS_SPACE = np.array([*map(str.isspace, map(chr, range(_LAST_SPACE + 1))), False])


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs(Sequence[Glyph]):
    """Glyphs in columns of one length; as a sequence it makes each `Glyph` when asked for it."""

    texts: tuple[str, ...]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    direction: Integers
    codes: Integers
    """Code points; -1 where a text is not one character."""
    inked: Flags
    """Which are no white space."""
    made: tuple[Glyph, ...] | None = None
    """The glyphs themselves where they were recognised on a picture: they tell how surely."""

    @staticmethod
    def of(glyphs: Iterable[Glyph]) -> "Glyphs":
        """The columns of glyphs."""
        if isinstance(glyphs, Glyphs):
            return glyphs
        made = tuple(glyphs)
        sides = [(g.box.x0, g.box.top, g.box.x1, g.box.bottom, g.size) for g in made]
        x0, top, x1, bottom, size = np.array(sides, np.float64).reshape(-1, 5).T
        direction = np.array([g.direction for g in made], np.int64)
        texts = tuple(g.text for g in made)
        recognised = any(g.confidence < 1.0 or g.alternatives or g.repairs for g in made)
        kept = made if recognised else None
        codes = read_codes(texts)
        inked = find_inked(texts, codes)
        return Glyphs(texts, x0, top, x1, bottom, size, direction, codes, inked, kept)

    def take(self, places: Integers | Flags) -> "Glyphs":
        """Some of the glyphs: by their places, in that order, or by a flag for each."""
        chosen = np.flatnonzero(places) if places.dtype == np.bool_ else places
        pick = _picker(chosen.tolist())
        return Glyphs(
            pick(self.texts),
            self.x0[chosen],
            self.top[chosen],
            self.x1[chosen],
            self.bottom[chosen],
            self.size[chosen],
            self.direction[chosen],
            self.codes[chosen],
            self.inked[chosen],
            None if self.made is None else pick(self.made),
        )

    @property
    def x(self) -> Floats:
        """The middles, in points from the left."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> Floats:
        """The middles, in points from the top."""
        return (self.top + self.bottom) / 2

    @property
    def unmapped(self) -> int:
        """How many have no Unicode value in the PDF."""
        several = np.flatnonzero(self.codes < 0).tolist()
        alone = int(np.count_nonzero(self.codes == ord(UNMAPPED)))
        return alone + sum(UNMAPPED in self.texts[place] for place in several)

    def inside(self, box: Box) -> Flags:
        """Which have their middle in a box."""
        x, y = self.x, self.y
        return (box.x0 <= x) & (x <= box.x1) & (box.top <= y) & (y <= box.bottom)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Glyph]:
        if self.made is not None:
            yield from self.made
            return
        sides = (self.x0, self.top, self.x1, self.bottom, self.size, self.direction)
        rows = zip(self.texts, *(column.tolist() for column in sides), strict=True)
        for text, x0, top, x1, bottom, size, direction in rows:
            yield Glyph(text, Box(x0, top, x1, bottom), size, direction)

    @overload
    def __getitem__(self, index: int) -> Glyph: ...
    @overload
    def __getitem__(self, index: slice) -> "Glyphs": ...
    def __getitem__(self, index: int | slice) -> "Glyph | Glyphs":
        places = np.arange(len(self))[index]
        if isinstance(index, slice):
            return self.take(places)
        return next(iter(self.take(np.array([places]))))


def _picker(places: Sequence[int]) -> Callable[[tuple[_Item, ...]], tuple[_Item, ...]]:
    """What takes the items of some places out of a column that is no array."""
    if len(places) < 2:  # itemgetter would give the item itself
        return lambda column: tuple(column[place] for place in places)
    return itemgetter(*places)


def read_codes(texts: Sequence[str]) -> Integers:
    """The code point of each text, -1 where it is not one character."""
    joined = "".join(texts)
    if len(joined) == len(texts) and "" not in texts:  # as on nearly every page
        return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(
            np.int64
        )
    return np.array([ord(text) if len(text) == 1 else -1 for text in texts], np.int64)


def find_inked(texts: Sequence[str], codes: Integers) -> Flags:
    """Which texts are no white space."""
    inked = ~_IS_SPACE[np.minimum(codes, _LAST_SPACE + 1)]
    for place in np.flatnonzero(codes < 0).tolist():
        inked[place] = bool(texts[place].strip())
    return inked
