"""Tables as a flat OpenDocument text, printed by LibreOffice Writer."""

from __future__ import annotations

import dataclasses
import tempfile
from html import escape
from pathlib import Path
from random import Random

from . import inline_marks, office
from .fonts import families
from .model import Annex, Table
from .sheet import Sheet, column_widths, draw_sheet

SIZES = (7.0, 8.0, 9.0, 10.0, 10.5)
CENTRED = ("number", "disposition", "submitter")

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Style:
    """How one document looks; lengths in points, other values as OpenDocument has them."""

    sheet: Sheet
    font: str
    line_height: str
    padding: float
    align: str
    autospace: str
    hanging: bool
    line_break: str
    line_width: float
    enter_is_paragraph: bool
    """An author's Enter makes a paragraph; else a line break within one."""
    cuts_rows: bool
    repeats_header: bool
    vertical: str
    shade: str
    new_pages: bool
    caption_right: bool
    has_page_number: bool

    def __str__(self) -> str:
        cut = "rows cut" if self.cuts_rows else "rows kept"
        header = "header repeated" if self.repeats_header else "header once"
        hang = ", hanging" if self.hanging else ""
        return (
            f"writer: {self.sheet} {self.font}, {self.align}, {self.line_break}{hang}, "
            f"autospace {self.autospace}, {cut}, {header}"
        )


