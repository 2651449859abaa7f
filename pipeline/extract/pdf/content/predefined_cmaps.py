"""Fonts whose codes lead to glyphs by a CMap: the codes say more than the glyphs do.

A predefined CMap (PDF 32000-1, 9.7.5.2) leads from a code to a glyph, and pdfminer goes on from the
glyph to Unicode. Several codes share one glyph (～ and 〜, － and −), and of some glyphs pdfminer
knows none (﨑). The code itself is a character of a known set. A ToUnicode map is of codes, too.
pdfminer reads no CMap that a PDF holds, and drops each code that a CMap does not name: its text
would be lost.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pdfminer.cmapdb import CMap, CMapDB, FileUnicodeMap
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

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
    ("UniJISX0213", "utf-32-be"),
    ("UniJIS", "utf-16-be"),
    ("KSCms-UHC", "cp949"),
    ("UniKS", "utf-16-be"),
)

# CMaps that name only what differs from another one, and the other one, which pdfminer leaves out.
_BASES = {
    "UniJIS-UCS2-HW-H": "UniJIS-UCS2-H",
    "UniJIS-UCS2-HW-V": "UniJIS-UCS2-V",
    "UniJISPro-UCS2-V": "UniJIS-UCS2-V",
    "UniJISPro-UCS2-HW-V": "UniJIS-UCS2-V",
    "ETenms-B5-H": "ETen-B5-H",
    "ETenms-B5-V": "ETen-B5-V",
}
_USED = re.compile(rb"/([^\s/<>]+)\s+usecmap")
_SECTION = re.compile(rb"begincid(?:char|range)(.*?)endcid", re.DOTALL)
_CODES = re.compile(rb"<([\da-fA-F]{1,8})>\s*(?:<([\da-fA-F]{1,8})>)?\s*(\d{1,6})\b")
# Codes of a CMap; judgement: twice the glyphs that a font can have. A range may name 4 bytes.
_MOST = 2**17
_PAIR = 2  # bytes; judgement: so long are the codes of nearly all CMaps

_Codes = dict[int, Any]
"""A byte → the number of a glyph, or the same for the next byte."""


class CodedFont:
    """A font of pdfminer whose codes are looked up in its ToUnicode map or their character set."""

    def __init__(self, font: Any, codec: str | None) -> None:
        self._font, self.codec = font, codec
        """`codec`: of the character set of its codes; None: they are of none."""
        self._map = font.unicode_map if isinstance(font.unicode_map, FileUnicodeMap) else None
        self._glyphs: dict[int, tuple[bytes, int]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._font, name)

    def decode(self, string: bytes) -> Iterator[int]:
        """A number for each code of a string; bytes that no code begins with are skipped."""
        for code, glyph in self._split(string):
            key = int.from_bytes(b"\1" + code, "big")
            self._glyphs[key] = code, glyph
            yield key

    def _split(self, string: bytes) -> Iterator[tuple[bytes, int]]:
        root = self._font.cmap.code2cid
        if not root:  # nobody knows the CMap
            starts = range(0, len(string), _PAIR)
            yield from ((string[start : start + _PAIR], 0) for start in starts)
            return
        branch, begun = root, b""
        for byte in string:
            begun += bytes((byte,))
            found = branch.get(byte)
            if isinstance(found, int):
                yield begun, found
            branch, begun = (found, begun) if isinstance(found, dict) else (root, b"")

    def to_unichr(self, key: int) -> str:
        """The character of a code; what its glyph stands for where nothing says more.

        Raises:
            PDFUnicodeNotDefined: Nothing says it.
        """
        code, glyph = self._glyphs[key]
        known = self._map.cid2unichr.get(int.from_bytes(code)) if self._map is not None else None
        if known is not None:
            return known
        try:
            text = code.decode(self.codec) if self.codec else ""
        except UnicodeDecodeError:
            text = ""
        if not text and not self._font.cmap.code2cid:
            raise PDFUnicodeNotDefined(None, glyph)
        return text or str(self._font.to_unichr(glyph))

    def char_width(self, key: int) -> float:
        """The advance of a code's glyph, in text space at size 1."""
        return float(self._font.char_width(self._glyphs[key][1]))

    def char_disp(self, key: int) -> Any:
        """The origin of a code's glyph in vertical writing."""
        return self._font.char_disp(self._glyphs[key][1])


def read_by_code(font: Any, spec: Mapping[str, Any]) -> Any:
    """The font itself, or one that reads its codes by their character set.

    A font whose codes are the numbers of its glyphs is left as it is.

    Args:
        font: pdfminer's font.
        spec: Its dictionary.
    """
    cmap, encoding = getattr(font, "cmap", None), resolve1(spec.get("Encoding"))
    if not isinstance(cmap, CMap):
        return font
    if isinstance(encoding, PDFStream) and not cmap.code2cid:
        font.cmap = cmap = _read_cmap(encoding)
        return CodedFont(font, None)
    name = str(cmap.attrs.get("CMapName") or literal_name(encoding))
    if name in _BASES:
        font.cmap = _complete(cmap, _BASES[name])
    return CodedFont(
        font, next((codec for start, codec in _CODECS if name.startswith(start)), None)
    )


def _complete(cmap: CMap, base: str) -> CMap:
    """The CMap with the codes of the one that it changes."""
    whole = CMap()
    whole.attrs.update(cmap.attrs)
    for codes in (_find_codes(base), cmap.code2cid):
        _merge(whole.code2cid, codes)
    return whole


def _find_codes(name: str) -> _Codes:
    """The codes of a predefined CMap; none if nobody knows it."""
    try:
        return getattr(CMapDB.get_cmap(name), "code2cid", {})
    except CMapDB.CMapNotFound:
        return {}


def _merge(codes: _Codes, others: _Codes) -> None:
    for byte, found in others.items():
        if isinstance(found, dict):
            known = codes.setdefault(byte, {})
            _merge(known if isinstance(known, dict) else {}, found)  # a longer code begins as it
        else:
            codes[byte] = found


def _read_cmap(stream: PDFStream) -> CMap:
    """Read a CMap that the PDF holds (PDF 32000-1, 9.7.5.3)."""
    data, cmap = copy.copy(stream).get_data(), CMap(WMode=int(stream.get("WMode") == 1))
    used = [name.decode("latin-1") for name in _USED.findall(data)]
    used += [str(literal_name(base)) for base in (resolve1(stream.get("UseCMap")),) if base]
    for name in used:
        _merge(cmap.code2cid, _find_codes(name))
    for code, glyph in islice(_list_codes(data), _MOST):
        found: Any = glyph
        for byte in reversed(code):
            found = {byte: found}
        _merge(cmap.code2cid, found)
    return cmap


def _list_codes(data: bytes) -> Iterator[tuple[bytes, int]]:
    for section in _SECTION.findall(data):
        for first, last, glyph in _CODES.findall(section):
            start, length = int(first, 16), (len(first) + 1) // 2
            end = min(int(last or first, 16), 256**length - 1)
            for step in range(end - start + 1):
                yield (start + step).to_bytes(length), int(glyph) + step
