"""Coordinates on a page, in PDF points (1/72 inch) from the top left, y growing downwards."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct


class Box(Struct, frozen=True, gc=False):
    """A rectangle on a page, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @staticmethod
    def within(columns: Sequence[float], rows: Sequence[float]) -> "Box":
        """The box between the outermost edges of a grid."""
        return Box(columns[0], rows[0], columns[-1], rows[-1])

    @staticmethod
    def around(boxes: Sequence["Box"]) -> "Box":
        """The smallest box that holds some boxes, one at least."""
        return Box(
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
        )

    def turned_back(self, turn: int, width: float, height: float) -> "Box":
        """This box of the upright page on the page as displayed (see `PageHeader.turn`).

        Args:
            turn: Direction of the displayed lines, in degrees clockwise from the right.
            width: Of the displayed page, in points.
            height: Of the displayed page, in points.
        """
        sides = {
            0: (self.x0, self.top, self.x1, self.bottom),
            90: (width - self.bottom, self.x0, width - self.top, self.x1),
            180: (width - self.x1, height - self.bottom, width - self.x0, height - self.top),
            270: (self.top, height - self.x1, self.bottom, height - self.x0),
        }
        return Box(*sides[turn])

    def cut_to(self, width: float, height: float) -> "Box":
        """The part of the box on a page of this size in points; without area if none of it is."""
        return Box(
            min(max(self.x0, 0.0), width),
            min(max(self.top, 0.0), height),
            min(max(self.x1, 0.0), width),
            min(max(self.bottom, 0.0), height),
        )

    def contains(self, other: "Box") -> bool:
        """Whether the center of `other` lies inside."""
        x, y = other.center
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Warp(Struct, frozen=True):
    """Maps points of a straightened page to the page as it was scanned.

    It is a lattice of points; between them positions are interpolated. So it can describe skew,
    perspective and waves alike.
    """

    columns: tuple[float, ...]
    """x of the lattice's vertical lines on the straightened page."""
    rows: tuple[float, ...]
    """y of its horizontal lines."""
    places: tuple[tuple[float, float], ...]
    """(x, y) of each crossing, row by row, on the scanned page (turned upright)."""

    def to_scan(self, x: float, y: float) -> tuple[float, float]:
        """The position on the scanned page of a point of the straightened page."""
        column, u = _locate(self.columns, x)
        row, v = _locate(self.rows, y)
        first = row * len(self.columns) + column
        corners = (*self.places[first : first + 2], *self.places[first + len(self.columns) :][:2])
        weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        return (
            sum(w * place[0] for w, place in zip(weights, corners, strict=True)),
            sum(w * place[1] for w, place in zip(weights, corners, strict=True)),
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The meshes of the lattice on the straightened page."""
        return tuple(
            Box(x0, top, x1, bottom)
            for top, bottom in pairwise(self.rows)
            for x0, x1 in pairwise(self.columns)
        )

    def box_on_scan(self, box: Box) -> Box:
        """The box on the scanned page that encloses a box of the straightened page."""
        corners = [self.to_scan(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def find_nearest(places: Sequence[float], x: float) -> int:
    """The index of the place, of one at least, that is nearest to x."""
    return min(range(len(places)), key=lambda index: abs(places[index] - x))


def _locate(lattice: Sequence[float], value: float) -> tuple[int, float]:
    """The index of the interval that holds a value (or is nearest), and the position in it, 0-1."""
    index = min(max(bisect_right(lattice, value) - 1, 0), len(lattice) - 2)
    return index, (value - lattice[index]) / (lattice[index + 1] - lattice[index])
