"""Shaped documents, printed by headless Chromium."""

from __future__ import annotations

from pathlib import Path
from random import Random

from ..chromium import prepare, print_html
from ..model import Annex
from .document import ShapedAnnex
from .html import draw_style, write_html

__all__ = ["lay_out", "prepare"]


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the document; returns what the layout is like."""
    assert isinstance(annex, ShapedAnnex)
    style = draw_style(rng)
    print_html(write_html(annex, style), path)
    return f"chromium: {style}"
