"""Shaped documents as HTML, for Chromium and for LibreOffice."""

from __future__ import annotations

import dataclasses
from html import escape
from random import Random

from ..fonts import families
from ..sheet import PAPERS
from .document import Block, Cell, Ruled, ShapedAnnex, Text

_MIDDLE = 0.25
_RULED = 'border="1" cellspacing="0" width="100%"'
"""What LibreOffice reads of a table besides its styles."""


@dataclasses.dataclass(frozen=True)
class Style:
    """How a document looks; lengths in points."""

    width: float
    height: float
    margin: float
    size: float
    font: str
    line_height: float
    padding: float
    border: float
    justified: bool
    middle: bool
    cuts_rows: bool
    repeats_header: bool
    shade: str
    page_number: str

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin

    def __str__(self) -> str:
        cut = "rows cut" if self.cuts_rows else "rows kept"
        return f"{self.width:.0f}x{self.height:.0f}, {self.size:g} pt {self.font}, {cut}"


def draw_style(rng: Random, fonts: tuple[str, ...] | None = None) -> Style:
    """Any look."""
    short, long = PAPERS[rng.choice(("A4", "A4", "A4", "B4"))]
    turned = rng.random() < 0.2
    return Style(
        width=long if turned else short,
        height=short if turned else long,
        margin=rng.choice((36.0, 42.5, 56.7, 70.9)),
        size=rng.choice((8.0, 9.0, 10.0, 10.5, 10.5, 12.0)),
        font=rng.choice(fonts or families()),
        line_height=rng.choice((1.2, 1.35, 1.5, 1.7)),
        padding=rng.choice((1.5, 3.0, 4.0)),
        border=rng.choice((0.5, 0.75, 1.0)),
        justified=rng.random() < 0.4,
        middle=rng.random() < _MIDDLE,
        cuts_rows=rng.random() < 0.6,
        repeats_header=rng.random() < 0.5,
        shade=rng.choice(("none", "none", "#e6e6e6", "#dde6f0")),
        page_number=rng.choice(("{page}", "- {page} -", "")),
    )


def write_html(annex: ShapedAnnex, style: Style) -> str:
    """The whole document."""
    body = "\n".join(_block(block, style) for block in annex.blocks)
    head = f'<meta charset="utf-8"><style>{_css(style)}</style>'
    return f'<!doctype html><html lang="ja"><head>{head}</head><body>{body}</body></html>'


def _css(style: Style) -> str:
    number = style.page_number.replace("{page}", '" counter(page) "')
    align = "justify" if style.justified else "left"
    return f"""
@page {{ size: {style.width}pt {style.height}pt; margin: {style.margin}pt;
  @bottom-center {{ content: "{number}"; font: 9pt '{style.font}'; }} }}
body {{ margin: 0; font-family: '{style.font}'; font-size: {style.size}pt;
  line-height: {style.line_height}; text-align: {align}; }}
p {{ margin: 0; }}
table {{ border-collapse: collapse; table-layout: fixed; width: {style.text_width - 3}pt;
  margin-left: 1.5pt; }}
table.whole {{ break-inside: avoid; }}
tr {{ break-inside: {"auto" if style.cuts_rows else "avoid"}; }}
thead {{ display: {"table-header-group" if style.repeats_header else "table-row-group"}; }}
td {{ border: {style.border}pt solid #000; padding: {style.padding}pt; overflow-wrap: anywhere;
  vertical-align: {"middle" if style.middle else "top"}; font-size: {style.size}pt; }}
td.label {{ background: {style.shade}; }}
"""


def _block(block: Block, style: Style) -> str:
    return _table(block, style) if isinstance(block, Ruled) else _text(block, style)


def _text(block: Text, style: Style) -> str:
    em = style.size
    if not block.text:
        return f'<p style="font-size: {block.before * em}pt; line-height: 1">&nbsp;</p>'
    css = (
        f"font-size: {block.scale * em}pt; margin-left: {(block.indent + block.hanging) * em}pt;"
        f" text-indent: {-block.hanging * em}pt;"
        f" text-align: {'center' if block.centred else 'inherit'};"
        f" break-after: {'avoid' if block.keeps else 'auto'};"
    )
    lines = block.text.split("\n")
    paragraphs = "".join(
        f'<p style="{css} margin-top: {block.before * em if i == 0 else 0}pt">{escape(line)}</p>'
        for i, line in enumerate(lines)
    )
    if not block.framed:
        return paragraphs
    cell = f"<td {_border(style)}>{paragraphs}</td>"
    return f"<table {_RULED}><tr>{cell}</tr></table>"


def _table(block: Ruled, style: Style) -> str:
    total = sum(block.widths)
    columns = "".join(
        f'<col width="{width / total:.2%}" '
        f'style="width:{width / total * (style.text_width - 3):.2f}pt">'
        for width in block.widths
    )
    rows = [f"<tr>{''.join(_cell(cell, style) for cell in row)}</tr>" for row in block.rows]
    head, body = "".join(rows[: block.header_rows]), "".join(rows[block.header_rows :])
    kind = ' class="whole"' if block.whole else ""
    head = f"<thead>{head}</thead>" if head else ""
    return (
        f"<table{kind} {_RULED}><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>"
    )


def _border(style: Style) -> str:
    return f'style="border: {style.border}pt solid #000; padding: {style.padding}pt"'


def _cell(cell: Cell, style: Style) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    kind = ' class="label"' if cell.is_label else ""
    text = "<br>".join(map(escape, cell.text.split("\n")))
    return f"<td{spans}{kind} {_border(style)}>{text}</td>"
