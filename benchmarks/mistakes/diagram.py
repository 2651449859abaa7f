"""Draw how often fields are right for each confidence that they have (a reliability diagram)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.evaluate.certainty import bin_confidences

_SIDE, _EDGE, _GAP = 260, 46, 56  # pixels: a panel, room for its labels, room between two
_LEAST = 5  # fields in a bin at least
_STYLE = "font-family='sans-serif' font-size='11'"

Points = Sequence[tuple[float, bool]]
"""Confidence, and whether it is right, of each field."""


def draw_reliability(panels: Mapping[str, Points]) -> str:
    """An SVG with a panel for each kind of field; the diagonal is perfect calibration."""
    width = _EDGE + len(panels) * (_SIDE + _GAP)
    drawn = "".join(
        _draw_panel(title, points, _EDGE + place * (_SIDE + _GAP))
        for place, (title, points) in enumerate(panels.items())
    )
    height = _SIDE + 2 * _EDGE
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' {_STYLE}>"
        f"<rect width='{width}' height='{height}' fill='white'/>{drawn}</svg>\n"
    )


def _draw_panel(title: str, points: Points, x: int) -> str:
    top, bottom = _EDGE, _EDGE + _SIDE
    parts = [
        f"<rect x='{x}' y='{top}' width='{_SIDE}' height='{_SIDE}' fill='none' stroke='#888'/>",
        f"<line x1='{x}' y1='{bottom}' x2='{x + _SIDE}' y2='{top}' stroke='#bbb'/>",
        f"<text x='{x}' y='{top - 12}'>{title} ({len(points)} fields)</text>",
        f"<text x='{x + _SIDE / 2}' y='{bottom + 34}' text-anchor='middle'>confidence</text>",
    ]
    for tick in (0.0, 0.5, 0.8, 1.0):
        at = tick * _SIDE
        parts.append(f"<text x='{x + at}' y='{bottom + 16}' text-anchor='middle'>{tick}</text>")
        parts.append(f"<text x='{x - 6}' y='{bottom - at + 4}' text-anchor='end'>{tick}</text>")
    for confidence, share, count in bin_points(points):
        cx, cy = x + confidence * _SIDE, bottom - share * _SIDE
        radius = min(12.0, 2 + count**0.5 / 8)
        parts.append(
            f"<circle cx='{cx:.1f}' cy='{cy:.1f}' r='{radius:.1f}' fill='#1f77b4' opacity='0.7'>"
            f"<title>{count} fields: {confidence:.3f}, right {share:.3f}</title></circle>"
        )
    return "".join(parts)


def bin_points(points: Points) -> list[tuple[float, float, int]]:
    """For each bin of confidence its mean, the share of right fields, and their number."""
    bins = bin_confidences(points)
    return [(own.confidence, own.right, own.count) for own in bins if own.count >= _LEAST]
