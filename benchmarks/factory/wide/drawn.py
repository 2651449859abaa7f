"""Documents of family `wide` drawn mark by mark: blocks from top to bottom, page after page."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random

from ..marks import Mark, Stroke, Text, register_font, write_pages
from ..model import Laid
from ..sheet import column_widths
from .document import Block, PlainTable, Prose, WideAnnex, WideTable
from .grid import Grid, fitted_widths
from .ink import Frame, Line
from .setting import Printed, Setter
from .style import Style, draw_style
from .twist import Twist
from .words import SLUG


def lay_out(annex: WideAnnex, rng: Random, path: Path) -> Laid:
    """Draw the document to a PDF."""
    style = draw_style(rng, annex)
    twist = Twist.draw(rng, SLUG)
    register_font(style.font)
    press = Press(annex, style, rng)
    put = [press.put(block) for block in annex.blocks]
    tables = (table for table, block in zip(put, annex.blocks, strict=True)
              if table is not None and isinstance(block, WideTable))  # fmt: skip
    seen = annex.with_tables(lambda _: next(tables))
    pages = press.finished_pages()
    write_pages(path, style.sheet.width, style.sheet.height, pages)
    return Laid(
        layout=", ".join(part for part in (str(_as_found(style, seen, press)), str(twist)) if part),
        annex=seen,
        shown=(*annex.prose_texts(), *press.setter.shown),
        repeated=(annex.running,),
        hidden=tuple(press.setter.hidden),
        finish=twist.apply,
    )


def _as_found(style: Style, annex: WideAnnex, press: Press) -> Style:
    """The style without that for which there was no occasion."""
    odd = style.oddities
    shows_ruby = odd.ruby and any("ぁ" <= text[0] <= "ん" for text in press.setter.shown if text)
    is_clipped = any(table.clipped for table in annex.wide_tables)
    found = dataclasses.replace(
        odd, hidden=odd.hidden if press.setter.hidden else "", ruby=shows_ruby,
        clip=odd.clip if is_clipped else "",
    )  # fmt: skip
    again = style.label_again and any(table.merged for table in annex.wide_tables)
    return dataclasses.replace(style, oddities=found, label_again=again)


class Press:
    """Puts blocks on pages from top to bottom."""

    def __init__(self, annex: WideAnnex, style: Style, rng: Random) -> None:
        self._annex, self._style, self._rng = annex, style, rng
        self._sheet = style.sheet
        self.setter = Setter(style, rng)
        self._pages: list[list[Mark]] = []
        self._boxed_head = rng.random() < 0.4
        self._ruled_head = rng.random() < 0.4
        self.y = 0.0
        self.turn_page()

    @property
    def top(self) -> float:
        """Where a fresh page's room begins."""
        return self._sheet.margin + (16.0 if self._annex.running else 0.0)

    @property
    def bottom(self) -> float:
        """Where the page's room ends."""
        note = 30.0 if self._annex.footnote and len(self._pages) == 1 else 0.0
        return self._sheet.height - self._sheet.margin - note

    def turn_page(self) -> None:
        """Begin a page."""
        self._pages.append([])
        self.y = self.top

    def add(self, marks: Sequence[Mark]) -> None:
        """Put marks on the page."""
        self._pages[-1] += marks

    def put(self, block: Block) -> WideTable | None:
        """Put one block; a comment table comes back as it is to be seen."""
        if isinstance(block, Prose):
            self._put_prose(block)
            return None
        if isinstance(block, PlainTable):
            self._put_table(block.as_table())
            return None
        return self._put_table(block)

    def _put_table(self, table: WideTable) -> WideTable:
        size = self._sheet.size
        widths = column_widths(self._rng, table, self._sheet)
        fitted = fitted_widths(widths, table, self._style, partial(self.setter.measure))
        grid = Grid(self, self._style, self.setter, self._rng, table, fitted)
        needed = grid.needed + 5 * size
        started = self.y > self.top + 150
        if started and (self._style.new_pages or self.y + needed > self.bottom):
            self.turn_page()
        if table.title:
            self._put_prose(Prose("title", table.title))
        if table.caption:
            kind = "right" if self._style.caption_right else "caption"
            self._put_prose(Prose(kind, table.caption))
        self.y += 0.4 * size
        grid.put()
        self.y += self._rng.choice((0.8, 1.5, 2.5)) * size
        return grid.table

    def _put_prose(self, prose: Prose) -> None:
        """Lines outside the tables; a box around them where they have one."""
        size = self._sheet.size * {"title": 1.3, "large": 1.5, "heading": 1.15, "note": 0.9}.get(
            prose.kind, 1.0
        )
        inset = 6.0 if prose.kind == "box" else 0.0
        room, leading = self._sheet.text_width - 2 * inset, 1.45 * size
        lines = self.setter.broken(prose.text, room, size)
        if self.y + len(lines) * leading + 2 * inset + 3 * size > self.bottom:
            self.turn_page()
        self.y += 0.6 * size if prose.kind in ("heading", "box", "paragraph") else 0.0
        top = self.y
        self.y += inset
        for line in lines:
            self._put_line(line, prose.kind, size, inset, room)
            self.y += leading
        self.y += inset
        if prose.kind == "box":
            left, radius = self._sheet.margin, self._rng.choice((0.0, 0.0, 5.0))
            right = left + self._sheet.text_width
            self.add([Frame(left, top, right, self.y, 0.7, radius)])
            self.y += size

    def _put_line(self, line: Printed, kind: str, size: float, inset: float, room: float) -> None:
        slack = room - self.setter.measure(line.text, size)
        shift = {"right": slack, "centred": slack / 2}.get(kind, 0.0)
        x = self._sheet.margin + inset + shift
        if line.text:
            baseline = self.y + 1.05 * size
            self.add([Text(x, baseline, line.text, self._style.font, size)])

    def finished_pages(self) -> list[list[Mark]]:
        """The pages with their numbers, running heads and the footnote."""
        count = len(self._pages)
        for number, page in enumerate(self._pages, 1):
            is_blank = not self._annex.blocks
            text = "" if is_blank else self._style.page_number.format(page=number, pages=count)
            page += self._page_number(text)
            page += self._running_head()
        if self._annex.footnote:
            self._pages[0] += self._footnote()
        return self._pages

    def _page_number(self, text: str) -> list[Mark]:
        x = (self._sheet.width - self.setter.measure(text, 9.0)) / 2
        y = self._sheet.height - self._sheet.margin / 2
        return [Text(x, y, text, self._style.font, 9.0)] if text else []

    def _running_head(self) -> list[Mark]:
        """A line at the page's head, boxed or with a ruling below."""
        text, size, margin = self._annex.running, 9.0, self._sheet.margin
        if not text:
            return []
        right, baseline = self._sheet.width - margin, margin + 2.0
        x = right - self.setter.measure(text, size) - 4
        marks: list[Mark] = [Text(x, baseline, text, self._style.font, size)]
        if self._boxed_head:
            marks.append(Frame(x - 4, baseline - 10, right, baseline + 4, 0.6))
        elif self._ruled_head:
            marks.append(Line(Stroke(margin, baseline + 5, right, baseline + 5, 0.5)))
        return marks

    def _footnote(self) -> list[Mark]:
        """A note at the page's foot, under a short ruling."""
        margin, size = self._sheet.margin, 7.5
        y = self._sheet.height - margin - 14
        return [
            Line(Stroke(margin, y - 6, margin + 120, y - 6, 0.5)),
            Text(margin, y + 6, self._annex.footnote, self._style.font, size),
        ]
