"""Vertical tables as a flat OpenDocument text, printed by LibreOffice Writer."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from pathlib import Path
from random import Random

from .. import office, writer
from ..fonts import families
from ..model import Annex
from ..sheet import column_widths
from .content import FONTS, runs

_TEXT = re.compile(r"(?<=>)[^<>]*[0-9][^<>]*(?=<(?!/text:page-number))")
_PARAGRAPH = re.compile(r'(<text:p text:style-name="text">)([^<>]+)(</text:p>)')
_FOOTER = 24.0
"""Points that the level page number takes from the lines."""
_UPRIGHT = (
    '<style:style style:name="abreast" style:family="text"><style:text-properties '
    'style:text-rotation-angle="90" style:text-rotation-scale="line-height"/></style:style>'
    '<style:style style:name="lined" style:family="text"><style:text-properties '
    'style:text-underline-style="solid" style:text-underline-width="auto"/></style:style>'
)


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Print the annex to a PDF; returns what the layout is like."""
    style = writer.draw_style(rng, annex)
    fonts = [font for font in FONTS if font in families()]
    style = dataclasses.replace(style, font=rng.choice(fonts))
    widths = [column_widths(rng, table, style.sheet) for table in annex.tables]
    abreast, lined = rng.choice((0, 2, 2, 3)), rng.choice((0.0, 0.0, 0.3))
    text = _turn(writer.document(annex, widths, style), style)
    text = _PARAGRAPH.sub(lambda found: _line(found, rng, lined), text)
    text = _TEXT.sub(lambda found: _upright(found[0], abreast), text)
    with tempfile.TemporaryDirectory(prefix="factory-vertical-") as folder:
        source = Path(folder) / "annex.fodt"
        source.write_text(text, encoding="utf-8")
        office.convert(source, path)
    return f"vertical {style}, {abreast} figures abreast{', 傍線' * (lined > 0)}"


def _turn(document: str, style: writer.Style) -> str:
    """The document on a sheet whose lines run downwards."""
    sheet = style.sheet
    level = f'fo:page-width="{sheet.width}pt" fo:page-height="{sheet.height}pt"'
    high = sheet.width + (_FOOTER if style.has_page_number else 0.0)
    turned = f'fo:page-width="{sheet.height}pt" fo:page-height="{high}pt"'
    document = document.replace(level, f'{turned} style:writing-mode="tb-rl"')
    for kind in ("landscape", "portrait"):
        other = "portrait" if kind == "landscape" else "landscape"
        if (found := f'print-orientation="{kind}"') in document:
            document = document.replace(found, f'print-orientation="{other}"')
            break
    return document.replace("</office:automatic-styles>", f"{_UPRIGHT}</office:automatic-styles>")


def _line(found: re.Match[str], rng: Random, share: float) -> str:
    """A paragraph of a cell, now and then with a 傍線."""
    before, text, after = found.groups()
    if rng.random() < share:
        text = f'<text:span text:style-name="lined">{text}</text:span>'
    return before + text + after


def _upright(text: str, abreast: int) -> str:
    """A text whose figures stand abreast; entities of XML stay what they are."""
    return "".join(
        f'<text:span text:style-name="abreast">{run.text}</text:span>'
        if run.kind == "abreast"
        else run.text
        for run in runs(text, abreast)
    )
