"""Cut a line of vertical type, which lies on its side, into the cells of its characters.

A cell is an em long. Brackets, ー and Latin words look on the turned page as they do in level type:
the recogniser sees them before anything is turned.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import prod
from statistics import fmean

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.vocabulary.character_widths import half_form

# standard: Unicode, UTR 50: what vertical type turns, of what Japanese text has.
_LYING = frozenset("（）＜＞「」『』【】〔〕［］｛｝《》ー―—…～〜＝－：；")
_BRACKETS = frozenset("（）「」『』【】〔〕()")  # nothing that stands upright looks like them
_LATIN = re.compile(r"[A-Za-z0-9()%&@#_:/.,?=+-]")
_WIDE = "MWmw@%"  # on their side as long as kanji
_COLONS = frozenset("：:；;")  # on their side shorter than what stands upright
_TALL = 75  # percentile of the heights of characters; judgement: that of kanji
# em; judgement: the height of the ink of a line of kanji, how far that of other type is from it,
# and the lowest type: lower ink than furigana's is a dash or dots.
_INK_HEIGHT, _OTHER_SIZE, _LOWEST_TYPE = 0.92, 0.2, 0.36
# Costs of a way to cut a line, as minus natural logarithms of odds.
_PLAY = 0.08  # em; judgement: the lengths of cells vary by so much
_SIDE = 0.3  # cost; judgement: the first and the last cell may be as short as their ink
_HALF, _HALF_PLAY = 2.5, 0.06  # cost, em; judgement: few marks are set in half a cell
_CUT = 10.0  # cost for an em of ink in a cut; judgement: a stroke costs as a cell 0.1 em off
_BLANK = 0.3  # cost; judgement: white space has any length, and none inside a character
_LONGEST, _PLACES = 1.4, 12  # em, places for a cut in an em; judgement: no cell is longer
_SURE = 0.8  # probability; measured: of 130 lines lying, no other type has two letters with it
_SURE_BRACKET = 0.9  # probability; judgement: some kanji have a part that looks like one
# em; measured: ー, that lies, is 0.08-0.14 thick and 0.77-0.86 long, １ 0.22-0.28 and 0.7-0.76, in
# small type thinner; only － is alone in a cell.
FLAT, _FIGURE, _BAR = 0.2, 0.3, 0.765
_NARROW = 0.6  # em; judgement: a letter or a figure on its side, or a gap in a word, is no longer


class Cell(Struct, frozen=True):
    """The room of a character along its line, in pixels."""

    start: int
    end: int
    lies: bool = False
    form: float = 0.0
    """The probability that it is a character that lies, as the lying line reads."""
    sure: float = 1.0
    """The probability that it lies as it should."""


def cut_cells(line: InkLine, lying: Sequence[Character], em: float) -> tuple[list[Cell], float]:
    """Cut a line with ink; return its cells, and the size of its type in pixels.

    `lying` is what the recogniser sees where nothing is turned, `em` the size of the page's type.
    """
    x0, _, width, _ = cv2.boundingRect(line.dark.astype(np.uint8))
    # Figures abreast may be wider than an em.
    parts = np.array_split(line.dark[:, x0 : x0 + width], max(round(width / em), 1), axis=1)
    heights = [cv2.boundingRect(part.astype(np.uint8))[3] for part in parts]
    size = float(np.percentile(heights, _TALL)) / _INK_HEIGHT
    is_figure = width < _LONGEST * em and size < em  # it lies low
    is_known = is_figure or abs(size - em) < _OTHER_SIZE * em or size < _LOWEST_TYPE * em
    own = em if is_known else size
    ink, end, cells = line.dark.sum(axis=0) / own, x0 + width, list[Cell]()
    for word in [*_find_lying(lying, own), Cell(end, end)]:
        if word.start > x0:
            cuts = [x0 + cut for cut in _find_cuts(ink[x0 : word.start], own)]
            cells += (_weigh(Cell(a, b), line, lying, own) for a, b in pairwise(cuts))
        if word.end > max(word.start, x0):
            cells.append(replace(word, start=max(word.start, x0)))
        x0 = max(x0, word.end)
    return cells, own


def _weigh(cell: Cell, line: InkLine, lying: Sequence[Character], em: float) -> Cell:
    """Say how likely a cell lies as it is in level type."""
    own = [character for character in lying if cell.start <= character.middle < cell.end]
    dark = line.dark[:, cell.start : cell.end]
    _, _, width, height = cv2.boundingRect(dark.astype(np.uint8))
    if 0 < height < FLAT * em and width > _NARROW * em:
        is_alone = np.count_nonzero(dark) == np.count_nonzero(line.dark)
        return replace(cell, lies=bool(is_alone or width > _BAR * em), form=1.0)
    if width < _FIGURE * em and any(character.text in _COLONS for character in own):
        return replace(cell, lies=True, form=1.0)
    if not own or (_NARROW * em < width < _BAR * em and height < _FIGURE * em):
        return cell
    return replace(cell, form=prod(_measure_lying(character, em) for character in own))


def _measure_lying(own: Character, em: float) -> float:
    """The probability that a character lies as it does in level type."""
    is_narrow = own.text in _WIDE or own.x1 - own.x0 < _NARROW * em
    readings = ((own.text, own.confidence), *own.others)
    fits = (p for text, p in readings if text in _LYING or (is_narrow and may_lie(text)))
    return max(fits, default=0.0)


def may_lie(text: str) -> bool:
    """Whether a character lies in vertical type: a bracket, a bar, or what is Latin."""
    return text in _LYING or bool(_LATIN.fullmatch(half_form(text) or text))


def _find_lying(lying: Sequence[Character], em: float) -> Iterator[Cell]:
    """Find brackets, Latin words and numbers on their side."""
    runs: list[list[Character]] = [[]]
    for own in lying:
        is_bracket = own.text in _BRACKETS and own.confidence > _SURE_BRACKET
        lies = is_bracket or (bool(_LATIN.fullmatch(own.text)) and own.confidence > _SURE)
        if not lies or not runs[-1] or own.x0 - runs[-1][-1].x1 > _NARROW * em:
            runs.append([])
        if lies:
            runs[-1].append(own)
    for run in filter(None, runs):
        sure, is_bracket = fmean(own.confidence for own in run), run[0].text in _BRACKETS
        if is_bracket or (len(run) > 1 and sure > _SURE):
            # What the lying line does not show as a character counts for the one beside it.
            first, last = (em * (1.0 if c.text in _WIDE else _NARROW) for c in (run[0], run[-1]))
            start, end = max(run[0].x0, run[0].x1 - first), min(run[-1].x1, run[-1].x0 + last)
            yield Cell(int(start), int(np.ceil(end)), lies=True, form=1.0 if is_bracket else sure)


def _find_cuts(ink: NDArray[np.float64], em: float) -> list[int]:
    """Cut a part of a line into cells of an em, through as little ink as can be (Viterbi).

    `ink` is the ink of each column, in em.
    """
    bins = np.array_split(np.arange(1, len(ink)), max(round(len(ink) * _PLACES / em), 1))
    lightest = (int(own[np.argmin(ink[own])]) for own in bins if len(own))
    places = np.array([0, *lightest, len(ink)])
    dark, through = np.cumsum([0.0, *ink])[places], _CUT * np.append(ink, 0.0)[places]
    costs, before = np.zeros(len(places)), np.zeros(len(places), np.int_)
    for index in range(1, len(places)):
        nearest = int(np.searchsorted(places, places[index] - _LONGEST * em))
        own = slice(min(nearest, index - 1), index)
        length = (places[index] - places[own]) / em
        whole = ((length - 1) / _PLAY) ** 2 / 2
        is_side = ((places[own] == 0) | (index == len(places) - 1)) & (length < 1)
        whole = np.where(is_side, np.minimum(whole, _SIDE), whole)
        half = _HALF + ((length - 0.5) / _HALF_PLAY) ** 2 / 2
        blank = np.where(dark[index] > dark[own], np.inf, _BLANK)
        cost = costs[own] + np.minimum(np.minimum(whole, half), blank)
        before[index] = own.start + np.argmin(cost)
        costs[index] = cost.min() + through[index]
    cuts = [len(places) - 1]
    while cuts[-1]:
        cuts.append(int(before[cuts[-1]]))
    return [int(place) for place in places[cuts[::-1]]]
