"""Vertical tables drawn glyph by glyph with reportlab, on the page or laid on its side."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from .. import drawn
from ..fonts import truetype_families
from ..marks import Mark, Stroke, Text, register_font, text_width
from ..model import Annex
from ..sheet import column_widths
from .content import FONTS, Run, runs

SIZES = (7.0, 8.0, 9.0, 10.0, 10.5, 12.0)

_CODED, _VERTICAL = "HeiseiMin-W3", "-vertical"
_PLAIN = "（）｛｝〔〕【】《》〈〉「」『』、。…"
_FORMS = "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︑︒︙"


@dataclasses.dataclass(frozen=True)
class Look:
    """How vertical type is drawn."""

    abreast: int
    """So many figures at most stand side by side."""
    forms: bool
    """Brackets and stops are drawn, and named, as vertical forms."""
    on_side: bool
    """A word processor laid the page on its side: lines run to the right."""
    turned: str
    """Characters that lie sideways, as fonts without vertical glyphs have them."""
    lined: float
    """Share of the lines with a 傍線."""
    scattered: bool
    """The glyphs of a page are drawn in no order."""
    coded: bool
    """The font is one that every reader has, and upright glyphs are shown by its vertical half."""

    def __str__(self) -> str:
        words = [f"{self.abreast} figures abreast", "vertical forms" * self.forms]
        words += ["on its side" * self.on_side, "傍線" * (self.lined > 0)]
        words += ["scattered" * self.scattered, "coded" * self.coded]
        return ", ".join(filter(None, words))


def draw_look(rng: Random) -> Look:
    """A look of vertical type."""
    return Look(
        abreast=rng.choice((0, 2, 2, 2, 3)),
        forms=rng.random() < 0.5,
        on_side=rng.random() < 0.3,
        turned=rng.choice(("", "ー…―～", "ー…―～（）「」：；＝－")),
        lined=rng.choice((0.0, 0.0, 0.25)),
        scattered=rng.random() < 0.08,
        coded=rng.random() < 0.15,
    )


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Draw the annex to a PDF; returns what the layout is like.

    It is laid out as level type is, on a sheet that lies on its side, and every glyph is turned.
    """
    style = drawn.draw_style(rng, annex)
    fonts = [font for font in FONTS if font in truetype_families()]
    size = rng.choice(SIZES)
    sheet = dataclasses.replace(style.sheet, size=min(size, style.sheet.size * 1.2))
    numbers, leading = style.page_number, sheet.size * rng.choice((1.15, 1.3, 1.5, 1.8))
    style = dataclasses.replace(
        style, font=rng.choice(fonts), page_number="", sheet=sheet, leading=leading
    )
    look = draw_look(rng)
    if look.coded:
        style = dataclasses.replace(style, font=_register_coded())
        look = dataclasses.replace(look, forms=False)
    else:
        register_font(style.font)
        known = pdfmetrics.getFont(style.font).face.charToGlyph.keys()
        look = dataclasses.replace(look, forms=look.forms and set(map(ord, _FORMS)) <= known)
    press = drawn.Press(style)
    for table in annex.tables:
        press.put_table(table, column_widths(rng, table, sheet))
    pages = [list(_set(marks, look, rng)) for marks in press.numbered_pages()]
    _write(path, style, look, numbers, pages)
    return f"vertical {style}, {look}"


def _register_coded() -> str:
    """Make both halves of a predefined font known; the name of the level one."""
    if _CODED not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_CODED))
        vertical = UnicodeCIDFont(_CODED, isVertical=True)
        vertical.name = vertical.fontName = _CODED + _VERTICAL
        pdfmetrics.registerFont(vertical)
    return _CODED


def _set(marks: Sequence[Mark], look: Look, rng: Random) -> Iterator[Mark]:
    """The marks of a page, its texts turned into glyphs of vertical type."""
    glyphs: list[Mark] = []
    for mark in marks:
        if not isinstance(mark, Text):
            yield mark
            continue
        glyphs += _glyphs(mark, look)
        if rng.random() < look.lined:
            top = mark.baseline - 0.93 * mark.size
            end = mark.x + text_width(mark.text, mark.font, mark.size)
            yield Stroke(mark.x, top, rng.uniform(mark.x + mark.size, end), top, 0.5)
    if look.scattered:
        rng.shuffle(glyphs)
    yield from glyphs


def _glyphs(line: Text, look: Look) -> Iterator[Mark]:
    x = line.x
    for run in runs(line.text, look.abreast):
        width = text_width(run.text, line.font, line.size) + line.spacing * len(run.text)
        if run.kind == "sideways" or run.text in look.turned:
            yield dataclasses.replace(line, x=x, text=run.text)
        else:
            vertical = look.coded and run.kind == "upright"
            yield _Upright(x, line, _shown(run, look), width, vertical)
        x += width


def _shown(run: Run, look: Look) -> str:
    return run.text.translate(str.maketrans(_PLAIN, _FORMS)) if look.forms else run.text


@dataclasses.dataclass(frozen=True)
class _Upright:
    """Glyphs side by side that stand upright in a line that runs down."""

    x: float
    line: Text
    text: str
    room: float
    """Length of the line that they take."""
    vertical: bool
    """The font has them hang from the middle of their top."""

    def draw(self, canvas: Canvas, height: float) -> None:
        """Show them, as narrow as the line is high."""
        size, font = self.line.size, self.line.font
        width = text_width(self.text, font, size)
        scale = min(1.0, 1.05 * size / width) if width else 1.0
        center = height - self.line.baseline + 0.38 * size
        middle = self.x + self.room / 2
        shown = canvas.beginText()
        if self.vertical:
            shown.setTextTransform(0, 1, -1, 0, middle - size / 2, center)
            shown.setFont(font + _VERTICAL, size)
            shown.textOut(self.text)
            canvas.drawText(shown)
            return
        shown.setTextTransform(0, 1, -1, 0, middle + 0.38 * size, center - scale * width / 2)
        shown.setFont(font, size)
        shown.setHorizScale(100 * scale)
        shown.textOut(self.text)
        shown.setHorizScale(100)
        canvas.drawText(shown)


def _write(
    path: Path, style: drawn.Style, look: Look, numbers: str, pages: Sequence[Sequence[Mark]]
) -> None:
    """Write the pages, each with a level number at its foot."""
    wide, high = style.sheet.width, style.sheet.height
    paper = (wide, high) if look.on_side else (high, wide)
    canvas = Canvas(str(path), pagesize=paper, invariant=1)
    for number, marks in enumerate(pages, 1):
        canvas.saveState()
        if not look.on_side:
            canvas.transform(0, -1, 1, 0, 0, wide)
        for mark in marks:
            mark.draw(canvas, high)
        canvas.restoreState()
        text = numbers.format(page=number, pages=len(pages))
        if text:
            x = (paper[0] - text_width(text, style.font, 9)) / 2
            Text(x, paper[1] - style.sheet.margin / 2, text, style.font, 9).draw(canvas, paper[1])
        canvas.showPage()
    canvas.save()
