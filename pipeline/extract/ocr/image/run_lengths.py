"""Find runs of ink without a break, along a row or down a column."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.components import Mask


def find_runs(
    has_ink: NDArray[np.bool_], gap: float = 0.0, shortest: float = 0.0
) -> list[tuple[int, int]]:
    """Find start and end of each run of True, in pixels; breaks up to a gap do not end a run."""
    inked = np.flatnonzero(has_ink)
    if not len(inked):
        return []
    breaks = np.flatnonzero(np.diff(inked) > gap + 1)
    starts, ends = inked[np.append(0, breaks + 1)], inked[np.append(breaks, -1)] + 1
    long = ends - starts >= shortest
    return list(zip(starts[long].tolist(), ends[long].tolist(), strict=True))


def keep_long(ink: Mask, shortest: float, gap: float = 0.0) -> Mask:
    """Keep the level runs of ink of a least length; breaks up to a gap are closed (in pixels).

    OpenCV does the same, but takes time for the length, and an even one shifts the result.
    """
    # The white behind each row ends its last run.
    rows = cv2.copyMakeBorder(ink, 0, 0, 0, int(gap) + 1, cv2.BORDER_CONSTANT, value=(0,))
    kept = np.zeros(rows.shape, np.uint8)
    for start, end in find_runs(rows.ravel() > 0, gap, shortest):
        kept.ravel()[start:end] = 255
    return kept[:, : ink.shape[1]]
