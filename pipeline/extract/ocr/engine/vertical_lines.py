"""Read lines of vertical type, which lie on their side on the turned page.

The recogniser reads upright characters that follow each other to the right. So a line is cut into
the cells of its characters, an em long each, and set anew. Brackets, ー and Latin words look on the
turned page as they do in level type: they are read as they lie.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import category

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine, measure_margin
from pipeline.vocabulary.character_widths import half_form

# standard: Unicode, UTR 50: what vertical type turns, of what Japanese text has.
_LYING = frozenset("（）＜＞「」『』【】〔〕［］｛｝《》ー―—…～〜＝－：；")
_BRACKETS = "（）「」『』【】〔〕()"  # nothing that stands upright looks like them
_LATIN = re.compile(r"[A-Za-z0-9()%&@#_:/.,?=+-]")
_BARS, _WAVE = "一ー", "～"  # one shape; a wave that lies is mirrored
_COLONS = "：:；;"
_WIDE = "MWmw@%"  # on their side as long as kanji
_STOPS = "。．"  # standard: JIS X 4051, any other mark at the top right is 、
# Percentile of the heights of characters, em; judgement: those of the ink of kanji, and of a line
# of larger type.
_TALL, _INK_HEIGHT, _LARGER = 75, 0.92, 1.2
# Costs of a way to cut a line are minus natural logarithms of odds.
_PLAY, _SIDE = 0.08, 0.3  # em, cost; judgement: lengths of cells vary so, the outer ones at will
# Costs for an em of ink in a cut, and of white; judgement: a stroke costs as a cell 0.1 em off.
_CUT, _BLANK = 10.0, 0.3
_LONGEST, _PLACES = 1.4, 12  # em, places for a cut in an em; judgement: no cell is longer
# Probability of letters of a word, how many of it must have it, and of the others; measured: of 130
# lines lying, no other type has two sure letters.
_SURE, _SURE_LETTERS, _LIKELY = 0.8, 2, 0.5
_SURE_BRACKET = 0.9  # probability; judgement: some kanji have a part that looks like one
# em; measured: ー, that lies, is 0.08-0.14 thick and 0.77-0.86 long, １ 0.22-0.28 and 0.7-0.76, in
# small type thinner; only － is alone in a cell.
_FLAT, _FIGURE, _BAR = 0.2, 0.3, 0.765
_NARROW = 0.6  # em; judgement: a letter or a figure on its side, or a gap in a word, is no longer
_MARK, _SMALL_KANA = 0.45, 0.75  # em; judgement: 、 and 。 are smaller than kana such as っ
_ASIDE = 0.1  # em; judgement: twice how far small kana stand off the middle, at the least
_BASE = 0.92  # em from the top; judgement: where 、, 。 and small kana end in level type
_FULL = 0.75  # judgement: authors type three of four single figures in full width
_RIGHT = 0.985  # measured: of the characters of four scans that nothing was tried on
_LOST = 0.6  # judgement: of the confidence of what does not fit its cell; less would make dots dirt


class VerticalRecognizer:
    """Reads lines of vertical type with a recogniser of level type."""

    def __init__(self, recognizer: Recognizer, em: float) -> None:
        """Wrap a recogniser, for a page whose type has a size of `em` pixels."""
        self._recognizer, self._em = recognizer, float(em)

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        inked = [line for line in lines if line.dark.any()]
        lying = [[*map(_as_latin, own)] for own in self._recognizer.read(inked)]
        cut = [_CutLine(*pair, self._em) for pair in zip(inked, lying, strict=True)]
        upright = self._recognizer.read([line.anew for line in cut])
        read = (tuple(line.place_back(own)) for line, own in zip(cut, upright, strict=True))
        return [next(read) if line.dark.any() else () for line in lines]


class _CutLine:
    """A line with ink, cut into cells; `lying` is what it reads where nothing is turned."""

    def __init__(self, line: InkLine, lying: Sequence[Character], em: float) -> None:
        self._dark = dark = line.dark.astype(np.uint8)
        x0, top, width, height = cv2.boundingRect(dark)
        parts = np.array_split(dark[:, x0 : x0 + width], max(round(width / em), 1), axis=1)
        size = np.percentile([cv2.boundingRect(p)[3] for p in parts], _TALL) / _INK_HEIGHT
        self._em = em = max(round(float(size) if size > _LARGER * em else em), 4)
        self._words = [*_find_words(lying, em)]
        self._cells = [*self._cut(x0, x0 + width)]
        self._boxes = [cv2.boundingRect(dark[:, start:end]) for start, end in self._cells]
        self._lying = [[c for c in lying if a <= c.middle < b] for a, b in self._cells]
        self._lies = [self._lies_surely(i) for i in range(len(self._cells))]
        band = np.pad(line.image, ((em, em), (0, 0)), constant_values=255)
        middle = em + round(top + height / 2)
        set_cells = (self._set(band, middle, i) for i in range(len(self._cells)))
        squares, self._marks = zip(*set_cells, strict=True)
        image = np.pad(np.hstack(squares), measure_margin(em), constant_values=255)
        self.anew = InkLine(0, 0, image.shape[1], len(image), image)
        """Its cells upright, an em each; white where what lies stands."""

    def place_back(self, reading: Sequence[Character]) -> Iterator[Character]:
        """The characters where they stand on the line: of each cell the surer reading."""
        upright: list[list[Character]] = [[] for _ in self._cells]
        margin, em = measure_margin(self._em), self._em
        for own in reading:
            index = min(max(int((own.middle - margin) / em), 0), len(upright) - 1)
            start, end = self._cells[index]
            x0, x1 = (start + (end - start) * ((x - margin) / em - index) for x in (own.x0, own.x1))
            upright[index].append(replace(own, x0=x0, x1=x1))
        chosen = [[*self._choose(index, own)] for index, own in enumerate(upright)]
        lost = [not own and box[3] > 0 for own, box in zip(chosen, self._boxes, strict=True)]
        for index, characters in enumerate(chosen):
            sure = _RIGHT * (_LOST if any(lost[max(index - 1, 0) : index + 2]) else 1.0)
            yield from (replace(own, confidence=sure * own.confidence) for own in characters)

    def _choose(self, index: int, upright: Sequence[Character]) -> Iterator[Character]:
        """The surer reading of a cell, as sure as its odds against the other."""
        lying, (_, _, width, height) = self._lying[index], self._boxes[index]
        # １ and Ⅰ on their side look like bars that are too short.
        is_figure = _NARROW < width / self._em < _BAR and height < _FIGURE * self._em
        # ∞ is an 8 on its side, ㎝ a 5.
        odd = any(category(own.text[0]) == "Sm" or "㌀" <= own.text <= "㏿" for own in upright)
        stand = 0.0 if odd else min((own.confidence for own in upright), default=0.0)
        lie = min((own.confidence * self._may_lie(own) for own in lying), default=0.0)
        odds = stand / (1 - stand), 0.0 if is_figure else lie / (1 - lie)
        lies = self._lies[index] or odds[1] > odds[0]
        sure = 1.0 if self._lies[index] or not any(odds) else max(odds) / sum(odds)
        for number, own in enumerate(lying if lies else upright):
            half, text = half_form(own.text), self._spell(index, own.text, lies)
            fits = lies or len(upright) == 1 or own.text.isascii() or own.text.isdigit()
            chance = sure * own.confidence * (1.0 if fits else _LOST)
            if not lies and half and half.isdigit() and len(upright) == 1:
                # No room or shape tells its width.
                own = replace(own, others=((half, (1 - _FULL) * chance), *own.others), shape=0.0)
                chance *= _FULL
            space = own.space if lies or not number else 0.0  # none within figures abreast
            yield replace(own.read_as("vertical", text), confidence=chance, space=space)

    def _may_lie(self, own: Character) -> bool:
        is_latin = bool(_LATIN.fullmatch(half_form(own.text) or own.text))
        is_narrow = own.text in _WIDE or own.x1 - own.x0 < _NARROW * self._em
        return own.text in _LYING or (is_latin and is_narrow)

    def _spell(self, index: int, text: str, lies: bool) -> str:
        """What a reading of a cell is in vertical type."""
        half, (_, _, width, height) = half_form(text), self._boxes[index]
        if self._marks[index]:
            return text if text in _STOPS else "、"
        if text in _BARS and width > height:  # the way that it lies tells what its shape does not
            return _WAVE if lies and height > _FLAT * self._em else "ー"
        return half if lies and half and half.isalnum() else text

    def _cut(self, x0: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut the line: words as they lie, what is between into ems."""
        for start, after in [*self._words, (end, end)]:
            if start > x0:
                ink = self._dark[:, x0:start].sum(axis=0) / self._em
                yield from pairwise(x0 + cut for cut in _find_cuts(ink, self._em))
            if after > max(start, x0):
                yield max(start, x0), after
            x0 = max(x0, after)

    def _lies_surely(self, index: int) -> bool:
        """Whether it is a word, a bar, or a colon, which is shorter than what stands upright."""
        em, (start, end), (_, _, width, height) = self._em, self._cells[index], self._boxes[index]
        if 0 < height < _FLAT * em and width > _NARROW * em:
            is_alone = not self._dark[:, :start].any() and not self._dark[:, end:].any()
            return is_alone or width > _BAR * em
        is_colon = any(own.text in _COLONS for own in self._lying[index])
        return any(end == last for _, last in self._words) or (width < _FIGURE * em and is_colon)

    def _set(self, band: Grey, middle: int, index: int) -> tuple[Grey, bool]:
        """A cell upright in a square, and whether it holds 、 or 。 at its top right."""
        em, (start, end), high = self._em, self._cells[index], self._boxes[index][3]
        square = np.full((em, em), 255, np.uint8)
        if self._lies[index] or not high:
            return square, False
        high = max(em, high)  # figures abreast may be wider than an em
        length, top = min(end - start, em), middle - high // 2
        cell = cv2.resize(
            band[top : top + high, start:end], (length, em), interpolation=cv2.INTER_AREA
        )
        # Of the line's first and last cell white may be missing.
        x = (em - length) * (1 - (index > 0) + (index < len(self._cells) - 1)) // 2
        square[:, x : x + length] = cell
        upright = np.ascontiguousarray(np.rot90(square, -1))
        x, y, width, height = cv2.boundingRect((upright < 128).astype(np.uint8))
        off, size = 2 * x + width - em, max(width, height)
        if off <= _ASIDE * em or size > _SMALL_KANA * em:
            return upright, False
        is_mark = size < _MARK * em and em - 2 * y - height > _ASIDE * em
        # 、 and 。 stand at the top right, in level type at the bottom left; small kana at the
        # right, in level type below the middle.
        left, bottom = em - x - width if is_mark else (em - width) // 2, round(_BASE * em)
        square[:] = 255
        square[bottom - height : bottom, left : left + width] = upright[y:, x:][:height, :width]
        return square, is_mark


