"""Tables as HTML, printed by headless Chromium."""

from __future__ import annotations

import dataclasses
import subprocess
import tempfile
from html import escape
from pathlib import Path
from random import Random

from . import inline_marks
from .fonts import families
from .model import Annex, Table
from .sheet import PAGE_NUMBERS, Sheet, column_widths, draw_sheet

SIZES = (6.5, 7.0, 7.5, 8.0, 9.0, 10.0, 10.5)
CENTRED = ("number", "disposition", "submitter")
SECONDS = 120

# Fonts give these pairs one glyph, and Chromium writes the pair's second character for both.
_SAME_GLYPH = str.maketrans({"～": "〜", "―": "—"})


@dataclasses.dataclass(frozen=True)
class Style:
    """How one annex is printed; lengths in points, other values as CSS has them."""

    sheet: Sheet
    font: str
    line_height: float
    padding: str
    line_break: str
    word_break: str
    align: str
    autospace: str
    trim: str
    border: str
    middle: bool
    cuts_rows: bool
    repeats_header: bool
    shade: str
    new_pages: bool
    caption_right: bool
    page_number: str

    def __str__(self) -> str:
        cut = "rows cut" if self.cuts_rows else "rows kept"
        header = "header repeated" if self.repeats_header else "header once"
        return (
            f"chromium: {self.sheet} {self.font}, line-break {self.line_break}, "
            f"{self.word_break}, {self.align}, autospace {self.autospace}, {cut}, {header}"
        )


def draw_style(rng: Random, annex: Annex) -> Style:
    """A style in which the annex can be printed."""
    return Style(
        sheet=draw_sheet(rng, annex, SIZES),
        font=rng.choice(families()),
        line_height=rng.choice((1.1, 1.2, 1.35, 1.5)),
        padding=rng.choice(("1pt", "1pt 2pt", "3pt", "4px 6px")),
        line_break=rng.choice(("auto", "loose", "normal", "strict", "strict")),
        word_break=rng.choice(("normal", "normal", "normal", "break-all")),
        align=rng.choice(("left", "left", "justify")),
        autospace=rng.choice(("normal", "no-autospace", "no-autospace")),
        trim=rng.choice(("normal", "space-all", "trim-start")),
        border=rng.choice(("0.5pt", "1px", "0.75pt", "1pt"))
        + rng.choice((" solid #000", " solid #444")),
        middle=rng.random() < 0.25,
        cuts_rows=rng.random() < 0.6,
        repeats_header=rng.random() < 0.55,
        shade=rng.choice(("none", "none", "#e6e6e6", "#dde6f0")),
        new_pages=rng.random() < 0.6,
        caption_right=rng.random() < 0.4,
        page_number=rng.choice(PAGE_NUMBERS),
    )


def prepare(annex: Annex) -> Annex:
    """The annex with the characters that Chromium's text layer can tell apart."""
    return annex.mapped(lambda text: text.translate(_SAME_GLYPH))


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the annex to a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    tables = "\n".join(
        table_html(table, column_widths(rng, table, style.sheet), is_first=table is annex.tables[0])
        for table in annex.tables
    )
    head = f'<meta charset="utf-8"><style>{css(style)}</style>'
    print_html(f'<!doctype html><html lang="ja">{head}{tables}', path)
    return str(style)


def print_html(page: str, path: Path) -> None:
    """Print an HTML page to a PDF."""
    with tempfile.TemporaryDirectory(prefix="factory-chromium-") as folder:
        source = Path(folder) / "annex.html"
        source.write_text(page, encoding="utf-8")
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            "--disable-background-networking", "--disable-dev-shm-usage",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", source.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)


def css(style: Style) -> str:
    """The style sheet."""
    sheet = style.sheet
    number = style.page_number.replace("{page}", '" counter(page) "')
    number = number.replace("{pages}", '" counter(pages) "')
    return f"""
@page {{ size: {sheet.width}pt {sheet.height}pt; margin: {sheet.margin}pt;
  @bottom-center {{ content: "{number}"; font: 9pt '{style.font}'; }} }}
body {{ margin: 0; font: {sheet.size}pt/{style.line_height} '{style.font}'; }}
h2 {{ font-size: 1.3em; font-weight: normal; margin: 1.6em 0 0.3em; break-after: avoid; }}
h2.first {{ margin-top: 0; }}
h2.next {{ break-before: {"page" if style.new_pages else "auto"}; }}
p {{ margin: 0 0 0.4em; break-after: avoid;
  text-align: {"right" if style.caption_right else "left"}; }}
table {{ border-collapse: collapse; table-layout: fixed; width: {sheet.text_width - 3}pt;
  margin-left: 1.5pt; }}
thead {{ display: {"table-header-group" if style.repeats_header else "table-row-group"}; }}
tr {{ break-inside: {"auto" if style.cuts_rows else "avoid"}; }}
th, td {{ border: {style.border}; padding: {style.padding}; overflow-wrap: anywhere;
  vertical-align: {"middle" if style.middle else "top"}; text-align: {style.align};
  line-break: {style.line_break}; word-break: {style.word_break};
  text-autospace: {style.autospace}; text-spacing-trim: {style.trim}; }}
th {{ font-weight: normal; text-align: center; background: {style.shade}; }}
td.centred {{ text-align: center; }}
"""


def table_html(table: Table, widths: tuple[float, ...], *, is_first: bool) -> str:
    """A table with its title and caption."""
    caption = "" if table.caption is None else f"<p>{escape(table.caption)}</p>"
    place = "first" if is_first else "next"
    title = f'<h2 class="{place}">{escape(table.title)}</h2>'
    return title + caption + grid_html(table, widths)


def grid_html(table: Table, widths: tuple[float, ...]) -> str:
    """The table itself."""
    columns = "".join(f'<col style="width:{width:.2f}pt">' for width in widths)
    header = "".join(f"<th>{escape(column.printed_header)}</th>" for column in table.columns)
    centred = [column.role in CENTRED for column in table.columns]
    rows = "".join(_row(row, centred) for row in table.rows)
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{header}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(row: tuple[str, ...], centred: list[bool]) -> str:
    cells = [
        f"<td{' class=centred' if is_centred else ''}>{_html(text)}</td>"
        for text, is_centred in zip(row, centred, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _html(text: str) -> str:
    return inline_marks.mark_up(escape(text), inline_marks.html_tags).replace("\n", "<br>")
