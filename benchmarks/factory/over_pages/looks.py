"""The looks of this family: those of `drawn`, but for what it cannot show right."""

from __future__ import annotations

import dataclasses
from random import Random

from ..drawn import Style, draw_style
from ..line_breaking import RULES
from ..model import Annex


def draw_plain_style(rng: Random, annex: Annex) -> Style:
    """A look without hanging stops: in narrow columns these would stand in the next cell."""
    style = draw_style(rng, annex)
    if RULES[style.rule].hanging:
        return dataclasses.replace(style, rule="strict")
    return style
