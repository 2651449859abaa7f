"""Marks on pages, and their way into a PDF through reportlab's canvas.

Lengths are in points, from the page's top left; a layout collects marks page by page and
the PDF is written once all pages are known, so that a page number can name their count.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from . import fonts


class Mark(Protocol):
    """Something that can be put on a page."""

    def draw(self, canvas: Canvas, height: float) -> None:
        """Put it on a page of this height."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A line of text; `baseline` is counted from the page's top."""

    x: float
    baseline: float
    text: str
    font: str
    size: float
    spacing: float = 0.0
    """Added after each glyph."""

    def draw(self, canvas: Canvas, height: float) -> None:
        """Show the text."""
        line = canvas.beginText(self.x, height - self.baseline)
        line.setFont(self.font, self.size)
        if self.spacing:
            line.setCharSpace(self.spacing)
        line.textOut(self.text)
        if self.spacing:
            line.setCharSpace(0)
        canvas.drawText(line)


@dataclasses.dataclass(frozen=True)
class Stroke:
    """A straight ruling."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: float

    def draw(self, canvas: Canvas, height: float) -> None:
        """Stroke the line."""
        canvas.setLineWidth(self.width)
        canvas.line(self.x0, height - self.top, self.x1, height - self.bottom)


@dataclasses.dataclass(frozen=True)
class Fill:
    """A filled rectangle, 0 black, 1 white."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float

    def draw(self, canvas: Canvas, height: float) -> None:
        """Fill the rectangle."""
        canvas.setFillGray(self.grey)
        canvas.rect(self.x0, height - self.bottom, self.x1 - self.x0, self.bottom - self.top,
                    stroke=0, fill=1)  # fmt: skip
        canvas.setFillGray(0)


def register_font(family: str) -> None:
    """Make the family known to reportlab, once."""
    if family not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(family, str(fonts.TRUETYPE_FILES[family])))


def text_width(text: str, family: str, size: float) -> float:
    """The advance of a text in points."""
    return float(pdfmetrics.stringWidth(text, family, size))


def write_pages(path: Path, width: float, height: float, pages: Sequence[Sequence[Mark]]) -> None:
    """Write the pages as a PDF; the same marks give the same bytes."""
    canvas = Canvas(str(path), pagesize=(width, height), invariant=1)
    for page in pages:
        for mark in page:
            mark.draw(canvas, height)
        canvas.showPage()
    canvas.save()
