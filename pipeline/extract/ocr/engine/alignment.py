"""Locate each recognised character: the ink makes the positions of the model exact.

The model answers in steps of a sixth of an em, and its middles of characters are right to a tenth
of an em. Between two middles the ink is cut where it is thinnest.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.binarize import INK
from pipeline.extract.ocr.image.page_image import Grey

_FINE = 36  # pixels of a line's height; judgement: from here on strokes are thicker than a pixel
_MAX_CONFIDENCE = 0.9999  # judgement: just below 1.0, which means text from a text layer


class Peak(Struct, frozen=True):
    """A step of the model's answer in which it sees a character."""

    x: float
    """The middle of the step, in pixels of the line's image."""
    readings: tuple[tuple[str, float], ...]
    """Possible readings and their probabilities, likeliest first."""
    space: float = 0.0
    """The probability that white space stands before it, as the model sees it."""


def align_to_ink(peaks: Sequence[Peak], image: Grey) -> list[Character]:
    """Make the characters of a dark line on white from its steps, each with the box of its ink."""
    if not peaks:
        return []
    darkness = 1 - image.astype(np.float32) / np.float32(255)
    dark = darkness > INK
    ink = dark.sum(axis=0)
    middles = [peak.x for peak in peaks]
    cuts = [0, *(_find_cut(ink, a, b) for a, b in itertools.pairwise(middles)), len(ink)]
    starts = np.minimum(cuts[:-1], len(ink) - 1)
    least = 2 if len(image) > _FINE else 1  # a single pixel is a neighbour's edge, or noise
    across, columns = darkness.max(axis=0), ink >= least
    down = np.maximum.reduceat(darkness, starts, axis=1).T
    counts = np.add.reduceat(dark, starts, axis=1, dtype=np.int32).T
    characters = []
    for peak, start, end, profile, count in zip(peaks, cuts, cuts[1:], down, counts, strict=False):
        width = _find_edges(across[start:end], columns[start:end])
        height = _find_edges(profile, count >= least)
        # Without ink, an empty box at the middle.
        x0, x1 = (start + side for side in width) if width and height else (peak.x, peak.x)
        top, bottom = height if width and height else (len(image) / 2, len(image) / 2)
        (text, probability), *others = peak.readings
        confidence, shape = min(probability, _MAX_CONFIDENCE), (x1 - x0) / max(bottom - top, 1.0)
        box = x0, top, x1, bottom
        characters.append(
            Character(text, *box, confidence, tuple(others), space=peak.space, shape=shape)
        )
    return characters


def _find_cut(ink: NDArray[np.int_], left: float, right: float) -> int:
    """The column with the least ink between two characters' middles, closest to halfway."""
    start, end = int(left) + 1, max(int(right), int(left) + 2)
    columns = np.arange(start, min(end, len(ink)))
    if not len(columns):
        return min(start, len(ink))
    middle, reach = (left + right) / 2, max(right - left, 1.0)
    cost = ink[columns] + np.abs(columns + 0.5 - middle) / reach
    return int(columns[np.argmin(cost)])


def _find_edges(
    profile: NDArray[np.float32], inked: NDArray[np.bool_]
) -> tuple[float, float] | None:
    """Where a darkness profile rises above the limit of ink and falls below it, in subpixels."""
    places = np.flatnonzero(inked)
    if not len(places):
        return None
    first, last = int(places[0]), int(places[-1])
    before = float(profile[first - 1]) if first else 0.0
    behind = float(profile[last + 1]) if last + 1 < len(profile) else 0.0
    left = first + 0.5 - _subpixel_share(float(profile[first]), before)
    return left, last + 0.5 + _subpixel_share(float(profile[last]), behind)


def _subpixel_share(inside: float, outside: float) -> float:
    """How far beyond an inner pixel's middle the darkness falls below the limit of ink, 0-1."""
    if outside > INK or inside <= INK:
        return 0.5
    return (inside - INK) / (inside - outside)
