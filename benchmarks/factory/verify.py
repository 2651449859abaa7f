"""Does the PDF show what the truth says? Layouts that lose, repeat or hide text are refused."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
from pdfplumber.pdf import PDF

from .inline_marks import EMPHASIS_SIGNS
from .model import Annex, Laid

INK_SCALE = 2.0
"""Pixels a point of the picture in which glyphs are looked for."""

CONTRAST = 25
"""Grey levels between ink and its surroundings, at least: hair lines are pale when small."""

LIKENESS = 6.0
"""Mean difference in grey levels of two pictures of the same page."""

# Fonts give the two characters of a pair one glyph, and the PDF names the first for both. That is
# part of what a reader of PDFs has to put right; other exchanges are refused.
_SAME_LETTER = str.maketrans(
    "⺠⻑⻄⻘⻝⻩⻨⻫⻭⻯⻲⺟⻤⻁‧︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈︑︒︙",
    "民長西青食黄麦斉歯竜亀母鬼虎・（）｛｝〔〕【】《》〈〉「」『』［］、。…",
)


class UnfaithfulError(RuntimeError):
    """The PDF does not show what the truth says."""


def verify(annex: Annex, path: Path, laid: Laid) -> tuple[int, int]:
    """Check that every character of the truth is printed, once, and can be seen.

    So are the texts that the layout says it added; glyphs of those that it hid need no ink.

    Returns:
        How many pages the PDF has, and how many of its characters are other code points of the
        same letter than the author typed (Kangxi radicals, compatibility ideographs).

    Raises:
        UnfaithfulError: characters are missing, repeated or not to be seen.
    """
    with pdfplumber.open(path) as pdf:
        printed = Counter(x for page in pdf.pages for c in page.chars for x in c["text"])
        pages = len(pdf.pages)
        unseen = _unseen(pdf, path)
    altered = _compare(annex, printed, laid)
    unseen = _beyond(unseen, _letters(laid.hidden))
    if unseen:
        examples = "".join(unseen[:40])
        raise UnfaithfulError(f"{path.name}: {len(unseen)} glyphs without ink: {examples}")
    return pages, altered


def finish(laid: Laid, path: Path) -> None:
    """Do to the verified PDF what the layout still wants done; its pages look the same after it.

    Raises:
        UnfaithfulError: they do not.
    """
    if laid.finish is None:
        return
    before = list(_pictures(path))
    laid.finish(path)
    for page, (old, new) in enumerate(zip(before, _pictures(path), strict=True), 1):
        if not any(_alike(old, np.rot90(new, turns)) for turns in range(4)):
            raise UnfaithfulError(f"{path.name}: page {page} looks other once finished")


def _pictures(path: Path) -> Iterator[np.ndarray]:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield page.render(scale=1.0, grayscale=True).to_numpy().squeeze().copy()
    document.close()


def _alike(old: np.ndarray, new: np.ndarray) -> bool:
    """The same picture, but for a pixel at the edges and the smoothing of glyphs."""
    if any(abs(a - b) > 1 for a, b in zip(old.shape, new.shape, strict=True)):
        return False
    height, width = np.minimum(old.shape, new.shape)
    difference = old[:height, :width].astype(int) - new[:height, :width].astype(int)
    return float(np.abs(difference).mean()) < LIKENESS


def _compare(annex: Annex, printed: Counter[str], laid: Laid) -> int:
    """Compare characters by number; those of headers and titles may be printed again."""
    texts = [text for table in annex.tables for text in table.printed_texts()]
    heads = [text for table in annex.tables for text in table.printed_heads()]
    typed = _letters([*texts, *laid.shown, *laid.hidden])
    repeatable = _letters([*heads, *laid.repeated, "0123456789-/ページ", EMPHASIS_SIGNS])
    found = Counter[str]()
    altered = 0
    for char, count in printed.items():
        letter = char if char in typed or char in repeatable else _folded(char)
        altered += count if letter != char and not char.isspace() else 0
        found.update({letter: count})
    wanted = typed + _letters(heads)
    missing = {c: n - found[c] for c, n in wanted.items() if found[c] < n}
    surplus = {c: n - typed[c] for c, n in found.items()
               if n > typed[c] and c not in repeatable and not c.isspace()}  # fmt: skip
    if missing or surplus:
        raise UnfaithfulError(f"{annex.id}: missing {missing}, surplus {surplus}")
    return altered


def _beyond(unseen: list[str], hidden: Counter[str]) -> list[str]:
    """The unseen letters that are not among the hidden ones."""
    expected = Counter({_folded(char): count for char, count in hidden.items()})
    return list((Counter(map(_folded, unseen)) - expected).elements())


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


def _folded(char: str) -> str:
    """The ordinary letter that a Kangxi radical or compatibility ideograph stands for."""
    letter = char.translate(_SAME_LETTER)
    return letter if letter != char else unicodedata.normalize("NFKC", char)


def _unseen(pdf: PDF, path: Path) -> list[str]:
    """Glyphs that leave no ink where they should be: clipped, covered or off the page."""
    unseen: list[str] = []
    document = pypdfium2.PdfDocument(path)
    for page, picture in zip(pdf.pages, document, strict=True):
        image = picture.render(scale=INK_SCALE, grayscale=True).to_numpy().squeeze()
        for char in page.chars:
            if char["text"].isspace():
                continue
            left, right = round(char["x0"] * INK_SCALE), round(char["x1"] * INK_SCALE) + 1
            top, bottom = round(char["top"] * INK_SCALE), round(char["bottom"] * INK_SCALE) + 1
            part = image[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
            if not part.size or int(part.max()) - int(part.min()) < CONTRAST:
                unseen.append(char["text"])
        page.close()
    document.close()
    return unseen
