"""The invisible text that a scanner's software puts behind its picture, right or with errors."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random

import numpy as np
import pypdf
import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from benchmarks.factory.bend import Bend

_FONT = "HeiseiKakuGo-W5"  # of the reader's own: nothing is embedded, since nobody sees it
_INVISIBLE = 3  # standard: PDF 32000-1, table 106
_POINTS = 72  # per inch; standard: PDF 32000-1, 8.3.2.3
_MISREAD = "口日目力ロエ二八土士未末王玉0OoIl1，.・"
"""What stands where a character was misread."""

_Box = tuple[float, float, float, float]


def set_layer(
    page: pypdfium2.PdfPage, bend: Bend, resolution: int, wrong: float, rng: Random
) -> pypdf.PageObject:
    """Set the text of a page where the scanner's picture shows it, as invisible text.

    Args:
        page: The page that was printed.
        bend: How its sheet lay on the glass.
        resolution: Of the scan, in dots per inch.
        wrong: Share of misread characters, 0-1.
        rng: The lot that chooses them.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    width, height = page.get_size()
    data = io.BytesIO()
    sheet = canvas.Canvas(data, pagesize=(width, height))
    for text, (x0, y0, x1, y1) in _list_characters(page):
        middle = np.array([(x0 + x1) / 2]), np.array([height - (y0 + y1) / 2])
        u, v = bend.to_scan(*(side * resolution / _POINTS for side in middle))
        x, y = float(u[0]) * _POINTS / resolution, height - float(v[0]) * _POINTS / resolution
        read = rng.choice(_MISREAD) if text.strip() and rng.random() < wrong else text
        _set_character(sheet, read, (x - (x1 - x0) / 2, y, x + (x1 - x0) / 2, y), y1 - y0)
    sheet.save()
    return pypdf.PdfReader(data).pages[0]


def turn_page(page: pypdf.PageObject, turn: int) -> pypdf.Transformation:
    """Turn a page clockwise, with its corner at the origin.

    Args:
        page: The page.
        turn: Degrees, a multiple of 90.
    """
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    shift = {0: (0.0, 0.0), 90: (0.0, width), 180: (width, height), 270: (height, 0.0)}[turn]
    return pypdf.Transformation().rotate(-turn).translate(*shift)


def _list_characters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, _Box]]:
    """The characters of a page and white space between words, with their boxes in points."""
    text_page = page.get_textpage()
    for index in range(text_page.count_chars()):
        text = text_page.get_text_range(index, 1)
        if text.isprintable():
            yield text, text_page.get_charbox(index)


def _set_character(sheet: canvas.Canvas, text: str, box: _Box, height: float) -> None:
    size = max(height, 1.0)
    line = sheet.beginText()
    line.setTextRenderMode(_INVISIBLE)
    line.setFont(_FONT, size)
    natural = pdfmetrics.stringWidth(text, _FONT, size) or size
    line.setHorizScale(100 * max(box[2] - box[0], 0.1) / natural)
    line.setTextOrigin(box[0], box[1] - size / 3)
    line.textOut(text)
    sheet.drawText(line)
