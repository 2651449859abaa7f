"""A PDF's pages, opened with pdfplumber, or why they cannot be read."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer import settings
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import LITERAL_FORM
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.errors import DamagedError, EncryptedError, NotAPdfError
from pipeline.extract.drawing import Drawing, read_drawing
from pipeline.extract.painting import Rect, paint

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what matters, besshi says itself

_HEADER_WINDOW = 1024  # bytes in which readers look for %PDF- (PDF 32000-1, Annex H.3.4.1)


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
    # Not closed: pdfplumber's close reads every page again, and fails where one is damaged.
    pdf = _open(data)
    for number, page in enumerate(_pages(pdf), start=1):
        try:
            _check_contents(page, number)
            yield _read_page(page, number, pdf.rsrcmgr)
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


def _read_page(page: Any, number: int, resources: Any) -> Drawing:
    stored = page.page_obj
    crop = _overlap(_sides(stored.cropbox), _sides(stored.mediabox))
    return read_drawing(paint(stored, resources), number, _as_displayed(crop, stored))


def _sides(box: Any) -> Rect:
    """A box by its sides: any two opposite corners may be given (PDF 32000-1, 7.9.5)."""
    x0, y0, x1, y1 = (float(resolve1(value)) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _overlap(crop: Rect, media: Rect) -> Rect:
    """The crop box where it lies on the paper; the paper where it does not."""
    x0, y0 = max(crop[0], media[0]), max(crop[1], media[1])
    x1, y1 = min(crop[2], media[2]), min(crop[3], media[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media


def _as_displayed(crop: Rect, page: Any) -> Rect:
    """The crop box in the coordinates that pdfminer's interpreter paints in."""
    left, low, right, high = _sides(page.mediabox)
    x0, y0, x1, y1 = crop
    return {
        90: (y0 - low, right - x1, y1 - low, right - x0),
        180: (right - x1, high - y1, right - x0, high - y0),
        270: (high - y1, x0 - left, high - y0, x1 - left),
    }.get(page.rotate, (x0 - left, y0 - low, x1 - left, y1 - low))
