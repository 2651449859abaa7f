"""Read lines of vertical type, which lie on their side on the turned page.

The recogniser reads upright characters that follow each other to the right. So a line is cut into
the cells of its characters, an em long each, and set anew. Brackets, ー and Latin words look on the
turned page as they do in level type: they are read as they lie.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine, measure_margin
from pipeline.vocabulary.character_widths import full_form, half_form

# standard: Unicode, UTR 50: what vertical type turns, of what Japanese text has, in half width.
_LATIN = re.compile(r"[A-Za-z0-9()%&@#_:/.,?=+-]")
_LYING = re.compile(r"[「」『』【】〔〕《》ー―—…～〜(){}<>;\[\]A-Za-z0-9%&@#_:/.,?=+-]")
_TURNED = frozenset("→∞∀∮㎝㍊ⅲ")  # what T, 8, EB and others on their side look like
_BARS, _WAVE = "一ー", "～"  # one shape; a wave that lies is mirrored
_LARGER, _INK_HEIGHT = 1.4, 0.92  # em; judgement: figures abreast are as wide as 1.25, and kanji
# Costs of a way to cut a line are minus natural logarithms of odds.
_PLAY, _SIDE = 0.08, 0.3  # em, cost; judgement: lengths of cells vary so, the outer ones at will
# Costs for an em of ink in a cut, and of white; judgement: a stroke costs as a cell 0.1 em off.
_CUT, _BLANK = 10.0, 0.3
_LONGEST, _PLACES = 1.4, 12  # em, places for a cut in an em; judgement: no cell is longer
# Probability; measured: of 130 lines lying, no other type has two letters side by side with more.
_SURE = 0.8
# em; measured: ー, that lies, is 0.08-0.14 thick and 0.77-0.86 long, １ 0.22-0.28 and 0.7-0.76, in
# small type thinner; only － is alone in a cell.
_FLAT, _FIGURE, _BAR = 0.2, 0.3, 0.765
_NARROW = 0.6  # em; judgement: a letter or a figure on its side, or a gap in a word, is no longer
_SMALL = 0.75  # em; judgement: 、, 。 and small kana are smaller than other kana
_ASIDE = 0.1  # em; judgement: twice how far small kana stand off the middle, at the least
_BASE = 0.92  # em from the top; judgement: where 、, 。 and small kana end in level type
_RIGHT = 0.985  # measured: of the characters of four scans that nothing was tried on


class VerticalRecognizer:
    """Reads lines of vertical type with a recogniser of level type."""

    def __init__(self, recognizer: Recognizer, em: float) -> None:
        """Wrap a recogniser, for a page whose type has a size of `em` pixels."""
        self._recognizer, self._em = recognizer, round(em)

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        lying = self._recognizer.read(lines)
        cut = [[*self._cut(line, own)] for line, own in zip(lines, lying, strict=True)]
        upright = self._recognizer.read([_set_anew(cells, self._em) for cells in cut])
        return [tuple(_place_back(*pair, self._em)) for pair in zip(cut, upright, strict=True)]

    def _cut(self, line: InkLine, lying: Sequence[Character]) -> Iterator["_Cell"]:
        size = line.ink_height / _INK_HEIGHT
        em = round(size) if size > _LARGER * self._em else self._em
        ink = line.dark.sum(axis=0) / em
        columns = np.flatnonzero(ink)
        words = [own for own in lying if _LATIN.fullmatch(own.text) and own.confidence > _SURE]
        for one, other in pairwise(words):
            if other.x0 - one.x1 < _NARROW * em:  # a word may be cut anywhere
                ink[int(one.x0) : int(other.x1) + 1] = 0
        cuts = _find_cuts(ink[columns[0] : columns[-1] + 1], em) if len(columns) else []
        for start, end in pairwise(int(columns[0]) + cut for cut in cuts):
            own = [other for other in lying if start <= other.middle < end]
            ends = start > columns[0], end <= columns[-1]
            yield _Cell(start, end, line.image[:, start:end], tuple(own), em, ends)


class _Cell(Struct, frozen=True):
    """A character of a line, or a part of a word, between two columns of pixels."""

    start: int
    end: int
    image: Grey
    lying: tuple[Character, ...]
    """What it reads as it lies."""
    em: int
    goes_on: tuple[bool, bool]
    """Whether the line has ink before it, and behind it."""

    def turn(self, em: int) -> Grey:
        """The character upright in a square of an em."""
        square = np.full((em, em), 255, np.uint8)
        band = np.pad(self.image, ((self.em, self.em), (0, 0)), constant_values=255)
        _, height = self._measure()
        high, length = max(self.em, height), min(band.shape[1], em)  # figures abreast may be wide
        top = (len(band) - high) // 2
        cell = cv2.resize(band[top : top + high], (length, em), interpolation=cv2.INTER_AREA)
        # Of the line's first and last cell white may be missing.
        x = (em - length) * (1 - self.goes_on[0] + self.goes_on[1]) // 2
        square[:, x : x + length] = cell
        upright = np.ascontiguousarray(np.rot90(square, -1))
        x, y, width, height = cv2.boundingRect((upright < 128).astype(np.uint8))
        if 2 * x + width - em <= _ASIDE * em or max(width, height) > _SMALL * em:
            return upright
        # What stands at the right, at the top or below it, is 、, 。 or a small kana.
        left, bottom = (em - width) // 2, round(_BASE * em)
        square[:] = 255
        square[bottom - height : bottom, left : left + width] = upright[y:, x:][:height, :width]
        return square

    def _measure(self) -> tuple[int, int]:
        _, _, width, height = cv2.boundingRect((self.image < 128).astype(np.uint8))
        return width, height

    def choose(self, upright: Sequence[Character]) -> Iterator[Character]:
        """The surer reading, as sure as its odds against the other."""
        width, height = (side / self.em for side in self._measure())
        is_bar = height < _FIGURE and width > _NARROW
        is_figure = is_bar and width < _BAR and any(self.goes_on)  # １, and not ー
        is_dash = is_bar and not is_figure and height < _FLAT
        may_stand = not is_dash and not any(own.text in _TURNED for own in upright)
        spelled = [half_form(own.text) or own.text for own in self.lying]
        may_lie = not is_figure and all(map(_LYING.fullmatch, spelled))
        stand, lie = (
            may * min((own.confidence for own in read), default=0.0)
            for may, read in ((may_stand, upright), (may_lie, self.lying))
        )
        odds = stand / (1 - stand), lie / (1 - lie)
        sure = _RIGHT * max(odds) / (sum(odds) or 1.0)
        for own in self.lying if lie > stand else upright:
            chance, half, space = sure * own.confidence, half_form(own.text) or "", 0.0
            if lie > stand:
                text, space = half if half.isalnum() else own.text, own.space
                text = (_WAVE if height > _FLAT else "ー") if text in _BARS else text
                own = own.read_as("vertical", text)
            elif half.isdigit() and len(upright) == 1:  # in the middle of its em in both widths
                chance /= 2
                form = full_form(own.text) if own.text == half else half
                own = replace(own, others=((form or "", chance), *own.others))
            yield replace(own, confidence=chance, space=space)


def _set_anew(cells: Sequence[_Cell], em: int) -> InkLine:
    """A line of its characters upright, an em each."""
    image = np.hstack([np.full((em, 0), 255, np.uint8), *(cell.turn(em) for cell in cells)])
    image = np.pad(image, measure_margin(em), constant_values=255)
    return InkLine(0, 0, image.shape[1], len(image), image)


def _place_back(
    cells: Sequence[_Cell], reading: Sequence[Character], em: int
) -> Iterator[Character]:
    """The characters where they stand on the line: of each cell the surer reading."""
    for index, cell in enumerate(cells):
        first = measure_margin(em) + index * em
        own = [other for other in reading if first <= other.middle < first + em]
        scale = (cell.end - cell.start) / em
        places = [[cell.start + scale * (x - first) for x in (c.x0, c.x1)] for c in own]
        yield from cell.choose(
            [replace(c, x0=x0, x1=x1) for c, (x0, x1) in zip(own, places, strict=True)]
        )


def _find_cuts(ink: NDArray[np.float64], em: float) -> list[int]:
    """Cut ink, in em for each column, into cells of an em, through the least of it (Viterbi)."""
    bins = np.array_split(np.arange(1, len(ink)), max(round(len(ink) * _PLACES / em), 1))
    places = np.array([0, *(own[np.argmin(ink[own])] for own in bins if len(own)), len(ink)])
    dark, through = np.cumsum([0.0, *ink])[places], _CUT * np.append(ink, 0.0)[places]
    costs, before = np.zeros(len(places)), np.zeros(len(places), np.int_)
    for index in range(1, len(places)):
        nearest = int(np.searchsorted(places, places[index] - _LONGEST * em))
        own = slice(min(nearest, index - 1), index)
        length = (places[index] - places[own]) / em
        is_side = ((places[own] == 0) | (index == len(places) - 1)) & (length < 1)
        whole = np.minimum(((length - 1) / _PLAY) ** 2 / 2, np.where(is_side, _SIDE, np.inf))
        blank = np.where(dark[index] > dark[own], np.inf, _BLANK)
        cost = costs[own] + np.minimum(whole, blank)
        before[index] = own.start + np.argmin(cost)
        costs[index] = cost.min() + through[index]
    cuts = [len(places) - 1]
    while cuts[-1]:
        cuts.append(int(before[cuts[-1]]))
    return [int(place) for place in places[cuts[::-1]]]
