"""The display list of a page: everything its content stream paints, in painting order."""

import struct
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from msgspec import Struct, field

from pipeline.extract.pdf.glyphs import Flags, Floats, Integers, join_texts

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, y growing upwards."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Color = tuple[float, ...]
"""The components of a colour; () is white, (nan,) is an unknown colour."""

Run = tuple[
    float, float, float, float, float, float, float, float, float, float, int, int, int, int
]  # fmt: skip
"""Properties that the glyphs of one string share, in this order:

- the matrix from text space to user space (6 numbers)
- in text space, the y of their origins, and from there their left, lower and upper side
- the index of their style
- how many shapes were painted before them
- how many glyphs the painting has after them
- the object number of their structure element
"""
Style = tuple[Matrix, Rect, bool, bool, bool, int]
"""Properties that strings share: the matrix from user space to the page; the clip; whether their
font is for vertical writing, whether their ink is visible, whether it is white, its colour."""
_N = TypeVar("_N", float, Floats)
RUN_WIDTH = 14  # numbers of a run
# Slope from which a line runs aslant; judgement: 8 degrees, no sheet is scanned so askew.
_SLANT = 0.15
_STYLE_WIDTH = 14  # numbers of a style, its matrix and clip spread out


class PaintedShape(Struct, frozen=True):
    """A straight line, a rectangle, a wave, another path, an image or a gradient, as painted."""

    kind: str
    """`line`, `rect`, `wave`, `curve`, `image` or `gradient`."""
    points: tuple[Point, ...]
    """Of a wave: the corners of its box."""
    stroke: Color | None
    """The colour of its outline; None: not stroked."""
    fill: Color | None
    """The colour of its inside; None: not filled."""
    clip: Rect
    covers: bool = False
    """Nothing that was painted before is visible inside its box."""
    dashed: bool = False
    """Its outline has a dash pattern."""
    pale: bool = False
    """Its inside is so pale that pale type on it cannot be read."""


class PaintedGlyphs(Struct, frozen=True, eq=False):
    """Glyphs as painted, in columns."""

    texts: Sequence[str]
    """As `join_texts` returns them."""
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    size: Floats
    """Extent perpendicular to the line, in points."""
    direction: Integers
    """Direction of the line: 0 right, 90 down, 180 left, 270 up."""
    slanted: Flags
    """The line runs neither along nor across the page (a watermark)."""
    seen: Flags
    """The rendering mode and the opacity make the glyph visible, and it is not clipped away."""
    within: Flags
    """It is not clipped away, whether it is visible or not."""
    pale: Flags
    """The ink is white, or so pale that it cannot be read on white."""
    color: Integers
    """The colour of the ink as 0xRRGGBB."""
    order: Integers
    """How many shapes were painted before the glyph."""
    element: Integers
    """The object number of the glyph's structure element; 0: it has none."""


class Painting(Struct):
    """Everything that one page paints.

    Glyphs are stored in runs: the glyphs of one string differ only in text, position and width.
    """

    shapes: list[PaintedShape] = field(default_factory=list)
    images: int = 0
    texts: list[str] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    """The position of each glyph's origin along its line, in text space."""
    widths: list[float] = field(default_factory=list)
    """The right side of each glyph from its origin, in text space."""
    runs: list[float] = field(default_factory=list)
    """The numbers of one `Run` after the other."""
    styles: list[Style] = field(default_factory=list)
    set_by: object = None
    """What the last of `styles` follows from: for an equal one it is not made again."""
    filled: set[int] = field(default_factory=set)
    """The runs of glyphs through which something else was painted, by their place in `runs`."""
    stamped: list[int] = field(default_factory=list)
    """The places of the glyphs of rubber stamps in `texts`."""
    masked: list[int] = field(default_factory=list)
    """The runs of glyphs that a soft mask may hide, by their place in `runs`."""
    contradicted: set[str] = field(default_factory=set)
    """The texts that a font which the page uses may give wrongly (see `contradicted.py`)."""

    @property
    def is_vertical(self) -> bool:
        """Whether most glyphs are from fonts for vertical writing, each of them a run."""
        vertical = {place for place, style in enumerate(self.styles) if style[2]}
        styles = self.runs[10::RUN_WIDTH]
        return bool(vertical) and 2 * sum(s in vertical for s in styles) > len(self.texts)

    def find_masked(self) -> Flags:
        """Flag the glyphs that a soft mask may hide."""
        if not self.masked:
            return np.zeros(len(self.texts), np.bool_)
        return np.isin(_find_owners(_columns(self.runs, RUN_WIDTH)[12]), self.masked)

    def glyphs(self) -> PaintedGlyphs:
        """Place the glyphs on the page."""
        runs = _columns(self.runs, RUN_WIDTH)
        flat = [n for matrix, clip, *look in self.styles for n in (*matrix, *clip, *look)]
        styles = _columns(flat, _STYLE_WIDTH)
        style = styles.take(runs[10].astype(np.int64), axis=1)
        vertical, paints, pale, color = style[10:]
        paints[list(self.filled)] = 1.0
        matrix = multiply_matrices(runs[:6], style[:6])
        direction, slanted = _directions(matrix, vertical, runs[8] > runs[9])
        look = *style[6:10], paints, direction, slanted, pale, color, runs[11], runs[13]
        rows = *_measure_runs(matrix, runs[6:10]), *look
        owners = _find_owners(runs[12])
        shared = np.concatenate(rows).reshape(len(rows), -1).take(owners, axis=1)
        places, widths = _column(self.places), _column(self.widths)
        x0, y0, x1, y1 = _place_boxes(shared[:-11], places, widths)
        left, low, right, high, paints, direction, slanted = shared[-11:-4]
        pale, color, order, element = shared[-4:]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        inside = (left <= x) & (x <= right) & (low <= y) & (y <= high)
        return PaintedGlyphs(
            texts=join_texts(self.texts),
            x0=x0,
            y0=y0,
            x1=x1,
            y1=y1,
            size=np.where((direction == 90) | (direction == 270), x1 - x0, y1 - y0),
            direction=direction.astype(np.int64),
            slanted=slanted > 0,
            seen=inside & (paints > 0),
            within=inside,
            pale=pale > 0,
            color=color.astype(np.int64),
            order=order.astype(np.int64),
            element=element.astype(np.int64),
        )


