"""Where each recognised character stands: the model's steps, made exact by the ink.

The model answers in steps of a sixth of an em and is right about where a character's middle is
to a tenth. Between two middles the ink is parted where it is thinnest. Ink that is left without
a character is one that the model passed over (※, ■ and ・ at a line's start): it is then asked
what it would have been.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.image.run_lengths import find_runs

_INK = 0.45  # share of black; as in `ink.py`
_LEAST_INK = 0.06  # em; a run of ink that is narrower both ways is dirt
_FAR = 0.6  # em between a run of ink and the middle of the character it may belong to
_GAP = 0.12  # em of white inside one character; between the strokes of 川 and い it is less
_FINE = 36  # pixels of a line's height from which every stroke is thicker than one
_HEARD = 0.001  # chance from which what the model passed over is believed: ink stands there


@dataclass(frozen=True, slots=True)
class Peak:
    """A step of the model's answer."""

    x: float
    """Its middle, in pixels of the line's image."""
    readings: tuple[tuple[str, float], ...]
    """What it may be and how likely, likeliest first; "" is nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A character's ink, in pixels of the line's image."""

    x0: float
    top: float
    x1: float
    bottom: float
    readings: tuple[tuple[str, float], ...]


def place(peaks: Sequence[Peak], hints: Sequence[Peak], image: Grey) -> list[Spot]:
    """Find the ink of each character.

    Args:
        peaks: Where the model sees characters, from left to right.
        hints: Where it sees none, with what it might have seen.
        image: The line, dark on white.
    """
    darkness = 1 - image.astype(np.float32) / np.float32(255)
    dark = darkness > _INK
    ink = np.count_nonzero(dark, axis=0)
    peaks = sorted(
        [*peaks, *_passed_over(peaks, hints, ink, _height(dark))], key=lambda peak: peak.x
    )
    middles = [peak.x for peak in peaks]
    cuts = [0, *(_cut(ink, a, b) for a, b in itertools.pairwise(middles)), len(ink)]
    return [
        Spot(*_extent(darkness, start, end, peak.x), peak.readings)
        for peak, start, end in zip(peaks, cuts, cuts[1:], strict=False)
    ]


def _height(dark: NDArray[np.bool_]) -> float:
    """The height of a line's ink: nearly an em where it holds a kanji or two kana."""
    rows = np.flatnonzero(dark.any(axis=1))
    return float(rows[-1] - rows[0] + 1) if len(rows) else float(len(dark))


def _cut(ink: NDArray[np.int_], left: float, right: float) -> int:
    """The column between two characters' middles with the least ink, the nearest to halfway."""
    start, end = int(left) + 1, max(int(right), int(left) + 2)
    columns = np.arange(start, min(end, len(ink)))
    if not len(columns):
        return min(start, len(ink))
    middle, reach = (left + right) / 2, max(right - left, 1.0)
    cost = ink[columns] + np.abs(columns + 0.5 - middle) / reach
    return int(columns[np.argmin(cost)])


def _extent(
    darkness: NDArray[np.float32], start: int, end: int, middle: float
) -> tuple[float, float, float, float]:
    """The box of the ink between two cuts; where there is none, nothing at the middle."""
    held = darkness[:, start:end]
    least = 2 if len(held) > _FINE else 1  # a lone pixel is a neighbour's edge, or noise
    columns = np.flatnonzero(np.count_nonzero(held > _INK, axis=0) >= least)
    rows = np.flatnonzero(np.count_nonzero(held > _INK, axis=1) >= least)
    if not len(columns) or not len(rows):
        return middle, len(held) / 2, middle, len(held) / 2
    across, down = held.max(axis=0), held.max(axis=1)
    left, right = _edges(across, int(columns[0]), int(columns[-1]))
    top, bottom = _edges(down, int(rows[0]), int(rows[-1]))
    return start + left, top, start + right, bottom


def _edges(profile: NDArray[np.float32], first: int, last: int) -> tuple[float, float]:
    """Where a profile of darkness rises over the ink's and falls below it, between pixels."""
    before = float(profile[first - 1]) if first else 0.0
    behind = float(profile[last + 1]) if last + 1 < len(profile) else 0.0
    left = first + 0.5 - _share(float(profile[first]), before)
    return left, last + 0.5 + _share(float(profile[last]), behind)


def _share(inside: float, outside: float) -> float:
    """How far behind an inner pixel's middle the darkness falls to the ink's least, 0-1."""
    if outside > _INK or inside <= _INK:
        return 0.5
    return (inside - _INK) / (inside - outside)


def _passed_over(
    peaks: Sequence[Peak], hints: Sequence[Peak], ink: NDArray[np.int_], em: float
) -> Iterator[Peak]:
    """What the model would have seen where there is ink far from all it saw."""
    for start, end in find_runs(ink > 0, _GAP * em):
        middle = (start + end) / 2
        alone = all(abs(peak.x - middle) > _FAR * em for peak in peaks)
        if not alone or max(end - start, ink[start:end].max()) < _LEAST_INK * em:
            continue
        near = [hint for hint in hints if start - _GAP * em <= hint.x <= end + _GAP * em]
        # A part of a character that stands apart is heard as that character once more.
        beside = {peak.readings[0][0] for peak in peaks if abs(peak.x - middle) < 1.5 * em}
        readings = sorted(
            (
                (text, chance)
                for hint in near
                for text, chance in hint.readings
                if text.strip() and chance > _HEARD and text not in beside
            ),
            key=lambda reading: -reading[1],
        )
        if readings:
            yield Peak(middle, tuple(dict(reversed(readings)).items())[::-1])
