"""Build physical lines from glyphs: text, positions, and spaces that the program did not draw."""

from array import array
from collections import defaultdict
from collections.abc import MutableSequence, Sequence
from itertools import starmap
from unicodedata import combining

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.lines.moved_spaces import WORD_GAP, find_space, find_wide_gaps, measure_rhythm
from pipeline.extract.pdf.glyphs import Flags, Floats, Glyphs, Integers
from pipeline.model import InkShape, Line

# em; judgement: plain spaces are at most 0.5 em wide, ideographic spaces are 1 em wide.
_IDEOGRAPHIC_SPACE = 0.75
_ASCII = 128  # standard: ASCII, the first code point beyond it
_OVERPRINT = 0.4  # share of a glyph that another covers; judgement: kerning and italics cover less
_BLANK_HALF = 0.8  # share of a glyph; judgement: no program takes more of a bracket away
_NARROW = 0.5  # em; judgement: type condensed by a point lays half of an l over the next letter
# Share of a recognised line's glyphs that are overprinted; judgement: some overlap by chance.
_OVERPRINTED = 0.1


class _LineMeasures(Struct, frozen=True):
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
    """How many letters are drawn over the previous one."""


def _measure_lines(glyphs: Glyphs, starts: Integers) -> list[_LineMeasures]:
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
    )
    # Lines of a page share most of their numbers: as objects of their own they are 5 KB of a page.
    once: dict[float, float] = {}
    values = (
        [once.setdefault(value, value) for value in column.tolist()]
        if column.dtype == np.float64
        else column.tolist()
        for column in columns
    )
    return list(starmap(_LineMeasures, zip(*values, strict=True)))


def _are_over_others(glyphs: Glyphs, starts: Integers) -> Flags:
    """Flag letters drawn over the previous one: in spreadsheets, text may overflow its cell.

    Brackets and stops have blank halves, which programs take away. A sign at the very place of a
    letter strikes it (＝). A mark that combines with the letter before it stands there, too.
    """
    places = np.flatnonzero(glyphs.inked)
    lines = np.searchsorted(starts, places, "right")
    width = np.maximum(glyphs.x1 - glyphs.x0, _NARROW * glyphs.size)[places]
    shared = glyphs.x1[places[:-1]] - glyphs.x0[places[1:]]
    narrower = np.minimum(width[:-1], width[1:])
    covers, strikes = shared > _OVERPRINT * narrower, shared > _BLANK_HALF * narrower
    over = np.zeros(len(glyphs), np.bool_)
    covers &= lines[:-1] == lines[1:]
    for at in np.flatnonzero(covers).tolist():
        both = glyphs.texts[places[at]], glyphs.texts[places[at + 1]]
        letters = [text.isalnum() for text in both]
        covers[at] = all(letters) or (strikes[at] and any(letters) and not combining(both[1][0]))
    over[places[1:]] = covers
    return over


def _find_parted(glyphs: Glyphs, gaps: Floats, wide: Flags) -> Flags:
    """Flag glyphs before which white space may be missing: behind a wide gap, or Latin pairs."""
    latin = glyphs.codes < _ASCII
    parted = wide.copy()
    parted[1:] |= latin[1:] & latin[:-1] & (gaps[1:] > WORD_GAP * glyphs.size[1:])
    parted[1:] &= glyphs.inked[1:] & glyphs.inked[:-1]
    return parted


