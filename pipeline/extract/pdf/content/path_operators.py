"""Operators that construct, clip and paint paths: PDF 32000-1, tables 59 to 61."""

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from math import sqrt

from pipeline.extract.pdf.content.display_list import Matrix, PaintedShape, Point, Rect
from pipeline.extract.pdf.content.graphics_state import (
    TRANSPARENT,
    UNCLIPPED,
    Canvas,
    Segment,
    State,
    bounding_rect,
    intersect,
    transform_point,
)
from pipeline.extract.pdf.content.lexer import read_numbers
from pipeline.extract.pdf.content.state_operators import Operator

# Points of a ruling; judgement: word processors offer no thicker borders, and a thicker line is a
# bar over type or behind it.
_THICKEST = 6.0
_KEPT_CLIPS = 64  # judgement: more than are in turns on a page. It cannot change a record.


def _extend(kind: str, count: int, canvas: Canvas, operands: bytes) -> None:
    numbers = tuple(read_numbers(operands, count))
    if len(numbers) == count:
        canvas.path.append((kind, numbers))


def _close(canvas: Canvas, operands: bytes) -> None:
    canvas.path.append(("h", ()))


def _rectangle(canvas: Canvas, operands: bytes) -> None:
    x, y, width, height = read_numbers(operands, 4)
    canvas.path += (
        ("m", (x, y)),
        ("l", (x + width, y)),
        ("l", (x + width, y + height)),
        ("l", (x, y + height)),
        ("h", ()),
    )


def _end(canvas: Canvas, operands: bytes) -> None:
    canvas.path.clear()


def _clip(canvas: Canvas, operands: bytes) -> None:
    """Reduce the clip to the bounding box of the path.

    By the standard the clip applies after the operator that ends the path. Applying it at once is
    the same, since that operator paints inside the path anyway.
    """
    state = canvas.state
    box, is_box = _bound(tuple(canvas.path), state.matrix)
    state.clip = intersect(state.clip, box)
    state.clips_to_box = state.clips_to_box and is_box


@lru_cache(_KEPT_CLIPS)
def _bound(path: tuple[Segment, ...], matrix: Matrix) -> tuple[Rect, bool]:
    """The bounding box of a path, and whether the path is its outline.

    Word clips each string to its cell: most paths are the same as the one before.
    """
    numbers = [operands for _, operands in path]
    points = [transform_point(matrix, point) for part in numbers for point in _pairs(part)]
    if not points:
        return UNCLIPPED, True
    shapes = [_shape(part, matrix, closed=True)[0] for part in _parts(path)]
    return bounding_rect(points), shapes == ["rect"]


def _pairs(numbers: Sequence[float]) -> Iterator[Point]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def _paint(
    stroke: bool, fill: bool, close: bool, canvas: Canvas, operands: bytes, odd: bool = False
) -> None:
    if close:
        _close(canvas, operands)
    state, path = canvas.state, canvas.path
    if canvas.is_hidden:
        path.clear()
        return
    strokes = stroke and state.stroke_alpha > TRANSPARENT
    fills = fill and state.fill_alpha > TRANSPARENT
    parts = [_shape(part, state.matrix, closed=fill and not stroke) for part in _parts(path)]
    if odd and fills:
        parts = _split_frame(parts)
    # Inside of a path of several parts there may be holes.
    covers = fills and state.fills_opaquely and len(parts) == 1
    for kind, points in parts:
        if strokes and kind == "line" and (bar := _thicken(points, state)):
            paint, hides = state.stroke, state.strokes_opaquely
            canvas.add_shape(
                PaintedShape("rect", bar, None, paint.ink, state.clip, hides, pale=paint.is_pale)
            )
            continue
        canvas.add_shape(
            PaintedShape(
                kind=kind,
                points=points,
                stroke=state.stroke.ink if strokes else None,
                fill=state.fill.ink if fills else None,
                clip=state.clip,
                covers=covers and kind == "rect",
                dashed=strokes and state.dashed,
                pale=state.fill.is_pale,
            )
        )
    path.clear()


def _split_frame(parts: list[tuple[str, tuple[Point, ...]]]) -> list[tuple[str, tuple[Point, ...]]]:
    """Split what is filled between two rectangles, a cell's borders, into a bar for each side.

    Two filled rectangles would be grounds, whose upright sides separate no columns.
    """
    if [kind for kind, _ in parts] != ["rect", "rect"]:
        return parts
    rects = [bounding_rect(points) for _, points in parts]
    (x0, y0, x1, y1), (left, low, right, high) = sorted(
        rects, key=lambda r: r[2] - r[0] + r[3] - r[1]
    )
    if not all(0 <= gap <= _THICKEST for gap in (x0 - left, y0 - low, right - x1, high - y1)):
        return parts
    bars = (
        (left, low, x0, high),
        (x1, low, right, high),
        (left, low, right, y0),
        (left, y1, right, high),
    )
    return [("rect", ((a, b), (c, b), (c, d), (a, d))) for a, b, c, d in bars if a < c and b < d]


