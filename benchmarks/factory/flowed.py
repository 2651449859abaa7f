"""Tables set by reportlab's platypus: its Paragraph wraps, its Table cuts."""

from __future__ import annotations

import dataclasses
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, doctemplate
from reportlab.platypus import Table as Grid

from . import inline_marks
from .fonts import truetype_families
from .marks import register_font
from .model import Annex, LayoutError, Table
from .sheet import PAGE_NUMBERS, Sheet, column_widths, draw_sheet

SIZES = (6.5, 7.0, 8.0, 9.0, 10.0)


@dataclasses.dataclass(frozen=True)
class Style:
    """How one annex is set; lengths in points."""

    sheet: Sheet
    font: str
    leading: float
    padding: float
    line_width: float
    justified: bool
    repeats_header: bool
    cuts_rows: bool
    middle: bool
    shade: bool
    new_pages: bool
    page_number: str

    def __str__(self) -> str:
        cut = "rows cut" if self.cuts_rows else "rows kept"
        header = "header repeated" if self.repeats_header else "header once"
        fit = " justified" if self.justified else ""
        return f"platypus: {self.sheet} {self.font}{fit}, {cut}, {header}"

    def paragraph(self, **changes: Any) -> ParagraphStyle:
        """A paragraph style of this font."""
        known: dict[str, Any] = {
            "fontName": self.font, "fontSize": self.sheet.size, "leading": self.leading,
            "wordWrap": "CJK", "alignment": 4 if self.justified else 0,
        }  # fmt: skip
        return ParagraphStyle("text", **(known | changes))


def draw_style(rng: Random, annex: Annex) -> Style:
    """A style in which the annex can be set."""
    sheet = draw_sheet(rng, annex, SIZES)
    cuts_rows = rng.random() < 0.6
    return Style(
        sheet=sheet,
        font=rng.choice(truetype_families()),
        leading=sheet.size * rng.choice((1.1, 1.2, 1.4)),
        padding=rng.choice((2.0, 3.0, 4.0)),
        line_width=rng.choice((0.25, 0.5, 1.0)),
        justified=rng.random() < 0.3,
        # After a row that it cut, platypus prints a repeated header again in mid-page.
        repeats_header=rng.random() < 0.65 and not cuts_rows,
        cuts_rows=cuts_rows,
        middle=rng.random() < 0.3,
        shade=rng.random() < 0.4,
        new_pages=rng.random() < 0.6,
        page_number=rng.choice(PAGE_NUMBERS[:2]),
    )


def prepare(annex: Annex) -> Annex:
    """The annex as platypus can set it.

    Its Paragraph turns runs of white space, ideographic ones too, into one ASCII space. So an
    indent is the style's, not a character, and inside a line the space is ASCII.
    """
    return annex.mapped(_without_ideographic_spaces)


def _without_ideographic_spaces(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(lines)


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Set the annex as a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    register_font(style.font)
    sheet, story = style.sheet, []
    for place, table in enumerate(annex.tables):
        if place:
            story.append(PageBreak() if style.new_pages else Spacer(1, 3 * sheet.size))
        story += _head(table, style)
        story.append(grid(table, column_widths(rng, table, sheet), style))
    size = sheet.width, sheet.height
    build_document(path, story, size, sheet.margin, style.font, style.page_number)
    return str(style)


def build_document(
    path: Path, story: list[Any], size: tuple[float, float], margin: float, font: str,
    page_number: str, running: str = "", foot: str = "",
) -> None:  # fmt: skip
    """Set a story on numbered pages, with lines that stand on each; lengths in points.

    Raises:
        LayoutError: a row is higher than a page.
    """
    document = SimpleDocTemplate(
        str(path), pagesize=size, leftMargin=margin - 6, rightMargin=margin - 6,
        topMargin=margin, bottomMargin=margin, invariant=1,
    )  # fmt: skip

    def number(canvas: Any, template: Any) -> None:
        canvas.setFont(font, 9)
        canvas.drawCentredString(size[0] / 2, margin / 2, page_number.format(page=template.page))
        canvas.drawRightString(size[0] - margin, size[1] - 0.6 * margin, running)
        canvas.drawString(margin, margin / 2, foot)

    try:
        document.build(story, onFirstPage=number, onLaterPages=number)
    except doctemplate.LayoutError as error:
        raise LayoutError("a row that no page holds") from error


def _head(table: Table, style: Style) -> list[Any]:
    size = style.sheet.size * 1.3
    title = style.paragraph(fontSize=size, leading=1.4 * size, alignment=0)
    caption = style.paragraph(alignment=0, spaceAfter=3)
    lines = [Paragraph(escape(table.title), title)]
    return lines + ([Paragraph(escape(table.caption), caption)] if table.caption else [])


# Platypus hangs whatever may not start a line, ー and small kana too: the padding on the right
# leaves room for one glyph, else it would stand in the next cell.
def grid(table: Table, widths: tuple[float, ...], style: Style) -> Grid:
    """The table itself."""
    centred = style.paragraph(alignment=1)
    header = [Paragraph(escape(column.printed_header), centred) for column in table.columns]
    rows = [[_cell(text, style) for text in row] for row in table.rows]
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), style.line_width, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if style.middle else "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), style.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.padding),
        ("LEFTPADDING", (0, 0), (-1, -1), style.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), max(style.padding, style.sheet.size)),
    ]
    if style.shade:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey))
    return Grid(
        [header, *rows], colWidths=widths, style=commands, repeatRows=int(style.repeats_header),
        splitByRow=1, splitInRow=int(style.cuts_rows),
    )  # fmt: skip


def _cell(text: str, style: Style) -> list[Paragraph]:
    """One paragraph for each author line."""
    plain = style.paragraph()
    marked = inline_marks.mark_up(escape(text), inline_marks.platypus_tags)
    return [Paragraph(line or "&nbsp;", plain) for line in marked.split("\n")]
