"""Vertical tables as HTML (`writing-mode: vertical-rl`), printed by headless Chromium."""

from __future__ import annotations

import dataclasses
import re
from html import escape
from pathlib import Path
from random import Random

from ..chromium import css as level_css
from ..chromium import draw_style, print_html
from ..fonts import families
from ..model import Annex, Laid, Table
from ..sheet import column_widths
from ..wide.words import READINGS
from .content import FONTS, runs

_CENTRED = ("number", "disposition", "submitter")
_WORD = re.compile("|".join(READINGS))

# Fonts give these pairs one vertical glyph, and Chromium writes the pair's second for both.
_SAME_GLYPH = str.maketrans({"〜": "～", "—": "―"})


@dataclasses.dataclass(frozen=True)
class Look:
    """How vertical type is printed."""

    abreast: int
    """So many figures at most stand side by side."""
    lined: float
    """Share of the author's lines with a 傍線."""
    ruby: float
    """Share of the words with furigana, of those that may have them."""

    def __str__(self) -> str:
        words = [f"{self.abreast} figures abreast", "傍線" * (self.lined > 0)]
        return ", ".join(filter(None, [*words, "furigana" * (self.ruby > 0)]))


def prepare(annex: Annex) -> Annex:
    """The annex with the characters that Chromium's vertical text layer can tell apart."""
    return annex.mapped(lambda text: text.translate(_SAME_GLYPH))


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    fonts = [font for font in FONTS if font in families()]
    style = dataclasses.replace(
        style, font=rng.choice(fonts), line_height=rng.choice((1.0, 1.2, 1.4, 1.6, 1.8))
    )
    look = Look(rng.choice((0, 2, 2, 3)), rng.choice((0.0, 0.0, 0.3)), rng.choice((0.0, 0.0, 0.1)))
    page = _Page(look, rng)
    tables = "\n".join(
        page.table(table, column_widths(rng, table, style.sheet), is_first=table is annex.tables[0])
        for table in annex.tables
    )
    sheet = style.sheet
    rules = level_css(style).replace(
        f"size: {sheet.width}pt {sheet.height}pt", f"size: {sheet.height}pt {sheet.width}pt"
    )
    rules = rules.replace(
        f" width: {sheet.text_width - 3}pt", f" inline-size: {sheet.text_width - 3}pt"
    )
    rules += """
html { writing-mode: vertical-rl; } table { margin: 0; margin-inline-start: 1.5pt; }
.abreast { text-combine-upright: all; } h2, h2.next { margin: 0 0.5em 0 0; }
u { text-underline-position: right; }
"""
    head = f'<meta charset="utf-8"><style>{rules}</style>'
    print_html(f'<!doctype html><html lang="ja">{head}{tables}', path)
    return Laid(f"vertical {style}, {look}", shown=tuple(page.readings))


class _Page:
    """Writes texts as HTML; keeps the furigana that it added."""

    def __init__(self, look: Look, rng: Random) -> None:
        self._look, self._rng = look, rng
        self.readings: list[str] = []

    def table(self, table: Table, widths: tuple[float, ...], *, is_first: bool) -> str:
        """A table with its title and caption."""
        columns = "".join(f'<col style="inline-size:{width:.2f}pt">' for width in widths)
        header = "".join(f"<th>{self._line(c.printed_header)}</th>" for c in table.columns)
        rows = "".join(self._row(row, table) for row in table.rows)
        caption = "" if table.caption is None else f"<p>{self._line(table.caption)}</p>"
        place = "first" if is_first else "next"
        return (
            f'<h2 class="{place}">{self._line(table.title)}</h2>{caption}<table><colgroup>{columns}'
            f"</colgroup><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _row(self, row: tuple[str, ...], table: Table) -> str:
        cells = []
        for text, column in zip(row, table.columns, strict=True):
            lines = "<br>".join(map(self._marked, text.split("\n")))
            kind = " class=centred" if column.role in _CENTRED else ""
            cells.append(f"<td{kind}>{lines}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    def _marked(self, text: str) -> str:
        line = self._line(text, self._look.ruby)
        return f"<u>{line}</u>" if self._rng.random() < self._look.lined else line

    def _line(self, text: str, ruby: float = 0.0) -> str:
        parts, at = [], 0
        for found in _WORD.finditer(text):
            if self._rng.random() < ruby:
                reading = READINGS[found[0]]
                parts.append(self._plain(text[at : found.start()]))
                parts.append(f"<ruby>{found[0]}<rt>{reading}</rt></ruby>")
                self.readings.append(reading)
                at = found.end()
        return "".join([*parts, self._plain(text[at:])])

    def _plain(self, text: str) -> str:
        return "".join(
            f"<span class=abreast>{run.text}</span>" if run.kind == "abreast" else escape(run.text)
            for run in runs(text, self._look.abreast)
        )
