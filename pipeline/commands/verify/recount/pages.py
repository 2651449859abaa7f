"""The characters of each page of a PDF, and which of them a reader sees."""

import io
import logging
from collections.abc import Collection, Iterator
from typing import Any

import pdfplumber
from pdfplumber.utils import resolve

from pipeline.commands.verify.characters import Character
from pipeline.commands.verify.recount.device import Device, Interpreter, Look
from pipeline.commands.verify.recount.geometry import IDENTITY, Rect, multiply, sides
from pipeline.commands.verify.recount.layers import Layers, find_appearances

for library in ("pdfminer", "pdfplumber"):
    logging.getLogger(library).setLevel(logging.CRITICAL)  # what matters, besshi says itself


def read_pages(data: bytes, left_out: Collection[int]) -> Iterator[tuple[int, list[Character]]]:
    """The characters of each page of a PDF that are no white space, in the order they are drawn.

    Args:
        left_out: The numbers of the pages that are not to be read, from 1.

    Raises:
        Exception: pdfplumber cannot read it; it fails in many ways.
    """
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if number not in left_out:
                yield number, list(_read_page(pdf, page))
                page.close()  # else it keeps its objects, and memory grows with every page


def _read_page(pdf: Any, page: Any) -> Iterator[Character]:
    layers = Layers(pdf.doc.catalog)
    device = Device(pdf.rsrcmgr, layers, page.page_number)
    _Page(pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # pdfplumber's own device made the same, without notes
    left, top, right, bottom = _crop(page.page_obj)
    over, down = page.mediabox[:2]
    noted = zip(page.chars, device.texts, device.notes, device.find_covered(), strict=True)
    for char, text, note, covered in noted:
        if not text.strip():
            continue
        x0, x1 = char["x0"] - over - left, char["x1"] - over - left
        y0, y1 = char["top"] - down - top, char["bottom"] - down - top
        on_page = 0 <= x0 + x1 <= 2 * (right - left) and 0 <= y0 + y1 <= 2 * (bottom - top)
        seen = note.paints and on_page and not covered
        yield Character(text, x0, y0, x1, y1, seen, note.up, note.overlaid)


class _Page(Interpreter):
    """Paints a page's content, then what viewers show over it."""

    _page: Any = None
    """None: it is a form on the page, which has no annotations of its own."""

    def process_page(self, page: Any) -> None:
        self._page = page
        super().process_page(page)

    def render_contents(self, resources: Any, streams: Any, ctm: Any = IDENTITY) -> None:
        super().render_contents(resources, streams, ctm)
        shown = find_appearances(self._page, self.device.layers) if self._page is not None else ()
        for stream, matrix, stamps in shown:
            self.device.look, self.device.stamps = Look(), stamps
            self.device.set_ctm(ctm)
            self.device.begin_figure("annotation", stream["BBox"], matrix)
            own = resolve(stream.get("Resources")) or {}
            nested = Interpreter(self.rsrcmgr, self.device)
            nested.render_contents(own, [stream], ctm=multiply(matrix, ctm))
            self.device.end_figure("annotation")


def _crop(page: Any) -> Rect:
    """What of the paper is shown, on the paper as displayed: left, top, right, bottom.

    pdfplumber's own crop box is another where a page is turned and cropped unevenly.
    """
    (left, low, right, high), (x0, y0, x1, y1) = map(sides, (page.mediabox, page.cropbox))
    x0, y0, x1, y1 = max(x0, left), max(y0, low), min(x1, right), min(y1, high)
    if x0 >= x1 or y0 >= y1:  # it lies beside the paper
        x0, y0, x1, y1 = left, low, right, high
    return {
        90: (y0 - low, x0 - left, y1 - low, x1 - left),
        180: (right - x1, y0 - low, right - x0, y1 - low),
        270: (high - y1, right - x1, high - y0, right - x0),
    }.get(page.rotate, (x0 - left, high - y1, x1 - left, high - y0))