def draw_style(rng: Random, annex: Annex) -> Style:
    """A look in which the annex can be printed."""
    return Style(
        sheet=draw_sheet(rng, annex, SIZES),
        font=rng.choice(families()),
        line_height=rng.choice(("100%", "100%", "115%", "130%")),
        padding=rng.choice((1.0, 2.8, 4.0)),
        align=rng.choice(("start", "start", "justify")),
        autospace=rng.choice(("none", "ideograph-alpha")),
        hanging=rng.random() < 0.5,
        line_break=rng.choice(("strict", "strict", "normal")),
        line_width=rng.choice((0.25, 0.5, 0.75)),
        enter_is_paragraph=rng.random() < 0.7,
        cuts_rows=rng.random() < 0.65,
        repeats_header=rng.random() < 0.5,
        vertical=rng.choice(("top", "top", "top", "middle")),
        shade=rng.choice(("transparent", "transparent", "#d9d9d9", "#e2efd9")),
        new_pages=rng.random() < 0.6,
        caption_right=rng.random() < 0.4,
        has_page_number=rng.random() < 0.8,
    )


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the annex to a PDF; returns what the layout is like."""
    style = draw_style(rng, annex)
    widths = [column_widths(rng, table, style.sheet) for table in annex.tables]
    with tempfile.TemporaryDirectory(prefix="factory-writer-") as folder:
        source = Path(folder) / "annex.fodt"
        source.write_text(document(annex, widths, style), encoding="utf-8")
        office.convert(source, path)
    return str(style)


def document(annex: Annex, widths: list[tuple[float, ...]], style: Style) -> str:
    """The whole document as XML."""
    column_styles = "".join(
        f'<style:style style:name="t{table}c{column}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:.2f}pt"/></style:style>'
        for table, columns in enumerate(widths)
        for column, width in enumerate(columns)
    )
    body = "".join(_table(table, place, style) for place, table in enumerate(annex.tables))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:font-face-decls><style:font-face style:name="f" svg:font-family="{style.font}"/>'
        f"</office:font-face-decls><office:styles>{_default_style(style)}</office:styles>"
        f"<office:automatic-styles>{_page_style(style)}{_table_styles(style)}{column_styles}"
        f"{_paragraph_styles(style)}{inline_marks.odf_styles()}</office:automatic-styles>"
        f"<office:master-styles>{_master_page(style)}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _default_style(style: Style) -> str:
    hang = "hanging" if style.hanging else "simple"
    size = f"{style.sheet.size}pt"
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        f'style:text-autospace="{style.autospace}" style:punctuation-wrap="{hang}" '
        f'style:line-break="{style.line_break}" fo:line-height="{style.line_height}"/>'
        f'<style:text-properties style:font-name="f" style:font-name-asian="f" '
        f'fo:font-size="{size}" style:font-size-asian="{size}" fo:language="en" '
        'fo:country="US" style:language-asian="ja" style:country-asian="JP"/></style:default-style>'
    )


def _page_style(style: Style) -> str:
    sheet = style.sheet
    turned = "landscape" if sheet.landscape else "portrait"
    return (
        '<style:page-layout style:name="page"><style:page-layout-properties '
        f'fo:page-width="{sheet.width}pt" fo:page-height="{sheet.height}pt" '
        f'style:print-orientation="{turned}" fo:margin="{sheet.margin}pt"/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="14pt" '
        'fo:margin-top="6pt"/></style:footer-style></style:page-layout>'
    )


def _table_styles(style: Style) -> str:
    border = f"{style.line_width}pt solid #000000"
    keep = "auto" if style.cuts_rows else "always"
    cell = (
        f'fo:border="{border}" fo:padding="{style.padding}pt" '
        f'style:vertical-align="{style.vertical if style.vertical == "middle" else ""}"'
    )
    return (
        '<style:style style:name="table" style:family="table"><style:table-properties '
        f'style:width="{style.sheet.text_width:.2f}pt" table:align="left" '
        'table:border-model="collapsing"/></style:style>'
        f'<style:style style:name="row" style:family="table-row"><style:table-row-properties '
        f'fo:keep-together="{keep}"/></style:style>'
        f'<style:style style:name="cell" style:family="table-cell">'
        f"<style:table-cell-properties {cell}/></style:style>"
        f'<style:style style:name="head" style:family="table-cell">'
        f'<style:table-cell-properties {cell} fo:background-color="{style.shade}"/></style:style>'
    )


def _paragraph_styles(style: Style) -> str:
    right = "end" if style.caption_right else "start"
    large = f"{style.sheet.size * 1.3:.1f}pt"
    sized = f'<style:text-properties fo:font-size="{large}" style:font-size-asian="{large}"/>'
    page = ' fo:break-before="page"' if style.new_pages else ' fo:margin-top="14pt"'
    return "".join(
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {properties}/>{text}</style:style>"
        for name, properties, text in (
            ("text", f'fo:text-align="{style.align}"', ""),
            ("centred", 'fo:text-align="center"', ""),
            ("first", 'fo:keep-with-next="always" style:master-page-name="Standard"', sized),
            ("title", f'fo:keep-with-next="always"{page}', sized),
            ("caption", f'fo:keep-with-next="always" fo:text-align="{right}"', ""),
        )
    )


def _master_page(style: Style) -> str:
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    footer = f'<style:footer><text:p text:style-name="centred">{number}</text:p></style:footer>'
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="page">'
        f"{footer if style.has_page_number else ''}</style:master-page>"
    )


def _table(table: Table, place: int, style: Style) -> str:
    kind = "title" if place else "first"
    title = f'<text:p text:style-name="{kind}">{_xml(table.title)}</text:p>'
    if table.caption is not None:
        title += f'<text:p text:style-name="caption">{_xml(table.caption)}</text:p>'
    columns = "".join(
        f'<table:table-column table:style-name="t{place}c{column}"/>'
        for column in range(len(table.columns))
    )
    header = _row([_cell(c.printed_header, style, "head", centred=True) for c in table.columns])
    if style.repeats_header:
        header = f"<table:table-header-rows>{header}</table:table-header-rows>"
    centred = [column.role in CENTRED for column in table.columns]
    rows = "".join(
        _row([_cell(text, style, "cell", centred=is_centred)
              for text, is_centred in zip(row, centred, strict=True)])
        for row in table.rows
    )  # fmt: skip
    return (
        f'{title}<table:table table:name="T{place}" table:style-name="table">{columns}{header}'
        f"{rows}</table:table>"
    )


def _row(cells: list[str]) -> str:
    return f'<table:table-row table:style-name="row">{"".join(cells)}</table:table-row>'


def _cell(text: str, style: Style, name: str, *, centred: bool) -> str:
    paragraph = "centred" if centred else "text"
    lines = [_xml(line) for line in text.split("\n")]
    parts = lines if style.enter_is_paragraph else ["<text:line-break/>".join(lines)]
    body = "".join(f'<text:p text:style-name="{paragraph}">{part}</text:p>' for part in parts)
    return (
        f'<table:table-cell table:style-name="{name}" office:value-type="string">{body}'
        "</table:table-cell>"
    )


def _xml(text: str) -> str:
    return inline_marks.mark_up(escape(text).replace("  ", " <text:s/>"), inline_marks.odf_tags)
