"""Tables that flow through two or three columns of each page, printed by Chromium."""

from __future__ import annotations

import dataclasses
from html import escape
from pathlib import Path
from random import Random

from ..chromium import css, draw_style, prepare, print_html, table_html
from ..model import Annex, Laid
from ..sheet import PAPERS, column_widths

__all__ = ["lay_out", "prepare"]


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex's table in columns; returns what the layout is like."""
    table, style = annex.tables[0], draw_style(rng, annex)
    short, long = PAPERS[rng.choice(("A4", "A3", "B4"))]
    count = 3 if len(table.columns) == 2 and rng.random() < 0.4 else 2
    gap = rng.choice((6.0, 12.0, 24.0))
    sheet = dataclasses.replace(style.sheet, width=long, height=short, margin=36.0, size=6.5)
    half = dataclasses.replace(
        sheet, width=(sheet.text_width - (count - 1) * gap) / count - 4 + 2 * sheet.margin
    )
    style = dataclasses.replace(style, sheet=sheet)
    html = table_html(table, column_widths(rng, table, half), is_first=True)
    head, body = html[: html.index("<table")], html[html.index("<table") :]
    balanced = rng.choice(("balance", "auto"))
    rules = (
        f"{css(style)} .columns {{ columns: {count}; column-gap: {gap}pt; column-fill: {balanced};"
        f" }} table {{ width: {half.text_width}pt; margin-left: 1pt; }}"
    )
    print_html(
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{rules}</style>{head}'
        f'<div class="columns" title="{escape(table.title)}">{body}</div>',
        path,
    )
    heads = tuple(column.printed_header for column in table.columns)
    return Laid(f"{style}, {count} columns, {balanced}, gap {gap:g}", repeated=heads)
