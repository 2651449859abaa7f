"""Physical lines of their glyphs: text, places, and the spaces that were only moved over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Glyphs, Integers
from pipeline.model import Line

# A gap between two Latin glyphs wider than this share of the font size, beyond what separates
# the line's other glyphs, is a word space that the program did not draw. Word spaces are 0.2-0.3
# em in Latin fonts; kerning stays below 0.1.
_WORD_GAP = 0.15
_IDEOGRAPHIC = 0.75  # em; plain spaces are up to half as wide, ideographic ones one
_ASCII = 128  # the code points below it
_OVERPRINT = 0.4  # share of a glyph that another covers; kerning and italics cover less
_OVERPRINTED = 0.1  # share of a line's glyphs


class _Outline(NamedTuple):
    """What numpy tells of a line faster than Python does; of its inked glyphs but for `end`."""

    glyphs: int
    last: int
    """The place of the last; -1 where there is none."""
    top: float
    bottom: float
    right: float
    end: float
    """Right edge of the last glyph, white space included."""
    smallest: float
    largest: float
    """Font size, in points."""
    over: int
    """How many are drawn over the one before."""
    plain: bool
    """Whether each glyph is one character, none of them white space or Latin behind Latin."""


def _outlines(glyphs: Glyphs, starts: Integers) -> list[_Outline]:
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
        ~np.logical_or.reduceat(_are_special(glyphs), starts),
    )
    return list(map(_Outline._make, zip(*(column.tolist() for column in columns), strict=True)))


def _are_over_others(glyphs: Glyphs, starts: Integers) -> Flags:
    """Which glyphs are drawn over the one before: a sheet lets a text run over its cell."""
    places = np.flatnonzero(glyphs.inked)
    lines = np.searchsorted(starts, places, "right")
    width = (glyphs.x1 - glyphs.x0)[places]
    shared = glyphs.x1[places[:-1]] - glyphs.x0[places[1:]]
    covers = shared > _OVERPRINT * np.minimum(width[:-1], width[1:])
    over = np.zeros(len(glyphs), np.bool_)
    over[places[1:]] = covers & (lines[:-1] == lines[1:])
    return over


def _are_special(glyphs: Glyphs) -> Flags:
    """Which glyphs are white space, several characters, or Latin right behind Latin."""
    latin = (glyphs.codes < _ASCII) & glyphs.inked
    special = ~glyphs.inked | (glyphs.codes < 0)
    special[1:] |= latin[1:] & latin[:-1]
    return special


class LineReader:
    """Makes lines of a page's glyphs."""

    def __init__(self, glyphs: Glyphs, starts: Integers, page: int) -> None:
        """Take the glyphs line by line, each line's from left to right.

        Args:
            glyphs: With or without ink.
            starts: The place of the first glyph of each line.
            page: The page's number, from 1.
        """
        self._page, self._texts, self._made = page, glyphs.texts, glyphs.made
        self._inked: list[bool] = glyphs.inked.tolist()
        self._x0, self._x1 = glyphs.x0.tolist(), glyphs.x1.tolist()
        self._size: list[float] = glyphs.size.tolist()
        self._gaps: list[float] = [0.0, *(glyphs.x0[1:] - glyphs.x1[:-1]).tolist()]
        self._places = [*starts.tolist(), len(glyphs)]
        self._outlines = _outlines(glyphs, starts)

    def read(self, number: int) -> Line | None:
        """The line of that number, from 0; None where it has no ink."""
        (start, end), outline = self._places[number : number + 2], self._outlines[number]
        last = outline.last + 1
        if not outline.glyphs:
            return None
        gap = _median(self._gaps[start + 1 : last]) if last - start > 1 else 0.0
        characters = self._characters if not outline.plain else self._plain_characters
        texts, lefts, owners = characters(start, last, max(0.0, gap))
        line = Line(
            text="".join(texts),
            edges=(*lefts, outline.right),
            gap=gap,
            top=outline.top,
            bottom=outline.bottom,
            size=self._usual_size(start, last, outline),
            page=self._page,
            glyphs=outline.glyphs,
            tail="".join([self._white(place) for place in range(last, end)]),
            end=outline.end,
            overprinted=outline.over > 1 and outline.over > _OVERPRINTED * outline.glyphs,
        )
        return line if self._made is None else self._with_doubts(line, range(start, last), owners)

    def _usual_size(self, start: int, end: int, outline: _Outline) -> float:
        if outline.smallest == outline.largest:
            return outline.smallest
        return _median([self._size[place] for place in range(start, end) if self._inked[place]])

    def _plain_characters(
        self, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], Sequence[float], Sequence[int]]:
        """As `_characters`, of a plain line."""
        return self._texts[start:end], self._x0[start:end], range(start, end)

    def _characters(
        self, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], Sequence[float], Sequence[int]]:
        """The characters, their left edges, and the place of the glyph that each is of.

        Word spaces that were only moved over are put in; their glyph is the one before them, its
        place as its complement.
        """
        texts: list[str] = []
        lefts: list[float] = []
        owners: list[int] = []
        for place in range(start, end):
            text, left = self._texts[place], self._x0[place]
            if place > start and self._spaced(place, gap):
                texts.append(" ")
                lefts.append(self._x1[place - 1])
                owners.append(~(place - 1))
            if len(text) == 1:
                texts.append(text if self._inked[place] else self._white(place))
                lefts.append(left)
                owners.append(place)
                continue
            step = (self._x1[place] - left) / max(len(text), 1)
            texts += [_white(character, step, self._size[place]) for character in text]
            lefts += [left + index * step for index in range(len(text))]
            owners += [place] * len(text)
        return texts, lefts, owners

    def _spaced(self, place: int, usual: float) -> bool:
        if self._gaps[place] <= usual + _WORD_GAP * self._size[place]:
            return False
        return _is_latin(self._texts[place - 1][-1:]) and _is_latin(self._texts[place][:1])

    def _white(self, place: int) -> str:
        return _white(self._texts[place], self._x1[place] - self._x0[place], self._size[place])

    def _with_doubts(self, line: Line, places: range, owners: Sequence[int]) -> Line:
        """A line with what its recognised glyphs tell; on a picture nothing is quite sure."""
        made = self._made or ()
        inked = [made[place] for place in places if self._inked[place]]
        line = replace(line, repairs=tuple(repair for glyph in inked for repair in glyph.repairs))
        if all(glyph.confidence == 1.0 for glyph in inked):
            return line
        return replace(
            line,
            confidences=tuple(made[max(place, ~place)].confidence for place in owners),
            alternatives=tuple(made[place].alternatives if place >= 0 else "" for place in owners),
        )


def _median(values: Sequence[float]) -> float:
    """As `statistics.median`, without a look at what kind of numbers there are."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _white(text: str, width: float, size: float) -> str:
    """White space as an ideographic or a plain space, all else as it is.

    Some programs map the blank glyph of a font to U+0020 though the author typed U+3000: its width
    tells them apart.
    """
    if not text.isspace():
        return text
    return "\u3000" if text == "\u3000" or width > _IDEOGRAPHIC * size > 0 else " "


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
