"""Find the gutters of a table: between its header words, where its records have no ink."""

import itertools
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.extract.tables.borderless.words import TextLine, Word

MIN_GUTTER = 0.35  # em; judgement: a gutter is wider than the space between two letters
MAX_OVERLAP = 0.1  # em that a glyph's box may reach into a gutter; judgement: its ink does not

_Interval = tuple[float, float]


class HeaderWord(Struct, frozen=True):
    """Where a word of a header stands, in points."""

    x0: float
    x1: float
    upper: bool
    """Other words stand lower on both sides: it may span them."""


class Gutter(Struct, frozen=True):
    """The free space between two neighbouring headers, in pieces."""

    free: tuple[_Interval, ...]

    @property
    def widest(self) -> _Interval:
        """Its widest piece; (0, 0): nothing is free."""
        return max(self.free, key=lambda piece: piece[1] - piece[0], default=(0.0, 0.0))

    @property
    def width(self) -> float:
        """The width of the widest piece, in points."""
        start, end = self.widest
        return end - start

    @property
    def middle(self) -> float:
        """The middle of the widest piece, in points."""
        return sum(self.widest) / 2

    def nearest(self, x: float) -> float:
        """Find the free place nearest to x."""
        places = (min(max(x, start), end) for start, end in self.free)
        return min(places, key=lambda place: abs(place - x))

    def without(self, line: TextLine, size: float) -> "Gutter":
        """Remove the space that a line takes."""
        free = self.free
        for start, end in line.runs:
            x0, x1 = start + MAX_OVERLAP * size, end - MAX_OVERLAP * size
            if any(a < x1 and x0 < b for a, b in free):
                free = tuple(piece for part in free for piece in _cut_piece(part, x0, x1))
        return Gutter(free)


def _cut_piece(piece: _Interval, x0: float, x1: float) -> Iterator[_Interval]:
    for a, b in ((piece[0], min(piece[1], x0)), (max(piece[0], x1), piece[1])):
        if a < b:
            yield a, b


def read_header_words(lines: Sequence[TextLine]) -> list[HeaderWord]:
    """Find where the words of a header stand, from left to right.

    A word above another belongs to the same header (通し番 over 号); one above several spans them
    and is left out.
    """
    header_words: list[HeaderWord] = []
    for line in sorted(lines, key=lambda ln: -ln.middle):
        lower = [word.box for other in lines if _is_below(other, line) for word in other.words]
        for word in line.words:
            box = word.box
            own = [at for at, w in enumerate(header_words) if w.x0 < box.x1 and box.x0 < w.x1]
            if len(own) == 1:
                header_words[own[0]] = _widen(header_words, own[0], word)
            elif not own:
                between = any(b.x1 <= box.x0 for b in lower) and any(box.x1 <= b.x0 for b in lower)
                header_words.append(HeaderWord(box.x0, box.x1, between))
    return sorted(header_words, key=lambda word: word.x0)


def _widen(header_words: Sequence[HeaderWord], at: int, upper: Word) -> HeaderWord:
    """Make a header as wide as a word above it, but on the side where that reaches to another.

    There the word stands over both: 計画（案） over 頁 | 該当箇所.
    """
    lowest, room = header_words[at], MIN_GUTTER * upper.box.height
    others = [word for word in header_words if word is not lowest]
    x0, x1 = min(lowest.x0, upper.box.x0), max(lowest.x1, upper.box.x1)
    left = any(word.x1 <= lowest.x0 and x0 - word.x1 < room for word in others)
    right = any(lowest.x1 <= word.x0 and word.x0 - x1 < room for word in others)
    return HeaderWord(lowest.x0 if left else x0, lowest.x1 if right else x1, lowest.upper)


def _is_below(line: TextLine, other: TextLine) -> bool:
    return line.middle - other.middle > (other.bottom - other.top) / 2


def find_gutters(
    header_words: Sequence[HeaderWord], lines: Sequence[TextLine], size: float
) -> list[Gutter]:
    """Find the gutters that the lines of records leave between header words."""
    gutters = [Gutter(((a.x1, b.x0),)) for a, b in itertools.pairwise(header_words)]
    for line in lines:
        gutters = [gutter.without(line, size) for gutter in gutters]
    return gutters


def is_open(gutter: Gutter, size: float) -> bool:
    """Whether a gutter still has a piece that is wide enough."""
    return gutter.width >= MIN_GUTTER * size


def merge_header_words(
    header_words: Sequence[HeaderWord], lines: Sequence[TextLine], size: float
) -> tuple[list[HeaderWord], list[Gutter]]:
    """Merge the header words between which the lines leave no gutter.

    Letters set far apart (回　答) are one header. A word that stands higher than its neighbours,
    and in no column of its own, spans them and is dropped.

    Returns:
        The words that are left, and the gutters between them.
    """
    header_words = list(header_words)
    while True:
        gutters = find_gutters(header_words, lines, size)
        closed = next((i for i, gutter in enumerate(gutters) if not is_open(gutter, size)), None)
        if closed is None:
            return header_words, gutters
        header_words = _merge_closed_pair(header_words, closed, lines, size)


def _merge_closed_pair(
    header_words: Sequence[HeaderWord], closed: int, lines: Sequence[TextLine], size: float
) -> list[HeaderWord]:
    for at in (closed + 1, closed):
        if header_words[at].upper and 0 < at < len(header_words) - 1:
            (over,) = find_gutters((header_words[at - 1], header_words[at + 1]), lines, size)
            if is_open(over, size):
                return [*header_words[:at], *header_words[at + 1 :]]
    a, b = header_words[closed], header_words[closed + 1]
    return [
        *header_words[:closed],
        HeaderWord(a.x0, b.x1, a.upper and b.upper),
        *header_words[closed + 2 :],
    ]
