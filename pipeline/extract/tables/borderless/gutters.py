"""Find the gutters of a table: between its header words, where its records have no ink."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.extract.tables.borderless.words import TextLine, find_headed
from pipeline.model import Box

MIN_GUTTER = 0.35  # em; judgement: a gutter is wider than the space between two letters
_MAX_INDENT = 0.6  # em of a line's first glyph; judgement: half of an opening bracket is white
MAX_OVERLAP = 0.1  # em that a glyph's box may reach into a gutter; judgement: its ink does not

_Interval = tuple[float, float]


class HeaderWord(Struct, frozen=True):
    """Where a word of a header stands, in points."""

    x0: float
    x1: float
    top: float
    """The y where its first line begins."""
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
        lower = [word for other in lines if _is_below(other, line) for word in other.words]
        for word in line.words:
            box, beside = word.box, [other for other in line.words if other is not word]
            if find_headed(word, beside, lower) is not None:
                continue
            own = [at for at, w in enumerate(header_words) if w.x0 < box.x1 and box.x0 < w.x1]
            if len(own) == 1 and _is_same_header(header_words[own[0]], box):
                lowest = header_words[own[0]]
                x0, x1 = min(lowest.x0, box.x0), max(lowest.x1, box.x1)
                header_words[own[0]] = HeaderWord(x0, x1, box.top, lowest.upper)
            elif not own:
                before = any(w.box.x1 <= box.x0 for w in lower)
                between = before and any(box.x1 <= w.box.x0 for w in lower)
                header_words.append(HeaderWord(box.x0, box.x1, box.top, between))
    return sorted(header_words, key=lambda word: word.x0)


def _is_same_header(lower: HeaderWord, upper: Box) -> bool:
    """Whether a word begins where one below it does, or has its middle: one over several does not.

    That it is over one only may come from letters set so far apart that they reach under it.
    """
    beside = min(abs(lower.x0 - upper.x0), abs((lower.x0 + lower.x1) / 2 - upper.center[0]))
    return beside < upper.height


def _is_below(line: TextLine, other: TextLine) -> bool:
    return line.middle - other.middle > (other.bottom - other.top) / 2


def find_gutters(
    header_words: Sequence[HeaderWord], lines: Sequence[TextLine], size: float
) -> list[Gutter]:
    """Find the gutters that the lines of records leave between header words."""
    gutters = [Gutter(((a.x1, b.x0),)) for a, b in pairwise(header_words)]
    for line in lines:
        gutters = [gutter.without(line, size) for gutter in gutters]
    return gutters


def is_open(gutter: Gutter, size: float) -> bool:
    """Whether a gutter still has a piece that is wide enough."""
    return gutter.width >= MIN_GUTTER * size


def leaves_open(line: TextLine, gutters: Sequence[Gutter], size: float) -> bool:
    """Whether a line closes no gutter."""
    return all(is_open(gutter.without(line, size), size) for gutter in gutters)


def is_tabular(line: TextLine, gutters: Sequence[Gutter]) -> bool:
    """Whether a line has words on both sides of a gutter."""
    return len(line.find_columns([gutter.middle for gutter in gutters])) > 1


def choose_piece(
    gutter: Gutter, reach: Sequence[float], body: Sequence[TextLine], size: float
) -> Gutter:
    """Choose the piece of a gutter at whose right end most lines begin.

    A header in the middle of its column also leaves a gap beside a short text (－). But a piece
    that leaves texts on both sides comes before one that leaves a column none: numbers in the
    middle or at the right side of their column stand behind their header. Of equal pieces it is the
    widest.

    Args:
        gutter: What the lines leave free between two headers.
        reach: The x where the gutters before and behind it end, in points.
        body: The lines below the header.
    """

    left, right = reach
    starts = [[*_find_starts(line, size)] for line in body]
    runs = [run for line in body for run in line.runs]

    def begun(piece: tuple[float, float]) -> int:
        last = piece[1] + _MAX_INDENT * size
        return sum(any(piece[1] - size / 2 <= x <= last for x in own) for own in starts)

    def leaves_text(piece: tuple[float, float]) -> bool:
        return any(left - size / 2 <= a and b <= piece[0] + size / 2 for a, b in runs)

    def leaves_both(piece: tuple[float, float]) -> bool:
        after = any(piece[1] - size / 2 <= a and b < right for a, b in runs)
        return after and leaves_text(piece)

    def rank(piece: tuple[float, float]) -> tuple[bool, int, bool, float]:
        return leaves_both(piece), begun(piece), leaves_text(piece), piece[1] - piece[0]

    return Gutter((max(gutter.free, key=rank),))


def _find_starts(line: TextLine, size: float) -> Iterator[float]:
    """The x where a line begins, and goes on behind a gap that may be a gutter.

    Programs set a narrower one around the digits of 第1号.
    """
    yield line.runs[0][0]
    for before, after in pairwise(line.runs):
        if after[0] - before[1] >= MIN_GUTTER * size:
            yield after[0]


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


def drop_empty_spans(
    header_words: Sequence[HeaderWord], lines: Sequence[TextLine]
) -> list[HeaderWord]:
    """Drop each word that stands higher than both words beside it, and over no text.

    意見と対応 over 意見 | 回答 may stand in the free space between their texts.

    Args:
        lines: Those of the records.
    """
    kept = [*header_words]
    for before, word, behind in zip(header_words, header_words[1:], header_words[2:], strict=False):
        higher = word.upper and word.top < min(before.top, behind.top)
        if higher and not any(a < word.x1 and word.x0 < b for line in lines for a, b in line.runs):
            kept.remove(word)
    return kept


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
        HeaderWord(a.x0, b.x1, min(a.top, b.top), a.upper and b.upper),
        *header_words[closed + 2 :],
    ]
