"""One physical line of its glyphs: its text, where it stands, the spaces only moved over."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from pipeline.extract.glyphs import Flags, Glyphs
from pipeline.model import Line

# A gap between two Latin glyphs wider than this share of the font size, beyond what separates
# the line's other glyphs, is a word space that the program did not draw. Word spaces are 0.2-0.3
# em in Latin fonts; kerning stays below 0.1.
_WORD_GAP = 0.15
_IDEOGRAPHIC = 0.75  # em; plain spaces are up to half as wide, ideographic ones one
_OVERPRINT = 0.4  # share of a glyph that another covers; kerning and italics cover less
_OVERPRINTED = 0.1  # share of a line's glyphs


class LineReader:
    """Makes lines of glyphs; what can be told of all of a page's glyphs at once is told first."""

    def __init__(self, glyphs: Glyphs, page: int) -> None:
        """Take the glyphs line by line, each line's from left to right."""
        self._page, self._made = page, glyphs.made
        inked = glyphs.inked
        self._texts = glyphs.texts
        self._inked: list[bool] = inked.tolist()
        self._special: list[bool] = _are_special(glyphs, inked).tolist()
        self._over: list[bool] = _are_over_others(glyphs, inked).tolist()
        self._gaps: list[float] = [0.0, *(glyphs.x0[1:] - glyphs.x1[:-1]).tolist()]
        self._x0, self._x1 = glyphs.x0.tolist(), glyphs.x1.tolist()
        self._top, self._bottom = glyphs.top.tolist(), glyphs.bottom.tolist()
        self._size = glyphs.size.tolist()

    def read(self, start: int, end: int) -> Line | None:
        """The line from one place to another; None where it has no ink."""
        inked = [place for place in range(start, end) if self._inked[place]]
        if not inked:
            return None
        last = inked[-1] + 1
        gap = median(self._gaps[start + 1 : last]) if last - start > 1 else 0.0
        texts, lefts, owners = self._characters(start, last, max(0.0, gap))
        over = sum(self._over[inked[0] + 1 : last])
        line = Line(
            text="".join(texts),
            edges=(*lefts, max([self._x1[place] for place in inked])),
            gap=gap,
            top=min([self._top[place] for place in inked]),
            bottom=max([self._bottom[place] for place in inked]),
            size=median([self._size[place] for place in inked]),
            page=self._page,
            glyphs=len(inked),
            tail="".join(
                _white(self._texts[place], self._x1[place] - self._x0[place], self._size[place])
                for place in range(last, end)
            ),
            end=max(self._x1[start:end]),
            overprinted=over > 1 and over > _OVERPRINTED * len(inked),
        )
        return line if self._made is None else self._with_doubts(line, inked, owners)

    def _characters(
        self, start: int, end: int, gap: float
    ) -> tuple[Sequence[str], Sequence[float], Sequence[int]]:
        """The characters, their left edges, and the place of the glyph that each is of.

        Word spaces that were only moved over are put in; their glyph is the one before them, its
        place as its complement.
        """
        if not any(self._special[start:end]):
            return self._texts[start:end], self._x0[start:end], range(start, end)
        texts: list[str] = []
        lefts: list[float] = []
        owners: list[int] = []
        for place in range(start, end):
            text, x0, size = self._texts[place], self._x0[place], self._size[place]
            if place > start and self._spaced(place, gap):
                texts.append(" ")
                lefts.append(self._x1[place - 1])
                owners.append(~(place - 1))
            step = (self._x1[place] - x0) / max(len(text), 1)
            texts += [_white(character, step, size) for character in text]
            lefts += [x0 + index * step for index in range(len(text))]
            owners += [place] * len(text)
        return texts, lefts, owners

    def _spaced(self, place: int, usual: float) -> bool:
        if not (_is_latin(self._texts[place - 1][-1:]) and _is_latin(self._texts[place][:1])):
            return False
        return self._gaps[place] > usual + _WORD_GAP * self._size[place]

    def _with_doubts(self, line: Line, inked: Sequence[int], owners: Sequence[int]) -> Line:
        """A line with what its recognised glyphs tell; on a picture nothing is quite sure."""
        made = self._made or ()
        line = replace(line, repairs=tuple(r for place in inked for r in made[place].repairs))
        if all(made[place].confidence == 1.0 for place in inked):
            return line
        return replace(
            line,
            sure=tuple(made[max(place, ~place)].confidence for place in owners),
            others=tuple(made[place].others if place >= 0 else "" for place in owners),
        )


def _are_special(glyphs: Glyphs, inked: Flags) -> Flags:
    """Which glyphs are white space, several characters, or Latin right behind Latin."""
    latin = np.fromiter(map(str.isascii, glyphs.texts), np.bool_, len(glyphs)) & inked
    special = ~inked | (np.fromiter(map(len, glyphs.texts), np.int64, len(glyphs)) != 1)
    special[1:] |= latin[1:] & latin[:-1]
    return special


def _are_over_others(glyphs: Glyphs, inked: Flags) -> Flags:
    """Which glyphs are drawn over the one before: a sheet lets a text run over its cell."""
    places = np.flatnonzero(inked)
    width = (glyphs.x1 - glyphs.x0)[places]
    shared = glyphs.x1[places[:-1]] - glyphs.x0[places[1:]]
    over = np.zeros(len(glyphs), np.bool_)
    over[places[1:]] = shared > _OVERPRINT * np.minimum(width[:-1], width[1:])
    return over


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
