"""Choose how to read a page: from its text layer, its picture, or both.

A page that draws text and no pictures is read from its text layer and is not rendered. For all
other pages the question is whether glyphs with Unicode values cover the ink that a reader sees.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from msgspec import Struct

from pipeline.extract.pdf.glyphs import Flags, Integers, read_codes
from pipeline.extract.pdf.page_content import Drawing

# Share of the glyphs without Unicode value above which the whole page is recognised; judgement:
# recognition has about as many errors. Below it, only these glyphs are recognised.
_MAX_UNMAPPED = 0.01
# standard: Unicode, blocks of scripts that stand in no Japanese text: between Arabic and
# Devanagari, Ethiopic to Tagbanwa, Mongolian to Phonetic Extensions. Where a program took the glyph
# numbers of a font for characters, の is U+0862 and 年 U+15B9.
_FOREIGN = (0x0700, 0x0900, 0x1200, 0x1780, 0x1800, 0x1E00)
# Share of the glyphs that no author types above which the whole page is recognised; judgement: a
# list of names may have some, and of a wrong map's ideographs half are such.
_MAX_UNTYPED = 0.05
_IDEOGRAPHS = range(0x4E00, 0xA000)  # standard: Unicode, block CJK Unified Ideographs
# standard: Unicode, the control codes behind ASCII; bytes of a text in UTF-8, each as a character.
_CONTROLS = range(0x80, 0xA0)
# standard: Unicode, block Private Use Area, but for its last part, where symbol fonts have their
# signs.
_PRIVATE = range(0xE000, 0xF000)
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
    codes = drawing.columns.codes
    places = np.searchsorted(_FOREIGN, codes, "right")
    foreign = int(np.count_nonzero(places % 2))  # behind the beginning of a block, before its end
    if foreign > _MAX_UNMAPPED * seen:
        why = f"{foreign} of its {seen} glyphs are of scripts that stand in no Japanese text"
        return Verdict("ocr", why, doubted=True)
    untyped = int(_are_untyped(codes).sum())
    for place in np.flatnonzero(codes < 0).tolist():
        text = drawing.columns.texts[place]
        untyped += bool(text) and bool(_are_untyped(read_codes(text)).any())
    if untyped > _MAX_UNTYPED * seen:
        why = f"{untyped} of its {seen} glyphs are characters that no author types"
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


def _are_untyped(codes: Integers) -> Flags:
    flags: Flags = _find_untyped()[np.clip(codes, 0, _PRIVATE.stop)]
    return flags


@cache
def _find_untyped() -> Flags:
    """Flag control codes, those of private use, and ideographs neither of Japan nor of China.

    A map that is off by some codes makes such ideographs of those that an author typed.
    """
    untyped = np.zeros(_PRIVATE.stop + 1, np.bool_)
    untyped[_CONTROLS.start : _CONTROLS.stop] = True
    untyped[_PRIVATE.start : _PRIVATE.stop] = True
    untyped[_IDEOGRAPHS.start : _IDEOGRAPHS.stop] = True
    ideographs = "".join(map(chr, _IDEOGRAPHS))
    for charset in ("euc_jis_2004", "gb2312"):
        untyped[read_codes(ideographs.encode(charset, "ignore").decode(charset))] = False
    return untyped
