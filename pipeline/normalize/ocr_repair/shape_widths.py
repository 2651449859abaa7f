"""Tell full from half width by shape: in one document, characters of one shape have one width.

A font draws ５ and 5 a little differently, and each always alike. So the 5 that stands alone in a
cell, where the recogniser guesses, has the width of the 5s in the text that look like it: there it
sees the room that they take. How much denser the full-width ones are around its shape than the
half-width ones is added to the recogniser's odds (kernel density estimation).
"""

import re
from collections.abc import Sequence
from itertools import chain
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.normalize.ocr_repair.characters import FieldText, measure_odds, set_width
from pipeline.vocabulary.character_widths import half_form, is_bracket

_MOST = 4.0  # log-odds; judgement: no character is more evidence for others than 55 to 1
_FEW = 0.5  # characters of one shape; judgement: below one, less than what the recogniser saw
_RAREST = 1e-6  # density; judgement: keeps the logarithm finite
# Log-odds by which the recogniser sees a single digit with nothing before it too wide, and the
# share that holds of the rest; measured: fewest widths are wrong, on 14 scans of five annexes.
_TOO_WIDE, _ALONE = 1.5, 0.4
_BETWEEN_KANJI = re.compile("(?<=[ぁ-鿿])[0-9]{3,}(?=[ぁ-鿿])")
_WHITE, _LEAST = 0.08, 4  # em around outer digits, in so many numbers; judgement: Word adds 0.25
_LEAST_SPREAD = 0.004  # width over height; judgement: of equal characters, finely scanned
_BINS = 4  # per spread of shapes; judgement: finer ones change no weight by 2 %


def share_widths(texts: Sequence[FieldText]) -> list[FieldText]:
    """Weigh the width of each recognised digit, letter and bracket by those of its shape."""
    places = [
        (number, index)
        for number, text in enumerate(texts)
        for index, character in enumerate(text)
        if character.shape.aspect
        if (half := half_form(character.text) or "").isalnum() or is_bracket(half) or half == "%"
    ]
    if not places:
        return list(texts)
    characters = [texts[number][index] for number, index in places]
    whites = [
        text[found.start()].room + text[found.end() - 1].room - 2 * text[found.start() + 1].room
        for text in texts
        for found in _BETWEEN_KANJI.finditer("".join(character.text for character in text))
    ]
    spaced = len(whites) >= _LEAST and median(whites) > _WHITE
    alone = np.array([_is_alone(texts[number], index, spaced) for number, index in places])
    weights = np.where(alone, _ALONE, 1.0)
    odds = weights * (np.array([measure_odds(c) for c in characters]) - _TOO_WIDE * alone)
    halves = np.array([half_form(character.text) for character in characters])
    # All digits and capitals of one width stand equally high; Q has a tail, and J in some fonts.
    level = np.char.isdigit(halves) | (np.char.isupper(halves) & ~np.isin(halves, ("J", "Q")))
    kinds = np.where(level, "0", halves)
    full_odds = odds
    for _ in range(2):  # what the first round corrected counts for its own width in the second
        shapes = _compare([c.shape.aspect for c in characters], halves, full_odds, weights)
        rises = _compare([c.shape.rise for c in characters], kinds, full_odds, weights)
        full_odds = odds + shapes + rises
    weighed = [list(text) for text in texts]
    for (number, index), full in zip(places, full_odds.tolist(), strict=True):
        weighed[number][index] = set_width("shape", texts[number][index], full)
    return weighed


def _compare(
    measured: Sequence[float | None],
    groups: NDArray[np.str_],
    odds: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The log-odds of full width that each character's measure adds, compared with its group's.

    An unknown measure says nothing. A character counts for the others what its weight is.
    """
    known = np.array([value is not None for value in measured])
    values = np.array([value or 0.0 for value in measured])
    members = [np.flatnonzero(known & (groups == group)) for group in np.unique(groups[known])]
    parts = [part for own in members for part in (own[odds[own] > 0], own[odds[own] <= 0])]
    deviations = [abs(values[part] - np.median(values[part])) for part in parts if len(part)]
    spread = max(float(np.median([*chain(*deviations)] or 0.0)), _LEAST_SPREAD)
    said = np.zeros(len(values))
    for own in members:
        said[own] = _compare_alike(values[own] / spread, odds[own], weights[own])
    return said


def _compare_alike(
    shapes: NDArray[np.float64], odds: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much likelier each shape is among the other full-width characters than the half-width.

    The shapes are in units of their spread. The answer, in log-odds, is 0 where both widths have
    the same shapes, or none is alike.
    """
    bins = np.round((shapes - shapes.min()) * _BINS).astype(np.int64)
    values, bins = np.unique(bins, return_inverse=True)
    # Both of a pair vary.
    likeness = np.exp(-(((values[:, None] - values[None]) / (2 * _BINS)) ** 2))
    full = 1 / (1 + np.exp(-odds))
    both = np.stack([weights * full, weights * (1 - full)])
    alike = np.stack([(likeness @ np.bincount(bins, own))[bins] for own in both]) - both
    known = alike.sum(axis=0)
    usual = known / weights.sum()
    density = (alike + _FEW * usual) / (both.sum(axis=1)[:, None] + _FEW) + _RAREST
    ratio = np.log(density[0] / density[1]) * known / (known + _FEW)
    return np.asarray(np.clip(ratio, -_MOST, _MOST))


def _is_alone(text: FieldText, index: int, spaced: bool) -> bool:
    """Whether a digit or bracket follows white, nothing or (`spaced`) kanji; no digit follows."""
    line = text[index].line
    before = text[index - 1] if index else None
    first = before is None or before.line != line or before.text.isspace()
    lone = spaced and text[index].text.isdigit() and half_form(text[index - 1].text) is None
    after = text[index + 1] if index + 1 < len(text) else None
    followed = after is not None and after.line == line and half_form(after.text) is not None
    return (first or lone) and not followed and not text[index].text.isalpha()
