"""Tables drawn stroke by stroke with reportlab: line breaks and page cuts of our own making."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from .fonts import truetype_families
from .line_breaking import RULES, break_lines
from .marks import Fill, Mark, Stroke, Text, register_font, text_width, write_pages
from .model import Annex, Table
from .sheet import PAGE_NUMBERS, Sheet, column_widths, draw_sheet

SIZES = (6.0, 6.15, 6.5, 7.0, 7.5, 8.0, 9.0, 9.5, 10.0, 10.5)
CENTRED = ("number", "disposition", "submitter")

Lines = list[tuple[str, bool]]
"""Printed lines; the flag says that the author ended the line."""


@dataclasses.dataclass(frozen=True)
class Style:
    """How one annex is drawn; lengths in points."""

    sheet: Sheet
    font: str
    rule: str
    leading: float
    padding: float
    line_width: float
    justified: bool
    cuts_rows: bool
    """A row is cut where the page ends; else it moves on, if a page can hold it."""
    closes_cuts: bool
    """A cut row has a ruling at the page's end."""
    opens_cuts: bool
    """The rest of a cut row has a ruling above it."""
    repeats_header: bool
    middle: bool
    """Texts stand in the middle of their cells' height."""
    shade: float | None
    """Grey of the header cells, 1 is white."""
    new_pages: bool
    """Each table begins a page."""
    caption_right: bool
    page_number: str

    def __str__(self) -> str:
        ends = f"{'ruled' if self.closes_cuts else 'open'}/{'ruled' if self.opens_cuts else 'open'}"
        cut = f"rows cut ({ends})" if self.cuts_rows else f"rows kept ({ends})"
        header = "header repeated" if self.repeats_header else "header once"
        fit = " justified" if self.justified else ""
        return f"drawn: {self.sheet} {self.font}, {self.rule}{fit}, {cut}, {header}"


def draw_style(rng: Random, annex: Annex) -> Style:
    """A style in which the annex can be drawn."""
    sheet = draw_sheet(rng, annex, SIZES)
    rule = rng.choice(tuple(RULES))
    return Style(
        sheet=sheet,
        font=rng.choice(truetype_families()),
        rule=rule,
        leading=sheet.size * rng.choice((1.0, 1.08, 1.15, 1.25, 1.5)),
        padding=rng.choice((2.5, 4.0, 5.4) if RULES[rule].hanging else (1.0, 1.5, 2.5, 4.0)),
        line_width=rng.choice((0.25, 0.5, 0.75, 1.0)),
        justified=rng.random() < 0.3,
        cuts_rows=rng.random() < 0.55,
        closes_cuts=rng.random() < 0.5,
        opens_cuts=rng.random() < 0.6,
        repeats_header=rng.random() < 0.55,
        middle=rng.random() < 0.35,
        shade=rng.choice((None, None, 0.85, 0.92)),
        new_pages=rng.random() < 0.6,
        caption_right=rng.random() < 0.4,
        page_number=rng.choice(PAGE_NUMBERS),
    )


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Draw the annex to a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    register_font(style.font)
    press = Press(style)
    for table in annex.tables:
        press.put_table(table, column_widths(rng, table, style.sheet))
    write_pages(path, style.sheet.width, style.sheet.height, list(press.numbered_pages()))
    return str(style)


