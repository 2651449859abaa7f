"""The PDF parser's place: what a page's content stream draws, read with pdfplumber.

Nothing else in besshi knows pdfplumber; another parser is exchanged here.
"""

import io
import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer import settings
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import LITERAL_FORM
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.errors import DamagedError, EncryptedError, NotAPdfError
from pipeline.model import UNMAPPED, Box, Glyph

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what matters, besshi says itself

_CID = re.compile(r"\(cid:\d+\)")  # what pdfminer writes for a glyph without a Unicode value
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MANY_OUTLINES = 100  # filled curves; a line of text drawn as outlines has about so many
_HEADER_WINDOW = 1024  # bytes in which readers look for %PDF- (PDF 32000-1, Annex H.3.4.1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on one page."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    """Those a reader can see, in the order they are drawn."""
    count: int
    """All drawn characters that are not white space."""
    hidden: int
    """Of these, the ones off the page or drawn a second time."""
    strokes: tuple[Box, ...]
    """Thin strokes: lines, the sides of framed rectangles, filled bars, straight path pieces."""
    pictured: bool
    """The page shows something that may be text without being it: an image, or outlines."""


def read_drawings(data: bytes) -> Iterator[Drawing]:
    """Read a PDF page by page; a page is released before the next is read.

    Args:
        data: The bytes of the file.

    Raises:
        NotAPdfError: There is no PDF header.
        EncryptedError: A password is needed.
        DamagedError: The document or one of its pages cannot be parsed, or is not all there.
    """
    if b"%PDF-" not in data[:_HEADER_WINDOW]:
        raise NotAPdfError("is no PDF; give the PDF itself, or convert the file to PDF first")
    with _open(data) as pdf:
        for number, page in enumerate(_pages(pdf), start=1):
            try:
                _check_contents(page, number)
                yield _read_page(page, number)
            except (PdfminerException, ValueError, TypeError, KeyError, IndexError) as error:
                raise DamagedError(
                    f"page {number} cannot be parsed ({_reason(error)}); "
                    "repair the PDF (for example print it to PDF anew) and try again"
                ) from error
            finally:
                page.close()


def _open(data: bytes) -> Any:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFEncryptionError):
            raise EncryptedError(
                "is encrypted; save a copy without a password and give that one"
            ) from error
        raise DamagedError(
            f"cannot be opened ({_reason(error)}); get the file again from its source"
        ) from error


def _pages(pdf: Any) -> list[Any]:
    try:
        pages = list(pdf.pages)
        promised = _count_pages(pdf.doc.catalog)
    except (PdfminerException, ValueError, TypeError, KeyError) as error:
        raise DamagedError(
            f"has no readable page tree ({_reason(error)}); get the file again from its source"
        ) from error
    if not pages:
        raise DamagedError("has no pages; get the file again from its source")
    if len(pages) < promised:
        raise DamagedError(
            f"has only {len(pages)} of its {promised} pages; get the file again from its source"
        )
    return pages


