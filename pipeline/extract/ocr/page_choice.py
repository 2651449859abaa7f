"""How a page is to be read: its text layer, its picture, or both.

A page that draws its text and no pictures is read as it is, without a look. All others are looked
at: what counts is whether the ink that a reader sees is covered by glyphs that say what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract.pdf.page_content import Drawing

_UNMAPPED = 0.01  # share of the glyphs: recognition errs about as often. Fewer are read alone
_COVERED = 0.5  # share of the ink under glyphs
_STAMPED = 40  # glyphs; a scan may have a number, a date and an office put on it
_BESIDE = 0.02  # share of the ink beside glyphs: a logo or a dirt speck is no text


@dataclass(frozen=True, slots=True)
class Verdict:
    """How to read a page."""

    source: str
    """`text_layer`, `ocr` or `mixed` (as `Page.source`)."""
    why: str = ""
    """What is wrong with the text layer; "" where nothing is."""
    doubted: bool = False
    """There is a text layer, and it was not believed."""


SOUND = Verdict("text_layer")


def judge(drawing: Drawing, look: Callable[[], float]) -> Verdict:
    """Say how a page is to be read.

    Args:
        drawing: What the PDF says is on it.
        look: Measures the share of the page's ink that no visible glyph covers; called only
            where it matters, since it renders the page.
    """
    seen, unmapped = int(drawing.columns.inked.sum()), drawing.columns.unmapped
    if unmapped > _UNMAPPED * seen:
        why = f"{unmapped} of its {seen} glyphs have no Unicode value"
        return Verdict("ocr", why, doubted=True)
    if unmapped:
        return Verdict("mixed", f"{unmapped} of its glyphs have no Unicode value")
    if not drawing.pictured:
        return SOUND
    if not seen and drawing.hidden:
        why = f"all of its {drawing.hidden} glyphs are invisible (an OCR layer)"
        return Verdict("ocr", why, doubted=True)
    if not seen:
        return Verdict("ocr", "it has no text layer")
    beside = look()
    why = f"{beside:.0%} of its ink is not in its text layer"
    if beside > 1 - _COVERED and seen <= _STAMPED:
        return Verdict("ocr", why)
    return Verdict("mixed", why) if beside > _BESIDE else SOUND
