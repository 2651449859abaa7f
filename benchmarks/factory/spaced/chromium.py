"""Tables of family `spaced` printed by Chromium: its own justification and letter-spacing."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

from ..chromium import css, draw_style, prepare, print_html
from ..model import Annex, Laid, Table
from ..sheet import column_widths
from .content import FLUSH, SPREAD, as_read

__all__ = ["lay_out", "prepare"]

_CSS = """
td { text-align: %s; letter-spacing: %.3fem; text-indent: 0; }
.spread { text-align: justify; text-align-last: justify; }
.spaced { letter-spacing: %.3fem; }
.flush { display: flow-root; }
.flush .value { float: right; margin-left: 1em; }
.gap { display: inline-block; width: 1em; }
"""


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF."""
    read = as_read(annex)
    style = draw_style(rng, read)
    everywhere = rng.choice((0.0, 0.0, 0.05, 0.1))
    spaced, share = rng.choice((0.08, 0.15, 0.2)), rng.choice((0.0, 0.2, 0.4))
    draws_spaces = rng.random() < 0.5
    align = rng.choice(("justify", "justify", "left"))
    tables = "".join(
        _table(table, column_widths(rng, table_read, style.sheet), rng, share, draws_spaces)
        for table, table_read in zip(annex.tables, read.tables, strict=True)
    )
    sheet = css(style) + _CSS % (align, everywhere, spaced)
    head = f'<meta charset="utf-8"><style>{sheet}</style>'
    print_html(f'<!doctype html><html lang="ja">{head}{tables}', path)
    layout = f"{style}, {align}, tracking {everywhere}, {share:.0%} of paragraphs {spaced}"
    return Laid(layout + ("" if draws_spaces else ", no space glyphs"), read)


def _table(
    table: Table, widths: tuple[float, ...], rng: Random, share: float, draws_spaces: bool
) -> str:
    columns = "".join(f'<col style="width:{width:.2f}pt">' for width in widths)
    header = "".join(f"<th>{escape(column.printed_header)}</th>" for column in table.columns)
    cells = [
        "".join(f"<td>{_cell(text, rng, share, draws_spaces)}</td>" for text in row)
        for row in table.rows
    ]
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    caption = "" if table.caption is None else f"<p>{escape(table.caption)}</p>"
    return (
        f"<h2>{escape(table.title)}</h2>{caption}<table><colgroup>{columns}</colgroup>"
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(text: str, rng: Random, share: float, draws_spaces: bool) -> str:
    """The author's lines, each a block of its own."""
    blocks = []
    for line in text.split("\n"):
        label, _, value = line.removeprefix(SPREAD).partition(FLUSH)
        kind = "flush" if value else "spread" if line.startswith(SPREAD) else ""
        if not kind and rng.random() < share:
            kind = "spaced"
        inner = escape(label) + (f'<span class="value">{value}</span>' if value else "")
        if not draws_spaces:
            inner = inner.replace("\u3000", '<span class="gap"></span>')
        blocks.append(f'<div class="{kind}">{inner or "<br>"}</div>')
    return "".join(blocks)
