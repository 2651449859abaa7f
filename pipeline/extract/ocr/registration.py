"""Scanned pages laid over each other: no two sheets lie alike on the glass.

A table that goes on over pages is known by its column edges. On scans they are shifted by some
points, and stretched by some thousandths where the sheet was not flat.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import Box, Warp

_STRETCH = 0.015  # share; feeders and perspective stay below 1 %, another table's columns do not
_SHIFT = 40.0  # points; half an inch, as far as a sheet is laid askew
_SAME = 0.5  # em between a column's edges on two pages, once they are laid over each other


@dataclass(frozen=True, slots=True)
class Move:
    """Where the columns of a page stand on the page before; in between places are interpolated."""

    found: tuple[float, ...]
    """x on this page, in points."""
    known: tuple[float, ...]
    """The same column edges on the page before."""

    def at(self, x: float) -> float:
        """A place of this page on the page before."""
        right = min(max(bisect_left(self.found, x), 1), len(self.found) - 1)
        (a, b), (c, d) = self.found[right - 1 : right + 1], self.known[right - 1 : right + 1]
        return c + (x - a) * (d - c) / (b - a)

    def box(self, box: Box) -> Box:
        """A box, moved."""
        return Box(self.at(box.x0), box.top, self.at(box.x1), box.bottom)


def find_move(found: Sequence[float], known: Sequence[float], size: float) -> Move | None:
    """Find how a page is laid over the page before.

    Args:
        found: The column edges of its first table, in points.
        known: The column edges of the last table on the page before; it may have more, of small
            tables in its cells.
        size: The page's font size, in points.

    Returns:
        None where the columns are others.
    """
    if len(found) < 3 or len(known) < len(found):
        return None
    width = found[-1] - found[0]
    fits = []
    for left, right in combinations(known, 2):
        stretch, shift = (right - left) / width, left - found[0]
        if abs(stretch - 1) > _STRETCH or abs(shift) > _SHIFT:
            continue
        places = [left + (x - found[0]) * stretch for x in found]
        nearest = [_nearest(known, place) for place in places]
        off = max(abs(k - p) for k, p in zip(nearest, places, strict=True))
        if off <= _SAME * size and len(set(nearest)) == len(nearest):
            fits.append((off, tuple(nearest)))
    return Move(tuple(found), min(fits)[1]) if fits else None


def _nearest(edges: Sequence[float], place: float) -> float:
    return min(edges, key=lambda edge: abs(edge - place))


def move_drawing(drawing: Drawing, move: Move) -> Drawing:
    """Lay a scanned page over the page before."""
    return replace(
        drawing,
        glyphs=tuple(replace(glyph, box=move.box(glyph.box)) for glyph in drawing.glyphs),
        strokes=tuple(move.box(stroke) for stroke in drawing.strokes),
        shades=tuple(replace(shade, box=move.box(shade.box)) for shade in drawing.shades),
        warp=_moved(drawing.warp, move),
    )


def _moved(warp: Warp | None, move: Move) -> Warp | None:
    return warp and replace(warp, columns=tuple(move.at(x) for x in warp.columns))
