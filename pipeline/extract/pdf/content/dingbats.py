"""The characters of ZapfDingbats, whose codes are its own: the ticks and crosses of form fields.

Source: PDF 32000-1, annex D.6; Unicode, mappings of vendors, ADOBE/zdingbat.txt.
"""

import re

_NAME = re.compile(r"(?:[A-Z]{6}\+)?(?:Zapf|ITCZapf)Dingbats")
# Unicode took the others over in their order, and left out those that it had.
_HAD_BEFORE = {
    0x20: " ", 0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲",
    0x74: "▼", 0x75: "◆", 0x77: "◗", 0xA8: "♣", 0xA9: "♦", 0xAA: "♥", 0xAB: "♠", 0xD5: "→",
    0xD6: "↔", 0xD7: "↕",
    **{0xAC + place: chr(ord("①") + place) for place in range(10)},
}  # fmt: skip
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
