"""Build physical lines from glyphs: text, positions, and spaces that the program did not draw."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from pipeline.extract.lines.moved_spaces import (
    WORD_GAP,
    find_space,
    find_wide_gaps,
    measure_rhythm,
)
from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import InkShape, Line

# em; judgement: plain spaces are at most 0.5 em wide, ideographic spaces are 1 em wide.
_IDEOGRAPHIC_SPACE = 0.75
_ASCII = 128  # standard: ASCII, the first code point beyond it
_OVERPRINT = 0.4  # share of a glyph that another covers; judgement: kerning and italics cover less
# Share of a line's glyphs that are overprinted; judgement: more than chance overlaps in a line.
_OVERPRINTED = 0.1


class _LineMeasures(NamedTuple):
    """Measures of one line, computed with numpy because Python is slower.

    They describe the inked glyphs only, except for `end`.
    """

    glyphs: int
    """How many inked glyphs the line has."""
    last: int
    """The index of the last inked glyph; -1 if there is none."""
    top: float
    bottom: float
    right: float
    end: float
    """Right edge of the last glyph, white space included."""
    smallest: float
    largest: float
    """Font size, in points."""
    over: int
    """How many glyphs are drawn over the previous one."""
    plain: bool
    """Each glyph is one character, and none is white space, a Latin glyph after another one, or
    behind a wide gap."""


def _measure_lines(glyphs: Glyphs, starts: Integers, wide: Flags) -> list[_LineMeasures]:
    inked = glyphs.inked
    most, least = np.where(inked, 0.0, -np.inf), np.where(inked, 0.0, np.inf)
    columns = (
        np.add.reduceat(inked, starts, dtype=np.int64),
        np.maximum.reduceat(np.where(inked, np.arange(len(glyphs)), -1), starts),
        np.minimum.reduceat(glyphs.top + least, starts),
        np.maximum.reduceat(glyphs.bottom + most, starts),
        np.maximum.reduceat(glyphs.x1 + most, starts),
        np.maximum.reduceat(glyphs.x1, starts),
        np.minimum.reduceat(glyphs.size + least, starts),
        np.maximum.reduceat(glyphs.size + most, starts),
        np.add.reduceat(_are_over_others(glyphs, starts), starts, dtype=np.int64),
        ~np.logical_or.reduceat(_are_special(glyphs) | wide, starts),
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return list(map(_LineMeasures._make, rows))


def _are_over_others(glyphs: Glyphs, starts: Integers) -> Flags:
    """Flag glyphs drawn over the previous one: in spreadsheets, text may overflow its cell."""
    places = np.flatnonzero(glyphs.inked)
    lines = np.searchsorted(starts, places, "right")
    width = (glyphs.x1 - glyphs.x0)[places]
    shared = glyphs.x1[places[:-1]] - glyphs.x0[places[1:]]
    covers = shared > _OVERPRINT * np.minimum(width[:-1], width[1:])
    over = np.zeros(len(glyphs), np.bool_)
    over[places[1:]] = covers & (lines[:-1] == lines[1:])
    return over


def _are_special(glyphs: Glyphs) -> Flags:
    """Flag glyphs that are white space, several characters, or Latin right after Latin."""
    latin = (glyphs.codes < _ASCII) & glyphs.inked
    special = ~glyphs.inked | (glyphs.codes < 0)
    special[1:] |= latin[1:] & latin[:-1]
    return special


class LineBuilder:
    """Builds lines from the glyphs of a page."""

    def __init__(self, glyphs: Glyphs, starts: Integers, page: int) -> None:
        """Prepare the lines.

        Args:
            glyphs: All glyphs, line by line, from left to right in each line, white space included.
            starts: The index of the first glyph of each line.
            page: The page's number, from 1.
        """
        self._page, self._texts, self._recognized = page, glyphs.texts, glyphs.recognized
        self._inked: list[bool] = glyphs.inked.tolist()
        self._x0, self._x1 = glyphs.x0.tolist(), glyphs.x1.tolist()
        self._size: list[float] = glyphs.size.tolist()
        self._gaps: list[float] = [0.0, *(glyphs.x0[1:] - glyphs.x1[:-1]).tolist()]
        self._places = [*starts.tolist(), len(glyphs)]
        wide = find_wide_gaps(glyphs)
        self._wide: list[bool] = wide.tolist()
        self._measures = _measure_lines(glyphs, starts, wide)

    def build(self, number: int) -> Line | None:
        """Build the line with this number, counted from 0; None if the line has no ink."""
        (start, end), measures = self._places[number : number + 2], self._measures[number]
        last = measures.last + 1
        if not measures.glyphs:
            return None
        gap = _median(self._gaps[start + 1 : last]) if last - start > 1 else 0.0
        characters = self._characters if not measures.plain else self._plain_characters
        texts, lefts, owners = characters(start, last, max(0.0, gap))
        line = Line(
            text="".join(texts),
            edges=(*lefts, measures.right),
            gap=gap,
            top=measures.top,
            bottom=measures.bottom,
            size=self._usual_size(start, last, measures),
            page=self._page,
            glyphs=measures.glyphs,
            tail="".join([self._as_space(place) for place in range(last, end)]),
            end=measures.end,
            overprinted=measures.over > 1 and measures.over > _OVERPRINTED * measures.glyphs,
        )
        if self._recognized is None:
            return line
        return self._with_recognition(line, range(start, last), owners)

    def _usual_size(self, start: int, end: int, measures: _LineMeasures) -> float:
        if measures.smallest == measures.largest:
            return measures.smallest
        return _median([self._size[place] for place in range(start, end) if self._inked[place]])

    def _plain_characters(
        self, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], Sequence[float], Sequence[int]]:
        """The same as `_characters`, for a plain line."""
        return self._texts[start:end], self._x0[start:end], range(start, end)

    def _characters(
        self, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], Sequence[float], Sequence[int]]:
        """The characters, their left edges, and the index of the glyph behind each character.

        White space that the program only moved over is inserted. Its glyph is the one before it,
        given as the complement of its index (`~index`).
        """
        rhythm = 0.0
        if any(self._wide[start + 1 : end]):
            rhythm = measure_rhythm(self._texts[start:end], self._gaps[start + 1 : end])
        texts: list[str] = []
        lefts: list[float] = []
        owners: list[int] = []
        gaps, sizes, inked = self._gaps, self._size, self._inked
        for place in range(start, end):
            text, left = self._texts[place], self._x0[place]
            parted = place > start and gaps[place] > WORD_GAP * sizes[place]
            if parted and (space := self._find_space(place, gap, rhythm)):
                texts.append(space)
                lefts.append(self._x1[place - 1])
                owners.append(~(place - 1))
            if len(text) == 1:
                texts.append(text if inked[place] else self._as_space(place))
                lefts.append(left)
                owners.append(place)
                continue
            step = (self._x1[place] - left) / max(len(text), 1)
            texts += [_as_space(character, step, self._size[place]) for character in text]
            lefts += [left + index * step for index in range(len(text))]
            owners += [place] * len(text)
        return texts, lefts, owners

    def _find_space(self, place: int, usual: float, rhythm: float) -> str:
        """The white space that the program only moved over before a glyph; "": there is none."""
        gap, size = self._gaps[place], self._size[place]
        if not (self._inked[place] and self._inked[place - 1]):
            return ""
        before, after = self._texts[place - 1], self._texts[place]
        return find_space(before, after, gap / size, usual / size, rhythm / size)

    def _as_space(self, place: int) -> str:
        return _as_space(self._texts[place], self._x1[place] - self._x0[place], self._size[place])

    def _with_recognition(self, line: Line, places: range, owners: Sequence[int]) -> Line:
        """Add the repairs, confidences and alternative readings of recognised glyphs to a line."""
        recognized = self._recognized or ()
        inked = [recognized[place] for place in places if self._inked[place]]
        line = replace(line, repairs=tuple(repair for glyph in inked for repair in glyph.repairs))
        if all(glyph.confidence == 1.0 for glyph in inked):
            return line
        return replace(
            line,
            confidences=tuple(recognized[max(place, ~place)].confidence for place in owners),
            alternatives=tuple(
                recognized[place].alternatives if place >= 0 else "" for place in owners
            ),
            shapes=tuple(recognized[place].shape if place >= 0 else InkShape() for place in owners),
        )


def _median(values: Sequence[float]) -> float:
    """The same as `statistics.median`, but faster: it does not check the type of the numbers."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _as_space(text: str, width: float, size: float) -> str:
    """Turn white space into an ideographic or a plain space; leave all other text unchanged.

    Some programs map a font's blank glyph to U+0020 although the author typed U+3000. The width of
    the glyph distinguishes the two.
    """
    if not text.isspace():
        return text
    return "\u3000" if text == "\u3000" or width > _IDEOGRAPHIC_SPACE * size > 0 else " "
