"""How a line is to look."""

from __future__ import annotations

import dataclasses
import math
from random import Random

LEVELS = ("clean", "200", "bad", "bw")
"""Of a test: as printed, a grey scan at 200 dpi, a bad one, a black-and-white one."""
# Pixels an em of a test's lines; standard: 10 points are 28 pixels at 200 dpi and 42 at 300 dpi.
_EM_AT_200, _EM_AT_300 = (17, 29), (25, 42)
_EM = (15, 52)  # pixels an em of training; judgement: from 6 points at 200 dpi to 12 at 300
# The damage of each level, 0-1; judgement: where in the mix of training it lies.
_DAMAGE = (("clean", 0.2), ("200", 0.6), ("bad", 0.97), ("bw", 0.8))


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """How much lines are spoilt."""

    level: str | None = None
    """One of `LEVELS`; None: a mix of all there is."""
    mild: float = 0.0
    """Share of the mix that is spoilt little."""
    badly_cut: float = 0.0
    """Share of the mix that is cut badly, or stands on a ground."""

    def draw_em(self, rng: Random) -> float:
        """Pixels an em of one line."""
        if self.level is None:
            return math.exp(rng.uniform(*map(math.log, _EM)))
        return rng.uniform(*(_EM_AT_200 if self.level == "200" else _EM_AT_300))

    def draw_damage(self, rng: Random) -> float:
        """How much one line is spoilt, 0-1."""
        if self.level is not None:
            return dict(_DAMAGE)[self.level]
        return rng.random() * (0.45 if rng.random() < self.mild else 1.0)
