"""What viewers show over a page's content: form fields that were filled in, and annotations."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import literal_name

from pipeline.extract.pdf.content.display_list import multiply_matrices
from pipeline.extract.pdf.content.graphics_state import transform_rect
from pipeline.extract.pdf.content.layers import Layers
from pipeline.extract.pdf.content.resources import Form, read_form, read_rect
from pipeline.extract.pdf.text_markup import draw_markup
from pipeline.extract.pdf.typed_notes import draw_typed

# Bits of an annotation's flags; standard: PDF 32000-1, 12.5.3, table 165.
_HIDDEN, _PRINT, _NO_VIEW = 1 << 1, 1 << 2, 1 << 5


def find_appearances(page: Any, layers: Layers) -> Iterator[Form]:
    """Find the appearances of the annotations that are shown and printed, in painting order.

    A pop-up is a note that a viewer opens, and no text of the page.

    Args:
        page: pdfminer's page.

    Yields:
        Each as a form that paints it in its place.
    """
    rebuilds = needs_appearances(page)
    for stored in list_value(resolve1(page.annots) or []):
        # A malformed annotation must not cost the page: viewers leave it out too.
        with suppress(PDFException, ValueError, TypeError, KeyError, ArithmeticError):
            if (form := _read_appearance(resolve1(stored), layers, rebuilds)) is not None:
                yield form


def needs_appearances(page: Any) -> bool:
    """Whether viewers set the values of its form anew (PDF 32000-1, 12.7.2): they changed since.

    Args:
        page: pdfminer's page.
    """
    form = resolve1(page.doc.catalog.get("AcroForm"))
    return isinstance(form, dict) and resolve1(form.get("NeedAppearances")) is True


def _read_appearance(annotation: Any, layers: Layers, rebuilds: bool) -> Form | None:
    if not isinstance(annotation, dict) or not _is_shown(annotation, layers):
        return None
    subtype = _read_subtype(annotation)
    typed = draw_typed(subtype, annotation) if rebuilds and subtype == "Widget" else None
    if typed is not None:
        return typed
    stream = _find_stream(annotation)
    if stream is None:
        return draw_markup(subtype, annotation) or draw_typed(subtype, annotation)
    form = read_form(stream)
    return _place(form, annotation) if form is not None else None


def _is_shown(annotation: dict[str, Any], layers: Layers) -> bool:
    flags = resolve1(annotation.get("F"))
    flags = flags if isinstance(flags, int) else 0
    is_popup = _read_subtype(annotation) == "Popup"
    shown = flags & _PRINT and not flags & (_HIDDEN | _NO_VIEW)
    return bool(shown) and not is_popup and not layers.hides(annotation.get("OC"))


def _read_subtype(annotation: dict[str, Any]) -> str:
    return str(literal_name(resolve1(annotation.get("Subtype")) or ""))


def _find_stream(annotation: dict[str, Any]) -> PDFStream | None:
    """The normal appearance, in the state that the annotation is in (PDF 32000-1, 12.5.5)."""
    appearances = resolve1(annotation.get("AP"))
    normal = resolve1(appearances.get("N")) if isinstance(appearances, dict) else None
    if isinstance(normal, dict):
        state = resolve1(annotation.get("AS"))
        normal = resolve1(normal.get(literal_name(state))) if state is not None else None
    return normal if isinstance(normal, PDFStream) else None


def _place(form: Form, annotation: dict[str, Any]) -> Form | None:
    """Fit an appearance into its annotation's rectangle (PDF 32000-1, 12.5.5, algorithm 8.1)."""
    left, low, right, high = read_rect(annotation.get("Rect"))
    a, b, c, d = transform_rect(form.matrix, form.box)
    if a >= c or b >= d:
        return None
    across, up = (right - left) / (c - a), (high - low) / (d - b)
    fit = across, 0.0, 0.0, up, left - a * across, low - b * up
    stamps = _read_subtype(annotation) == "Stamp"
    return replace(form, matrix=multiply_matrices(form.matrix, fit), stamps=stamps)
