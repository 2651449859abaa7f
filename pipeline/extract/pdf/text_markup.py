"""The looks of text markup that carries none: viewers draw the lines and grounds themselves."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import list_value, resolve1
from pdfminer.psparser import LIT

from pipeline.extract.pdf.content.display_list import IDENTITY, Point
from pipeline.extract.pdf.content.resources import Form, read_rect

_QUAD = 8  # numbers of a quadrilateral; standard: PDF 32000-1, 12.5.6.10
_HIGHLIGHT = "Highlight"
# Where the line runs, as a share of the quadrilateral's height from its foot. judgement: viewers
# strike through the middle, and underline a little above the foot.
_LINES = {"StrikeOut": 0.5, "Underline": 0.08, "Squiggly": 0.08}
_PEN = 1 / 14  # of the quadrilateral's height; judgement: 0.7 points at type of 10
_COLORS = {1: "G", 3: "RG", 4: "K"}  # operator by count; standard: PDF 32000-1, table 164
_SEE_THROUGH = {"ExtGState": {"See": {"BM": LIT("Multiply")}}}


def draw_markup(subtype: str, annotation: dict[str, Any]) -> Form | None:
    """Draw the marked text's lines or grounds (PDF 32000-1, 12.5.6.10); None: it is no markup.

    Args:
        annotation: It has no appearance of its own.
    """
    if subtype != _HIGHLIGHT and subtype not in _LINES:
        return None
    looks = [_draw(subtype, *quad) for quad in _read_quads(annotation)]
    content = "\n".join(("/See gs", _set_color(annotation, subtype == _HIGHLIGHT), *looks))
    return Form(None, content.encode(), IDENTITY, read_rect(annotation.get("Rect")), _SEE_THROUGH)


def _read_quads(annotation: dict[str, Any]) -> Iterator[tuple[Point, Point, Point, Point]]:
    """Yield the upper left, upper right, lower left and lower right corner of each piece.

    This is the order in which programs write them; the standard names another one.
    """
    numbers = [float(resolve1(n)) for n in list_value(resolve1(annotation.get("QuadPoints")))]
    for start in range(0, len(numbers) - _QUAD + 1, _QUAD):
        a, b, c, d, e, f, g, h = numbers[start : start + _QUAD]
        yield (a, b), (c, d), (e, f), (g, h)


def _draw(subtype: str, left: Point, right: Point, low_left: Point, low_right: Point) -> str:
    if subtype == _HIGHLIGHT:
        corners = (*left, "m", *right, "l", *low_right, "l", *low_left, "l")
        return spell_operators(*corners, "f")
    share = _LINES[subtype]
    start, end = _between(low_left, left, share), _between(low_right, right, share)
    height = abs(left[1] - low_left[1]) + abs(left[0] - low_left[0])
    return spell_operators(_PEN * height, "w", *start, "m", *end, "l", "S")


def _between(foot: Point, head: Point, share: float) -> Point:
    return foot[0] + share * (head[0] - foot[0]), foot[1] + share * (head[1] - foot[1])


def _set_color(annotation: dict[str, Any], fills: bool) -> str:
    """The operator that sets the annotation's colour; black where it gives none."""
    parts = [float(resolve1(n)) for n in list_value(resolve1(annotation.get("C")) or [])]
    operator = _COLORS.get(len(parts))
    if operator is None:
        return ""
    return spell_operators(*parts, operator.lower() if fills else operator)


def spell_operators(*parts: float | str) -> str:
    """Operands and operators as a content stream has them, which knows no exponents: 1e-05."""
    return " ".join(part if isinstance(part, str) else f"{part:f}" for part in parts)
