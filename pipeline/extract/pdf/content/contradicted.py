"""Characters that a font's ToUnicode map may name wrongly, since the font itself names others.

Programs write wrong maps; what a reader sees comes from the font. Where its codes are characters of
a known set, or numbers of glyphs of a known collection (Adobe-Japan1), or where its embedded
program lists its characters, they say what a glyph is. Two glyphs that look unlike are not one
kanji. Which of two names is right nobody knows here: the text stays the map's, and is doubted.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from pdfminer.cmapdb import CMapDB, IdentityCMap
from pdfminer.pdffont import PDFCIDFont

from pipeline.extract.pdf.content.font_program import FontProgram
from pipeline.vocabulary.character_repairs import repair_text
from pipeline.vocabulary.character_widths import is_ideograph, is_kana

_STOPS = "、。，．"
# Kana that a font draws elsewhere in vertical lines: it has two glyphs of each.
_PLACED = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー")
# Entries; judgement: a subset has fewer, and of a map of all characters most stand for no glyph.
_MOST = 2**12
_VARIANT = re.compile("[\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]$")
"""What is spelled behind a character and is no other one."""
# Em. judgement: a full-width glyph has 1; of the characters below no Latin font makes one as wide.
_FULL, _WIDEST = 0.9, 1.1
_NARROW = frozenset("0123456789abcdefghijklnopqrstuvxyz()[]{}<>.,:;!?'\"/-+*&") | frozenset(
    map(chr, range(0xFF61, 0xFFA0))
)
_LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07)))  # standard: Unicode, Latin ligatures
_LONGEST = 4  # bytes; standard: PDF 32000-1, 9.7.6.2, of a code

Witness = Callable[[int], Collection[str]]
"""The characters that a code stands for by other means than the map; none: they do not tell."""


def find_contradicted(font: Any, texts: Mapping[int, str], program: FontProgram) -> frozenset[str]:
    """The texts of a font that may be wrong.

    Args:
        font: pdfminer's font, or what stands for it.
        texts: Code → text, by the ToUnicode map.
        program: The font's embedded one.
    """
    if len(texts) > _MOST:
        return frozenset()
    wrong = {*_find_unlike(texts, program), *filter(_is_of_several, texts.values())}
    if isinstance(getattr(font, "cmap", None), IdentityCMap):
        wrong.update(_find_too_wide(texts, font))
    for witness in _list_witnesses(font, program):
        wrong.update(_find_denied(texts, witness))
    return frozenset(wrong)


def _find_unlike(texts: Mapping[int, str], program: FontProgram) -> Iterator[str]:
    """The kanji and kana that two glyphs stand for that look unlike."""
    codes = defaultdict(list)
    for code, text in texts.items():
        if len(text) == 1 and text not in _PLACED and (is_ideograph(text) or is_kana(text)):
            codes[text].append(code)
    for text, own in codes.items():
        if len(own) > 1 and len({*map(program.draw, own)} - {None}) > 1:
            yield text


def _is_of_several(text: str) -> bool:
    """Whether one glyph stands for several kanji or signs: ㈱ for (株), … for three points."""
    plain = _VARIANT.sub("", text)
    return len(plain) > 1 and not (plain.isascii() and plain.isalpha())


def _find_too_wide(texts: Mapping[int, str], font: Any) -> Iterator[str]:
    """The half-width characters whose glyphs are as wide as a kanji: １ was called 1.

    Where all are as wide, the font may tell no widths, unless it tells each.
    """
    widths = {code: font.char_width(code) for code, text in texts.items() if text in _NARROW}
    some_are_narrow = any(width < _FULL for width in widths.values())
    for code, width in widths.items():
        if _FULL < width < _WIDEST and (some_are_narrow or code in font.widths):
            yield texts[code]


def _list_witnesses(font: Any, program: FontProgram) -> Iterator[Witness]:
    if codec := getattr(font, "codec", None):
        yield lambda code: _decode(code, codec)
    elif isinstance(font, PDFCIDFont) and isinstance(font.cmap, IdentityCMap):
        named = _find_collection(font.cidcoding)
        if named:
            yield lambda code: named.get(code, "")
        else:
            yield lambda code: program.characters.get(code, ())


def _decode(code: int, codec: str) -> str:
    """The one character of a code in a known set; "" if it has none."""
    for length in range((code.bit_length() + 7) // 8, _LONGEST + 1):
        text = code.to_bytes(length).decode(codec, "ignore")
        if len(text) == 1:
            return text
    return ""


def _find_collection(name: str) -> Mapping[int, str]:
    """The number of a glyph → its character, in a known collection; empty: it is unknown."""
    try:
        found: Mapping[int, str] = CMapDB.get_unicode_map(name, vertical=False).cid2unichr
    except CMapDB.CMapNotFound:
        return {}
    return found


def _find_denied(texts: Mapping[int, str], witness: Witness) -> Iterator[str]:
    """The texts that a witness denies, if it agrees with most: else it numbers other glyphs."""
    agreed, denied = 0, []
    for code, text in texts.items():
        others = {repair_text(other) for other in witness(code)}
        if others and _deny(others, repair_text(text)):
            denied.append(text)
        elif others:
            agreed += 1
    if len(denied) < agreed:
        yield from denied


def _deny(others: Collection[str], text: str) -> bool:
    """Whether a glyph of these characters has another letter, or another form of them.

    Signs share glyphs (－ and −, 〜 and ～), and so do forms of one ideograph.
    """
    if text in others:
        return False
    letters = {*map(_read_letters, others)} - {""}
    if letters and _read_letters(text) not in letters:
        return True
    plain = normalize("NFKC", text)
    forms = [other for other in others if normalize("NFKC", other) == plain]
    usual = any(is_ideograph(one) or one in _LIGATURES or not one.strip() for one in forms)
    return bool(forms) and not usual


def _read_letters(text: str) -> str:
    return "".join(c for c in normalize("NFKC", text) if c.isalnum() or c in _STOPS)
