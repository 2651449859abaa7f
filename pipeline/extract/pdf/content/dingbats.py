"""The characters of fonts of signs, whose codes are their own: ticks, bullets, arrows.

Source: PDF 32000-1, annexes D.5 and D.6; Unicode, mappings of vendors, ADOBE/zdingbat.txt.
"""

import re

from pipeline.model import UNMAPPED

_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:Zapf|ITCZapf)Dingbats")
# Unicode took the others over in their order, and left out those that it had.
_HAD_BEFORE = {
    0x20: " ", 0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲",
    0x74: "▼", 0x75: "◆", 0x77: "◗", 0xA8: "♣", 0xA9: "♦", 0xAA: "♥", 0xAB: "♠", 0xD5: "→",
    0xD6: "↔", 0xD7: "↕",
    **{0xAC + place: chr(ord("①") + place) for place in range(10)},
}  # fmt: skip
_SYMBOL = re.compile(r"(?:[A-Z]{6}\+)?Symbol(?:MT)?(?:,\w+)?")
# The codes of Symbol from 0x21 and from 0xA1 on; standard: PDF 32000-1, annex D.5. U+FFFD stands
# for pieces of brackets and signs of makers, which no author types.
_SYMBOL_LOW = (
    "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\ufffdαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
    "{|}∼"
)
_SYMBOL_HIGH = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\ufffd\ufffd↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SIGNS = re.compile(r"(?:[A-Z]{6}\+)?(Wingdings|Webdings|Symbol)[ -]?([23]?)")
_PRIVATE = 0xF000  # standard: where Windows places the codes of such fonts
_BULLET = "\uf0b7"  # the one code of the font Symbol that besshi knows
_LOWER, _UPPER = range(0x21, 0x7F), range(0xA1, 0xFF)
_BLOCK = 0x2700  # standard: Unicode, its dingbats


def is_dingbats(name: str) -> bool:
    """Whether a font is ZapfDingbats by its name in the PDF."""
    return _NAME.fullmatch(name) is not None


def read_dingbat(code: int) -> str | None:
    """The character of a code; None: it has none."""
    if code in _HAD_BEFORE:
        return _HAD_BEFORE[code]
    if code in _LOWER:
        return chr(_BLOCK + code - 0x20)
    return chr(_BLOCK + code - 0x40) if code in _UPPER else None


def is_symbol(name: str) -> bool:
    """Whether a font is Symbol by its name in the PDF."""
    return _SYMBOL.fullmatch(name) is not None


def read_symbol(code: int) -> str | None:
    """The character of a code of Symbol; None: it has none that an author types."""
    for start, signs in ((0x21, _SYMBOL_LOW), (0xA1, _SYMBOL_HIGH)):
        if 0 <= code - start < len(signs) and signs[code - start] != UNMAPPED:
            return signs[code - start]
    return " " if code == ord(" ") else None


def read_sign(name: str, text: str) -> str:
    """The character of a sign for which a program writes the letter of its code (l is ●).

    Args:
        name: Of the font, in the PDF.
        text: What the PDF says that the glyph is.

    Returns:
        Of Wingdings the code for private use, which `vocabulary/character_repairs.yml` lists.
    """
    font = _SIGNS.match(name)
    if font is None or len(text) != 1 or not text.strip():
        return text
    is_private = _PRIVATE <= ord(text) <= _PRIVATE + 0xFF
    code = text.encode("cp1252", "ignore")
    sign = text if is_private or not code else chr(_PRIVATE + code[0])
    if sign == _BULLET and font[1] == "Symbol":
        return sign
    if not is_private and (sign == text or font[1] == "Symbol"):  # which has Greek letters
        return text
    return sign if font.groups() == ("Wingdings", "") else UNMAPPED
