"""Log-odds (natural logarithm): from which one decides alone, many to probabilities at once."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SETTLED = 4.0  # log-odds from which a witness decides alone; judgement: 50 to 1
_LIMIT = 30.0  # log-odds; judgement: beyond it a probability is 0 or 1 to 13 digits


def probabilities(odds: Floats) -> Floats:
    """The probability of each of many log-odds, 0-1; beyond ±30 that of ±30."""
    shares: Floats = 1 / (1 + np.exp(-np.clip(odds, -_LIMIT, _LIMIT)))
    return shares
