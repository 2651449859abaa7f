"""Tables as a workbook, printed by LibreOffice Calc: one sheet a table."""

from __future__ import annotations

import dataclasses
import math
import re
import tempfile
from pathlib import Path
from random import Random
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from . import office
from .fonts import families
from .model import Annex, Table
from .sheet import Sheet, column_widths, draw_sheet, em_length

SIZES = (8.0, 9.0, 10.0, 11.0)
CENTRED = ("number", "disposition", "submitter")
BORDERS: tuple[Literal["thin", "hair", "medium"], ...] = ("thin", "thin", "hair", "medium")
PAPER_CODES = {"A3": "8", "A4": "9", "B4": "12"}
POINTS_A_CHARACTER = 5.6
"""A column's width is counted in digits of the workbook's default font."""


@dataclasses.dataclass(frozen=True)
class Style:
    """How one workbook looks."""

    sheet: Sheet
    font: str
    vertical: str
    horizontal: str | None
    border: Literal["thin", "hair", "medium"]
    repeats_header: bool
    zoom: float
    """Columns are so many times as wide as the paper; fitting them to its width scales all down."""
    shade: bool
    caption_right: bool
    row_slack: float | None
    """Rows are so many times as high as their texts, by a rough estimate; `None`: as Calc says."""
    page_number: str

    def __str__(self) -> str:
        header = "header repeated" if self.repeats_header else "header once"
        rows = "optimal rows" if self.row_slack is None else f"rows x{self.row_slack:g}"
        align = self.horizontal or "general"
        return f"calc: {self.sheet} {self.font}, {align}, zoom {self.zoom:g}, {rows}, {header}"


def draw_style(rng: Random, annex: Annex) -> Style:
    """A look in which the annex can be printed."""
    return Style(
        sheet=draw_sheet(rng, annex, SIZES),
        font=rng.choice(families()),
        vertical=rng.choice(("top", "top", "center")),
        horizontal=rng.choice((None, None, "left", "justify")),
        border=rng.choice(BORDERS),
        repeats_header=rng.random() < 0.6,
        zoom=rng.choice((1.0, 1.0, 1.2, 1.5)),
        shade=rng.random() < 0.4,
        caption_right=rng.random() < 0.4,
        row_slack=rng.choice((None, None, 1.2, 1.5)),
        page_number=rng.choice(("&P / &N", "- &P -", "&P", "")),
    )


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the annex to a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, table in enumerate(annex.tables, 1):
        widths = tuple(width * style.zoom for width in column_widths(rng, table, style.sheet))
        _fill(book.create_sheet(f"別紙{place}"), table, widths, style)
    with tempfile.TemporaryDirectory(prefix="factory-calc-") as folder:
        source = Path(folder) / "annex.xlsx"
        book.save(source)
        is_optimal = style.row_slack is None
        office.convert(_with_optimal_heights(source) if is_optimal else source, path)
    return str(style)


def _with_optimal_heights(workbook: Path) -> Path:
    """The workbook as an OpenDocument whose rows are as high as Calc finds their texts to be.

    Calc does not compute the heights of a workbook in Excel's format: every row without a height
    would be one line high, its text cut off.
    """
    plain = workbook.with_suffix(".fods")
    office.convert(workbook, plain)
    content = plain.read_text(encoding="utf-8")
    content = re.sub(r' style:row-height="[^"]*"', "", content)
    content = content.replace(' style:use-optimal-row-height="false"', "")
    plain.write_text(content, encoding="utf-8")
    return plain


def _fill(page: Worksheet, table: Table, widths: tuple[float, ...], style: Style) -> None:
    """Write one table on its sheet, title and caption above."""
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width / POINTS_A_CHARACTER
    _put_loose(page.cell(1, 1), table.title, Font(name=style.font, size=style.sheet.size * 1.2))
    if table.caption is not None:
        column = len(table.columns) if style.caption_right else 1
        font = Font(name=style.font, size=style.sheet.size)
        _put_loose(page.cell(2, column), table.caption, font)
    first = 4 if table.caption is not None else 3
    for place, head in enumerate(table.columns, 1):
        _put_cell(page, first, place, head.printed_header, style, is_header=True)
    for number, row in enumerate(table.rows, first + 1):
        for place, text in enumerate(row, 1):
            centred = table.columns[place - 1].role in CENTRED
            _put_cell(page, number, place, text, style, centred=centred)
    if style.row_slack is not None:
        for number, row in enumerate(table.rows, first + 1):
            height = _estimated_height(row, widths, style.sheet.size) * style.row_slack
            page.row_dimensions[number].height = height
    _set_up(page, style, first)


def _estimated_height(row: tuple[str, ...], widths: tuple[float, ...], size: float) -> float:
    """Points that the row's texts need, on the safe side."""
    counts = []
    for text, width in zip(row, widths, strict=True):
        room = width / size - 1.5
        lengths = [max(1.0, em_length(line)) for line in text.split("\n")]
        counts.append(sum(math.ceil(length / room) for length in lengths))
    return max(counts) * size * 1.45 + 4


def _put_loose(cell: Cell | MergedCell, text: str, font: Font) -> None:
    """Write a line above the table; it runs over the empty cells beside it."""
    cell.value, cell.font = text, font
    side = "left" if cell.column == 1 else "right"
    cell.alignment = Alignment(horizontal=side, vertical="center")


def _put_cell(
    page: Worksheet, row: int, column: int, text: str, style: Style, *,
    is_header: bool = False, centred: bool = False,
) -> None:  # fmt: skip
    cell = page.cell(row, column)
    cell.value, cell.data_type = text, "s"
    cell.font = Font(name=style.font, size=style.sheet.size)
    middle = is_header or centred
    cell.alignment = Alignment(
        wrap_text=True, vertical="center" if is_header else style.vertical,
        horizontal="center" if middle else style.horizontal,
    )  # fmt: skip
    side = Side(style=style.border)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    if is_header and style.shade:
        cell.fill = PatternFill("solid", fgColor="DDE6F0")


def _set_up(page: Worksheet, style: Style, header_row: int) -> None:
    """Paper, scale, repeated rows and the page number."""
    sheet = style.sheet
    page.page_setup.paperSize = PAPER_CODES[sheet.paper]
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    margins, inches = page.page_margins, sheet.margin / 72
    margins.left = margins.right = inches * 0.9
    margins.top = margins.bottom = max(inches, 0.75)
    if style.repeats_header:
        page.print_title_rows = f"{header_row}:{header_row}"
    if page.oddFooter is not None and page.oddFooter.center is not None:
        page.oddFooter.center.text = style.page_number
