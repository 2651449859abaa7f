"""Documents of family `wide` as HTML, printed by headless Chromium."""

from __future__ import annotations

import dataclasses
import re
from html import escape
from pathlib import Path
from random import Random

from ..chromium import prepare as prepare
from ..chromium import print_html
from ..fonts import families
from ..model import Laid
from ..sheet import PAGE_NUMBERS, Sheet, column_widths
from .document import CELL, Block, PlainTable, Prose, Total, WideAnnex, WideTable
from .headgrid import head_cells
from .looks import Frame, draw_frame
from .style import draw_paper
from .twist import Twist
from .words import MEMO, READINGS, SLUG

SIZES = (7.0, 8.0, 9.0, 10.0, 10.5)
CENTRED = ("number", "disposition", "submitter", "category")
NARROW = ("number", "disposition", "submitter")

BORDERS = {
    "solid": "0.75pt solid #000", "hair": "0.2pt solid #000", "thick": "1.5pt solid #000",
    "grey": "0.75pt solid #aaa", "dashed": "0.75pt dashed #000", "dotted": "1pt dotted #000",
    "double": "2.25pt double #000", "blue": "0.75pt solid #4472c4",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Style:
    """How one document is printed; lengths in points, other values as CSS has them."""

    sheet: Sheet
    font: str
    frame: Frame
    border: str
    outer: str
    """The make of the rulings around the table."""
    separate: bool
    """Each cell has its own border, a little away from its neighbours'."""
    line_height: float
    line_break: str
    align: str
    middle: bool
    cuts_rows: bool
    repeats_header: bool
    dark_header: bool
    spaced_header: bool
    vertical_headers: bool
    ruby: bool
    lines: str
    hidden: bool
    caption_right: bool
    page_number: str

    def __str__(self) -> str:
        cut = "rows cut" if self.cuts_rows else "rows kept"
        parts = (
            f"{self.sheet} {self.font}", self.frame.name, f"{self.border}/{self.outer}",
            "borders apart" if self.separate else "", f"line-break {self.line_break}", self.align,
            cut, "header repeated" if self.repeats_header else "header once",
            "white on dark header" if self.dark_header else "",
            "letter-spacing" if self.spaced_header else "",
            "vertical headers" if self.vertical_headers else "", "ruby" if self.ruby else "",
            self.lines, "white text" if self.hidden else "",
        )  # fmt: skip
        return "chromium: " + ", ".join(part for part in parts if part)


def draw_style(rng: Random, annex: WideAnnex) -> Style:
    """A style in which the document can be printed."""
    frame = draw_frame(rng, annex)
    border = rng.choice(tuple(BORDERS))
    return Style(
        sheet=draw_paper(rng, annex, SIZES), font=rng.choice(families()), frame=frame,
        border=border, outer=rng.choice((border, border, "double", "thick")),
        separate=frame.name == "full grid" and rng.random() < 0.2,
        line_height=rng.choice((1.15, 1.3, 1.5)),
        line_break=rng.choice(("auto", "loose", "normal", "strict")),
        align=rng.choice(("left", "left", "justify")),
        middle=rng.random() < 0.3 and not frame.rowless,
        cuts_rows=rng.random() < 0.6 and not frame.rowless,
        repeats_header=rng.random() < 0.5,
        dark_header=frame.shaded_header and rng.random() < 0.4,
        spaced_header=rng.random() < 0.15, vertical_headers=rng.random() < 0.2,
        ruby=rng.random() < 0.15,
        lines=rng.choice(("", "", "underline", "strike-through")),
        hidden=rng.random() < 0.15 and not frame.zebra,
        caption_right=rng.random() < 0.4, page_number=rng.choice(PAGE_NUMBERS),
    )  # fmt: skip


def lay_out(annex: WideAnnex, rng: Random, path: Path) -> Laid:
    """Print the document to a PDF."""
    style = draw_style(rng, annex)
    twist = Twist.draw(rng, SLUG)
    page = Page(style, rng)
    body = "\n".join(page.block(block) for block in annex.blocks)
    if annex.footnote:
        body += f'<p class="note">{escape(annex.footnote)}</p>'
    head = f'<meta charset="utf-8"><style>{css(style, annex)}</style>'
    print_html(f'<!doctype html><html lang="ja">{head}<body>{body}</body>', path)
    return Laid(
        layout=", ".join(part for part in (str(style), str(twist)) if part),
        shown=(*annex.prose_texts(), *annex.total_texts(), *page.shown),
        repeated=(annex.running,),
        hidden=tuple(page.hidden),
        finish=twist.apply,
    )


class Page:
    """Writes blocks as HTML; keeps what it printed or hid besides."""

    def __init__(self, style: Style, rng: Random) -> None:
        self._style, self._rng = style, rng
        self.shown: list[str] = []
        self.hidden: list[str] = []

    def block(self, block: Block) -> str:
        """One block."""
        if isinstance(block, Prose):
            return f'<p class="{block.kind}">{_lines(block.text)}</p>'
        table = block.as_table() if isinstance(block, PlainTable) else block
        title = f'<p class="title">{escape(table.title)}</p>' if table.title else ""
        caption = f'<p class="caption">{escape(table.caption)}</p>' if table.caption else ""
        return title + caption + self._table(table)

    def _table(self, table: WideTable) -> str:
        widths = column_widths(self._rng, table, self._style.sheet)
        columns = "".join(f'<col style="width:{width:.2f}pt">' for width in widths)
        rows = [self._row(table, number) for number in range(len(table.rows))]
        for total in reversed(table.totals):
            rows.insert(total.after, _total(total))
        return (
            f'<table class="grid"><colgroup>{columns}</colgroup><thead>{self._head(table)}</thead>'
            f"<tbody>{''.join(rows)}</tbody></table>"
        )

    def _head(self, table: WideTable) -> str:
        """The header's rows."""
        cells = head_cells([column.path for column in table.columns])
        rows = []
        for level in range(max(cell.rows[1] for cell in cells)):
            row = [cell for cell in cells if cell.rows[0] == level]
            texts = []
            for cell in row:
                start, end = cell.columns
                narrow = end - start == 1 and table.columns[start].role in NARROW
                stands = self._style.vertical_headers and narrow and cell.text.isalpha()
                inner = _lines(cell.text)
                inner = f'<span class="vertical">{inner}</span>' if stands else inner
                spans = f'colspan="{end - start}" rowspan="{cell.rows[1] - cell.rows[0]}"'
                sides = _sides(start, end, len(table.columns))
                texts.append(f'<th {spans} class="{sides}">{inner}</th>')
            rows.append(f"<tr>{''.join(texts)}</tr>")
        return "".join(rows)

    def _row(self, table: WideTable, number: int) -> str:
        cells = []
        for place, text in enumerate(table.rows[number]):
            if not table.begins(number, place):
                continue
            starts = table.merged.get(place, ())
            span = f' rowspan="{starts.count(number)}"' if starts else ""
            role = table.columns[place].role
            kinds = _sides(place, place + 1, len(table.columns))
            kinds += " centred" if role in CENTRED else ""
            cells.append(f'<td class="{kinds}"{span}>{self._text(text, role)}</td>')
        shade = ' class="odd"' if number % 2 else ""
        return f"<tr{shade}>{''.join(cells)}</tr>"

    def _text(self, text: str, role: str) -> str:
        """A cell's text with its inner table, furigana, lines and hidden words."""
        plain = [line for line in text.split("\n") if line and CELL not in line]
        inner = [line.split(CELL) for line in text.split("\n") if CELL in line]
        decorated = role in ("original_text", "revision", "comment", "response")
        lines = [self._line(line) if decorated else escape(line) for line in plain]
        body = "<br>".join(lines)
        if inner:
            rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in r)}</tr>" for r in inner)
            body += f'<table class="inner">{rows}</table>'
        if self._style.hidden and decorated and self._rng.random() < 0.2:
            self.hidden.append(MEMO)
            body += f'<div class="hidden">{MEMO}</div>'
        return body

    def _line(self, line: str) -> str:
        """One author line, with furigana or a line under or through some letters."""
        tags = {"underline": "u", "strike-through": "s"}
        tag = tags.get(self._style.lines)
        if tag and len(line) > 12 and self._rng.random() < 0.3:
            start = self._rng.randrange(len(line) - 8)
            end = start + self._rng.randint(3, 8)
            middle = f"<{tag}>{escape(line[start:end])}</{tag}>"
            return escape(line[:start]) + middle + escape(line[end:])
        return self._with_ruby(escape(line)) if self._style.ruby else escape(line)

    def _with_ruby(self, line: str) -> str:
        for word, reading in READINGS.items():
            if word in line and self._rng.random() < 0.3:
                self.shown.append(reading)
                return line.replace(word, f"<ruby>{word}<rt>{reading}</rt></ruby>", 1)
        return line


