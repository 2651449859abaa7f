"""Choose how to read a page: from its text layer, its picture, or both.

A page that draws text and no pictures is read from its text layer and is not rendered. For all
other pages the question is whether glyphs with Unicode values cover the ink that a reader sees.
"""

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.page_content import Drawing

# Share of the glyphs without Unicode value above which the whole page is recognised; judgement:
# recognition has about as many errors. Below it, only these glyphs are recognised.
_MAX_UNMAPPED = 0.01
# standard: Unicode, blocks of scripts that stand in no Japanese text: between Arabic and
# Devanagari, Ethiopic to Tagbanwa, Mongolian to Phonetic Extensions. Where a program took the glyph
# numbers of a font for characters, の is U+0862 and 年 U+15B9.
_FOREIGN = (0x0700, 0x0900, 0x1200, 0x1780, 0x1800, 0x1E00)
_MIN_COVERED = 0.5  # share of the ink under glyphs; judgement: with less, a page is a scan
# Glyphs of the text layer; judgement: a scan may have a number, a date and an office printed on it.
_MAX_STAMPED = 40
_MAX_UNCOVERED = 0.02  # share of the ink outside glyphs; judgement: a logo or a speck is no text


class Verdict(Struct, frozen=True):
    """How to read a page."""

    source: str
    """`text_layer`, `ocr` or `mixed` (as `Page.source`)."""
    why: str = ""
    """What is wrong with the text layer; "" if nothing is."""
    doubted: bool = False
    """The page has a text layer, but it is not used."""


USE_TEXT_LAYER = Verdict("text_layer")


def choose_source(drawing: Drawing, measure_uncovered_ink: Callable[[], float]) -> Verdict:
    """Choose how to read a page; only if needed it is rendered, and its uncovered ink measured."""
    seen, unmapped = int(drawing.columns.inked.sum()), drawing.columns.unmapped
    if unmapped > _MAX_UNMAPPED * seen:
        why = f"{unmapped} of its {seen} glyphs have no Unicode value"
        return Verdict("ocr", why, doubted=True)
    places = np.searchsorted(_FOREIGN, drawing.columns.codes, "right")
    foreign = int(np.count_nonzero(places % 2))  # behind the beginning of a block, before its end
    if foreign > _MAX_UNMAPPED * seen:
        why = f"{foreign} of its {seen} glyphs are of scripts that stand in no Japanese text"
        return Verdict("ocr", why, doubted=True)
    if unmapped:
        return Verdict("mixed", f"{unmapped} of its glyphs have no Unicode value")
    if not drawing.pictured:
        return USE_TEXT_LAYER
    if not seen and drawing.hidden:
        why = f"all of its {drawing.hidden} glyphs are invisible (an OCR layer)"
        return Verdict("ocr", why, doubted=True)
    if not seen:
        return Verdict("ocr", "it has no text layer")
    uncovered = measure_uncovered_ink()
    why = f"{uncovered:.0%} of its ink is not in its text layer"
    if uncovered > 1 - _MIN_COVERED and seen <= _MAX_STAMPED:
        return Verdict("ocr", why)
    return Verdict("mixed", why) if uncovered > _MAX_UNCOVERED else USE_TEXT_LAYER
