"""Two pages of writer on each sheet of paper."""

from __future__ import annotations

from pathlib import Path
from random import Random

from ..model import Annex, Laid
from .two_up import lay_out_with


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Lay the annex out, two pages a sheet."""
    return lay_out_with("writer", annex, rng, path)
