"""The resources of a content stream: fonts, colour spaces, forms and graphics states.

pdfminer reads the objects, decodes the streams and builds the fonts.
"""

import copy
import zlib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pdfminer import settings
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name

from pipeline.extract.pdf.content.actual_text import decode_text, read_actual_text
from pipeline.extract.pdf.content.color_spaces import PREDEFINED, read_color_space
from pipeline.extract.pdf.content.display_list import IDENTITY, Matrix, Rect
from pipeline.extract.pdf.content.fonts import Font, Fonts
from pipeline.extract.pdf.content.layers import Layers
from pipeline.extract.pdf.content.lexer import read_name

_NORMAL = ("Normal", "Compatible")  # blend modes that paint over what is below
# standard: RFC 1950, the bytes before a deflated stream; zlib, its window where they are left out.
_ZLIB_HEADER, _RAW = 2, -15


class Form(Struct, frozen=True):
    """A form XObject: a content stream with resources of its own."""

    number: int | None
    """Its object number; None if it has none."""
    content: bytes
    matrix: Matrix
    box: Rect
    resources: Any
    """None: the form uses the resources of the stream that draws it."""
    is_group: bool = False
    """It is painted as a whole: what was set before holds for it, besides what its content sets."""
    stamps: bool = False
    """It is the look of a rubber stamp that somebody set on the page with a viewer."""


class Image(Struct, frozen=True):
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
        self.spaces = dict(PREDEFINED)
        for name, space in dict_value(self._all.get("ColorSpace", {})).items():
            read = read_color_space(resolve1(space))
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
        mode = resolve1(state.get("BM"))
        first = resolve1(mode[0]) if isinstance(mode, list) and mode else mode
        return _is_mask(state.get("SMask")) or (
            first is not None and literal_name(first) not in _NORMAL
        )

    def masks(self, name: str | bytes) -> bool | None:
        """Whether a graphics state paints through a soft mask; None: it does not say."""
        state = dict_value(dict_value(self._all.get("ExtGState", {})).get(name, {}))
        return _is_mask(state["SMask"]) if "SMask" in state else None

    def actual_text(self, operands: bytes) -> str | None:
        """The text that marked content has instead of its glyphs'; None: it has none.

        Args:
            operands: Of operator BDC: a tag, and a property list or the name of one.
        """
        if operands.count(b"/ActualText"):  # `in` takes twice as long for bytes
            return read_actual_text(operands)
        if operands.count(b"/") != 2 or operands.count(b"<<"):
            return None
        stored = dict_value(self._all.get("Properties", {})).get(read_name(operands))
        properties = resolve1(stored)
        text = resolve1(properties.get("ActualText")) if isinstance(properties, dict) else None
        return decode_text(text) if isinstance(text, bytes) else None

    def hides(self, name: str | bytes) -> bool:
        """Whether marked content with this property list belongs to a layer that is off."""
        return self.layers.hides(dict_value(self._all.get("Properties", {})).get(name))


def _is_mask(stored: Any) -> bool:
    mask = resolve1(stored)
    return mask is not None and literal_name(mask) != "None"


def read_form(stream: Any) -> Form | None:
    """Read a form XObject or an appearance; None if it has no bounding box."""
    if "BBox" not in stream:
        return None
    return Form(
        stream.objid,
        decode(stream) or b"",
        _matrix(stream.get("Matrix")),
        read_rect(stream.get("BBox")),
        dict_value(stream.get("Resources")) if stream.get("Resources") else None,
        isinstance(resolve1(stream.get("Group")), dict),
    )


def _matrix(stored: Any) -> Matrix:
    if stored is None:
        return IDENTITY
    a, b, c, d, e, f = (float(resolve1(value)) for value in list_value(stored))
    return a, b, c, d, e, f


def read_rect(stored: Any) -> Rect:
    """Read a rectangle; a PDF may give any two opposite corners (PDF 32000-1, 7.9.5).

    Raises:
        PDFException, ValueError, TypeError: It is none.
    """
    x0, y0, x1, y1 = (float(resolve1(value)) for value in list_value(stored))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def decode(stream: Any) -> bytes | None:
    """Decode a stream; None if it is not a stream, or is damaged.

    This decodes a copy: pdfminer keeps the decoded bytes of a stream, so memory would grow with
    every page.
    """
    if not isinstance(stream, PDFStream):
        return None
    if resolve1(stream.get("Length")) == 0 and not stream.rawdata and "F" not in stream:
        return b""  # a blank page: decoders call nothing at all damaged
    settings.STRICT = True  # otherwise a stream that cannot be decoded looks like an empty one
    try:
        data: bytes = copy.copy(stream).get_data()
    except PDFException:
        return _inflate(stream)
    finally:
        settings.STRICT = False
    return data


def _inflate(stream: PDFStream) -> bytes | None:
    """Decode a stream that is whole but for its checksum, which viewers do not ask for."""
    names = [literal_name(name) for name, _ in stream.get_filters()]
    if names != ["FlateDecode"] or stream.decipher is not None or not stream.rawdata:
        return None
    unpacker = zlib.decompressobj(_RAW)
    try:
        data = unpacker.decompress(stream.rawdata[_ZLIB_HEADER:])
    except zlib.error:
        return None
    return data if unpacker.eof else None


def find_forms(stored: Any, seen: set[int | None]) -> Iterator[Any]:
    """Find the form XObjects in resources, including forms inside other forms.

    Args:
        seen: Object numbers of the forms to leave out. The forms found are added.
    """
    for xobject in map(resolve1, dict_value(dict_value(stored).get("XObject", {})).values()):
        is_form = isinstance(xobject, PDFStream) and xobject.get("Subtype") is LITERAL_FORM
        if is_form and xobject.objid not in seen:
            seen.add(xobject.objid)
            yield xobject
            yield from find_forms(xobject.get("Resources", {}), seen)
