"""What a page's content stream paints, in order: glyphs in columns, and shapes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.extract.pdf.glyphs import Flags, Floats, Integers

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, y growing upwards."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Color = tuple[float, ...]
"""A colour's parts; () is white, (nan,) what cannot be told."""

Run = tuple[float, float, float, float, float, float, float, float, float, float, int, int, int]
"""What the glyphs of one string share: the matrix from text to user space; in text space the
height of their origins and their left, lower and upper side from there; the number of their style;
how many shapes were painted before them; how many glyphs there are once they are noted."""
Style = tuple[Matrix, Rect, bool, bool, bool]
"""What strings share: the matrix from user space to the page; the clip; whether their font is for
vertical writing, whether their ink paints, whether it is white."""


@dataclass(frozen=True, slots=True)
class PaintedShape:
    """A straight line, a rectangle or any other path as painted."""

    kind: str
    """`line`, `rect` or `curve`."""
    points: tuple[Point, ...]
    stroke: Color | None
    """Colour of its outline; None: not stroked."""
    fill: Color | None
    """Colour of its inside; None: not filled."""
    clip: Rect


@dataclass(frozen=True, slots=True, eq=False)
class PaintedGlyphs:
    """Glyphs as painted, in columns."""

    texts: tuple[str, ...]
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    size: Floats
    """Extent across their lines, in points."""
    direction: Integers
    """Where their lines run: 0 right, 90 down, 180 left, 270 up."""
    seen: Flags
    """A rendering mode and a transparency that paint, and not clipped away."""
    white: Flags
    """Their ink is white."""
    order: Integers
    """How many shapes were painted before each."""


@dataclass(slots=True)
class Painting:
    """All that one page paints.

    Glyphs are noted in runs: those of one string share all but their text and their place in it.
    """

    shapes: list[PaintedShape] = field(default_factory=list)
    images: int = 0
    texts: list[str] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    """Where each glyph's origin is along its line, in text space."""
    widths: list[float] = field(default_factory=list)
    """Each glyph's right side from its origin, in text space."""
    runs: list[Run] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def glyphs(self) -> PaintedGlyphs:
        """The glyphs, placed on the page."""
        runs = _columns(self.runs, 13)
        styles = _columns([(*matrix, *clip, *look) for matrix, clip, *look in self.styles], 13)
        style = styles[:, runs[10].astype(np.int64)]
        vertical, paints, white = style[10:]
        matrix = _multiply(runs[:6], style[:6])
        direction = _directions(matrix, vertical)
        counts = np.diff(runs[12], prepend=0.0).astype(np.int64)
        look = style[6:10], paints, direction, white, runs[11]
        shared = np.repeat(np.vstack((*matrix, runs[6:10], *look)), counts, axis=1)
        places, widths = _column(self.places), _column(self.widths)
        x0, y0, x1, y1 = _boxes(shared[:10], places, widths)
        left, low, right, high, paints, direction, white, order = shared[10:]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        inside = (left <= x) & (x <= right) & (low <= y) & (y <= high)
        return PaintedGlyphs(
            texts=tuple(self.texts),
            x0=x0,
            y0=y0,
            x1=x1,
            y1=y1,
            size=np.where((direction == 90) | (direction == 270), x1 - x0, y1 - y0),
            direction=direction.astype(np.int64),
            seen=inside & (paints > 0),
            white=white > 0,
            order=order.astype(np.int64),
        )


def _column(numbers: Sequence[float]) -> Floats:
    return np.fromiter(numbers, np.float64, len(numbers))


def _columns(rows: Sequence[tuple[float, ...]], width: int) -> Floats:
    """Numbers by row, as columns."""
    numbers = np.fromiter(itertools.chain.from_iterable(rows), np.float64, len(rows) * width)
    return numbers.reshape(-1, width).T


def _multiply(text: Floats, user: Floats) -> tuple[Floats, ...]:
    """The matrices from text space to the page."""
    a, b, c, d, e, f = text
    k, m, n, o, p, q = user
    return (
        k * a + n * b, m * a + o * b,
        k * c + n * d, m * c + o * d,
        k * e + n * f + p, m * e + o * f + q,
    )  # fmt: skip


def _directions(matrix: Sequence[Floats], vertical: Floats) -> Floats:
    """Where lines run on the page, as one of four."""
    a, b, c, d, _, _ = matrix
    x, y = np.where(vertical, -c, a), np.where(vertical, -d, b)  # y grows upwards
    level = np.where(x >= 0, 0.0, 180.0)
    return np.where(abs(x) >= abs(y), level, np.where(y < 0, 90.0, 270.0))


def _boxes(shared: Floats, places: Floats, widths: Floats) -> tuple[Floats, ...]:
    """The sides x0, y0, x1, y1 of glyphs on the page, whatever way they are turned."""
    a, b, c, d, e, f, height, left, low, high = shared
    x, y = places * a + height * c + e, places * b + height * d + f
    ax, ay = a * left, b * left
    bx, by = a * widths, b * widths
    lx, ly, hx, hy = c * low, d * low, c * high, d * high
    xs = ax + lx + x, bx + lx + x, bx + hx + x, ax + hx + x
    ys = ay + ly + y, by + ly + y, by + hy + y, ay + hy + y
    x0, x1 = _extent(xs)
    y0, y1 = _extent(ys)
    return x0, y0, x1, y1


def _extent(corners: Sequence[Floats]) -> tuple[Floats, Floats]:
    one, two, three, four = corners
    return (
        np.minimum(np.minimum(one, two), np.minimum(three, four)),
        np.maximum(np.maximum(one, two), np.maximum(three, four)),
    )
