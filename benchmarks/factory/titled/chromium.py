"""Tables of family `titled`, printed by headless Chromium."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

from ..chromium import css, draw_style, grid_html, prepare, print_html
from ..model import Annex, Laid
from ..sheet import column_widths
from .content import HeadLine, TitledAnnex, TitledTable

__all__ = ["lay_out", "prepare"]

_CSS = """
@page {{ @top-right {{ content: "{running}"; font: 9pt '{font}'; }}
  @bottom-left {{ content: "{foot}"; font: 9pt '{font}'; }} }}
div {{ break-after: avoid; break-inside: avoid; }}
div.row {{ display: flex; justify-content: space-between; align-items: flex-end; }}
div.row span {{ white-space: nowrap; }}
div.frame span {{ display: inline-block; border: 0.75pt solid #000; padding: 1pt 4pt; }}
section + section {{ break-before: {apart}; margin-top: 2em; }}
"""


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF."""
    assert isinstance(annex, TitledAnnex)
    style = draw_style(rng, annex)
    body, shown = "", []
    for table in annex.tables:
        assert isinstance(table, TitledTable)
        grid = grid_html(table, column_widths(rng, table, style.sheet))
        body += f"<section>{''.join(map(_head, table.above))}{grid}</section>"
        shown += table.other_texts()
    own = _CSS.format(
        running=annex.running, foot=annex.foot, font=style.font,
        apart="page" if style.new_pages else "auto",
    )  # fmt: skip
    head = f'<meta charset="utf-8"><style>{css(style)}{own}</style>'
    print_html(f'<!doctype html><html lang="ja">{head}{body}', path)
    return Laid(str(style), shown=tuple(shown), repeated=(annex.running, annex.foot))


def _head(line: HeadLine) -> str:
    look = (
        f"font-size:{line.scale}em;text-align:{line.align};margin:0 1.5pt {line.after}em;"
        "line-height:1.3"
    )
    text = f"<span>{escape(line.text)}</span>".replace("\n", "<br>")
    beside = f"<span>{escape(line.beside)}</span>" if line.beside else ""
    kind = "row" if beside else "frame" if line.framed else "line"
    return f'<div class="{kind}" style="{look}">{text}{beside}</div>'
