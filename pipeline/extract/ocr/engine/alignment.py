"""Locate each recognised character: the ink makes the positions of the model exact.

The model answers in steps of a sixth of an em, and its middles of characters are right to a tenth
of an em. Between two middles the ink is cut where it is thinnest. Ink without a character is one
that the model missed (※, ■ and ・ at a line's start). Its reading is then taken from the less
likely answers of the model.
"""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs

_INK = 0.45  # share of black; judgement: the same as in `image/binarize.py`
# Share of the height of a line's picture; judgement: a dash alone is lower than its type.
_LOWEST = 0.6
_MIN_INK = 0.06  # em; judgement: a run of ink that is smaller in both directions is dirt
# em between a run of ink and the middle of the character that it may belong to; judgement: a
# little more than half a character.
_MAX_DISTANCE = 0.6
# em of white inside one character; judgement: between the strokes of 川 and い it is less.
_MAX_INNER_GAP = 0.12
# Pixels of a line's height; judgement: from here on every stroke is thicker than one pixel.
_FINE = 36
# Probability from which a missed reading is accepted; judgement: low, since there is ink.
_MIN_MISSED_PROBABILITY = 0.001
_MAX_CONFIDENCE = 0.9999  # judgement: just below 1.0, which means text from a text layer
# em; judgement: a detached part of a character lies within one and a half characters of it.
_PART_DISTANCE = 1.5


class Peak(Struct, frozen=True):
    """One step of the model's answer."""

    x: float
    """The middle of the step, in pixels of the line's image."""
    readings: tuple[tuple[str, float], ...]
    """Possible readings and their probabilities, likeliest first; "" means no character."""
    space: float = 0.0
    """The probability that white space stands before it, as the model sees it."""


def align_to_ink(peaks: Sequence[Peak], hints: Sequence[Peak], image: Grey) -> list[Character]:
    """Make the characters of the steps, each with the box of its ink.

    Args:
        peaks: The steps in which the model sees a character, from left to right.
        hints: The steps in which it sees none, with their less likely readings.
        image: The line, dark on white.
    """
    darkness = 1 - image.astype(np.float32) / np.float32(255)
    dark = darkness > _INK
    ink = np.count_nonzero(dark, axis=0)
    peaks = sorted(
        [*peaks, *_find_missed(peaks, hints, ink, _ink_height(dark))], key=lambda peak: peak.x
    )
    middles = [peak.x for peak in peaks]
    cuts = [0, *(_find_cut(ink, a, b) for a, b in itertools.pairwise(middles)), len(ink)]
    return [
        _make_character(peak, *_find_ink_box(darkness, start, end, peak.x))
        for peak, start, end in zip(peaks, cuts, cuts[1:], strict=False)
    ]


def _make_character(peak: Peak, x0: float, top: float, x1: float, bottom: float) -> Character:
    (text, probability), *others = peak.readings
    confidence, shape = min(probability, _MAX_CONFIDENCE), (x1 - x0) / max(bottom - top, 1.0)
    return Character(
        text, x0, top, x1, bottom, confidence, tuple(others), space=peak.space, shape=shape
    )


def _ink_height(dark: NDArray[np.bool_]) -> float:
    """The height of a line's ink: nearly one em if it contains a kanji or two kana."""
    rows = np.flatnonzero(dark.any(axis=1))
    return max(float(np.ptp(rows)) + 1 if len(rows) else 0.0, _LOWEST * len(dark))


def _find_cut(ink: NDArray[np.int_], left: float, right: float) -> int:
    """The column with the least ink between two characters' middles, closest to halfway."""
    start, end = int(left) + 1, max(int(right), int(left) + 2)
    columns = np.arange(start, min(end, len(ink)))
    if not len(columns):
        return min(start, len(ink))
    middle, reach = (left + right) / 2, max(right - left, 1.0)
    cost = ink[columns] + np.abs(columns + 0.5 - middle) / reach
    return int(columns[np.argmin(cost)])


def _find_ink_box(
    darkness: NDArray[np.float32], start: int, end: int, middle: float
) -> tuple[float, float, float, float]:
    """The box of the ink between two cuts; without ink, an empty box at the middle."""
    part = darkness[:, start:end]
    least = 2 if len(part) > _FINE else 1  # a single pixel is a neighbour's edge, or noise
    columns = np.flatnonzero(np.count_nonzero(part > _INK, axis=0) >= least)
    rows = np.flatnonzero(np.count_nonzero(part > _INK, axis=1) >= least)
    if not len(columns) or not len(rows):
        return middle, len(part) / 2, middle, len(part) / 2
    across, down = part.max(axis=0), part.max(axis=1)
    left, right = _find_edges(across, int(columns[0]), int(columns[-1]))
    top, bottom = _find_edges(down, int(rows[0]), int(rows[-1]))
    return start + left, top, start + right, bottom


def _find_edges(profile: NDArray[np.float32], first: int, last: int) -> tuple[float, float]:
    """Where a darkness profile rises above the limit of ink and falls below it, in subpixels."""
    before = float(profile[first - 1]) if first else 0.0
    behind = float(profile[last + 1]) if last + 1 < len(profile) else 0.0
    left = first + 0.5 - _subpixel_share(float(profile[first]), before)
    return left, last + 0.5 + _subpixel_share(float(profile[last]), behind)


def _subpixel_share(inside: float, outside: float) -> float:
    """How far beyond an inner pixel's middle the darkness falls below the limit of ink, 0-1."""
    if outside > _INK or inside <= _INK:
        return 0.5
    return (inside - _INK) / (inside - outside)


def _find_missed(
    peaks: Sequence[Peak], hints: Sequence[Peak], ink: NDArray[np.int_], em: float
) -> Iterator[Peak]:
    """Yield readings for ink that is far from every character that the model saw."""
    for start, end in find_runs(ink > 0, _MAX_INNER_GAP * em):
        middle = (start + end) / 2
        alone = all(abs(peak.x - middle) > _MAX_DISTANCE * em for peak in peaks)
        if not alone or max(end - start, ink[start:end].max()) < _MIN_INK * em:
            continue
        near = [
            hint
            for hint in hints
            if start - _MAX_INNER_GAP * em <= hint.x <= end + _MAX_INNER_GAP * em
        ]
        # The model would read a detached part of a character as the same character again.
        reach = _PART_DISTANCE * em
        beside = {peak.readings[0][0] for peak in peaks if abs(peak.x - middle) < reach}
        readings = sorted(
            (
                (text, chance)
                for hint in near
                for text, chance in hint.readings
                if text.strip() and chance > _MIN_MISSED_PROBABILITY and text not in beside
            ),
            key=lambda reading: -reading[1],
        )
        if readings:
            yield Peak(middle, tuple(dict(reversed(readings)).items())[::-1])
