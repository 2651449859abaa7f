"""Find runs of ink without a break, along a row or down a column."""

import numpy as np
from numpy.typing import NDArray


def find_runs(has_ink: NDArray[np.bool_], gap: float = 0.0) -> list[tuple[int, int]]:
    """Find the start and the end of each run of True.

    Args:
        has_ink: True where there is ink.
        gap: Breaks up to this width, in pixels, do not end a run.
    """
    inked = np.flatnonzero(has_ink)
    if not len(inked):
        return []
    breaks = np.flatnonzero(np.diff(inked) > gap + 1)
    starts, ends = inked[np.append(0, breaks + 1)], inked[np.append(breaks, -1)] + 1
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
