"""The resources of a content stream: fonts, colour spaces, forms and graphics states.

Only this module and `pdf/document.py` use the PDF parser. pdfminer reads the objects, decodes the
streams and builds the fonts. Each font is asked for each of its codes only once.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer import settings
from pdfminer.pdfcolor import PREDEFINED_COLORSPACE
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE, PDFResourceManager
from pdfminer.pdftypes import (
    PDFObjRef,
    PDFStream,
    dict_value,
    list_value,
    resolve1,
    stream_value,
)
from pdfminer.psparser import literal_name

from pipeline.extract.pdf.content.display_list import Matrix, Rect
from pipeline.extract.pdf.content.layers import Layers
from pipeline.extract.pdf.content.lexer import read_string
from pipeline.extract.pdf.content.predefined_cmaps import read_by_code
from pipeline.model import UNMAPPED

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SUBTRACTIVE = ("Separation", "DeviceN", "DeviceCMYK")  # 0 means no ink (PDF 32000-1, 8.6)
_NORMAL = ("Normal", "Compatible")  # blend modes that paint over what is below
_SYMBOL_BULLET = "\uf0b7"  # the one private code of the font Symbol that besshi knows
_SPACE = 32  # code that word spacing widens; standard: PDF 32000-1, 9.3.3
# Bytes of a string as written, up to which it is cached; judgement: two glyphs of two bytes each in
# hexadecimal, since short strings recur. It cannot change a record.
_SHORT = 10
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


FontGlyph = tuple[str, float, bool]
"""The text; the advance in text space at size 1; whether word spacing widens the glyph."""


class Font:
    """A font with the text and width of its codes, each looked up once."""

    def __init__(self, font: Any) -> None:
        font = read_by_code(font)
        self.vertical: bool = font.is_vertical()
        self.multibyte: bool = font.is_multibyte()
        self.descent: float = font.get_descent()
        self.glyphs = _Codes(font)
        self.decode: Callable[[bytes], Iterable[int]] = font.decode if self.multibyte else bytes
        """Returns the codes of a string."""
        self.strings = _Strings(self)
        self._font = font

    def vertical_origin(self, code: int) -> tuple[float | None, float]:
        """The origin of a glyph in vertical writing, in thousandths of an em.

        An x of None stands for the middle of the glyph's width.
        """
        place: tuple[float | None, float] = self._font.char_disp(code)
        return place


class _Codes(dict[int, FontGlyph]):
    """The glyph of each code of a font, looked up on first use."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._font = font
        name = str(getattr(font, "basefont", ""))
        self._is_symbol = name.partition("+")[2].startswith("Symbol") or name.startswith("Symbol")

    def __missing__(self, code: int) -> FontGlyph:
        try:
            text = _CONTROL.sub(UNMAPPED, self._font.to_unichr(code)) or UNMAPPED
        except PDFUnicodeNotDefined:
            text = UNMAPPED
        if self._is_symbol and "\uf000" <= text <= "\uf0ff" and text != _SYMBOL_BULLET:
            text = UNMAPPED
        self[code] = text, self._font.char_width(code), code == _SPACE
        return self[code]


class _Strings(dict[bytes, Sequence[FontGlyph]]):
    """The glyphs of a string as written. Short strings recur, so their glyphs are cached."""

    def __init__(self, font: "Font") -> None:
        super().__init__()
        self._font = font

    def __missing__(self, element: bytes) -> Sequence[FontGlyph]:
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
        number = reference.objid if isinstance(reference, PDFObjRef) else None
        if number is None:
            return Font(self._manager.get_font(None, dict_value(reference)))
        if number not in self._built:
            self._built[number] = Font(self._manager.get_font(number, dict_value(reference)))
        return self._built[number]

    def default(self) -> Font:
        """The substitute for a font that the resources lack."""
        return Font(self._manager.get_font(None, {}))


@dataclass(frozen=True, slots=True, eq=False)
class ColorSpace:
    """A colour space."""

    parts: int
    """How many numbers a colour has; 1 for a pattern, which has only a name."""
    subtractive: bool = False
    """0 means no ink, as it does in every space with four components."""
    indexed: bool = False
    """The numbers are indices into a palette."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form XObject: a content stream with resources of its own."""

    number: int | None
    """Its object number; None if it has none."""
    content: bytes
    matrix: Matrix
    box: Rect
    resources: Any
    """None: the form uses the resources of the stream that draws it."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image XObject. Of its content besshi knows nothing here."""

    opaque: bool
    """It has no mask: nothing shines through it."""


