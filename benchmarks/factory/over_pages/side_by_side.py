"""Tables in two or three columns side by side on each page, drawn with reportlab."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from random import Random

from ..drawn import Lines, Press, Style
from ..marks import Mark, register_font, write_pages
from ..model import Annex, Laid, Table
from ..sheet import PAPERS, Sheet, column_widths
from .looks import draw_plain_style


class ColumnPress(Press):
    """Puts a table's rows into one half of the page after the other."""

    def __init__(self, style: Style, halves: int, gutter: float) -> None:
        self._halves, self._half, self._gutter = halves, 0, gutter
        self._first_top = 0.0
        super().__init__(style)

    def _put_head(self, table: Table) -> None:
        super()._put_head(table)
        self._first_top = self._y

    def _new_page(self) -> None:
        if self._pages and self._half + 1 < self._halves:
            self._half += 1
            self._y = self._first_top
            return
        super()._new_page()
        self._half, self._first_top = 0, self._y

    def _put_piece(
        self, cells: Sequence[Lines], widths: Sequence[float], centred: Sequence[bool],
        height: float, *, top: bool, bottom: bool,
    ) -> None:  # fmt: skip
        before = self._sheet
        shift = self._half * (sum(widths) + self._gutter)
        self._sheet = dataclasses.replace(before, margin=before.margin + shift)
        super()._put_piece(cells, widths, centred, height, top=top, bottom=bottom)
        self._sheet = before

    def _put_header(self, header: list[Lines], widths: Sequence[float]) -> None:
        height = self.height(header)
        self._put_piece(header, widths, [True] * len(widths), height, top=True, bottom=True)


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex in columns side by side; returns what the layout is like."""
    table = annex.tables[0]
    short, long = PAPERS[rng.choice(("A4", "A3", "B4"))]
    halves = 3 if len(table.columns) == 2 and rng.random() < 0.4 else 2
    style = draw_plain_style(rng, annex)
    gutter = rng.choice((0.0, 1.5, 12.0, 24.0))
    sheet = Sheet(style.sheet.paper, long, short, 36.0, rng.choice((6.5, 7.0, 8.0)))
    half = dataclasses.replace(
        sheet, width=(sheet.text_width - (halves - 1) * gutter) / halves + 2 * sheet.margin
    )
    style = dataclasses.replace(
        style, sheet=sheet, leading=sheet.size * 1.2, padding=2.0, new_pages=True, shade=None,
        repeats_header=gutter < sheet.size or rng.random() < 0.7, caption_right=False,
    )  # fmt: skip
    register_font(style.font)
    press = ColumnPress(style, halves, gutter)
    press.put_table(table, column_widths(rng, table, half))
    pages: list[list[Mark]] = list(press.numbered_pages())
    write_pages(path, sheet.width, sheet.height, pages)
    repeated = tuple(column.printed_header for column in table.columns)
    return Laid(f"{style}, {halves} columns, gutter {gutter:g}", repeated=repeated)
