"""Align a scanned page with the page before: no two sheets lie alike on the scanner's glass.

A table that continues over pages is recognised by its column edges. On scans these are shifted by
some points, and stretched by some thousandths if the sheet was not flat.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import Box

# Share; judgement: feeders and perspective stay below 1 %, the columns of another table do not.
_MAX_STRETCH = 0.015
_MIN_EDGES = 3  # column edges; judgement: two edges match almost any table
_MAX_SHIFT = 40.0  # points; judgement: half an inch, the most by which a sheet is misplaced
_MAX_EDGE_DISTANCE = 0.5  # em, of a column on two aligned pages; judgement: half a character


class Move(Struct, frozen=True):
    """Maps x of a page to x on the page before, by interpolation between column edges."""

    found: tuple[float, ...]
    """x of the column edges on this page, in points."""
    known: tuple[float, ...]
    """The same column edges on the page before."""

    def at(self, x: float) -> float:
        """Map an x of this page to the page before, in points."""
        right = min(max(bisect_left(self.found, x), 1), len(self.found) - 1)
        (a, b), (c, d) = self.found[right - 1 : right + 1], self.known[right - 1 : right + 1]
        return c + (x - a) * (d - c) / (b - a)

    def box(self, box: Box) -> Box:
        """Map a box of this page to the page before."""
        return Box(self.at(box.x0), box.top, self.at(box.x1), box.bottom)


def find_move(found: Sequence[float], known: Sequence[float], size: float) -> Move | None:
    """Find how a page must be moved to align with the page before; None if the columns differ.

    `found` are the column edges of its first table, `known` those of the last table before, in
    points. Of these there may be more, from small tables in its cells. `size` is its font's.
    """
    if len(found) < _MIN_EDGES or len(known) < len(found):
        return None
    width = found[-1] - found[0]
    fits = []
    for left, right in combinations(known, 2):
        stretch, shift = (right - left) / width, left - found[0]
        if abs(stretch - 1) > _MAX_STRETCH or abs(shift) > _MAX_SHIFT:
            continue
        places = [left + (x - found[0]) * stretch for x in found]
        nearest = [min(known, key=lambda edge: abs(edge - place)) for place in places]
        off = max(abs(k - p) for k, p in zip(nearest, places, strict=True))
        if off <= _MAX_EDGE_DISTANCE * size and len(set(nearest)) == len(nearest):
            fits.append((off, tuple(nearest)))
    return Move(tuple(found), min(fits)[1]) if fits else None


def move_drawing(drawing: Drawing, move: Move) -> Drawing:
    """Move a scanned page so that it aligns with the page before."""
    warp = drawing.warp
    return replace(
        drawing,
        glyphs=tuple(replace(glyph, box=move.box(glyph.box)) for glyph in drawing.glyphs),
        strokes=tuple(move.box(stroke) for stroke in drawing.strokes),
        shades=tuple(replace(shade, box=move.box(shade.box)) for shade in drawing.shades),
        marked=tuple((kind, move.box(box)) for kind, box in drawing.marked),
        warp=warp and replace(warp, columns=tuple(map(move.at, warp.columns))),
    )