class Resources:
    """The resources of a page or a form, by the names that its content stream uses."""

    def __init__(self, stored: Any, fonts: Fonts, layers: Layers) -> None:
        self._all = dict_value(stored) if stored else {}
        self._fonts = fonts
        self.layers = layers
        named = dict_value(self._all.get("Font", {}))
        self.fonts = {name: fonts.build(reference) for name, reference in named.items()}
        self.spaces = dict(_PREDEFINED)
        for name, space in dict_value(self._all.get("ColorSpace", {})).items():
            read = _space(resolve1(space))
            if read is not None:
                self.spaces[name] = read

    def for_form(self, form: Form) -> "Resources":
        """The resources of a form; forms of early PDFs may have none of their own."""
        if form.resources is None:
            return self
        return Resources(form.resources, self._fonts, self.layers)

    def font(self, name: str | bytes) -> Font:
        """The font with this name, or the default font if there is none."""
        return self.fonts.get(name) or self._fonts.default()

    def xobject(self, name: str | bytes) -> Form | Image | None:
        """The XObject with this name; None if it is missing, or neither a form nor an image."""
        stored = dict_value(self._all.get("XObject", {})).get(name)
        if stored is None:
            return None
        stream = stream_value(stored)
        subtype = stream.get("Subtype")
        if self.layers.hides(stream.get("OC")):
            return None
        if subtype is LITERAL_FORM:
            return read_form(stream)
        if subtype is LITERAL_IMAGE and "Width" in stream and "Height" in stream:
            return Image(not any(key in stream for key in ("ImageMask", "Mask", "SMask")))
        return None

    def opacities(self, name: str | bytes) -> tuple[float | None, float | None]:
        """The opacity that a graphics state sets for filling and for stroking; None: unchanged."""
        state = dict_value(dict_value(self._all.get("ExtGState", {})).get(name, {}))
        fill, stroke = resolve1(state.get("ca")), resolve1(state.get("CA"))
        return (
            float(fill) if isinstance(fill, int | float) else None,
            float(stroke) if isinstance(stroke, int | float) else None,
        )

    def blends(self, name: str | bytes) -> bool | None:
        """Whether a graphics state blends with what is below; None: it does not say.

        Source: PDF 32000-1, 11.3.5: Normal and Compatible paint over it, all other modes mix. A
        soft mask (11.6.5.3) lets it shine through too.
        """
        state = dict_value(dict_value(self._all.get("ExtGState", {})).get(name, {}))
        if "BM" not in state and "SMask" not in state:
            return None
        mode, mask = resolve1(state.get("BM")), resolve1(state.get("SMask"))
        first = resolve1(mode[0]) if isinstance(mode, list) and mode else mode
        masked = mask is not None and literal_name(mask) != "None"
        return masked or (first is not None and literal_name(first) not in _NORMAL)

    def hides(self, name: str | bytes) -> bool:
        """Whether marked content with this property list belongs to a layer that is off."""
        return self.layers.hides(dict_value(self._all.get("Properties", {})).get(name))


def read_form(stream: Any) -> Form | None:
    """Read a form XObject or an appearance; None if it has no bounding box."""
    if "BBox" not in stream:
        return None
    return Form(
        stream.objid,
        decode(stream) or b"",
        _matrix(stream.get("Matrix")),
        _box(stream.get("BBox")),
        dict_value(stream.get("Resources")) if stream.get("Resources") else None,
    )


def _space(stored: Any) -> ColorSpace | None:
    family = stored[0] if isinstance(stored, list) else stored
    name = literal_name(family)
    if name == "ICCBased" and isinstance(stored, list) and len(stored) >= 2:
        return _named_space(name, stream_value(stored[1])["N"])
    if name == "DeviceN" and isinstance(stored, list) and len(stored) >= 2:
        return _named_space(name, len(list_value(stored[1])))
    return _PREDEFINED.get(name)


def _named_space(name: str, parts: int) -> ColorSpace:
    return ColorSpace(parts, name in _SUBTRACTIVE, name == "Indexed")


_PREDEFINED: dict[str | bytes, ColorSpace] = {
    name: _named_space(name, space.ncomponents) for name, space in PREDEFINED_COLORSPACE.items()
}
GRAY, RGB, CMYK = (_PREDEFINED[name] for name in ("DeviceGray", "DeviceRGB", "DeviceCMYK"))


def _matrix(stored: Any) -> Matrix:
    if stored is None:
        return _IDENTITY
    a, b, c, d, e, f = (float(resolve1(value)) for value in list_value(stored))
    return a, b, c, d, e, f


def _box(stored: Any) -> Rect:
    x0, y0, x1, y1 = (float(resolve1(value)) for value in list_value(stored))
    return x0, y0, x1, y1


def decode(stream: Any) -> bytes | None:
    """Decode a stream; None if it is not a stream, or is damaged.

    This decodes a copy: pdfminer keeps the decoded bytes of a stream, so memory would grow with
    every page.
    """
    if not isinstance(stream, PDFStream):
        return None
    if resolve1(stream.get("Length")) == 0 and not stream.rawdata:
        return b""  # a blank page: decoders call nothing at all damaged
    settings.STRICT = True  # otherwise a stream that cannot be decoded looks like an empty one
    try:
        data: bytes = copy.copy(stream).get_data()
    except PDFException:
        return None
    finally:
        settings.STRICT = False
    return data


def find_forms(stored: Any, seen: set[int | None]) -> Iterator[Any]:
    """Find the form XObjects in resources, including forms inside other forms.

    Args:
        stored: The resources as stored in the PDF.
        seen: Object numbers of the forms to leave out. The forms found are added.
    """
    for xobject in map(resolve1, dict_value(dict_value(stored).get("XObject", {})).values()):
        is_form = isinstance(xobject, PDFStream) and xobject.get("Subtype") is LITERAL_FORM
        if is_form and xobject.objid not in seen:
            seen.add(xobject.objid)
            yield xobject
            yield from find_forms(xobject.get("Resources", {}), seen)