def _total(total: Total) -> str:
    """A row whose first text runs over the empty cells after it."""
    cells = []
    for place, end in total.spans():
        sides = _sides(place, end, len(total.texts))
        text = escape(total.texts[place])
        kinds = f"{sides}{' centred' if total.centred else ''}{'' if total.merged else ' runs'}"
        cells.append(f'<td class="{kinds}" colspan="{end - place}">{text}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _sides(start: int, end: int, count: int) -> str:
    """Classes of cells at the table's left and right."""
    return " ".join(["left"] * (start == 0) + ["right"] * (end == count))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def css(style: Style, annex: WideAnnex) -> str:
    """The style sheet."""
    sheet, frame = style.sheet, style.frame
    number = re.sub(r"\{page\}", '" counter(page) "', style.page_number)
    number = number.replace("{pages}", '" counter(pages) "')
    border, outer = BORDERS[style.border], BORDERS[style.outer]
    shade = "#333" if style.dark_header else "#dde6f0"
    middle = "middle" if style.middle else "top"
    gap = "0.9em" if frame.rowless else "2pt"
    side = "3pt" if frame.columns else "0.8em"
    collapse = "separate; border-spacing: 1.5pt" if style.separate else "collapse"
    return f"""
@page {{ size: {sheet.width}pt {sheet.height}pt; margin: {max(sheet.margin, 36)}pt {sheet.margin}pt;
  @bottom-center {{ content: "{number}"; font: 9pt '{style.font}'; }}
  @top-right {{ content: "{annex.running}"; font: 9pt '{style.font}'; }} }}
body {{ margin: 0; font: {sheet.size}pt/{style.line_height} '{style.font}'; }}
p {{ margin: 0.3em 0; }}
p.title {{ font-size: 1.3em; margin-top: 0.8em; break-after: avoid; }}
p.heading {{ font-size: 1.15em; margin-top: 0.8em; break-after: avoid; }}
p.caption {{ text-align: {"right" if style.caption_right else "left"}; break-after: avoid; }}
p.right {{ text-align: right; }} p.centred {{ text-align: center; }}
p.note {{ font-size: 0.9em; }} p.box {{ border: 0.75pt solid #000; padding: 5pt; }}
table.grid {{ border-collapse: {collapse}; table-layout: fixed; margin: 2pt 1.5pt 1em;
  width: {sheet.text_width - 3}pt;
  border-top: {outer if frame.ends else "none"}; border-bottom: {outer if frame.ends else "none"};
  border-left: {outer if frame.sides else "none"};
  border-right: {outer if frame.sides else "none"}; }}
thead {{ display: {"table-header-group" if style.repeats_header else "table-row-group"};
  background: {shade if frame.shaded_header else "none"};
  color: {"#fff" if style.dark_header else "#000"};
  border-bottom: {border if frame.header else "none"}; }}
tr {{ break-inside: {"auto" if style.cuts_rows else "avoid"}; }}
tr.odd {{ background: {"#eee" if frame.zebra else "none"}; }}
.grid > * > tr > td, .grid > * > tr > th {{ padding: 2pt {side} {gap}; overflow-wrap: anywhere;
  text-align: {style.align}; vertical-align: {middle}; line-break: {style.line_break};
  border-left: {border if frame.columns else "none"};
  border-right: {border if frame.columns else "none"};
  border-top: {border if frame.rows else "none"};
  border-bottom: {border if frame.rows else "none"}; }}
.grid > * > tr > th {{ font-weight: normal; text-align: center; vertical-align: middle;
  letter-spacing: {"0.3em" if style.spaced_header else "normal"};
  border-bottom: {border if frame.header or frame.rows else "none"}; }}
{_open_ends(style)}
.grid > * > tr > td.centred {{ text-align: center; }}
.grid > * > tr > td.runs {{ white-space: nowrap; }}
.vertical {{ writing-mode: vertical-rl; text-orientation: upright; }}
.inner {{ border-collapse: collapse; margin: 2pt 0; }}
.inner td {{ border: 0.5pt solid #000; padding: 1pt 3pt; text-align: center; }}
.hidden {{ color: #fff; }}
"""


def _open_ends(style: Style) -> str:
    """Cells at the table's edges have no rulings there; those are the table's own."""
    if style.separate:
        return ""
    cell = ".grid > * > tr"
    return f"""
{cell} > .left {{ border-left: none; }} {cell} > .right {{ border-right: none; }}
.grid > thead > tr:first-child > th {{ border-top: none; }}
.grid > tbody > tr:last-child > td {{ border-bottom: none; }}
"""
