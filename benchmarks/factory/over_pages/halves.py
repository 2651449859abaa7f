"""Sheets too wide for their paper, in parts on several pages, as spreadsheets print them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from ..drawn import CENTRED, Lines, Press, Style
from ..marks import Mark, register_font, write_pages
from ..model import Annex, Laid, LayoutError, Table
from ..sheet import column_widths
from .looks import draw_plain_style

_ASKED = ("comment", "original_text")
_Span = tuple[int, int]
"""Columns [first, last + 1)."""


class PartPress(Press):
    """Puts some columns of some rows on each page, the rows as high as the whole sheet's."""

    def put_part(
        self, rows: Sequence[tuple[list[Lines], float]], widths: Sequence[float],
        centred: Sequence[bool], title: Table | None,
    ) -> None:  # fmt: skip
        """Put a page; the title, where it is given, above it."""
        if self._y > self._sheet.margin:
            self._new_page()
        if title is not None:
            self._put_head(title)
        for cells, height in rows:
            self._put_piece(cells, widths, centred, height, top=True, bottom=True)


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex's table in two or three parts; returns what the layout is like."""
    table = annex.tables[0]
    style = dataclasses.replace(draw_plain_style(rng, annex), shade=None, new_pages=True)
    register_font(style.font)
    spans = _draw_spans(rng, table)
    widths = _widths(rng, table, style, spans)
    again = rng.random() < 0.3 and table.columns[0].role == "number"
    press = PartPress(style)
    rows = _measured(press, table, widths, uniform=rng.random() < 0.15)
    pages = _paged(rows[1:], style, rows[0] if rng.random() < 0.5 else None, rows[0])
    over = rng.random() < 0.25
    places = [(p, s) for p in range(len(pages)) for s in spans] if over else [
        (p, s) for s in spans for p in range(len(pages))
    ]  # fmt: skip
    for page, (first, end) in places:
        columns = [0] * (again and first > 0) + list(range(first, end))
        part = [([cells[c] for c in columns], height) for cells, height in pages[page]]
        centred = [table.columns[c].role in CENTRED for c in columns]
        title = table if (page, first) == (0, 0) else None
        press.put_part(part, [widths[c] for c in columns], centred, title)
    marks: list[list[Mark]] = list(press.numbered_pages())
    write_pages(path, style.sheet.width, style.sheet.height, marks)
    order = "over then down" if over else "down then over"
    repeated = tuple(row[0] for row in table.rows) if again else ()
    return Laid(f"{style}, parts {spans}, {order}, numbers again: {again}", repeated=repeated)


def _draw_spans(rng: Random, table: Table) -> list[_Span]:
    """Where the sheet is cut: behind the last text that is answered, so that no part is a table."""
    roles = [column.role for column in table.columns]
    last = max(i for i, role in enumerate(roles) if role in _ASKED)
    cuts = list(range(max(2, last + 1), len(roles) - 1))
    if not cuts:
        raise LayoutError("too few columns to be cut")
    chosen = [rng.choice(cuts)]
    more = [cut for cut in cuts if cut >= chosen[0] + 2]
    if more and rng.random() < 0.5:
        chosen.append(rng.choice(more))
    return list(pairwise([0, *chosen, len(roles)]))


def _widths(rng: Random, table: Table, style: Style, spans: Sequence[_Span]) -> list[float]:
    """Widths with which each part takes most of the paper."""
    widths = list(column_widths(rng, table, style.sheet))
    for first, end in spans:
        share = rng.uniform(0.7, 0.93) * style.sheet.text_width / sum(widths[first:end])
        widths[first:end] = [width * min(share, 4.0) for width in widths[first:end]]
    return widths


def _measured(
    press: PartPress, table: Table, widths: Sequence[float], *, uniform: bool
) -> list[tuple[list[Lines], float]]:
    """Header and rows with their heights."""
    texts = [tuple(column.printed_header for column in table.columns), *table.rows]
    wrapped = [press.wrapped(row, widths) for row in texts]
    heights = [press.height(cells) for cells in wrapped]
    if uniform:
        heights[1:] = [max(heights[1:])] * len(table.rows)
    return list(zip(wrapped, heights, strict=True))


def _paged(
    rows: Sequence[tuple[list[Lines], float]], style: Style,
    repeated: tuple[list[Lines], float] | None, header: tuple[list[Lines], float],
) -> list[list[tuple[list[Lines], float]]]:  # fmt: skip
    """The rows of each page; the header is on the first, or on all."""
    room = style.sheet.height - 2 * style.sheet.margin
    pages, left = [[header]], room - header[1] - 5 * style.sheet.size
    for row in rows:
        if row[1] > left and len(pages[-1]) > 1:
            pages.append([repeated] if repeated else [])
            left = room - (repeated[1] if repeated else 0.0)
        if row[1] > left:
            raise LayoutError("a row higher than a page")
        pages[-1].append(row)
        left -= row[1]
    return pages
