"""Fonts whose codes are those of a character set: the codes say more than the glyphs do.

A predefined CMap (PDF 32000-1, 9.7.5.2) leads from a code to a glyph, and pdfminer goes on from the
glyph to Unicode. Several codes share one glyph (～ and 〜, － and −), and of some glyphs pdfminer
knows none (﨑). The code itself is a character of a known set.
"""

from collections.abc import Iterator
from typing import Any

from pdfminer.cmapdb import CMap, CMapDB, FileUnicodeMap

# Beginning of a CMap's name → Python's codec; standard: PDF 32000-1, table 118. Longer ones first.
_CODECS = (
    ("90ms-RKSJ", "cp932"),
    ("90msp-RKSJ", "cp932"),
    ("90pv-RKSJ", "cp932"),
    ("83pv-RKSJ", "cp932"),
    ("Add-RKSJ", "cp932"),
    ("Ext-RKSJ", "cp932"),
    ("EUC-", "euc_jp"),
    ("UniJIS-UTF8", "utf-8"),
    ("UniJIS-UTF32", "utf-32-be"),
    ("UniJIS2004-UTF32", "utf-32-be"),
    ("UniJIS", "utf-16-be"),
    ("KSCms-UHC", "cp949"),
    ("UniKS", "utf-16-be"),
)

# CMaps that name only what differs from another one, and the other one, which pdfminer leaves out.
_BASES = {
    "UniJIS-UCS2-HW-H": "UniJIS-UCS2-H",
    "UniJIS-UCS2-HW-V": "UniJIS-UCS2-V",
    "ETenms-B5-H": "ETen-B5-H",
    "ETenms-B5-V": "ETen-B5-V",
}


class CodedFont:
    """A font of pdfminer whose codes are looked up in their character set."""

    def __init__(self, font: Any, codec: str) -> None:
        self._font, self._codec = font, codec
        self._glyphs: dict[int, tuple[bytes, int]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._font, name)

    def decode(self, string: bytes) -> Iterator[int]:
        """A number for each code of a string; unknown bytes are skipped, as pdfminer does."""
        root = self._font.cmap.code2cid
        branch, begun = root, b""
        for byte in string:
            begun += bytes((byte,))
            found = branch.get(byte)
            if isinstance(found, int):
                key = int.from_bytes(b"\1" + begun, "big")
                self._glyphs[key] = begun, found
                yield key
            branch, begun = (found, begun) if isinstance(found, dict) else (root, b"")

    def to_unichr(self, key: int) -> str:
        """The character of a code; what its glyph stands for where the set has none."""
        code, glyph = self._glyphs[key]
        try:
            text = code.decode(self._codec)
        except UnicodeDecodeError:
            text = ""
        return text or str(self._font.to_unichr(glyph))

    def char_width(self, key: int) -> float:
        """The advance of a code's glyph, in text space at size 1."""
        return float(self._font.char_width(self._glyphs[key][1]))

    def char_disp(self, key: int) -> Any:
        """The origin of a code's glyph in vertical writing."""
        return self._font.char_disp(self._glyphs[key][1])


def read_by_code(font: Any) -> Any:
    """The font itself, or one that reads its codes by their character set.

    A font with a ToUnicode map of its own, or with codes of its own, is left as it is.
    """
    cmap = getattr(font, "cmap", None)
    if isinstance(cmap, CMap) and (base := _BASES.get(str(cmap.attrs.get("CMapName")))):
        font.cmap = cmap = _complete(cmap, base)
    if not isinstance(cmap, CMap) or isinstance(font.unicode_map, FileUnicodeMap):
        return font
    name = str(cmap.attrs.get("CMapName", ""))
    codec = next((codec for start, codec in _CODECS if name.startswith(start)), None)
    return font if codec is None else CodedFont(font, codec)


def _complete(cmap: CMap, name: str) -> CMap:
    """The CMap with the codes of the one that it changes: without them their text would be lost."""
    whole, base = CMap(), CMapDB.get_cmap(name)
    whole.attrs.update(cmap.attrs)
    if isinstance(base, CMap):
        _merge(whole.code2cid, base.code2cid)
    _merge(whole.code2cid, cmap.code2cid)
    return whole


def _merge(codes: dict[int, Any], others: dict[int, Any]) -> None:
    for byte, found in others.items():
        if isinstance(found, dict):
            _merge(codes.setdefault(byte, {}), found)
        else:
            codes[byte] = found