def _as_latin(own: Character) -> Character:
    """Read a letter as the Latin one that looks like it: Greek and Cyrillic ones are rare."""
    readings = ((own.text, own.confidence), *own.others)
    latin = next((text for text, _ in readings if _LATIN.fullmatch(text)), None)
    alike = sum(p for text, p in readings if text == latin or "Ͱ" <= text <= "ӿ")
    is_likelier = latin and alike > own.confidence
    return replace(own, text=latin, confidence=min(alike, _RIGHT)) if is_likelier else own


def _find_words(lying: Sequence[Character], em: float) -> Iterator[tuple[int, int]]:
    """Find brackets, Latin words and numbers on their side."""
    runs: list[list[Character]] = [[]]
    for own in lying:
        is_bracket = own.text in _BRACKETS and own.confidence > _SURE_BRACKET
        lies = is_bracket or (bool(_LATIN.fullmatch(own.text)) and own.confidence > _LIKELY)
        if not lies or not runs[-1] or own.x0 - runs[-1][-1].x1 > _NARROW * em:
            runs.append([])
        if lies:
            runs[-1].append(own)
    for run in runs:
        sure = [own for own in run if own.confidence > _SURE]
        brackets = [[own] for own in sure if own.text in _BRACKETS]
        ends = [run.index(own) for own in (*sure[:1], *sure[-1:])]
        words = [run[ends[0] : ends[1] + 1]] if len(sure) >= _SURE_LETTERS else brackets
        for word in words:
            # What the lying line does not show as a character counts for the one beside it.
            first, last = (em * (1.0 if c.text in _WIDE else _NARROW) for c in (word[0], word[-1]))
            start, end = max(word[0].x0, word[0].x1 - first), min(word[-1].x1, word[-1].x0 + last)
            yield int(start), int(np.ceil(end))


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
