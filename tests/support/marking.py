"""Marks drawn beside type, and what was read of them."""

from collections.abc import Callable

from reportlab.lib.colors import HexColor
from reportlab.pdfgen import canvas

from pipeline.model import Line, MarkKind, Page
from tests.support.extracting import extract, table
from tests.support.pdfs import FONT, MakePdf

SIZE = 10.5
LEFT, TOP, PITCH = 55.4, 760.0, 15.0
FULL = "この要綱は地域の交通を守るため必要な事項を定める"  # as wide as its cell but for its margins
COLUMNS, ROWS = [50.0, LEFT + SIZE * len(FULL) + 5.4, 500.0], [780.0, 700.0]

Sign = Callable[[canvas.Canvas, float, float, float], None]
"""Draws a mark from x to x beside type with its baseline at y."""


def draw(sheet: canvas.Canvas, sign: Sign, lines: dict[str, tuple[int, int]], size: float) -> None:
    """A table of one row whose lines bear a mark from one character to another."""
    table(sheet, COLUMNS, ROWS)
    sheet.drawString(COLUMNS[1] + 5, TOP, "右")
    for row, (text, (start, end)) in enumerate(lines.items()):
        y = TOP - row * PITCH
        if start < end:
            sign(sheet, LEFT + start * size, LEFT + end * size, y)
        sheet.setFillGray(0)
        sheet.setFont(FONT, size)
        sheet.drawString(LEFT, y, text)


def underline(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.line(x0, y - 1.5, x1, y - 1.5)


def double(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    for below in (1.2, 2.6):
        sheet.line(x0, y - below, x1, y - below)


def dotted(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    x = x0
    while x < x1 - 1:
        sheet.rect(x, y - 2, 1, 1, stroke=0, fill=1)
        x += 2.5


def wavy(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    path = sheet.beginPath()
    path.moveTo(x0, y - 2)
    steps = int((x1 - x0) / 1.5)
    for step in range(1, steps + 1):
        path.lineTo(x0 + (x1 - x0) * step / steps, y - 2 + (step % 2))
    sheet.drawPath(path)


def strike(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.line(x0, y + 0.35 * SIZE, x1, y + 0.35 * SIZE)


def double_strike(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    for up in (2.0, 4.5):
        sheet.line(x0, y + up, x1, y + up)


def ground(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.setFillColor(HexColor("#ffff00"))
    sheet.rect(x0, y - 0.2 * SIZE, x1 - x0, 1.2 * SIZE, stroke=0, fill=1)


def frame(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.rect(x0, y - 0.2 * SIZE, x1 - x0, 1.15 * SIZE, stroke=1, fill=0)


SIGNS = {
    "underline": (underline, MarkKind.UNDERLINE),
    "double": (double, MarkKind.UNDERLINE),
    "dotted": (dotted, MarkKind.UNDERLINE),
    "wavy": (wavy, MarkKind.UNDERLINE),
    "strike": (strike, MarkKind.STRIKE),
    "double_strike": (double_strike, MarkKind.STRIKE),
    "ground": (ground, MarkKind.HIGHLIGHT),
    "frame": (frame, MarkKind.BOX),
}
LINES = {FULL: (0, len(FULL)), "ものとする。市は、": (6, 9), "これを公表する。": (0, 0)}


def read(make_pdf: MakePdf, paint: Callable[[canvas.Canvas], None]) -> Page:
    (page,) = extract(make_pdf(paint)).pages
    return page


def marked(line: Line) -> set[tuple[str, MarkKind]]:
    return {(line.text[mark.start : mark.end], mark.kind) for mark in line.marks}


def lines_of(page: Page) -> list[set[tuple[str, MarkKind]]]:
    """What is marked on each line of the left cell of a table with one row."""
    (grid,) = page.grids
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1)]
    return [marked(line) for line in grid.cells[0].lines]


def put_lines(sheet: canvas.Canvas, texts: list[str], left: float = LEFT) -> None:
    """A table of one row with these lines in its left cell."""
    table(sheet, COLUMNS, ROWS)
    sheet.setFont(FONT, SIZE)
    for row, text in enumerate(texts):
        sheet.drawString(left, TOP - row * PITCH, text)
