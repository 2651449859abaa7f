"""Typed tables as paragraphs of a text document, printed by LibreOffice Writer."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from random import Random

from .. import office
from ..model import Annex, Laid
from ..writer import NAMESPACES
from .page import type_annex
from .setting import MARGIN, Setting, draw_setting, installed_monospaced


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF; returns what the layout is like."""
    setting = draw_setting(rng, installed_monospaced())
    typed = type_annex(annex, rng, setting.style)
    with tempfile.TemporaryDirectory(prefix="factory-typed-") as folder:
        source = Path(folder) / "annex.fodt"
        source.write_text(document(typed.pages, setting), encoding="utf-8")
        office.convert(source, path)
    return Laid(f"writer: {setting}", shown=(typed.rulings,))


def document(pages: tuple[tuple[str, ...], ...], setting: Setting) -> str:
    """The whole document as XML."""
    font = "".join(
        f'style:font-name{script}="f" fo:font-size{script}="{setting.size}pt" '.replace(
            "fo:font-size-", "style:font-size-"
        )
        for script in ("", "-asian", "-complex")
    )
    height = f'fo:line-height="{setting.size * setting.pitch:.2f}pt"'
    body = "".join(_page(lines) for lines in pages)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:font-face-decls><style:font-face style:name="f" '
        f'svg:font-family="{setting.family}"/></office:font-face-decls><office:styles>'
        f'<style:style style:name="l" style:family="paragraph"><style:paragraph-properties '
        f'{height} style:text-autospace="none" style:punctuation-wrap="simple" '
        f'fo:orphans="0" fo:widows="0"/><style:text-properties {font}/></style:style>'
        '<style:style style:name="n" style:family="paragraph" style:parent-style-name="l">'
        '<style:paragraph-properties fo:break-before="page"/></style:style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="p">'
        f'<style:page-layout-properties fo:page-width="{setting.width}pt" '
        f'fo:page-height="{setting.height}pt" fo:margin="{MARGIN - 10}pt"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles><style:master-page "
        'style:name="Standard" style:page-layout-name="p"/></office:master-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _page(lines: tuple[str, ...]) -> str:
    styles = ["n", *"l" * len(lines)]
    return "".join(
        f'<text:p text:style-name="{style}">{_spaced(line)}</text:p>'
        for style, line in zip(styles, lines, strict=False)
    )


def _spaced(line: str) -> str:
    """The line as XML, in which white space would otherwise shrink to one space."""
    return escape(line).replace(" ", "<text:s/>")
