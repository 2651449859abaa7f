"""Tables of family `spaced` printed by LibreOffice Writer: right tabs, letter-spacing, spread."""

from __future__ import annotations

import dataclasses
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from random import Random

from .. import office
from ..model import Annex, Laid
from ..sheet import column_widths
from ..writer import Style, document, draw_style
from .content import FLUSH, SPREAD, as_read

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _STYLE = f"{{{_URN}office:1.0}}", f"{{{_URN}style:1.0}}"
for _name in ("office", "style", "text", "table"):  # Writer looks for the usual prefixes
    ET.register_namespace(_name, f"{_URN}{_name}:1.0")
_TEXT, _TABLE, _FO = (f"{{{_URN}{name}:1.0}}" for name in ("text", "table", "xsl-fo-compatible"))
# XML has no vertical tab, and Writer reads a tab as a space.
_SAFE = str.maketrans({FLUSH: "\ue000", SPREAD: "\ue001"})
_FLUSH, _SPREAD = FLUSH.translate(_SAFE), SPREAD.translate(_SAFE)


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF."""
    read = as_read(annex)
    style = dataclasses.replace(
        draw_style(rng, read), enter_is_paragraph=True, align=rng.choice(("start", "justify"))
    )
    spacing, share = rng.choice((0.08, 0.15, 0.2)), rng.choice((0.0, 0.2, 0.4))
    widths = [column_widths(rng, table, style.sheet) for table in read.tables]
    root = ET.fromstring(document(annex.mapped(lambda text: text.translate(_SAFE)), widths, style))
    _add_styles(root, widths, style, spacing)
    for name, paragraph in _paragraphs(root):
        _set(paragraph, name, spaced=rng.random() < share)
    with tempfile.TemporaryDirectory(prefix="factory-writer-") as folder:
        source = Path(folder) / "annex.fodt"
        ET.ElementTree(root).write(source, encoding="utf-8", xml_declaration=True)
        office.convert(source, path)
    return Laid(f"{style}, {share:.0%} of paragraphs {spacing}", read)


def _paragraphs(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """The paragraphs in cells, each with the name of its column's style."""
    for place, table in enumerate(root.iter(f"{_TABLE}table")):
        for row in table.iter(f"{_TABLE}table-row"):
            for column, cell in enumerate(row.iter(f"{_TABLE}table-cell")):
                for paragraph in cell.iter(f"{_TEXT}p"):
                    yield f"flush{place}c{column}", paragraph


def _set(paragraph: ET.Element, flush: str, *, spaced: bool) -> None:
    """Give a paragraph the style that its marks ask for."""
    text = paragraph.text or ""
    style = f"{_TEXT}style-name"
    if _FLUSH in text:
        paragraph.text, value = text.split(_FLUSH)
        ET.SubElement(paragraph, f"{_TEXT}tab").tail = value
        paragraph.set(style, flush)
    elif text.startswith(_SPREAD):
        paragraph.text = text.removeprefix(_SPREAD)
        paragraph.set(style, "spread")
    elif spaced and paragraph.get(style) == "text":
        paragraph.set(style, "spaced")


def _add_styles(
    root: ET.Element, widths: list[tuple[float, ...]], style: Style, spacing: float
) -> None:
    styles = root.find(f"{_OFFICE}automatic-styles")
    assert styles is not None
    spread = {f"{_FO}text-align": "justify", f"{_FO}text-align-last": "justify"}
    _add_style(styles, "spread", spread)
    spaced = _add_style(styles, "spaced", {f"{_FO}text-align": style.align})
    letter_spacing = {f"{_FO}letter-spacing": f"{spacing * style.sheet.size:.2f}pt"}
    ET.SubElement(spaced, f"{_STYLE}text-properties", letter_spacing)
    for place, columns in enumerate(widths):
        for column, width in enumerate(columns):
            named = _add_style(styles, f"flush{place}c{column}", {f"{_FO}text-align": "start"})
            stops = ET.SubElement(named[0], f"{_STYLE}tab-stops")
            edge = f"{width - 2 * style.padding - 1:.2f}pt"
            stop = {f"{_STYLE}position": edge, f"{_STYLE}type": "right"}
            ET.SubElement(stops, f"{_STYLE}tab-stop", stop)


def _add_style(styles: ET.Element, name: str, properties: dict[str, str]) -> ET.Element:
    named = {f"{_STYLE}name": name, f"{_STYLE}family": "paragraph"}
    style = ET.SubElement(styles, f"{_STYLE}style", named)
    ET.SubElement(style, f"{_STYLE}paragraph-properties", properties)
    return style
