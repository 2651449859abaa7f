"""Shaped documents, typed into LibreOffice Writer and printed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from .. import office
from ..model import Annex
from .document import ShapedAnnex
from .html import draw_style, write_html


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the document; returns what the layout is like."""
    assert isinstance(annex, ShapedAnnex)
    style = draw_style(rng)
    with tempfile.TemporaryDirectory(prefix="factory-shaped-") as folder:
        source = Path(folder) / "annex.html"
        source.write_text(write_html(annex, style), encoding="utf-8")
        typed = Path(folder) / "annex.odt"
        office.convert(source, typed)
        office.convert(typed, path)
    return f"writer: {style}"
