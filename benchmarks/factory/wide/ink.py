"""Marks that only wide layouts make: hidden and coloured text, rulings of every make."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from reportlab.pdfgen.canvas import Canvas

from ..marks import Fill, Mark, Stroke, Text

INVISIBLE = 3
"""The text rendering mode that paints nothing (PDF 32000-1, 9.3.6)."""


@dataclasses.dataclass(frozen=True)
class Tinted:
    """A text in a grey, 1 is white; or in another rendering mode."""

    text: Text
    grey: float = 0.0
    mode: int = 0

    def draw(self, canvas: Canvas, height: float) -> None:
        """Show the text, or hide it."""
        line = canvas.beginText(self.text.x, height - self.text.baseline)
        line.setFont(self.text.font, self.text.size)
        line.setTextRenderMode(self.mode)
        line.setFillGray(self.grey)
        line.textOut(self.text.text)
        line.setTextRenderMode(0)
        canvas.drawText(line)
        canvas.setFillGray(0)


@dataclasses.dataclass(frozen=True)
class Clipped:
    """Marks of which only what lies in a box is seen."""

    x0: float
    top: float
    x1: float
    bottom: float
    marks: tuple[Mark, ...]

    def draw(self, canvas: Canvas, height: float) -> None:
        """Draw the marks through the box."""
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(self.x0, height - self.bottom, self.x1 - self.x0, self.bottom - self.top)
        canvas.clipPath(path, stroke=0, fill=0)
        for mark in self.marks:
            mark.draw(canvas, height)
        canvas.restoreState()


@dataclasses.dataclass(frozen=True)
class Line:
    """A stroke in a grey, perhaps dashed, perhaps written as a curve."""

    stroke: Stroke
    grey: float = 0.0
    dash: tuple[float, ...] = ()
    curved: bool = False

    def draw(self, canvas: Canvas, height: float) -> None:
        """Stroke the line."""
        s = self.stroke
        canvas.saveState()
        canvas.setStrokeGray(self.grey)
        canvas.setLineWidth(s.width)
        if self.dash:
            canvas.setDash(list(self.dash))
        path = canvas.beginPath()
        path.moveTo(s.x0, height - s.top)
        if self.curved:
            third = ((s.x1 - s.x0) / 3, (s.top - s.bottom) / 3)
            path.curveTo(s.x0 + third[0], height - s.top + third[1], s.x1 - third[0],
                         height - s.bottom - third[1], s.x1, height - s.bottom)  # fmt: skip
        else:
            path.lineTo(s.x1, height - s.bottom)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()


@dataclasses.dataclass(frozen=True)
class Frame:
    """A rectangle's outline."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: float
    radius: float = 0.0

    def draw(self, canvas: Canvas, height: float) -> None:
        """Stroke the outline."""
        canvas.setLineWidth(self.width)
        place = (self.x0, height - self.bottom, self.x1 - self.x0, self.bottom - self.top)
        if self.radius:
            canvas.roundRect(*place, self.radius, stroke=1, fill=0)
        else:
            canvas.rect(*place, stroke=1, fill=0)


@dataclasses.dataclass(frozen=True)
class Arrow:
    """A short arrow to the right or down; no ruling."""

    x0: float
    top: float
    x1: float
    bottom: float

    def draw(self, canvas: Canvas, height: float) -> None:
        """Stroke the shaft, fill the head."""
        canvas.setLineWidth(0.6)
        canvas.line(self.x0, height - self.top, self.x1, height - self.bottom)
        path = canvas.beginPath()
        x, y = self.x1, height - self.bottom
        across = (0.0, 2.0) if self.top == self.bottom else (2.0, 0.0)
        back = (-3.0, 0.0) if self.top == self.bottom else (0.0, 3.0)
        path.moveTo(x, y)
        path.lineTo(x + back[0] + across[0], y + back[1] + across[1])
        path.lineTo(x + back[0] - across[0], y + back[1] - across[1])
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


@dataclasses.dataclass(frozen=True)
class Edge:
    """A piece of a ruling to be; `outer` edges bound the table."""

    x0: float
    top: float
    x1: float
    bottom: float
    outer: bool = False

    @property
    def level(self) -> bool:
        """The edge runs from left to right."""
        return self.top == self.bottom


def rulings(edges: Iterable[Edge], make: str, width: float) -> list[Mark]:
    """The edges as marks of the make."""
    pieces = list(dict.fromkeys(edges))
    if make == "pieces":
        return [mark for edge in pieces for mark in _halves(edge, width)]
    joined = _joined(pieces)
    if make == "overlapping":
        return [Line(_stroke(edge, width)) for edge in [*joined, *pieces]]
    return [mark for edge in joined for mark in _ruled(edge, make, width)]


def _ruled(edge: Edge, make: str, width: float) -> list[Mark]:
    """One ruling in the make."""
    if make == "filled rectangles":
        half = max(width, 0.4) / 2
        return [Fill(edge.x0 - half, edge.top - half, edge.x1 + half, edge.bottom + half, 0.0)]
    if make == "double" or (make == "double outside" and edge.outer):
        return [Line(_stroke(_shifted(edge, by), 0.4)) for by in (-0.7, 0.7)]
    dashes = {"dashed": (3.0, 2.0), "dotted": (0.7, 1.2)}
    if make in dashes and not edge.outer:
        return [Line(_stroke(edge, width), dash=dashes[make])]
    widths = {"hair": 0.1, "thick outside": 2.0 if edge.outer else width}
    grey = 0.65 if make == "grey" else 0.0
    return [Line(_stroke(edge, widths.get(make, width)), grey, curved=make == "curves")]


def _halves(edge: Edge, width: float) -> list[Mark]:
    """The edge in two pieces that touch."""
    x, y = (edge.x0 + edge.x1) / 2, (edge.top + edge.bottom) / 2
    first, second = Edge(edge.x0, edge.top, x, y), Edge(x, y, edge.x1, edge.bottom)
    return [Line(_stroke(first, width)), Line(_stroke(second, width))]


def _stroke(edge: Edge, width: float) -> Stroke:
    return Stroke(edge.x0, edge.top, edge.x1, edge.bottom, width)


def _shifted(edge: Edge, by: float) -> Edge:
    dx, dy = (0.0, by) if edge.level else (by, 0.0)
    return Edge(edge.x0 + dx, edge.top + dy, edge.x1 + dx, edge.bottom + dy, edge.outer)


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """Edges of one line that touch, as one."""
    joined: list[Edge] = []
    for edge in sorted(edges, key=_along):
        last = joined[-1] if joined else None
        if last is not None and _continues(last, edge):
            x1, bottom = max(last.x1, edge.x1), max(last.bottom, edge.bottom)
            joined[-1] = dataclasses.replace(last, x1=x1, bottom=bottom)
        else:
            joined.append(edge)
    return joined


def _along(edge: Edge) -> tuple[bool, bool, float, float]:
    if edge.level:
        return True, edge.outer, round(edge.top, 2), edge.x0
    return False, edge.outer, round(edge.x0, 2), edge.top


def _continues(last: Edge, edge: Edge) -> bool:
    if last.level != edge.level or last.outer != edge.outer:
        return False
    if edge.level:
        return abs(last.top - edge.top) < 0.01 and edge.x0 <= last.x1 + 0.01
    return abs(last.x0 - edge.x0) < 0.01 and edge.top <= last.bottom + 0.01