def _find_owners(ends: Floats) -> Integers:
    """The run of each glyph, by how many glyphs there are up to the end of each run."""
    counts = ends.astype(np.int64)
    counts[1:] -= counts[:-1].copy()
    return np.arange(len(ends)).repeat(counts)


def _column(numbers: Sequence[float]) -> Floats:
    """An array of these numbers; NumPy itself takes five times as long to make it."""
    return np.frombuffer(struct.pack(f"{len(numbers)}d", *numbers))


def _columns(numbers: Sequence[float], width: int) -> Floats:
    """Turn rows of numbers, one after the other, into columns."""
    return _column(numbers).reshape(-1, width).T


def multiply_matrices(one: Iterable[_N], other: Iterable[_N]) -> tuple[_N, _N, _N, _N, _N, _N]:
    """Multiply two matrices, or columns of matrices: the result applies `one`, then `other`."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return (
        k * a + n * b, m * a + o * b,
        k * c + n * d, m * c + o * d,
        k * e + n * f + p, m * e + o * f + q,
    )  # fmt: skip


def _directions(
    matrix: Sequence[Floats], vertical: Floats, backward: Flags
) -> tuple[Floats, Flags]:
    """The direction of lines on the page, to the nearest of 0, 90, 180 or 270 degrees.

    Args:
        matrix: From text space to the page, of each run.
        vertical: Whether the run's font is for vertical writing.
        backward: Whether the font's size is negative: glyphs stand on their heads in text space.

    Returns:
        The directions, and whether a line runs visibly aslant.
    """
    a, b, c, d, _, _ = matrix
    sign = np.where(backward, -1.0, 1.0)
    x, y = sign * np.where(vertical, -c, a), sign * np.where(vertical, -d, b)  # y grows upwards
    level = np.where(x >= 0, 0.0, 180.0)
    ahead, aside = abs(x), abs(y)
    off = np.minimum(ahead, aside) > _SLANT * np.maximum(ahead, aside)
    return np.where(ahead >= aside, level, np.where(y < 0, 90.0, 270.0)), off


def _measure_runs(matrix: Sequence[Floats], runs: Floats) -> tuple[Floats, ...]:
    """What the boxes of a run's glyphs have in common (see `_place_boxes`)."""
    a, b, c, d, e, f = matrix
    height, left, low, high = runs
    one_x, other_x, one_y, other_y = c * low, c * high, d * low, d * high
    return (
        a, c * height, e, b, d * height, f, a * left, b * left,
        np.minimum(one_x, other_x), np.maximum(one_x, other_x),
        np.minimum(one_y, other_y), np.maximum(one_y, other_y),
    )  # fmt: skip


def _place_boxes(measures: Floats, places: Floats, widths: Floats) -> tuple[Floats, ...]:
    """The sides x0, y0, x1, y1 of glyphs on the page, for any rotation.

    Args:
        measures: For each glyph what `_measure_runs` returns of its run.
        places: Of their origins, along their lines.
        widths: Of their right sides, from there.
    """
    a, raised_x, e, b, raised_y, f, left_x, left_y, *across = measures
    least_x, most_x, least_y, most_y = across
    x, y = places * a + raised_x + e, places * b + raised_y + f
    right_x, right_y = a * widths, b * widths
    return (
        np.minimum(left_x, right_x) + least_x + x,
        np.minimum(left_y, right_y) + least_y + y,
        np.maximum(left_x, right_x) + most_x + x,
        np.maximum(left_y, right_y) + most_y + y,
    )