class LineBuilder:
    """Builds lines from the glyphs of a page."""

    def __init__(self, glyphs: Glyphs, starts: Integers, page: int) -> None:
        """Prepare the lines.

        Args:
            glyphs: All glyphs, line by line, from left to right in each line, white space included.
            starts: The index of the first glyph of each line.
            page: The page's number, from 1.
        """
        self._page, self._glyphs = page, glyphs
        self._x0 = array("d", glyphs.x0.tobytes())
        self._x0.append(0.0)  # of no glyph (see `_characters`)
        gaps = np.zeros(len(glyphs))
        gaps[1:] = glyphs.x0[1:] - glyphs.x1[:-1]
        self._gaps: list[float] = gaps.tolist()
        self._places = [*starts.tolist(), len(glyphs)]
        self._measures = _measure_lines(glyphs, starts)
        self._wide = find_wide_gaps(glyphs)
        self._parted = _find_parted(glyphs, gaps, self._wide)
        self._parted[starts] = False
        odd = np.flatnonzero(self._parted | ~glyphs.inked | (glyphs.codes < 0))
        self._odd: dict[int, list[int]] = defaultdict(list)
        """By line, the glyphs that are not just one character of it, but for its tail."""
        lines = np.searchsorted(starts, odd, "right") - 1
        for place, line in zip(odd.tolist(), lines.tolist(), strict=True):
            if place <= self._measures[line].last:
                self._odd[line].append(place)

    def _without_autospace(self, start: int, last: int, gap: float) -> float:
        """The gap of a line, also where most are at digits and letters (令和7年3月6日).

        Programs set these apart from other characters. Taken for the line's gap, this space would
        look as if the program had stretched the line.
        """
        if gap <= 0:
            return gap
        latin = (self._glyphs.codes[start:last] < _ASCII).tolist()
        pairs = zip(self._gaps[start + 1 : last], latin, latin[1:], strict=False)
        alike = [own for own, before, after in pairs if before == after]
        return _median(alike) if 0 < 2 * len(alike) < last - start else gap

    def build(self, number: int) -> Line | None:
        """Build the line with this number, counted from 0; None if the line has no ink."""
        (start, end), measures = self._places[number : number + 2], self._measures[number]
        last = measures.last + 1
        if not measures.glyphs:
            return None
        gap = _median(self._gaps[start + 1 : last]) if last - start > 1 else 0.0
        texts, edges, owners = self._characters(number, start, last, max(0.0, gap))
        edges[-1] = measures.right
        line = Line(
            text=texts if isinstance(texts, str) else "".join(texts),
            edges=edges,
            gap=self._without_autospace(start, last, gap),
            top=measures.top,
            bottom=measures.bottom,
            size=self._usual_size(start, last, measures),
            page=self._page,
            glyphs=measures.glyphs,
            tail="".join(map(self._as_space, range(last, end))) if last < end else "",
            end=measures.end,
            overprinted=measures.over > self._most_over(measures),
            elements=self._find_elements(start, last),
        )
        if self._glyphs.recognized is None:
            return line
        return self._with_recognition(line, range(start, last), owners)

    def _most_over(self, measures: _LineMeasures) -> float:
        """How many letters lie over others by chance: in a text layer none does."""
        return 0 if self._glyphs.recognized is None else max(1, _OVERPRINTED * measures.glyphs)

    def _find_elements(self, start: int, end: int) -> tuple[int, int]:
        elements = self._glyphs.element
        first, last = int(elements[start]), int(elements[end - 1])
        return (first, last) if first or last else (0, 0)  # one tuple for all such lines

    def _usual_size(self, start: int, end: int, measures: _LineMeasures) -> float:
        if measures.smallest == measures.largest:
            return measures.smallest
        return _median(self._glyphs.size[start:end][self._glyphs.inked[start:end]].tolist())

    def _characters(
        self, number: int, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], MutableSequence[float], Sequence[int]]:
        """The characters, their left edges, and the index of the glyph behind each character.

        Behind the edges is room for the line's right one: an array that grows takes a third more.
        White space that the program only moved over is inserted. Its glyph is the one before it,
        given as the complement of its index (`~index`).
        """
        texts, owners = self._glyphs.texts[start:end], range(start, end)
        lefts = self._x0[start : end + 1]
        odd = self._odd.get(number)
        if odd is None:
            return texts, lefts, owners
        rhythm = 0.0
        if self._wide[start + 1 : end].any():
            rhythm = measure_rhythm(texts, self._gaps[start + 1 : end])
        characters, edges, sources = list(texts), list(lefts), list(owners)
        for place in reversed(odd):  # from the end: what is inserted moves nothing before it
            at = place - start
            own, step = self._split_glyph(place)
            characters[at : at + 1] = own
            edges[at : at + 1] = [self._x0[place] + index * step for index in range(len(own))]
            sources[at : at + 1] = [place] * len(own)
            if self._parted[place] and (space := self._find_space(place, gap, rhythm)):
                characters.insert(at, space)
                edges.insert(at, float(self._glyphs.x1[place - 1]))
                sources.insert(at, ~(place - 1))
        return characters, edges, sources

    def _split_glyph(self, place: int) -> tuple[list[str], float]:
        """The characters of a glyph, and how wide each is, in points."""
        text, size = self._glyphs.texts[place], float(self._glyphs.size[place])
        step = (float(self._glyphs.x1[place]) - self._x0[place]) / max(len(text), 1)
        return [_as_space(character, step, size) for character in text], step

    def _find_space(self, place: int, usual: float, rhythm: float) -> str:
        """The white space that the program only moved over before a glyph; "": there is none."""
        gap, size = self._gaps[place], float(self._glyphs.size[place])
        before, after = self._glyphs.texts[place - 1], self._glyphs.texts[place]
        return find_space(before, after, gap / size, usual / size, rhythm / size)

    def _as_space(self, place: int) -> str:
        glyphs = self._glyphs
        width = float(glyphs.x1[place]) - self._x0[place]
        return _as_space(glyphs.texts[place], width, float(glyphs.size[place]))

    def _with_recognition(self, line: Line, places: range, owners: Sequence[int]) -> Line:
        """Add the repairs, confidences and alternative readings of recognised glyphs to a line."""
        recognized = self._glyphs.recognized or ()
        inked = [recognized[place] for place in places if self._glyphs.inked[place]]
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
