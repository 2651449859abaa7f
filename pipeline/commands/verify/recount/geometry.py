"""Rectangles and matrices, written a second time."""

from collections.abc import Iterator, Sequence
from typing import Any

from pdfplumber.utils import resolve_all

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1."""

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))


def sides(box: Any) -> Rect:
    """A box by its sides: any two opposite corners may be given (PDF 32000-1, 7.9.5)."""
    a, b, c, d = map(float, resolve_all(box))
    return min(a, c), min(b, d), max(a, c), max(b, d)


def corners(box: Rect) -> list[tuple[float, float]]:
    """The four corners of a box."""
    x0, y0, x1, y1 = box
    return [(x0, y0), (x0, y1), (x1, y0), (x1, y1)]


def is_box(path: Sequence[Any]) -> bool:
    """Whether a path is one rectangle along the axes."""
    places = list(points(path))
    closed = [op for op, *_ in path] in (["m", "l", "l", "l", "h"], ["m", "l", "l", "l", "l"])
    return closed and len({x for x, _ in places}) == 2 == len({y for _, y in places})


def points(path: Sequence[Any]) -> Iterator[tuple[float, float]]:
    """The points of a path, those of curves included."""
    for _, *numbers in path:
        yield from zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True)


def apply(matrix: Sequence[float], point: tuple[float, float]) -> tuple[float, float]:
    """A point that a matrix moves."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def multiply(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that applies one, then the other."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return (
        k * a + n * b, m * a + o * b,
        k * c + n * d, m * c + o * d,
        k * e + n * f + p, m * e + o * f + q,
    )  # fmt: skip


def around(points: Sequence[tuple[float, float]], matrix: Sequence[float]) -> Rect:
    """The box around points that a matrix moves."""
    xs, ys = zip(*(apply(matrix, point) for point in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Rect, other: Rect) -> Rect:
    """What two boxes share."""
    low = max(one[0], other[0]), max(one[1], other[1])
    return *low, min(one[2], other[2]), min(one[3], other[3])


def holds(box: Rect, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def share(one: Rect, other: Rect) -> float:
    """The share of a box that another covers."""
    x0, y0, x1, y1 = overlap(one, other)
    area = (one[2] - one[0]) * (one[3] - one[1])
    return (x1 - x0) * (y1 - y0) / area if area and x0 < x1 and y0 < y1 else 0.0


def find_up(matrix: Sequence[float], vertical: bool) -> tuple[int, int]:
    """Where the line above stands; in vertical writing it is the one to the right."""
    x, y = matrix[:2] if vertical else matrix[2:4]
    if abs(x) > abs(y):
        return (1, 0) if x > 0 else (-1, 0)
    return (0, -1) if y > 0 else (0, 1)
