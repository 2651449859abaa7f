"""Open a PDF with pdfminer and read its pages, or say why they cannot be read."""

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from math import isfinite
from typing import Any, TypeVar

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import KWD, LIT

from pipeline.errors import (
    DamagedError,
    EncryptedError,
    NotAPdfError,
    TooLargeError,
    UnopenableError,
    describe_error,
)
from pipeline.extract.pdf.annotations import find_appearances
from pipeline.extract.pdf.content import Painting, Rect, paint
from pipeline.extract.pdf.content.display_list import Matrix
from pipeline.extract.pdf.content.fonts import Fonts
from pipeline.extract.pdf.content.graphics_state import intersect
from pipeline.extract.pdf.content.layers import Layers
from pipeline.extract.pdf.content.parse_errors import PARSE_ERRORS
from pipeline.extract.pdf.content.resources import Form, Resources, decode, find_forms, read_rect
from pipeline.extract.pdf.content.structure import PageStructure, Structure
from pipeline.extract.pdf.page_content import Drawing, read_drawing

_Part = TypeVar("_Part", Layers, Structure)
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # besshi reports what matters itself

# Bytes at the start of a file in which readers look for %PDF-; standard: PDF 32000-1, Annex H,
# 3.4.1.
_HEADER_WINDOW = 1024
# Pages; judgement: 25 times the longest known annex, but a file of 5 MB can declare 100,000.
_MAX_PAGES = 10_000
# What most objects of a file consist of: numbers, names in ASCII, arrays, dictionaries and
# references, each with what ends it for pdfminer. Of thousands of digits Python makes no number.
_END = rb"[/%\[\]()<>{}\s]"
_TOKEN = re.compile(
    rb"\s*+(?:(-?\d{1,18}+)(?=[^\d.])|(/[^#/%\[\]()<>{}\s\x80-\xff]++)(?=" + _END + rb")"
    rb"|(\[|\]|<<|>>|(?:R|obj|endobj)(?=" + _END + rb"))|(-?\d{1,18}+\.\d{1,18}+)(?=[^\d]))"
)


class Document:
    """A PDF whose pages can be read in any order. Fonts that pages share are built once."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises:
            NotAPdfError: The file is empty or has no PDF header.
            EncryptedError: A password is needed.
            DamagedError: The document cannot be parsed, or is incomplete.
            TooLargeError: The document has more than 10,000 pages.
        """
        if not data:
            raise NotAPdfError("is empty; get the file again from its source")
        if b"%PDF-" not in data[:_HEADER_WINDOW]:
            raise NotAPdfError("is no PDF; give the PDF itself, or convert the file to PDF first")
        document = _open(data)
        self._pages = _list_pages(document)
        self._layers = _read_catalog(Layers, document)
        self._structure = _read_catalog(Structure, document)
        self._fonts, self._checked_forms = Fonts(), set[int | None]()
        self._last: tuple[Any, Resources] | None = None

    def __len__(self) -> int:
        """The number of pages."""
        return len(self._pages)

    def read_drawings(self, numbers: Iterable[int]) -> Iterator[Drawing]:
        """Read pages, counted from 1. Each page is released before the next one is read.

        Raises:
            DamagedError: A page cannot be parsed, or is incomplete.
        """
        for number in numbers:
            yield read_drawing(*self.read_painting(number))

    def read_painting(self, number: int) -> tuple[Painting, int, Rect]:
        """Read what a page paints, its number, and its crop box, on the paper as displayed.

        Raises:
            DamagedError: The page cannot be parsed, or is incomplete.
        """
        page = self._pages[number - 1]
        try:
            content = _read_content(page, number, self._checked_forms)
            resources = self._read_resources(page.resources)
            appearances = find_appearances(page, self._layers)
            structure = self._structure.of_page(page.attrs)
            painting, crop = _paint(page, content, resources, appearances, structure)
        except PARSE_ERRORS as error:
            raise DamagedError(
                f"page {number} cannot be parsed ({describe_error(error)}); "
                "repair the PDF (for example, print it to PDF again) and try again"
            ) from error
        return painting, number, crop

    def _read_resources(self, stored: Any) -> Resources:
        """The resources of a page, which most programs share with the page before."""
        if self._last is None or self._last[0] is not stored:
            self._last = stored, Resources(stored, self._fonts, self._layers)
        return self._last[1]


class ObjectParser(PDFParser):
    """pdfminer's parser, with one expression for the tokens that it would read byte by byte."""

    def nexttoken(self) -> tuple[int, Any]:
        """Read the next token and its place; pdfminer reads those that are not of the usual kinds.

        Raises:
            PSException: There is none.
        """
        found = _TOKEN.match(self.buf, self.charpos)
        if found is None:
            return super().nexttoken()
        self.charpos = found.end()
        kind = found.lastindex or 0
        place, token = self.bufpos + found.start(kind), found[kind]
        if kind in (1, 4):
            return place, int(token) if kind == 1 else float(token)
        return place, LIT(token[1:].decode()) if kind == 2 else KWD(token)


