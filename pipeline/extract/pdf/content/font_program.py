"""What a font's embedded program says of its glyphs: whether they draw ink, how, and their names.

Source: OpenType 1.9, tables cmap, head, loca and glyf; PDF 32000-1, 9.6.6.4 and 9.7.4.
"""

import copy
import struct
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any

from msgspec import Struct
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import TrueTypeFont
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value

_FORMAT = 50  # bytes into head; standard: whether loca has long offsets
# Bytes into a subtable of cmap; standard: formats 0 and 6.
_GLYPHS, _COUNTED = 6, 10
_SEGMENTS, _GROUPS = 14, 16  # standard: formats 4 and 12
# Codes of a subtable; judgement: twice the glyphs that a font can have. A group may name 4 bytes,
# and the segments of a damaged table all codes again and again.
_MOST = 2**17
_NO_CONTOURS = b"\0\0"  # standard: glyf, a glyph's number of contours stands first
_UNICODE, _SYMBOLS = (0, 3), (3, 0)  # standard: platforms in Unicode; an encoding that is not
_LAST, _NUMBERS = 0xFFFE, 0x10000  # standard: the last code of format 4, and how many there are


class _TrueType(Struct, frozen=True):
    """An embedded TrueType font."""

    tables: Mapping[bytes, bytes]
    glyphs: Mapping[int, int] | None
    """Code → number of its glyph; None: they are the same."""

    def draw(self, code: int) -> bytes:
        """The outline of a code's glyph as the program has it; empty: it has none."""
        glyph = code if self.glyphs is None else self.glyphs[code]
        (is_long,) = struct.unpack_from(">h", self.tables[b"head"], _FORMAT)
        offsets, width, unit = (">2L", 4, 1) if is_long else (">2H", 2, 2)
        start, end = struct.unpack_from(offsets, self.tables[b"loca"], width * glyph)
        return self.tables[b"glyf"][unit * start : unit * end]


class FontProgram:
    """The embedded TrueType program of a font, read on first use."""

    def __init__(self, spec: dict[str, Any]) -> None:
        """Take over the font's dictionary."""
        self._spec = spec

    def are_inked(self, code: int) -> bool:
        """Whether the glyph of a code has contours; False too if the program cannot be read."""
        return (self.draw(code) or b"")[:2] not in (b"", _NO_CONTOURS)

    def draw(self, code: int) -> bytes | None:
        """The outline of a code's glyph as the program has it; None: it cannot be read."""
        if self._program is None:
            return None
        try:
            return self._program.draw(code)
        except (LookupError, struct.error):
            return None

    @cached_property
    def characters(self) -> Mapping[int, Collection[str]]:
        """The characters of the codes of a composite font, by the program's own list."""
        if self._program is None or "DescendantFonts" not in self._spec:
            return {}
        try:
            named = _read_characters(self._program.tables[b"cmap"])
        except (LookupError, struct.error, ValueError, OverflowError):
            return {}
        glyphs = self._program.glyphs
        return named if glyphs is None else {c: named[g] for c, g in glyphs.items() if g in named}

    @cached_property
    def _program(self) -> _TrueType | None:
        try:
            return _read_program(self._spec)
        except (PDFException, LookupError, TypeError, ValueError, struct.error):
            return None


def _read_program(spec: dict[str, Any]) -> _TrueType:
    is_composite = "DescendantFonts" in spec
    font = dict_value(list_value(spec["DescendantFonts"])[0]) if is_composite else spec
    data = _decode(stream_value(dict_value(font["FontDescriptor"])["FontFile2"]))
    places = TrueTypeFont("", BytesIO(data)).tables
    tables = {name: data[at : at + length] for name, (at, length) in places.items()}
    if not is_composite:
        return _TrueType(tables, _read_cmap(tables[b"cmap"]))
    stored = resolve1(font.get("CIDToGIDMap"))
    if not isinstance(stored, PDFStream):
        return _TrueType(tables, None)
    numbers = (number for (number,) in struct.iter_unpack(">H", _decode(stored)))
    return _TrueType(tables, dict(enumerate(numbers)))


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


def _read_characters(table: bytes) -> dict[int, set[str]]:
    """Glyph → its characters, of the subtables of a cmap that are in Unicode."""
    found: dict[int, set[str]] = defaultdict(set)
    (count,) = struct.unpack_from(">H", table, 2)
    for platform, encoding, start in struct.iter_unpack(">2HL", table[4 : 4 + 8 * count]):
        (kind,) = struct.unpack_from(">H", table, start)
        if platform in _UNICODE and (platform, encoding) != _SYMBOLS and kind in _READERS:
            for code, glyph in islice(_READERS[kind](table, start), _MOST):
                if glyph:
                    found[glyph].add(chr(code))
    return found


def _read_segments(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The codes and glyphs of a subtable of format 4; glyph 0 stands for none."""
    (double,) = struct.unpack_from(">H", table, start + _GLYPHS)
    count, at = double // 2, start + _SEGMENTS
    ends = struct.unpack_from(f">{count}H", table, at)
    firsts = struct.unpack_from(f">{count}H", table, at + double + 2)
    deltas = struct.unpack_from(f">{count}H", table, at + 2 * double + 2)
    places = at + 3 * double + 2
    for segment, (first, end, delta) in enumerate(zip(firsts, ends, deltas, strict=True)):
        place = places + 2 * segment
        (offset,) = struct.unpack_from(">H", table, place)
        for code in range(first, min(end, _LAST) + 1):
            (glyph,) = (
                struct.unpack_from(">H", table, place + offset + 2 * (code - first))
                if offset
                else (code,)
            )
            yield code, (glyph + delta) % _NUMBERS if glyph or not offset else 0


def _read_groups(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The codes and glyphs of a subtable of format 12."""
    (count,) = struct.unpack_from(">L", table, start + _GROUPS - 4)
    for first, end, glyph in struct.iter_unpack(
        ">3L", table[start + _GROUPS : start + _GROUPS + 12 * count]
    ):
        yield from zip(range(first, end + 1), range(glyph, glyph + end - first + 1), strict=True)


_READERS = {4: _read_segments, 12: _read_groups}
