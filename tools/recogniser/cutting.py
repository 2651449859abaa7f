"""Cut a line out of its page as a good cutter of lines does, with what else may stand there.

The shares and ranges are judgement, and in em.
"""

from __future__ import annotations

import dataclasses
from random import Random

import numpy as np

from tools.recogniser.faces import EM
from tools.recogniser.look import Look
from tools.recogniser.scripts import BARS
from tools.recogniser.typesetting import BASELINE, Box, SetLine

MARGIN = 0.12 * EM  # pixels; measured: the white that besshi's cutter leaves around the ink
_EM_TOP, _EM_BOTTOM = 32, 96  # pixels; judgement: the em's box in a line's picture


@dataclasses.dataclass(frozen=True, slots=True)
class Cut:
    """A line on its page at 64 pixels an em, and where it is cut."""

    line: SetLine
    """Its ink may hold other ink too."""
    box: Box
    """What is cut; it may reach beyond the picture."""
    content: Box | None = None
    """What the cutter takes for ink, and puts on white; None: the page is left as it is."""
    has_ground: bool = False
    """The line stands on grey."""


def cut_neatly(rng: Random, line: SetLine, look: Look) -> Cut:
    """Cut a line to its ink and a margin, or loosely to its em's box."""
    is_mix = look.level is None
    line = _clip(rng, line) if is_mix and rng.random() < 0.14 else line
    ink = line.box
    if is_mix and rng.random() < 0.3:
        above, below = (rng.uniform(-0.02, 0.3) * EM for _ in range(2))
        before, behind = (rng.uniform(0.02, 0.7) * EM for _ in range(2))
        top, bottom = min(_EM_TOP - above, ink.top - 1), max(_EM_BOTTOM + below, ink.bottom + 1)
        box = Box(ink.left - before, top, ink.right + behind, bottom)
    else:
        margin = MARGIN * (rng.uniform(0.5, 1.6) if is_mix else 1.0)
        height = ink.bottom - ink.top
        high = margin + ((0.9 * EM - height) / 2 if height < 0.3 * EM else 0)  # a ー, a …
        shake = 0.05 * EM if is_mix else 0.0
        a, b, c, d = (m + rng.uniform(-shake, shake) for m in (margin, high, margin, high))
        box = Box(ink.left - a, ink.top - b, ink.right + c, ink.bottom + d)
    if look.level in (None, "bad") and rng.random() < 0.2:
        line = _add_clutter(rng, line, box)
    return Cut(line, box)


def _clip(rng: Random, line: SetLine) -> SetLine:
    """Cut off a little of the line's top or foot, as the edge of its cell does."""
    ink, box = line.ink.copy(), line.box
    if box.bottom - box.top <= 0.55 * EM or BARS & set(line.text):
        return line
    part = int(rng.uniform(0.02, 0.2) * EM)
    if rng.random() < 0.6:
        box = dataclasses.replace(box, top=box.top + part)
        ink[: int(box.top)] = 0
    else:
        box = dataclasses.replace(box, bottom=box.bottom - part)
        ink[int(box.bottom) :] = 0
    return dataclasses.replace(line, ink=ink, box=box)


def _add_clutter(rng: Random, line: SetLine, box: Box) -> SetLine:
    """Add a neighbouring line, an underline, or a ruling at an edge of the cut."""
    ink, kind = line.ink.copy(), rng.random()
    height, width = ink.shape
    if kind < 0.4:
        away = int(EM * rng.uniform(0.92, 1.25))
        other = np.roll(line.ink, rng.randrange(width), axis=1)
        if rng.random() < 0.6:
            ink[:-away] = np.maximum(ink[:-away], other[away:])
        else:
            ink[away:] = np.maximum(ink[away:], other[:-away])
        return dataclasses.replace(line, ink=ink)
    thick, dark = rng.randint(1, 4), rng.randint(120, 255)
    left, right = int(max(box.left, 0)), int(min(box.right, width))
    if kind < 0.6 and rng.random() < 0.4:
        left, right = sorted((rng.randint(left, right), rng.randint(left, right)))
    is_before = rng.random() < 0.5
    if kind < 0.8:
        at = int(box.top) + rng.randint(0, 4) if is_before else int(box.bottom) - rng.randint(1, 6)
        y = BASELINE + rng.randint(5, 12) if kind < 0.6 else at
        y = min(max(y, 0), height - 5)
        place = ink[y : y + thick, left:right]
    else:
        x = int(box.left) + rng.randint(0, 5) if is_before else int(box.right) - rng.randint(1, 7)
        x = min(max(x, 0), width - 5)
        place = ink[:, x : x + thick]
    np.maximum(place, dark, out=place)
    return dataclasses.replace(line, ink=ink)
