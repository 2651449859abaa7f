"""Measure the space between the lines of a text: a wider one parts records without rulings."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from pipeline.model import TableRow

# Em beyond the usual leading; judgement: programs add more between rows, justified text less.
_GAP = 0.4
_EVEN = 0.1  # em; judgement: a program sets the lines of one text this evenly
_STEP = 0.2  # em; judgement: a program adds more between rows
LEAST_EVEN = 3  # gaps; judgement: two may be alike by chance


class Leading(Struct, frozen=True):
    """The space between two lines of a text, in points."""

    usual: float
    most: float
    """A wider space is none between two lines of a text."""


def measure_leading(row: TableRow) -> Leading | None:
    """Measure the space between the lines of the cells; None: no cell has two lines."""
    lines = [part.lines for field in row.fields for part in field.parts]
    gaps = sorted(b.top - a.bottom for part in lines for a, b in pairwise(part))
    if not gaps:
        return None
    size = median(line.size for part in lines for line in part)
    even = _find_even(gaps, size)
    if even:
        return Leading(median(even), even[-1] + _EVEN * size)
    return Leading(median(gaps), median(gaps) + _GAP * size)


def _find_even(gaps: Sequence[float], size: float) -> Sequence[float]:
    """Find the smallest gaps, if they are all alike and the next one is clearly wider.

    Most gaps are those between rows where most texts have one line.
    """
    steps = (i for i, (a, b) in enumerate(pairwise(gaps), 1) if b - a > _STEP * size)
    even = gaps[: next(steps, 0)]
    alike = len(even) >= LEAST_EVEN and even[-1] - even[0] <= _EVEN * size
    return even if alike else ()
