"""The paper and the type in which an annex is typed, for the engines that print text."""

from __future__ import annotations

import dataclasses
from random import Random

from ..fonts import MONOSPACED, families
from ..model import LayoutError
from ..sheet import PAPERS
from .page import Style, draw_style

SIZES = (7.0, 8.0, 9.0, 10.0, 10.5, 12.0)
MARGIN = 42.0
"""Points."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """Lengths in points."""

    width: float
    height: float
    family: str
    size: float
    pitch: float
    """From one line to the next, in sizes."""
    style: Style

    def __str__(self) -> str:
        return f"{self.style}, {self.family} {self.size:g} pt, pitch {self.pitch:g}"


def draw_setting(rng: Random, known: tuple[str, ...]) -> Setting:
    """A sheet of text.

    Args:
        rng: What it is drawn from.
        known: The families to choose from.
    """
    width, height = PAPERS["A4"] if rng.random() < 0.5 else PAPERS["A4"][::-1]
    size, pitch = rng.choice(SIZES), rng.choice((1.0, 1.0, 1.2, 1.5, 1.75))
    family = rng.choice(known)
    places, lines = int((width - 2 * MARGIN) / size * 2), int((height - 2 * MARGIN) / size / pitch)
    style = draw_style(rng, places, lines - 1, halves=family in MONOSPACED)
    return Setting(width, height, family, size, pitch, style)


def installed_monospaced() -> tuple[str, ...]:
    """The families for engines that ask fontconfig.

    Raises:
        LayoutError: There is none.
    """
    known = tuple(name for name in families() if name in MONOSPACED)
    if not known:
        raise LayoutError("no monospaced Japanese family is installed")
    return known