def _thicken(points: Sequence[Point], state: State) -> tuple[Point, ...]:
    """The corners of a level or upright line that is as thick as a bar; (): it is a thin line."""
    a, b, c, d, _, _ = state.matrix
    half = state.line_width * sqrt(abs(a * d - b * c)) / 2
    (x0, y0), (x1, y1) = points
    if 2 * half <= _THICKEST or (x0 != x1 and y0 != y1):
        return ()
    across, along = (half, 0.0) if x0 == x1 else (0.0, half)
    left, right = min(x0, x1) - across, max(x0, x1) + across
    low, high = min(y0, y1) - along, max(y0, y1) + along
    return (left, low), (right, low), (right, high), (left, high)


def _parts(path: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    """Split a path into subpaths, without those that only have a start point.

    A path that does not begin with operator m is invalid and has no subpaths.
    """
    if not path or path[0][0] != "m":
        return
    starts = [place for place, (kind, _) in enumerate(path) if kind == "m"]
    for start, end in itertools.pairwise((*starts, len(path))):
        if end - start > 1 or len(starts) == 1:
            yield path[start:end]


def _shape(path: Sequence[Segment], matrix: Matrix, closed: bool) -> tuple[str, tuple[Point, ...]]:
    """Classify a subpath as `line`, `rect` or `curve`, and place its points on the page.

    Args:
        path: The subpath.
        matrix: From user space to the page.
        closed: It ends where it begins, also without a line back (PDF 32000-1, 8.5.3.3).
    """
    kinds = "".join(kind for kind, _ in path)
    x, y = path[0][1]
    ends = [numbers[-2:] if numbers else (x, y) for _, numbers in path]
    points = [transform_point(matrix, (u, v)) for u, v in ends]
    if len(kinds) > 3 and kinds.endswith("lh") and points[-2] == points[0]:
        kinds = kinds[:-2] + "h"  # a line back to the start, then closed: drop that line
        points.pop()
    if closed and kinds == "mlll":
        kinds, points = "mlllh", [*points, points[0]]
    if kinds in ("ml", "mlh"):
        return "line", tuple(points[:2])
    if kinds in ("mlllh", "mllll") and points[0] == points[4] and _is_square(points):
        (x0, y0), _, (x1, y1), *_ = points
        return "rect", ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    if not kinds[1:].strip("cvy") and (corners := _bound_wave(path, points, matrix)):
        return "wave", corners
    return "curve", tuple(points)


def _bound_wave(
    path: Sequence[Segment], ends: Sequence[Point], matrix: Matrix
) -> tuple[Point, ...]:
    """The corners of a line that bends to both sides of a level or upright axis; (): it does not.

    Taken for straight pieces from end to end, a wavy underline that fills its cell is a ruling.
    """
    bends = [transform_point(matrix, pair) for _, numbers in path for pair in _pairs(numbers)]
    x0, y0, x1, y1 = bounding_rect(bends)
    left, low, right, high = bounding_rect(ends)
    level = low == high and y0 < low < y1
    upright = left == right and x0 < left < x1
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1)) if level or upright else ()


def _is_square(points: Sequence[Point]) -> bool:
    """Whether the sides of a quadrangle are parallel to the axes."""
    (a, b), (c, d), (e, f), (g, h) = points[:4]
    return (a == c and d == f and e == g and h == b) or (b == d and c == e and f == h and g == a)


PATH_OPERATORS: dict[bytes, Operator] = {
    b"m": partial(_extend, "m", 2),
    b"l": partial(_extend, "l", 2),
    b"c": partial(_extend, "c", 6),
    b"v": partial(_extend, "v", 4),
    b"y": partial(_extend, "y", 4),
    b"h": _close,
    b"re": _rectangle,
    b"n": _end,
    b"W": _clip,
    b"W*": _clip,
    b"S": partial(_paint, True, False, False),
    b"s": partial(_paint, True, False, True),
    b"f": partial(_paint, False, True, False),
    b"F": partial(_paint, False, True, False),
    b"f*": partial(_paint, False, True, False, odd=True),
    b"B": partial(_paint, True, True, False),
    b"B*": partial(_paint, True, True, False),
    b"b": partial(_paint, True, True, True),
    b"b*": partial(_paint, True, True, True),
}
