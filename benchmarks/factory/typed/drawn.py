"""Typed tables through reportlab: one string a line."""

from __future__ import annotations

from pathlib import Path
from random import Random

from ..fonts import MONOSPACED, monospaced_families, truetype_families
from ..marks import Mark, Text, register_font, write_pages
from ..model import Annex, Laid
from .page import type_annex, widen
from .setting import MARGIN, draw_setting


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex to a PDF; returns what the layout is like."""
    setting = draw_setting(rng, monospaced_families() or truetype_families())
    family, size = setting.family, setting.size
    annex = annex if family in MONOSPACED else annex.mapped(widen)
    typed = type_annex(annex, rng, setting.style)
    register_font(family)
    pages: list[list[Mark]] = [
        [
            Text(MARGIN, MARGIN + (row + 1) * size * setting.pitch, line, family, size)
            for row, line in enumerate(lines)
            if line
        ]
        for lines in typed.pages
    ]
    write_pages(path, setting.width, setting.height, pages)
    return Laid(str(setting), annex=annex, shown=(typed.rulings,))
