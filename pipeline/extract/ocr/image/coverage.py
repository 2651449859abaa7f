"""Measure how much of a page's ink its glyphs cover."""

from collections.abc import Iterable

import numpy as np

from pipeline.extract.ocr.image.binarize import drop_rulings, find_ink, whiten
from pipeline.extract.ocr.image.components import Mask
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import Glyph

_MAX_OVERHANG = 0.15  # em; judgement: how far a glyph's ink may reach outside its box


def measure_uncovered_ink(picture: Picture, drawing: Drawing) -> float:
    """The share of a page's ink that no glyph covers, 0-1; rulings and fills do not count."""
    upright = np.ascontiguousarray(np.rot90(picture.image, drawing.turn // 90))
    ink = find_ink(whiten(upright, picture.resolution))
    drop_rulings(ink, picture.resolution)
    return share_uncovered(ink, picture, drawing.glyphs, _MAX_OVERHANG)


def share_uncovered(
    ink: Mask, picture: Picture, glyphs: Iterable[Glyph], overhang: float = 0.0
) -> float:
    """The share of an upright picture's ink that no glyph covers, 0-1; the overhang is in em."""
    uncovered = ink > 0
    total = int(np.count_nonzero(uncovered))  # a number of NumPy cannot be written
    for glyph in glyphs:
        if glyph.text.strip():
            uncovered[picture.cut(glyph.box, overhang * glyph.size)] = False
    return int(np.count_nonzero(uncovered)) / total if total else 0.0
