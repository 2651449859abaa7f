"""Tell full from half width by shape: on one page, characters of one shape have one width.

A font draws ５ and 5 a little differently, and each always alike, to some thousandths of an em. So
the 5 that stands alone in a cell, of which the recogniser is in doubt, has the width of the other
5s that look like it. The mean of their log-odds is added to its own (kernel regression).
"""

from collections import defaultdict
from collections.abc import Sequence
from math import hypot, log

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import set_width
from pipeline.vocabulary.character_widths import full_form, half_form, is_bracket

# em by which the inks of one form differ in print; measured: on 40 scanned pages, 0.002-0.008.
_PRINTED_ALIKE = 0.0045
# Pixels by which a scan makes them differ besides; measured: on these pages, fewest widths are
# wrong with 0.1-0.15.
_SCANNED_ALIKE = 0.1
_MOST = 4.0  # log-odds; judgement: no character is more evidence for others than 55 to 1
# Characters of equal shape; judgement: below one, they say less than what the recogniser saw.
_FEW = 0.5
_LEAST = 1e-4  # probability; judgement: of a form that the recogniser did not offer

_Place = tuple[int, int]
"""A line, and a character in it."""


def share_widths(
    lines: Sequence[Sequence[Character]], judged: Sequence[Sequence[Character]], em: float
) -> list[list[Character]]:
    """Weigh the width of each digit, letter and bracket by those of its shape.

    Args:
        lines: The lines of one page, as the recogniser saw their widths.
        judged: The same lines, with widths that make each line consistent.
        em: The size of the page's type, in pixels.

    Returns:
        `lines`, with the probabilities of both widths changed. Other characters are unchanged.
    """
    places: dict[str, list[_Place]] = defaultdict(list)
    for number, line in enumerate(lines):
        for index, character in enumerate(line):
            half = half_form(character.text)
            if half and (half.isalnum() or is_bracket(half)):
                places[half].append((number, index))
    weighed = [list(line) for line in lines]
    for half, own in places.items():
        seen, others = ([part[n][i] for n, i in own] for part in (lines, judged))
        likeness = _compare_shapes(seen, em)
        shared = np.clip(_list_odds(others, half), -_MOST, _MOST)
        mean = likeness @ shared / (likeness.sum(axis=1) + _FEW)
        odds = _list_odds(seen, half) + mean
        for (number, index), full in zip(own, odds.tolist(), strict=True):
            weighed[number][index] = set_width(lines[number][index], full)
    return weighed


def _compare_shapes(characters: Sequence[Character], em: float) -> NDArray[np.float64]:
    """How alike the inks of each two characters are, 0-1; 0 for a character and itself."""
    shapes = np.array([(c.x1 - c.x0, c.bottom - c.top) for c in characters]) / em
    distances = ((shapes[:, None] - shapes[None]) ** 2).sum(axis=2)
    spread = hypot(_PRINTED_ALIKE, _SCANNED_ALIKE / em)
    likeness = np.exp(-distances / (4 * spread**2))  # both of a pair vary
    np.fill_diagonal(likeness, 0)
    return np.asarray(likeness)


def _list_odds(characters: Sequence[Character], half: str) -> NDArray[np.float64]:
    """The log-odds of full width of each character."""
    full = full_form(half) or half
    return np.array(
        [
            log(max(c.probability_of(full), _LEAST) / max(c.probability_of(half), _LEAST))
            for c in characters
        ]
    )
