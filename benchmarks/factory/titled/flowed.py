"""Tables of family `titled`, set by reportlab's platypus."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import PageBreak, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from ..flowed import Style, build_document, draw_style, grid, prepare
from ..marks import register_font
from ..model import Annex, Laid
from ..sheet import column_widths
from .content import HeadLine, TitledAnnex, TitledTable

__all__ = ["lay_out", "prepare"]

_ALIGN = {"left": 0, "center": 1, "right": 2}


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Set the annex as a PDF."""
    assert isinstance(annex, TitledAnnex)
    style = draw_style(rng, annex)
    register_font(style.font)
    sheet, story, shown = style.sheet, [], []
    for place, table in enumerate(annex.tables):
        assert isinstance(table, TitledTable)
        if place:
            story.append(PageBreak() if style.new_pages else Spacer(1, 3 * sheet.size))
        story += [part for line in table.above for part in _head(line, style)]
        story.append(grid(table, column_widths(rng, table, sheet), style))
        shown += table.other_texts()
    size = sheet.width, sheet.height
    build_document(
        path, story, size, sheet.margin, style.font, style.page_number, annex.running, annex.foot
    )
    return Laid(str(style), shown=tuple(shown), repeated=(annex.running, annex.foot))


def _head(line: HeadLine, style: Style) -> list[Any]:
    size = style.sheet.size * line.scale
    own = style.paragraph(
        fontSize=size, leading=1.4 * size, alignment=_ALIGN[line.align], keepWithNext=1
    )
    text = Paragraph("<br/>".join(map(escape, line.text.split("\n"))), own)
    gap = Spacer(1, line.after * size)
    if line.framed:
        widest = max(map(len, line.text.split("\n"))) * size + 2 * size + 12
        frame = [("BOX", (0, 0), (-1, -1), 0.5, colors.black)]
        width = min(widest, style.sheet.text_width)
        return [Grid([[text]], colWidths=[width], style=frame, hAlign=line.align.upper()), gap]
    if line.beside:
        right = Paragraph(escape(line.beside), style.paragraph(alignment=2))
        width = style.sheet.text_width
        beside = 10 * style.sheet.size
        bare = [("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
        return [Grid([[text, right]], colWidths=[width - beside, beside], style=bare), gap]
    return [text, gap]
