"""Shaped documents, set by reportlab's platypus."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from ..flowed import build_document, prepare
from ..fonts import truetype_families
from ..marks import register_font
from ..model import Annex, LayoutError
from .document import Block, Cell, Ruled, ShapedAnnex, Text
from .html import Style, draw_style

__all__ = ["lay_out", "prepare"]


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Set the document; returns what the layout is like."""
    assert isinstance(annex, ShapedAnnex)
    style = draw_style(rng, truetype_families())
    register_font(style.font)
    story = [part for block in annex.blocks for part in _block(block, style)]
    size = style.width, style.height
    try:
        build_document(path, story, size, style.margin, style.font, style.page_number)
    except TypeError as error:  # platypus fails so where merged rows are higher than what is left
        raise LayoutError("a row that no page holds") from error
    return f"platypus: {style}"


def _block(block: Block, style: Style) -> list[Any]:
    if isinstance(block, Text):
        return _text(block, style)
    grid = _grid(block, style)
    return [KeepTogether([grid]) if block.whole else grid]


def _text(block: Text, style: Style) -> list[Any]:
    if not block.text:
        return [Spacer(1, block.before * style.size)]
    own = _paragraph(
        style,
        block.scale,
        leftIndent=(block.indent + block.hanging) * style.size,
        firstLineIndent=-block.hanging * style.size,
        alignment=1 if block.centred else 0,
        keepWithNext=int(block.keeps),
    )
    parts = [Paragraph(escape(line), own) for line in block.text.split("\n")]
    if block.framed:
        return [Grid([[parts]], colWidths=[style.text_width], style=_look(style))]
    return [Spacer(1, block.before * style.size), *parts] if block.before else list(parts)


def _grid(block: Ruled, style: Style) -> Grid:
    commands, total = _look(style), sum(block.widths)
    held: dict[tuple[int, int], list[Paragraph]] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(block.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            held[y, x] = _lines(cell, style)
            taken |= {(y + i, x + j) for i in range(cell.rows) for j in range(cell.columns)}
            end = (x + cell.columns - 1, y + cell.rows - 1)
            commands.append(("SPAN", (x, y), end))
            if cell.is_label and style.shade != "none":
                commands.append(("BACKGROUND", (x, y), end, colors.HexColor(style.shade)))
            x += cell.columns
    data = [
        [held.get((y, x), "") for x in range(len(block.widths))] for y in range(len(block.rows))
    ]
    return Grid(
        data, colWidths=[width / total * style.text_width for width in block.widths],
        style=commands, repeatRows=block.header_rows if style.repeats_header else 0,
    )  # fmt: skip


def _look(style: Style) -> list[tuple[Any, ...]]:
    return [
        ("GRID", (0, 0), (-1, -1), style.border, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if style.middle else "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), style.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.padding),
        ("LEFTPADDING", (0, 0), (-1, -1), style.padding),
        # Platypus hangs whatever may not start a line: there is room for one glyph.
        ("RIGHTPADDING", (0, 0), (-1, -1), max(style.padding, style.size)),
    ]


def _lines(cell: Cell, style: Style) -> list[Paragraph]:
    own = _paragraph(style)
    return [Paragraph(escape(line) or "&nbsp;", own) for line in cell.text.split("\n")]


def _paragraph(style: Style, scale: float = 1.0, **changes: Any) -> ParagraphStyle:
    known: dict[str, Any] = {
        "fontName": style.font, "fontSize": style.size * scale, "wordWrap": "CJK",
        "leading": style.size * scale * style.line_height, "alignment": 4 if style.justified else 0,
    }  # fmt: skip
    return ParagraphStyle("text", **(known | changes))