class Press:
    """Puts tables on pages from top to bottom."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._sheet = style.sheet
        self._pages: list[list[Mark]] = []
        self._bottom = style.sheet.height - style.sheet.margin
        self._new_page()

    def numbered_pages(self) -> Iterator[list[Mark]]:
        """The pages, with their numbers below."""
        size = 9.0
        for number, marks in enumerate(self._pages, 1):
            text = self._style.page_number.format(page=number, pages=len(self._pages))
            x = (self._sheet.width - self._measure(text, size)) / 2
            baseline = self._sheet.height - self._sheet.margin / 2
            yield [*marks, Text(x, baseline, text, self._style.font, size)] if text else marks

    def put_table(self, table: Table, widths: Sequence[float]) -> None:
        """Put one table with its title and caption."""
        header = self.wrapped([column.printed_header for column in table.columns], widths)
        rows = [self.wrapped(row, widths) for row in table.rows]
        self._make_room(self.height(header) + 4 * self._style.leading + 60)
        self._put_head(table)
        self._put_header(header, widths)
        centred = [column.role in CENTRED for column in table.columns]
        for row in rows:
            self._put_row(row, widths, centred, header)
        self._y += 2.5 * self._sheet.size

    def _make_room(self, needed: float) -> None:
        started = self._y > self._sheet.margin
        if started and (self._style.new_pages or self._y + needed > self._bottom):
            self._new_page()

    def _new_page(self) -> None:
        self._pages.append([])
        self._y = self._sheet.margin

    def _measure(self, text: str, size: float) -> float:
        return text_width(text, self._style.font, size)

    def wrapped(self, texts: Sequence[str], widths: Sequence[float]) -> list[Lines]:
        """Each cell's text as printed lines."""
        rule, measure = RULES[self._style.rule], partial(self._measure, size=self._sheet.size)
        room = 2 * self._style.padding
        return [
            break_lines(text, rule, width - room, measure)
            for text, width in zip(texts, widths, strict=True)
        ]

    def height(self, cells: Sequence[Lines]) -> float:
        """The height of a row with these cells, in points."""
        return max(map(len, cells)) * self._style.leading + 2 * self._style.padding

    def _put_head(self, table: Table) -> None:
        """Title and caption above the table, wrapped where they are too long."""
        size = self._sheet.size * 1.3
        self._put_loose(table.title, size, right=False)
        if table.caption is not None:
            self._put_loose(table.caption, self._sheet.size, right=self._style.caption_right)
        self._y += 0.4 * size

    def _put_loose(self, text: str, size: float, *, right: bool) -> None:
        rule, measure = RULES[self._style.rule], partial(self._measure, size=size)
        for line, _ in break_lines(text, rule, self._sheet.text_width, measure):
            shift = self._sheet.text_width - measure(line) if right else 0.0
            x, baseline = self._sheet.margin + shift, self._y + 0.95 * size
            self._pages[-1].append(Text(x, baseline, line, self._style.font, size))
            self._y += 1.4 * size

    def _put_header(self, header: list[Lines], widths: Sequence[float]) -> None:
        height = self.height(header)
        if self._style.shade is not None:
            left, right = self._sheet.margin, self._sheet.margin + sum(widths)
            shade = Fill(left, self._y, right, self._y + height, self._style.shade)
            self._pages[-1].append(shade)
        self._put_piece(header, widths, [True] * len(widths), height, top=True, bottom=True)

    def _put_row(
        self, cells: list[Lines], widths: Sequence[float], centred: Sequence[bool],
        header: list[Lines],
    ) -> None:  # fmt: skip
        """Put one row, over as many pages as it takes."""
        rest, first = cells, True
        while True:
            height = self.height(rest)
            room = self._bottom - self._y
            if height <= room:
                self._put_piece(rest, widths, centred, height,
                                top=first or self._style.opens_cuts, bottom=True)  # fmt: skip
                return
            count = int((room - 2 * self._style.padding) / self._style.leading)
            if count >= 2 and self._may_cut(height, header):
                now = [cell[:count] for cell in rest]
                self._put_piece(now, widths, centred, room, top=first or self._style.opens_cuts,
                                bottom=self._style.closes_cuts)  # fmt: skip
                rest, first = [cell[count:] for cell in rest], False
            self._new_page()
            if self._style.repeats_header:
                self._put_header(header, widths)

    def _may_cut(self, height: float, header: list[Lines]) -> bool:
        """Rows that are kept whole are cut only if no page can hold them."""
        page = self._bottom - self._sheet.margin - self.height(header)
        return self._style.cuts_rows or height > page

    def _put_piece(
        self, cells: Sequence[Lines], widths: Sequence[float], centred: Sequence[bool],
        height: float, *, top: bool, bottom: bool,
    ) -> None:  # fmt: skip
        """Put a row, or what of it goes on this page, and its rulings."""
        x = self._sheet.margin
        room = height if top and bottom and self._style.middle else None
        for cell, width, is_centred in zip(cells, widths, centred, strict=True):
            self._put_cell(cell, x, width, room, is_centred)
            x += width
        self._put_rulings(widths, height, top=top, bottom=bottom)
        self._y += height

    def _put_cell(
        self, lines: Lines, x: float, width: float, height: float | None, centred: bool
    ) -> None:
        """Put a cell's lines, in the middle of its height if one is given."""
        style, size = self._style, self._sheet.size
        free = 0.0 if height is None else height - self.height([lines])
        baseline = self._y + style.padding + free / 2 + 0.5 * style.leading + 0.38 * size
        for text, ended in lines:
            slack = width - 2 * style.padding - self._measure(text, size)
            shift = slack / 2 if centred and ended else 0.0
            spacing = self._spacing(text, slack) if style.justified and not ended else 0.0
            left = x + style.padding + shift
            if text:
                self._pages[-1].append(Text(left, baseline, text, style.font, size, spacing))
            baseline += style.leading

    def _spacing(self, text: str, slack: float) -> float:
        """What justifies a line that the layout ended."""
        can_fill = len(text) > 4 and abs(slack) < 3 * self._sheet.size
        return slack / (len(text) - 1) if can_fill else 0.0

    def _put_rulings(
        self, widths: Sequence[float], height: float, *, top: bool, bottom: bool
    ) -> None:
        x, line = self._sheet.margin, self._style.line_width
        edges = [x + sum(widths[:count]) for count in range(len(widths) + 1)]
        marks = [Stroke(edge, self._y, edge, self._y + height, line) for edge in edges]
        if top:
            marks.append(Stroke(edges[0], self._y, edges[-1], self._y, line))
        if bottom:
            below = self._y + height
            marks.append(Stroke(edges[0], below, edges[-1], below, line))
        self._pages[-1] += marks