def read_drawings(data: bytes) -> Iterator[Drawing]:
    """Read a PDF page by page.

    Raises:
        NotAPdfError, EncryptedError, DamagedError: See `Document`.
    """
    document = Document(data)
    return document.read_drawings(range(1, len(document) + 1))


def _open(data: bytes) -> Any:
    try:
        return PDFDocument(ObjectParser(io.BytesIO(data)))
    except PDFEncryptionError as error:
        raise EncryptedError(
            "is encrypted; save a copy without a password and give that one"
        ) from error
    except MemoryError:  # the file may be intact; the memory limit has a message of its own
        raise
    except Exception as error:  # pdfminer's parser fails in many ways on malformed bytes
        raise UnopenableError(
            f"cannot be opened ({describe_error(error)}); get the file again from its source"
        ) from error


def _read_catalog(kind: Callable[[Any], _Part], document: Any) -> _Part:
    """A part of a document's catalog; an empty one if it cannot be read: no text is lost by that.

    Without its layers all is shown, without its structure nothing is tagged.
    """
    try:
        return kind(document.catalog)
    except PARSE_ERRORS:
        return kind({})


def _list_pages(document: Any) -> list[Any]:
    try:
        pages = list(islice(PDFPage.create_pages(document), _MAX_PAGES + 1))
        declared = _read_page_count(document.catalog)
    except PARSE_ERRORS as error:
        raise UnopenableError(
            f"has no readable page tree ({describe_error(error)}); get the file again from its "
            "source"
        ) from error
    if len(pages) > _MAX_PAGES:
        raise TooLargeError(f"has more than {_MAX_PAGES:,} pages; cut it into parts")
    if any(resolve1(page.attrs.get("MediaBox")) is None for page in pages):
        raise UnopenableError("has a page without a size; get the file again from its source")
    if not pages:
        raise UnopenableError("has no pages; get the file again from its source")
    if len(pages) < declared:
        raise DamagedError(
            f"has only {len(pages)} of its {declared} pages; get the file again from its source"
        )
    return pages


def _read_page_count(catalog: dict[str, Any]) -> int:
    """The page count that the document declares (PDF 32000-1, 7.7.3.2); 0 if it declares none."""
    tree = resolve1(catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    return count if isinstance(count, int) else 0


def _read_content(page: Any, number: int, checked_forms: set[int | None]) -> bytes:
    """Read a page's content stream and check that it is complete.

    Without the check, lost content would look like an empty page.

    Args:
        page: pdfminer's page.
        number: The page's number, from 1.
        checked_forms: Object numbers of the forms that were checked before; new ones are added.

    Raises:
        DamagedError: The content stream of the page or of a form is missing, or cannot be decoded
            to its end.
    """
    parts = [decode(resolve1(content)) for content in page.contents]
    forms = (decode(form) for form in find_forms(page.resources, checked_forms))
    if None in parts or None in forms:
        raise DamagedError(f"page {number} is damaged; get the file again from its source")
    return b"\n".join(part for part in parts if part is not None)


def _paint(
    page: Any,
    content: bytes,
    resources: Resources,
    appearances: Iterable[Form],
    structure: PageStructure,
) -> tuple[Painting, Rect]:
    media = read_rect(page.mediabox)
    crop = _clip_to_paper(read_rect(page.cropbox), media)
    shown = _as_displayed(crop, media, page.rotate)
    if not all(map(isfinite, shown)):
        raise ValueError("its size is infinite")
    matrix = _to_displayed(media, page.rotate)
    return paint(content, resources, matrix, appearances, structure), shown


def _clip_to_paper(crop: Rect, media: Rect) -> Rect:
    """The part of the crop box that lies on the paper; the whole paper if no part does."""
    x0, y0, x1, y1 = intersect(crop, media)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media


def _to_displayed(media: Rect, rotate: int) -> Matrix:
    """The matrix from user space to the paper as displayed, its lower left corner at the origin."""
    left, low, right, high = media
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -low, right),
        180: (-1, 0, 0, -1, right, high),
        270: (0, 1, -1, 0, high, -left),
    }
    return turned.get(rotate, (1, 0, 0, 1, -left, -low))


def _as_displayed(crop: Rect, media: Rect, rotate: int) -> Rect:
    """The crop box on the paper as displayed."""
    left, low, right, high = media
    x0, y0, x1, y1 = crop
    return {
        90: (y0 - low, right - x1, y1 - low, right - x0),
        180: (right - x1, high - y1, right - x0, high - y0),
        270: (high - y1, x0 - left, high - y0, x1 - left),
    }.get(rotate, (x0 - left, y0 - low, x1 - left, y1 - low))