def _count_pages(catalog: dict[str, Any]) -> int:
    """How many pages the document says it has (PDF 32000-1, 7.7.3.2); 0 where it does not say."""
    tree = resolve1(catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    return count if isinstance(count, int) else 0


def _check_contents(page: Any, number: int) -> None:
    """Hold what draws a page against its damage: pdfminer would go on as if it were empty.

    Raises:
        DamagedError: A content stream is missing, or cannot be decoded to its end.
    """
    contents = [resolve1(content) for content in page.page_obj.contents]
    for stream in (*contents, *_forms(page.page_obj.resources, set())):
        if not isinstance(stream, PDFStream) or not _is_whole(stream):
            raise DamagedError(f"page {number} is damaged; get the file again from its source")


def _forms(resources: Any, seen: set[int | None]) -> Iterator[PDFStream]:
    """The form XObjects that a page may draw, those inside others included."""
    for drawn in map(resolve1, dict_value(dict_value(resources).get("XObject", {})).values()):
        is_form = isinstance(drawn, PDFStream) and drawn.get("Subtype") is LITERAL_FORM
        if is_form and drawn.objid not in seen:
            seen.add(drawn.objid)
            yield drawn
            yield from _forms(drawn.get("Resources", {}), seen)


def _is_whole(stream: PDFStream) -> bool:
    settings.STRICT = True  # else a stream that cannot be decoded is an empty one
    try:
        stream.get_data()
    except PDFException:
        return False
    finally:
        settings.STRICT = False
    return True


def _reason(error: Exception) -> str:
    cause = error.args[0] if error.args else error
    return f"{type(cause).__name__}: {cause}" if isinstance(cause, Exception) else str(error)


def _read_page(page: Any, number: int) -> Drawing:
    x, y = _origin(page)
    x0, top, x1, bottom = page.cropbox
    width, height = float(x1 - x0), float(bottom - top)
    # Judged after the conversion: some control characters are white space to Python.
    glyphs = [_glyph(char, x, y) for char in page.chars]
    drawn = [glyph for glyph in glyphs if glyph.text.strip()]
    seen = _drop_doubles([g for g in drawn if _on_page(g, width, height)])
    spaces = [glyph for glyph in glyphs if not glyph.text.strip()]
    return Drawing(
        number=number,
        width=width,
        height=height,
        glyphs=tuple(seen + [g for g in spaces if _on_page(g, width, height)]),
        count=len(drawn),
        hidden=len(drawn) - len(seen),
        strokes=tuple(_strokes(page, x, y)),
        pictured=bool(page.images) or _outlines(page) > _MANY_OUTLINES,
    )


def _origin(page: Any) -> tuple[float, float]:
    """Where pdfplumber puts the top left corner of the displayed page.

    It swaps the sides of a turned page's boxes but does not mirror them.
    """
    media, crop = page.mediabox, page.cropbox
    x = media[0] + media[2] - crop[2] if page.rotation in (180, 270) else crop[0]
    y = media[1] + media[3] - crop[3] if page.rotation in (90, 180) else crop[1]
    return float(x), float(y)


def _outlines(page: Any) -> int:
    return sum(bool(curve["fill"]) for curve in page.curves)


def _glyph(char: dict[str, Any], x: float, y: float) -> Glyph:
    text = _CONTROL.sub(UNMAPPED, _CID.sub(UNMAPPED, char["text"])) or UNMAPPED
    box = Box(char["x0"] - x, char["top"] - y, char["x1"] - x, char["bottom"] - y)
    return Glyph(text, box, float(char["size"]))


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    x, y = glyph.box.center
    return 0 <= x <= width and 0 <= y <= height


def _drop_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out a glyph drawn again on (nearly) the same place, as programs do for bold type."""
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    result = []
    for glyph in glyphs:
        x, y = glyph.box.center
        unit = max(glyph.size, 1.0)
        column, row = int(x // unit), int(y // unit)
        near = (
            other
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in kept.get((glyph.text, c, r), ())
        )
        if any(_same_place(glyph, other) for other in near):
            continue
        kept.setdefault((glyph.text, column, row), []).append(glyph)
        result.append(glyph)
    return result


def _same_place(one: Glyph, other: Glyph) -> bool:
    """Whether the middles lie within a third of the glyph: no text sets two glyphs so close."""
    (x, y), (u, v) = one.box.center, other.box.center
    return abs(x - u) * 3 < max(one.box.width, 0.1) and abs(y - v) * 3 < one.size


def _strokes(page: Any, x: float, y: float) -> Iterator[Box]:
    """Every drawn thing as thin boxes; whether a box is thin enough is decided later."""
    for line in page.lines:
        if _inked(line, "stroking_color"):
            yield _moved(line["x0"], line["top"], line["x1"], line["bottom"], x, y)
    for rect in page.rects:
        x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if rect["fill"] and _inked(rect, "non_stroking_color"):
            yield _moved(x0, top, x1, bottom, x, y)
        if rect["stroke"] and _inked(rect, "stroking_color"):
            yield _moved(x0, top, x1, top, x, y)
            yield _moved(x0, bottom, x1, bottom, x, y)
            yield _moved(x0, top, x0, bottom, x, y)
            yield _moved(x1, top, x1, bottom, x, y)
    for curve in page.curves:
        if curve["stroke"] and _inked(curve, "stroking_color"):
            points = curve["pts"]
            for (a, b), (c, d) in itertools.pairwise(points):
                yield _moved(min(a, c), min(b, d), max(a, c), max(b, d), x, y)


def _moved(x0: float, top: float, x1: float, bottom: float, x: float, y: float) -> Box:
    return Box(x0 - x, top - y, x1 - x, bottom - y)


def _inked(shape: dict[str, Any], key: str) -> bool:
    """Whether a shape's colour differs from white paper (grey and RGB 1, CMYK 0)."""
    color = shape.get(key)
    if color is None:
        return True
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return True
    white = 0 if len(parts) == 4 else 1
    return any(abs(part - white) > 0.02 for part in parts)  # 0.02: half a step of 5-bit colour
