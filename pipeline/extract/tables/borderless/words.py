"""Group glyphs into words and lines over the whole width of a page, tables or not."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.tables.borderless.touching_columns import (
    WORD_GAP,
    part_touching_columns,
)
from pipeline.model import Box, Glyph, group_neighbours
from pipeline.vocabulary.punctuation import CLOSING, OPENING, STOPS

_RUN_GAP = 0.25  # em between two runs of ink; judgement: columns have more padding
SAME_LINE = 0.5  # em; judgement: the middles of one line's glyphs differ in height by less

_OPENING = frozenset("「『（【〔［〈《｛")
_FULL_WIDTH = 0.9  # em; judgement: of the width of a square, but for rounding
# Em; judgement: the ink of 、, 。 and ） ends before, in the left half of the square.
_STOP_INK = 0.4
_ALIKE = 0.05  # em; judgement: but for brackets, the gaps between a line's glyphs differ by less
ENDS = CLOSING | STOPS
_BRACKETS = OPENING | ENDS


class Word(Struct, frozen=True):
    """Glyphs side by side without a wide gap."""

    text: str
    box: Box

    def overlaps(self, other: "Word") -> bool:
        """Whether it stands over or under a part of another word, as of one column."""
        return self.box.x0 < other.box.x1 and other.box.x0 < self.box.x1


class TextLine(Struct, frozen=True):
    """All words at one height."""

    words: tuple[Word, ...]
    """From left to right; typed white space belongs to a word."""
    runs: tuple[tuple[float, float], ...]
    """The x where each piece of ink without a gap begins and ends, in points."""
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """Its whole text, to find what pages repeat."""
        return "".join(word.text for word in self.words)

    @property
    def place(self) -> tuple[str, float]:
        """Its text and its height in points: a running head has both in common on all pages."""
        return self.text, self.top

    @property
    def middle(self) -> float:
        """The y of its middle, in points."""
        return (self.top + self.bottom) / 2

    def find_columns(self, edges: Sequence[float]) -> set[int]:
        """Find the columns that hold the middle of a run of its ink.

        Args:
            edges: The x between the columns, from left to right, in points.
        """
        return {bisect_right(edges, (start + end) / 2) for start, end in self.runs}


def find_headed(
    word: Word, beside: Sequence[Word], lower: Sequence[Word]
) -> tuple[Word, Word] | None:
    """Find the words that a word of a header is centred over: 該当箇所 over 頁 | 章 | 項.

    Args:
        word: The word; one of those at one height is right below it, and as many at both sides.
        beside: The others at its own height; it heads none that stand below them.

    Returns:
        The first and the last of them; None: there are not three.
    """
    near = word.box.height / 2
    for below in filter(word.overlaps, lower):
        level = [w for w in lower if abs(w.box.center[1] - below.box.center[1]) < near]
        level.sort(key=lambda w: w.box.x0)
        place = level.index(below)
        for reach in range(1, min(place, len(level) - 1 - place) + 1):
            first, last = level[place - reach], level[place + reach]
            if any(first.box.x0 < w.box.center[0] < last.box.x1 for w in beside):
                break
            if abs(word.box.center[0] - (first.box.x0 + last.box.x1) / 2) < near:
                return first, last
    return None


def read_words(glyphs: Sequence[Glyph], size: float) -> list[TextLine]:
    """Group the glyphs of a page into lines of words, from top to bottom.

    Args:
        glyphs: In the order in which the page draws them. Rotated ones are left out. Typed white
            space belongs to the word around it.
    """
    level = [glyph for glyph in glyphs if glyph.direction == 0]
    level = [
        _trim_last_stop(level, place) if glyph.text in ENDS else glyph
        for place, glyph in enumerate(level)
    ]
    rows = group_neighbours(
        sorted(enumerate(level), key=lambda d: d[1].box.center[1]),
        lambda row, d: d[1].box.center[1] - row[0][1].box.center[1] < SAME_LINE * size,
    )
    ordered = [sorted(row, key=lambda drawn: drawn[1].box.x0) for row in rows]
    lines = (_build_line(row) for row in part_touching_columns(ordered))
    return [line for line in lines if line is not None]


def _trim_last_stop(glyphs: Sequence[Glyph], place: int) -> Glyph:
    """Cut the white half off a stop or a bracket that ends a line.

    At the edge of its column, or out of it, the white half may touch the text of the next one.
    """
    stop = glyphs[place]
    inside = 0 < place < len(glyphs) - 1 and _go_on(*glyphs[place - 1 : place + 2])
    if inside or stop.box.width <= _FULL_WIDTH * stop.size:
        return stop
    return replace(stop, box=replace(stop.box, x1=stop.box.x0 + _STOP_INK * stop.size))


def _go_on(before: Glyph, stop: Glyph, following: Glyph) -> bool:
    """Whether a glyph goes on with the text of a stop, as far behind it as it is behind its own.

    Programs move brackets over its white.
    """
    level = abs(following.box.center[1] - stop.box.center[1]) < SAME_LINE * stop.size
    gap = (following.box.x0 - stop.box.x1) / stop.size
    own = (stop.box.x0 - before.box.x1) / stop.size
    return level and gap < _RUN_GAP and (abs(gap - own) < _ALIKE or following.text in _BRACKETS)


def _build_line(glyphs: Sequence[Glyph]) -> TextLine | None:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return None
    groups = ([g for g in group if g.text.strip()] for group in _split_at_gaps(glyphs, WORD_GAP))
    words = tuple(_build_word(group) for group in groups if group)
    return TextLine(
        words=words,
        runs=tuple((_find_ink(run[0]), run[-1].box.x1) for run in _split_at_gaps(inked, _RUN_GAP)),
        top=min(word.box.top for word in words),
        bottom=max(word.box.bottom for word in words),
    )


def _find_ink(glyph: Glyph) -> float:
    """The x where the ink of a line's or a column's first glyph begins, in points.

    The left half of an opening bracket is white, and programs may set it before the column's side.
    """
    box = glyph.box
    is_white = glyph.text in _OPENING and box.width > _FULL_WIDTH * glyph.size
    return box.x0 + box.width / 2 if is_white else box.x0


def _split_at_gaps(glyphs: Sequence[Glyph], gap: float) -> list[list[Glyph]]:
    """Split glyphs, sorted from left to right, where a gap is wider than so many em."""
    return group_neighbours(glyphs, lambda group, g: g.box.x0 - group[-1].box.x1 < gap * g.size)


def _build_word(glyphs: Sequence[Glyph]) -> Word:
    box = Box.around([glyph.box for glyph in glyphs])
    return Word("".join(glyph.text for glyph in glyphs), box)
