"""The characters that the recogniser knows: what cp932 writes, and what offices use besides."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

SAME: Mapping[str, str] = {
    **{"〜": "～", "−": "－", "—": "―", "‑": "‐", "‖": "∥", "•": "・", "\u2027": "・", "─": "―"},
    **{"━": "―", "│": "｜", "＂": '"', "⁄": "/", "∕": "／", "ﬁ": "fi"},
    **{"\u00a0": " ", "\u2002": " ", "\u2009": " ", "\u2003": "\u3000"},
}
"""Characters that no print tells apart from others, and those others."""

# standard: lead bytes of the two-byte characters of cp932.
_LEAD_BYTES = (*range(0x81, 0xA0), *range(0xE0, 0xFD))
_TRAIL_BYTES = range(0x40, 0xFD)  # standard: of cp932
_SINGLE_BYTES = (*range(0x20, 0x7F), *range(0xA1, 0xE0))  # standard: ASCII, half-width katakana
_PRIVATE_USE = range(0xE000, 0xF900)  # standard: Unicode; cp932 has characters of users there
_BOX_DRAWING = range(0x2500, 0x2580)  # standard: Unicode; rulings are wiped before a line is read
# standard: Unicode's circled numbers 21-35 and 36-50, which cp932 lacks.
_CIRCLED = (*range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
_OTHERS = "–¥©®²³"


def list_characters() -> list[str]:
    """All characters by code point; a character's place is its class."""
    found = {*_decode_cp932(), *_OTHERS, *map(chr, _CIRCLED)}
    return sorted(found - set(map(chr, _BOX_DRAWING)) - SAME.keys())


def _decode_cp932() -> Iterator[str]:
    pairs = (bytes((lead, trail)) for lead in _LEAD_BYTES for trail in _TRAIL_BYTES)
    for code in (*(bytes((byte,)) for byte in _SINGLE_BYTES), *pairs):
        with contextlib.suppress(UnicodeDecodeError):
            text = code.decode("cp932")
            if len(text) == 1 and ord(text) not in _PRIVATE_USE:
                yield text


CHARACTERS = tuple(list_characters())
INDEX: Mapping[str, int] = {character: i for i, character in enumerate(CHARACTERS)}
"""The class of each character."""

_SAME_TABLE = str.maketrans(dict(SAME))


def unify(text: str) -> str:
    """Write each character as the one of its class; leaves out what has no class."""
    return "".join(c for c in text.translate(_SAME_TABLE) if c in INDEX)


def is_kanji(character: str) -> bool:
    """Whether a character is an ideograph; standard: Unicode's blocks of CJK ideographs."""
    code = ord(character)
    return 0x4E00 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x3400 <= code < 0x4DC0
