"""Fonts: the text and the width of each code, asked of pdfminer only once."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any
from unicodedata import category, normalize

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1

from pipeline.extract.pdf.content.actual_text import drop_unseen
from pipeline.extract.pdf.content.contradicted import find_contradicted
from pipeline.extract.pdf.content.dingbats import (
    is_dingbats,
    is_symbol,
    read_dingbat,
    read_sign,
    read_symbol,
)
from pipeline.extract.pdf.content.font_program import FontProgram
from pipeline.extract.pdf.content.lexer import STRING_STARTS, read_shift, read_string
from pipeline.extract.pdf.content.predefined_cmaps import read_by_code
from pipeline.extract.pdf.content.to_unicode import read_usual_map
from pipeline.model import UNMAPPED

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Advance in em; judgement: a space in Latin type is narrower, each kanji wider.
_WIDE = 0.6
_SOFT_HYPHEN = "\u00ad"
# か and U+3099, as macOS spells the names of files, are が.
_VOICED = re.compile("[ぁ-ヿ][\u3099\u309a]")
# Nobody types ﬁ: a program sets it for f and i. standard: Unicode, Latin ligatures.
_LIGATURES = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SPACE = 32  # code that word spacing widens; standard: PDF 32000-1, 9.3.3
# Bytes of a string as written, up to which it is cached; judgement: two glyphs of two bytes each in
# hexadecimal, since short strings recur. It cannot change a record.
_SHORT = 10
# Bytes of a number between strings, up to which it is cached; judgement: kerning and justification
# to a whole thousandth of an em. It cannot change a record.
_SHORT_NUMBER = 4

FontGlyph = tuple[str, float, bool]
"""The text; the advance in text space at size 1; whether word spacing widens the glyph."""


class Font:
    """A font with the text and width of its codes, each looked up once."""

    def __init__(self, font: Any, program: FontProgram, has_own_codes: bool = False) -> None:
        """Take over pdfminer's font; `has_own_codes`: the PDF does not name their glyphs."""
        self.vertical: bool = font.is_vertical()
        self.multibyte: bool = font.is_multibyte()
        self.descent: float = font.get_descent()
        self.glyphs = _Codes(font, program, has_own_codes)
        self.decode: Callable[[bytes], Iterable[int]] = font.decode if self.multibyte else bytes
        """Returns the codes of a string."""
        self.elements = _Elements(self)
        self._font, self._program = font, program

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """The texts that its ToUnicode map may give wrongly: the font itself names others."""
        known = getattr(self._font, "unicode_map", None)
        if not isinstance(known, FileUnicodeMap):
            return frozenset()
        seen = {code: _compose(drop_unseen(text)) for code, text in known.cid2unichr.items()}
        return find_contradicted(self._font, seen, self._program)

    def vertical_origin(self, code: int) -> tuple[float | None, float]:
        """The origin of a glyph in vertical writing, in thousandths of an em.

        An x of None stands for the middle of the glyph's width.
        """
        place: tuple[float | None, float] = self._font.char_disp(code)
        return place


class _Codes(dict[int, FontGlyph]):
    """The glyph of each code of a font, looked up on first use."""

    def __init__(self, font: Any, program: FontProgram, has_own_codes: bool) -> None:
        super().__init__()
        self._font = font
        self._program, self._spaces = program, set[str]()
        name = str(getattr(font, "basefont", ""))
        # The codes of a composite font are numbers of its glyphs.
        other = font.is_multibyte() or getattr(font, "unicode_map", None) is not None
        self._is_dingbats, self._has_own_codes = is_dingbats(name) and not other, has_own_codes
        self._is_symbol = is_symbol(name) and not other and has_own_codes
        self._name = name

    def __missing__(self, code: int) -> FontGlyph:
        try:
            text = _CONTROL.sub(UNMAPPED, self._font.to_unichr(code)) or UNMAPPED
        except PDFUnicodeNotDefined:
            text = UNMAPPED
        if self._is_dingbats:
            # An encoding names a20 and the like, which pdfminer does not know.
            text = (read_dingbat(code) if self._has_own_codes else None) or UNMAPPED
        if self._is_symbol:
            text = read_symbol(code) or UNMAPPED
        text = read_sign(self._name, text)
        width, seen = self._font.char_width(code), _compose(drop_unseen(text))
        if width > _WIDE and all(map(_adds_to_letters, text)) and self._program.are_inked(code):
            seen = UNMAPPED
        is_space = not seen.strip() or (seen == _SOFT_HYPHEN and width > _WIDE)
        if is_space and self._is_odd_space(text, width) and self._program.are_inked(code):
            seen = UNMAPPED
        self[code] = seen, width, code == _SPACE
        return self[code]

    def _is_odd_space(self, text: str, width: float) -> bool:
        """Whether the font has this space at another code too, or as wide as a kanji."""
        again = text in self._spaces or (width > _WIDE and text != "\u3000")
        self._spaces.add(text)
        return again


def _adds_to_letters(character: str) -> bool:
    """Whether a character is an accent or a variation of the one before it, which has no width."""
    return category(character) == "Mn"


def _compose(text: str) -> str:
    """The text with one character for a kana and its voicing mark, and the letters of ligatures."""
    return _VOICED.sub(lambda pair: normalize("NFC", pair[0]), text).translate(_LIGATURES)


class _Elements(dict[bytes, Sequence[FontGlyph] | float]):
    """The glyphs of a string as written, or the number, of an array of strings and numbers.

    Short ones recur, so they are cached.
    """

    def __init__(self, font: "Font") -> None:
        super().__init__()
        self._font = font

    def __missing__(self, element: bytes) -> Sequence[FontGlyph] | float:
        if element[0] not in STRING_STARTS:
            shift = read_shift(element)
            if len(element) <= _SHORT_NUMBER:
                self[element] = shift
            return shift
        glyphs = self._font.glyphs
        found = [glyphs[code] for code in self._font.decode(read_string(element))]
        if len(element) <= _SHORT:
            self[element] = found
        return found


class Fonts:
    """The fonts of a document, each built once."""

    def __init__(self) -> None:
        self._manager = PDFResourceManager()
        self._built: dict[int, Font] = {}

    def build(self, reference: Any) -> Font:
        """Build the font that a resource refers to.

        Raises:
            PDFException, ValueError, TypeError, KeyError: The font cannot be read.
        """
        if not isinstance(reference, PDFObjRef):
            return self._make(dict_value(reference))
        number = reference.objid
        if number not in self._built:
            self._built[number] = self._make(dict_value(reference))
        return self._built[number]

    def _make(self, spec: dict[str, Any]) -> Font:
        """Let pdfminer make the font; if it can be read here, its ToUnicode map is put in after."""
        stream, program = resolve1(spec.get("ToUnicode")), FontProgram(spec)
        entries = read_usual_map(stream.get_data()) if isinstance(stream, PDFStream) else None
        if entries is None:
            names = isinstance(resolve1(spec.get("Encoding")), dict)
            font = read_by_code(self._manager.get_font(None, spec), spec)
            return Font(font, program, has_own_codes=not names)
        made: Any = self._manager.get_font(None, {**spec, "ToUnicode": PDFStream({}, b"")})
        for code, text in entries:
            made.unicode_map.add_cid2unichr(code, text)
        return Font(read_by_code(made, spec), program)

    def default(self) -> Font:
        """The substitute for a font that the resources lack."""
        return Font(self._manager.get_font(None, {}), FontProgram({}))
