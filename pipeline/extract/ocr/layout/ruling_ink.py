"""The ink on a ruling and beside it: strokes of type in a row look like a ruling, but for these."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.image.components import Mask
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling, transpose

BESIDE = 0.12  # em; judgement: so far a ruling has white beside it, but where others meet it
# Share of a ruling's length with ink right beside it; judgement: strokes of neighbouring kanji in
# one row have 0.4-0.9, rulings below 0.05, and underlines that type reaches down to below 0.3.
TOUCHED = 0.35
_APART = 0.4  # em; judgement: the dots of a broken ruling are nearer, and cells pad their type so
_DOTS = 16  # in a row; judgement: strokes of type are even by chance, four of them or five
_GO_ON = 0.5  # share of a row's height; judgement: steps between lines of type are no dots'
_EVEN = 0.75  # share of the steps from dot to dot; judgement: type that touches dots hides others

_Columns = NDArray[np.bool_]


def measure_ink_share(ruling: PixelRuling, faint: Mask) -> float:
    """The share of a ruling's length that has ink."""
    return float(_find_inked(ruling, faint).mean())


def measure_pitch(ruling: PixelRuling, faint: Mask) -> int:
    """The step from dot to dot of a dotted ruling in pixels; 0 of strokes of type, and of lines."""
    steps = np.diff([start for start, _ in find_runs(_find_inked(ruling, faint))])
    pitch = int(np.median(steps)) if len(steps) >= _DOTS else 0
    return pitch if (abs(steps - pitch) <= max(pitch / 4, 1)).sum() > _EVEN * len(steps) else 0


def follow_dots(
    upright: PixelRuling, levels: Sequence[PixelRuling], turned: Mask, em: float
) -> list[PixelRuling]:
    """An upright ruling, and of a dotted one its dots in the other rows between level rulings.

    A low row has too few to be found alone, and an arrow across a ruling cuts it.

    Args:
        turned: The ink, with rows and columns exchanged.
    """
    ruling, pitch = transpose(upright), upright.pitch
    across = [r.top for r in levels if r.x0 < upright.x1 and upright.x0 < r.x1 and pitch]
    column = replace(ruling, x0=0, x1=turned.shape[1])
    over, under = _find_beside(column, turned, em)
    clear = _find_inked(column, turned) & ~over & ~under
    spans, head = [(ruling.x0, ruling.x1)], list[int]()
    for top in sorted(across)[:1]:  # no level ruling shows where the open head of a table begins
        head = [start for start, end in find_runs(clear[:top], pitch)[-1:] if end > top - pitch]
    for x0, x1 in pairwise(sorted({*head, *across, *spans[0]})):
        dots = [start for start, _ in find_runs(clear[x0:x1])]
        even = int((abs(np.diff(dots) - pitch) <= max(pitch / 4, 1)).sum())
        white = np.diff([0, *dots, x1 - x0]).max() - pitch
        if even and white < em and (even + 1) * pitch > _GO_ON * (x1 - x0):
            spans.append((x0, x1))
    found = list[PixelRuling]()
    for x0, x1 in sorted(spans):
        joined = found.pop() if found and x0 <= found[-1].x1 else replace(ruling, x0=x0, x1=x1)
        found.append(replace(joined, x1=max(x1, joined.x1)))
    return [transpose(one) for one in found]


def measure_surroundings(ruling: PixelRuling, ink: Mask, em: float) -> tuple[float, float, float]:
    """The shares of a ruling's length that have ink right beside it, right above and below it."""
    over, under = _find_beside(ruling, ink, em)
    return float((over | under).mean()), float(over.mean()), float(under.mean())


def _find_beside(ruling: PixelRuling, ink: Mask, em: float) -> tuple[_Columns, _Columns]:
    """For each column of pixels, whether there is ink right above a ruling, and right below it."""
    edge, beside = max(round(BESIDE * em / 2), 1), max(round(BESIDE * em), 2)
    columns = ink[:, ruling.x0 : ruling.x1]
    above = columns[max(ruling.top - edge - beside, 0) : max(ruling.top - edge, 0)]
    below = columns[ruling.bottom + edge : ruling.bottom + edge + beside]
    return np.asarray(above.any(axis=0), np.bool_), np.asarray(below.any(axis=0), np.bool_)


def cut_type_off(ruling: PixelRuling, ink: Mask, faint: Mask, em: float) -> PixelRuling:
    """A level ruling without the strokes of type at its height that stand before and behind it.

    Between pieces of a ruling, gaps are closed: so is the padding of the cell beside which a row
    ends, and the strokes of a kanji there would make the row go on.
    """
    pieces = [
        replace(ruling, x0=ruling.x0 + start, x1=ruling.x0 + end)
        for start, end in find_runs(_find_inked(ruling, faint), _APART * em)
    ]
    drawn = [one for one in pieces if measure_surroundings(one, ink, em)[0] < TOUCHED]
    if len(drawn) in (0, len(pieces)):
        return ruling
    return replace(ruling, x0=drawn[0].x0, x1=drawn[-1].x1)


def _find_inked(ruling: PixelRuling, faint: Mask) -> _Columns:
    """For each column of pixels, whether the ruling has ink there."""
    inside = faint[max(ruling.top - 1, 0) : ruling.bottom + 1, ruling.x0 : ruling.x1]
    return np.asarray(inside.any(axis=0), np.bool_)
