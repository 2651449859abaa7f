"""One table on paper of several sizes, drawn with reportlab."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from ..drawn import CENTRED, Press, Style
from ..marks import register_font
from ..model import Annex, Laid, Table
from ..sheet import PAPERS, Sheet, column_widths
from .looks import draw_plain_style

_SHEETS = tuple((paper, turned) for paper in PAPERS for turned in (False, True))


class SheetPress(Press):
    """Puts some rows of a table on one page of its own paper."""

    def put_rows(
        self, table: Table, rows: Sequence[tuple[str, ...]], widths: Sequence[float], *,
        first: bool,
    ) -> int:  # fmt: skip
        """Put as many rows as the page holds, at least one; returns how many."""
        header = self.wrapped([column.printed_header for column in table.columns], widths)
        if first:
            self._put_head(table)
        if first or self._style.repeats_header:
            self._put_header(header, widths)
        centred = [column.role in CENTRED for column in table.columns]
        for count, row in enumerate(rows):
            cells = self.wrapped(row, widths)
            height = self.height(cells)
            if count and self._y + height > self._bottom:
                return count
            self._put_piece(cells, widths, centred, height, top=True, bottom=True)
        return len(rows)


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex on paper of several sizes; returns what the layout is like."""
    table, style = annex.tables[0], draw_plain_style(rng, annex)
    register_font(style.font)
    style = dataclasses.replace(style, shade=None)
    widths = column_widths(rng, table, style.sheet)
    canvas = Canvas(str(path), invariant=1)
    at, sheets = 0, list[Sheet]()
    while at < len(table.rows):
        sheet = style.sheet if not sheets else _draw_sheet(rng, style)
        scale = sheet.text_width / style.sheet.text_width
        own = dataclasses.replace(
            style, sheet=sheet, leading=style.leading * sheet.size / style.sheet.size
        )
        press = SheetPress(own)
        rows = table.rows[at : at + rng.randint(2, 6)]
        at += press.put_rows(table, rows, [width * scale for width in widths], first=not sheets)
        sheets.append(sheet)
        canvas.setPageSize((sheet.width, sheet.height))
        for mark in next(press.numbered_pages()):
            mark.draw(canvas, sheet.height)
        canvas.showPage()
    canvas.save()
    return Laid(f"{style}, on {', '.join(map(str, sheets))}")


def _draw_sheet(rng: Random, style: Style) -> Sheet:
    """Other paper; its type may grow with it."""
    paper, turned = rng.choice(_SHEETS)
    short, long = PAPERS[paper]
    width, height = (long, short) if turned else (short, long)
    margin = style.sheet.margin
    grown = (width - 2 * margin) / style.sheet.text_width
    size = style.sheet.size * (min(grown, 1.6) if rng.random() < 0.5 else 1.0)
    return Sheet(paper, width, height, margin, max(size, 5.5))
