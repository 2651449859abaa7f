"""Whether a glyph that a font calls white space draws any ink, by the font's embedded program.

Source: OpenType 1.9, tables cmap, head, loca and glyf; PDF 32000-1, 9.6.6.4 and 9.7.4.
"""

import copy
import struct
from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from typing import Any

from msgspec import Struct
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import TrueTypeFont
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value

_FORMAT = 50  # bytes into head; standard: whether loca has long offsets
# Bytes into a subtable of cmap; standard: formats 0 and 6.
_GLYPHS, _COUNTED = 6, 10


class _Program(Struct, frozen=True):
    """An embedded TrueType font."""

    tables: Mapping[bytes, bytes]
    glyphs: Mapping[int, int] | None
    """Code → number of its glyph; None: they are the same."""

    def count_contours(self, code: int) -> int:
        """The number of contours of a code's glyph; -1: it is composed of others."""
        glyph = code if self.glyphs is None else self.glyphs[code]
        (is_long,) = struct.unpack_from(">h", self.tables[b"head"], _FORMAT)
        offsets, width = (">2L", 4) if is_long else (">2H", 2)
        start, end = struct.unpack_from(offsets, self.tables[b"loca"], width * glyph)
        if start == end:
            return 0
        place = start if is_long else 2 * start
        contours: int = struct.unpack_from(">h", self.tables[b"glyf"], place)[0]
        return contours


class BlankGlyphs:
    """Tells blank glyphs from others; it reads the font's program on first use."""

    def __init__(self, spec: dict[str, Any]) -> None:
        """Take over the font's dictionary."""
        self._spec = spec

    def are_inked(self, code: int) -> bool:
        """Whether the glyph of a code has contours; False too if the program cannot be read."""
        if self._program is None:
            return False
        try:
            return self._program.count_contours(code) != 0
        except (LookupError, struct.error):
            return False

    @cached_property
    def _program(self) -> _Program | None:
        try:
            return _read_program(self._spec)
        except (PDFException, LookupError, TypeError, ValueError, struct.error):
            return None


def _read_program(spec: dict[str, Any]) -> _Program:
    is_composite = "DescendantFonts" in spec
    font = dict_value(list_value(spec["DescendantFonts"])[0]) if is_composite else spec
    data = _decode(stream_value(dict_value(font["FontDescriptor"])["FontFile2"]))
    places = TrueTypeFont("", BytesIO(data)).tables
    tables = {name: data[at : at + length] for name, (at, length) in places.items()}
    if not is_composite:
        return _Program(tables, _read_cmap(tables[b"cmap"]))
    stored = resolve1(font.get("CIDToGIDMap"))
    if not isinstance(stored, PDFStream):
        return _Program(tables, None)
    numbers = (number for (number,) in struct.iter_unpack(">H", _decode(stored)))
    return _Program(tables, dict(enumerate(numbers)))


def _decode(stream: PDFStream) -> bytes:
    """Decode a copy: pdfminer keeps the decoded bytes of a stream."""
    data: bytes = copy.copy(stream).get_data()
    return data


def _read_cmap(table: bytes) -> dict[int, int]:
    """Code → glyph, of the subtables that programs write for a few glyphs."""
    found: dict[int, int] = {}
    (count,) = struct.unpack_from(">H", table, 2)
    for _, _, start in struct.iter_unpack(">2HL", table[4 : 4 + 8 * count]):
        (kind,) = struct.unpack_from(">H", table, start)
        if kind == 0:
            found |= enumerate(table[start + _GLYPHS : start + _GLYPHS + 256])
        elif kind == 6:
            first, codes = struct.unpack_from(">2H", table, start + _GLYPHS)
            numbers = struct.unpack_from(f">{codes}H", table, start + _COUNTED)
            found |= zip(range(first, first + codes), numbers, strict=True)
    return found
