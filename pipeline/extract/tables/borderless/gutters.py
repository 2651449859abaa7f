"""The gutters of a table: what no line of its records has ink in, between its headers."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.tables.borderless.words import TextLine

LEAST = 0.35  # em that a gutter keeps free at least
TOUCH = 0.1  # em that a glyph's box may reach into a gutter

_Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Head:
    """The place of a header's word, in points."""

    x0: float
    x1: float
    upper: bool
    """Others stand lower on both sides: it may span them."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """What is free between two neighbouring headers, piece by piece."""

    free: tuple[_Interval, ...]

    @property
    def widest(self) -> _Interval:
        """Its widest piece; empty where nothing is free."""
        return max(self.free, key=lambda piece: piece[1] - piece[0], default=(0.0, 0.0))

    @property
    def width(self) -> float:
        """Of the widest piece, in points."""
        start, end = self.widest
        return end - start

    @property
    def middle(self) -> float:
        """Of the widest piece."""
        return sum(self.widest) / 2

    def nearest(self, x: float) -> float:
        """The free place nearest to x."""
        places = (min(max(x, start), end) for start, end in self.free)
        return min(places, key=lambda place: abs(place - x))

    def without(self, line: TextLine, size: float) -> "Gutter":
        """What is left when a line takes its place."""
        free = self.free
        for start, end in line.runs:
            x0, x1 = start + TOUCH * size, end - TOUCH * size
            if any(a < x1 and x0 < b for a, b in free):
                free = tuple(piece for part in free for piece in _parted(part, x0, x1))
        return Gutter(free)


def _parted(piece: _Interval, x0: float, x1: float) -> Iterator[_Interval]:
    for a, b in ((piece[0], min(piece[1], x0)), (max(piece[0], x1), piece[1])):
        if a < b:
            yield a, b


def read_heads(lines: Sequence[TextLine]) -> list[Head]:
    """The places of a header's words, from left to right.

    A word above another is left out: it is the same header's, or spans several.
    """
    heads: list[Head] = []
    for line in sorted(lines, key=lambda ln: -ln.middle):
        lower = [word.box for other in lines if _is_below(other, line) for word in other.words]
        for word in line.words:
            box = word.box
            if not any(head.x0 < box.x1 and box.x0 < head.x1 for head in heads):
                between = any(b.x1 <= box.x0 for b in lower) and any(box.x1 <= b.x0 for b in lower)
                heads.append(Head(box.x0, box.x1, between))
    return sorted(heads, key=lambda head: head.x0)


def _is_below(line: TextLine, other: TextLine) -> bool:
    return line.middle - other.middle > (other.bottom - other.top) / 2


def find_gutters(heads: Sequence[Head], lines: Sequence[TextLine], size: float) -> list[Gutter]:
    """The gutters between headers that lines of records leave."""
    gutters = [Gutter(((a.x1, b.x0),)) for a, b in itertools.pairwise(heads)]
    for line in lines:
        gutters = [gutter.without(line, size) for gutter in gutters]
    return gutters


def is_open(gutter: Gutter, size: float) -> bool:
    """Whether enough of a gutter is free."""
    return gutter.width >= LEAST * size


def unite_heads(
    heads: Sequence[Head], lines: Sequence[TextLine], size: float
) -> tuple[list[Head], list[Gutter]]:
    """Take the headers between which the lines leave nothing free as one.

    Letters set far apart (回　答) are one header; a word that stands higher than its neighbours and
    in nobody's column spans them.
    """
    heads = list(heads)
    while True:
        gutters = find_gutters(heads, lines, size)
        closed = next((i for i, gutter in enumerate(gutters) if not is_open(gutter, size)), None)
        if closed is None:
            return heads, gutters
        heads = _united(heads, closed, lines, size)


def _united(
    heads: Sequence[Head], closed: int, lines: Sequence[TextLine], size: float
) -> list[Head]:
    for at in (closed + 1, closed):
        if heads[at].upper and 0 < at < len(heads) - 1:
            (over,) = find_gutters((heads[at - 1], heads[at + 1]), lines, size)
            if is_open(over, size):
                return [*heads[:at], *heads[at + 1 :]]
    a, b = heads[closed], heads[closed + 1]
    return [*heads[:closed], Head(a.x0, b.x1, a.upper and b.upper), *heads[closed + 2 :]]
