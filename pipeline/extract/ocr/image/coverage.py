"""Measure how much of a page's ink its glyphs cover."""

import numpy as np

from pipeline.extract.ocr.image.binarize import drop_rulings, find_ink, whiten
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.pdf.page_content import Drawing

_MAX_OVERHANG = 0.15  # em; judgement: how far a glyph's ink may reach outside its box


def measure_uncovered_ink(picture: Picture, drawing: Drawing) -> float:
    """The share of a page's ink that no glyph covers, 0-1; rulings and fills do not count."""
    upright = np.ascontiguousarray(np.rot90(picture.image, drawing.turn // 90))
    ink = find_ink(whiten(upright, picture.resolution))
    drop_rulings(ink, picture.resolution)
    total = np.count_nonzero(ink)
    for glyph in drawing.glyphs:
        overhang, box = _MAX_OVERHANG * glyph.size, glyph.box
        x0, top = (
            round((box.x0 - overhang) * picture.scale),
            round((box.top - overhang) * picture.scale),
        )
        x1, bottom = (box.x1 + overhang) * picture.scale, (box.bottom + overhang) * picture.scale
        ink[max(top, 0) : round(bottom) + 1, max(x0, 0) : round(x1) + 1] = 0
    return np.count_nonzero(ink) / total if total else 0.0
