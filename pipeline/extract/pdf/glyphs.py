"""The glyphs of a page in columns: creating a Python object per glyph costs more than reading."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from pipeline.model import UNMAPPED, Box, Glyph

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_Item = TypeVar("_Item")
_LAST_SPACE = 0x3000  # standard: Unicode, its last white space is the ideographic space
SMALLEST_SIZE = 1.0  # points; judgement: glyphs with a smaller size on paper still need a unit
_IS_SPACE = np.array([*map(str.isspace, map(chr, range(_LAST_SPACE + 1))), False])


@dataclass(frozen=True, eq=False)
class Glyphs(Sequence[Glyph]):
    """Glyphs in columns of equal length; used as a sequence, it creates each `Glyph` on demand."""

    texts: Sequence[str]
    """A string where each glyph is one character (see `join_texts`)."""
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    direction: Integers
    codes: Integers
    """Code points; -1 for a text that is not exactly one character."""
    inked: Flags
    """True for glyphs that are not white space."""
    element: Integers
    """The object number of the structure element in the PDF; 0: it has none."""
    recognized: tuple[Glyph, ...] | None = None
    """The glyphs themselves if they were recognised on a picture: they hold the confidences."""

    @staticmethod
    def of(glyphs: Iterable[Glyph]) -> "Glyphs":
        """Put glyphs into columns."""
        if isinstance(glyphs, Glyphs):
            return glyphs
        items = tuple(glyphs)
        sides = [(g.box.x0, g.box.top, g.box.x1, g.box.bottom, g.size) for g in items]
        x0, top, x1, bottom, size = np.array(sides, np.float64).reshape(-1, 5).T
        direction = np.array([g.direction for g in items], np.int64)
        texts = join_texts([g.text for g in items])
        is_recognized = any(g.confidence < 1.0 or g.alternatives or g.repairs for g in items)
        recognized = items if is_recognized else None
        codes = read_codes(texts)
        inked = find_inked(texts, codes)
        element = np.zeros_like(direction)
        boxes = x0, top, x1, bottom
        return Glyphs(texts, *boxes, size, direction, codes, inked, element, recognized)

    def take(self, places: Integers | Flags) -> "Glyphs":
        """Select glyphs by their indices, in that order, or by a flag for each glyph."""
        chosen = np.flatnonzero(places) if places.dtype == np.bool_ else places
        if not len(chosen):  # as of watermarks, furigana and the like on nearly every page
            return _NO_GLYPHS
        if chosen is not places and len(chosen) == len(self):  # as without watermarks and the like
            return self
        codes = self.codes[chosen]
        return Glyphs(
            _spell(codes) if isinstance(self.texts, str) else _pick(self.texts, chosen.tolist()),
            self.x0[chosen],
            self.top[chosen],
            self.x1[chosen],
            self.bottom[chosen],
            self.size[chosen],
            self.direction[chosen],
            codes,
            self.inked[chosen],
            self.element[chosen],
            None if self.recognized is None else _pick(self.recognized, chosen.tolist()),
        )

    def followed_by(self, others: "Glyphs") -> "Glyphs":
        """These glyphs of the text layer, and behind them some others."""
        names = ("x0", "top", "x1", "bottom", "size", "direction", "codes", "inked", "element")
        joined: Any = {n: np.concatenate((getattr(self, n), getattr(others, n))) for n in names}
        return Glyphs(join_texts([*self.texts, *others.texts]), **joined)

    def with_columns(self, **columns: Any) -> "Glyphs":
        """The same glyphs with these columns instead."""
        return replace(self, **columns)

    @cached_property
    def x(self) -> Floats:
        """The x of the middles, in points from the left."""
        return (self.x0 + self.x1) / 2

    @cached_property
    def y(self) -> Floats:
        """The y of the middles, in points from the top."""
        return (self.top + self.bottom) / 2

    @property
    def unmapped(self) -> int:
        """How many glyphs have no Unicode value in the PDF."""
        several = np.flatnonzero(self.codes < 0).tolist()
        alone = int(np.count_nonzero(self.codes == ord(UNMAPPED)))
        return alone + sum(UNMAPPED in self.texts[place] for place in several)

    def inside(self, box: Box) -> Flags:
        """Flag glyphs that have their middle in a box."""
        x, y = self.x, self.y
        return (box.x0 <= x) & (x <= box.x1) & (box.top <= y) & (y <= box.bottom)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Glyph]:
        if self.recognized is not None:
            yield from self.recognized
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


def _pick(items: Sequence[_Item], places: Sequence[int]) -> tuple[_Item, ...]:
    return tuple([items[place] for place in places])


def find_median(values: Floats) -> float:
    """The median of at least one number; NumPy's own takes ten times as long for a page."""
    middle = len(values) // 2
    before = middle - 1 + len(values) % 2
    ordered = np.partition(values, (before, middle))
    return float(ordered[before] + ordered[middle]) / 2


def join_texts(texts: Sequence[str]) -> Sequence[str]:
    """One string, where each text is one character: true on nearly every page.

    It is a sequence of the same texts, made and taken apart in C.
    """
    joined = "".join(texts)
    return joined if len(joined) == len(texts) and all(texts) else tuple(texts)


def _spell(codes: Integers) -> str:
    return codes.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def read_codes(texts: Sequence[str]) -> Integers:
    """The code point of each text; -1 for a text that is not exactly one character.

    Args:
        texts: As `join_texts` returns them.
    """
    if isinstance(texts, str):
        code_points = np.frombuffer(texts.encode("utf-32-le", "surrogatepass"), np.uint32)
        return code_points.astype(np.int64)
    return np.array([ord(text) if len(text) == 1 else -1 for text in texts], np.int64)


def find_inked(texts: Sequence[str], codes: Integers) -> Flags:
    """Flag texts that are not white space."""
    inked = ~_IS_SPACE[np.minimum(codes, _LAST_SPACE + 1)]
    for place in np.flatnonzero(codes < 0).tolist():
        inked[place] = bool(texts[place].strip())
    return inked


def find_texts(texts: Sequence[str], wanted: Collection[str]) -> Flags:
    """Flag texts that are among those wanted."""
    return np.array([text in wanted for text in texts] if wanted else [], np.bool_)


def find_empty(texts: Sequence[str], codes: Integers) -> Flags:
    """Flag glyphs that stand for no character: in a line they would be white space."""
    empty = codes < 0
    for place in np.flatnonzero(empty).tolist():
        empty[place] = not texts[place]
    return empty


_NO_GLYPHS = Glyphs.of(())
