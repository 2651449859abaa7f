"""Marks of text as the many programs draw them: bars, pens, dots, waves, grounds, frames."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from .inline_marks import bears_sign
from .marks import register_font, text_width

_YELLOW, _GREY, _RED, _BLUE = "#ffff00", "#dddddd", "#ff0000", "#0000ff"


@dataclasses.dataclass(frozen=True)
class Span:
    """Marked characters on one printed line; lengths in points, `baseline` from the page's top."""

    x0: float
    baseline: float
    text: str
    font: str
    size: float
    spacing: float
    leading: float
    goes_back: bool
    """The mark began on a line before."""
    goes_on: bool
    """The mark goes on on the next line."""

    @property
    def x1(self) -> float:
        """Where its last character ends."""
        spread = self.spacing * (len(self.text) - 1)
        return self.x0 + text_width(self.text, self.font, self.size) + spread

    def places(self) -> Iterator[tuple[str, float, float]]:
        """Each character with its left and its right side."""
        for count, char in enumerate(self.text):
            before = text_width(self.text[:count], self.font, self.size)
            left = self.x0 + before + count * self.spacing
            yield char, left, left + text_width(char, self.font, self.size)


Paint = Callable[[Canvas, Span, float], None]
"""Paints a span whose baseline is at y on the canvas."""


@dataclasses.dataclass(frozen=True)
class Painted:
    """A span and what marks it."""

    span: Span
    paint: Paint

    def draw(self, canvas: Canvas, height: float) -> None:
        """Paint it on a page of this height."""
        canvas.saveState()
        self.paint(canvas, self.span, height - self.span.baseline)
        canvas.restoreState()


def _bar(low: float, thick: float, *more: float) -> Paint:
    """Filled bars this many em above the baseline."""

    def paint(canvas: Canvas, span: Span, y: float) -> None:
        for part in (low, *more):
            canvas.rect(span.x0, y + part * span.size, span.x1 - span.x0, thick * span.size,
                        stroke=0, fill=1)  # fmt: skip

    return paint


def _pen(low: float, dash: tuple[float, ...] = (), ink: str = "#000000") -> Paint:
    """A stroked line, perhaps with a dash pattern in em."""

    def paint(canvas: Canvas, span: Span, y: float) -> None:
        canvas.setLineWidth(0.05 * span.size)
        canvas.setStrokeColor(HexColor(ink))
        if dash:
            canvas.setDash([part * span.size for part in dash])
        canvas.line(span.x0, y + low * span.size, span.x1, y + low * span.size)

    return paint


def _pieces(low: float) -> Paint:
    """A bar under each character by itself."""

    def paint(canvas: Canvas, span: Span, y: float) -> None:
        for _, left, right in span.places():
            wide = right - left + span.spacing
            canvas.rect(left, y + low * span.size, wide, 0.06 * span.size, stroke=0, fill=1)

    return paint


def _round_dots(canvas: Canvas, span: Span, y: float) -> None:
    step, radius = 0.2 * span.size, 0.05 * span.size
    for number in range(int((span.x1 - span.x0) / step)):
        canvas.circle(span.x0 + radius + number * step, y - 0.16 * span.size, radius,
                      stroke=0, fill=1)  # fmt: skip


def _wave(*, curved: bool) -> Paint:
    def paint(canvas: Canvas, span: Span, y: float) -> None:
        step, high = 0.15 * span.size, 0.06 * span.size
        canvas.setLineWidth(0.04 * span.size)
        path, middle, x = canvas.beginPath(), y - 0.18 * span.size, span.x0
        path.moveTo(x, middle)
        for number in range(math.ceil((span.x1 - span.x0) / step)):
            side = middle + (high if number % 2 else -high)
            if curved:
                path.curveTo(x + step / 3, side, x + 2 * step / 3, side, x + step, middle)
            else:
                path.lineTo(x + step, side)
            x += step
        canvas.drawPath(path)

    return paint


def _ground(ink: str, low: float, high: float | None) -> Paint:
    """A ground from `low` to `high` em; None: as high as the lines' pitch."""

    def paint(canvas: Canvas, span: Span, y: float) -> None:
        canvas.setFillColor(HexColor(ink))
        tall = span.leading if high is None else (high - low) * span.size
        canvas.rect(span.x0, y + low * span.size, span.x1 - span.x0, tall, stroke=0, fill=1)

    return paint


def _frame(canvas: Canvas, span: Span, y: float) -> None:
    """A whole frame on each line, as a word processor's character border."""
    canvas.setLineWidth(0.5)
    canvas.rect(span.x0, y - 0.18 * span.size, span.x1 - span.x0, 1.12 * span.size)


def _sliced_frame(canvas: Canvas, span: Span, y: float) -> None:
    """A frame of bars that is open where its mark goes on."""
    low, high, pen = y - 0.16 * span.size, y + 0.9 * span.size, 0.5
    wide = span.x1 - span.x0
    bars = [(span.x0, low, wide, pen), (span.x0, high, wide, pen)]
    bars += [] if span.goes_back else [(span.x0, low, pen, high - low + pen)]
    bars += [] if span.goes_on else [(span.x1 - pen, low, pen, high - low + pen)]
    for bar in bars:
        canvas.rect(*bar, stroke=0, fill=1)


def _signs(sign: str) -> Paint:
    def paint(canvas: Canvas, span: Span, y: float) -> None:
        register_font(span.font)
        canvas.setFont(span.font, span.size / 2)
        for char, left, right in span.places():
            if bears_sign(char):
                canvas.drawCentredString((left + right) / 2, y + 0.9 * span.size, sign)

    return paint


def _coloured(ink: str) -> Paint:
    def paint(canvas: Canvas, span: Span, y: float) -> None:
        line = canvas.beginText(span.x0, y)
        line.setFont(span.font, span.size)
        line.setFillColor(HexColor(ink))
        line.setCharSpace(span.spacing)
        line.textOut(span.text)
        line.setCharSpace(0)
        canvas.drawText(line)

    return paint


PAINTS: Mapping[str, Paint] = {
    "bar below": _bar(-0.15, 0.05), "thick bar below": _bar(-0.2, 0.1),
    "bar far below": _bar(-0.28, 0.06), "red pen below": _pen(-0.14, ink=_RED),
    "pieces below": _pieces(-0.15), "two bars below": _bar(-0.14, 0.04, -0.25),
    "dotted pen below": _pen(-0.15, (0.05, 0.1)), "dashed pen below": _pen(-0.15, (0.3, 0.15)),
    "chained pen below": _pen(-0.15, (0.4, 0.12, 0.06, 0.12)), "round dots below": _round_dots,
    "zigzag below": _wave(curved=False), "wave below": _wave(curved=True),
    "bar through": _bar(0.33, 0.05), "pen through": _pen(0.38),
    "two bars through": _bar(0.28, 0.04, 0.42), "pieces through": _pieces(0.36),
    "red pen through": _pen(0.36, ink=_RED), "frame": _frame, "sliced frame": _sliced_frame,
    "yellow ground": _ground(_YELLOW, -0.18, 0.92), "yellow pitch": _ground(_YELLOW, -0.22, None),
    "grey ground": _ground(_GREY, -0.15, 0.95), "dots above": _signs("・"),
    "discs above": _signs("●"), "red": _coloured(_RED), "blue": _coloured(_BLUE),
}  # fmt: skip
"""By the names of the looks in `inline_marks.PRINTED`."""
