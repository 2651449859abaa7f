"""Layers and annotations (PDF 32000-1, 8.11 and 12.5), read a second time."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import PDFStream
from pdfplumber.utils import resolve, resolve_all

from pipeline.commands.verify.recount.geometry import (
    IDENTITY,
    Matrix,
    Rect,
    apply,
    around,
    corners,
    sides,
)
from pipeline.extract.pdf.annotations import needs_appearances
from pipeline.extract.pdf.typed_notes import draw_typed

_HIDDEN, _PRINT, _NO_VIEW = 1 << 1, 1 << 2, 1 << 5  # flags of an annotation (table 165)

_NEW = -1  # the number of a stream that the PDF does not have


class Layers:
    """The layers of a document that are off."""

    def __init__(self, catalog: Any) -> None:
        properties = resolve(catalog.get("OCProperties")) or {}
        default = resolve(properties.get("D")) or {}
        self._off = _numbers(default.get("OFF"))
        if getattr(resolve(default.get("BaseState")), "name", "") == "OFF":
            self._off |= _numbers(properties.get("OCGs")) - _numbers(default.get("ON"))

    def hide(self, stored: Any) -> bool:
        """Whether what belongs to a layer, or to several, is off."""
        if getattr(stored, "objid", None) in self._off:
            return True
        membership = resolve(stored)
        if isinstance(membership, dict) and "VE" in membership:
            return not self._shows(membership["VE"], 0)
        if not self._off or not isinstance(membership, dict) or "OCGs" not in membership:
            return False
        groups = resolve(membership["OCGs"])
        members = groups if isinstance(groups, list) else [membership["OCGs"]]
        off = [getattr(group, "objid", None) in self._off for group in members]
        policy = getattr(resolve(membership.get("P")), "name", "AnyOn")
        rules = {"AllOn": any(off), "AnyOff": not any(off), "AllOff": not all(off)}
        return bool(off) and rules.get(policy, all(off))

    def _shows(self, expression: Any, depth: int) -> bool:
        """Whether an expression of groups is visible, down to eight levels."""
        found = resolve(expression)
        if not isinstance(found, list) or not found or depth == 8:
            return getattr(expression, "objid", None) not in self._off
        shown = [self._shows(part, depth + 1) for part in found[1:]]
        rules = {"Not": not all(shown), "And": all(shown)}
        return rules.get(getattr(resolve(found[0]), "name", ""), any(shown))


def _numbers(groups: Any) -> set[int]:
    found = (getattr(group, "objid", None) for group in resolve(groups) or [])
    return {number for number in found if number is not None}


def find_appearances(page: Any, layers: Layers) -> Iterator[tuple[Any, Matrix, bool]]:
    """The streams of annotations that are shown and printed, where, and whether each is a stamp."""
    rebuilds = needs_appearances(page)
    for stored in resolve(page.annots) or []:
        annotation = resolve(stored)
        if not isinstance(annotation, dict) or not _is_shown(annotation, layers):
            continue
        typed = draw_typed(_kind(annotation), annotation)
        normal = resolve((resolve(annotation.get("AP")) or {}).get("N"))
        if isinstance(normal, dict):
            normal = resolve(normal.get(getattr(resolve(annotation.get("AS")), "name", None)))
        has_look = hasattr(normal, "get_data") and "BBox" in normal
        if has_look and not (rebuilds and typed is not None and _kind(annotation) == "Widget"):
            yield normal, _fit(normal, sides(annotation["Rect"])), _kind(annotation) == "Stamp"
        elif typed is not None:
            look = {"BBox": list(typed.box), "Resources": typed.resources}
            stream = PDFStream(look, typed.content)
            stream.set_objid(_NEW, 0)  # pdfminer runs no stream without a number
            yield stream, IDENTITY, False


def _is_shown(annotation: Any, layers: Layers) -> bool:
    flags = resolve(annotation.get("F")) or 0
    is_popup = _kind(annotation) == "Popup"
    shown = flags & _PRINT and not flags & (_HIDDEN | _NO_VIEW)
    return bool(shown) and not is_popup and not layers.hide(annotation.get("OC"))


def _kind(annotation: Any) -> str:
    return str(getattr(resolve(annotation.get("Subtype")), "name", ""))


def _fit(stream: Any, place: Rect) -> Matrix:
    """From the appearance's own space to the page (algorithm 8.1)."""
    a, b, c, d, e, f = map(float, resolve_all(stream.get("Matrix")) or (1, 0, 0, 1, 0, 0))
    own = [apply((a, b, c, d, e, f), corner) for corner in corners(sides(stream["BBox"]))]
    x0, y0, x1, y1 = around(own, (1, 0, 0, 1, 0, 0))
    across = (place[2] - place[0]) / ((x1 - x0) or 1.0)
    up = (place[3] - place[1]) / ((y1 - y0) or 1.0)
    right, high = place[0] - x0 * across, place[1] - y0 * up
    return a * across, b * up, c * across, d * up, e * across + right, f * up + high
