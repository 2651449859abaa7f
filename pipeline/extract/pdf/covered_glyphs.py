"""What is under something opaque (a box, a patch, a picture), and what is laid over a page."""

from collections.abc import Iterator

import numpy as np

from pipeline.extract.pdf.content import PaintedGlyphs, PaintedShape, Painting, Rect
from pipeline.extract.pdf.content.graphics_state import find_visible_rect
from pipeline.extract.pdf.glyphs import Flags, Glyphs, find_median

_COVERED = 0.5  # share of a glyph's box; judgement: nobody reads a character of which half is gone
_OUTLINE = "image"  # a scan over its OCR layer hides no secret
# Times the median size of a page's glyphs; judgement: titles are up to twice as large as the text.
_LARGE = 2.5
# Points; judgement: what covers a row is higher than a bar, and the ground of a cell ends on its
# border, which half of a thick pen still shows.
_BAR, _HALF_PEN = 3.0, 1.0


def find_covered(
    painted: PaintedGlyphs, painting: Painting, shown: Flags
) -> tuple[Flags, Flags, Flags]:
    """Find the glyphs of which at least half was painted over.

    What is laid over a glyph counts only if it was painted later, is opaque and is not thin: an
    underline or a ruling across a character hides nothing.

    Args:
        shown: The glyphs that are visible but for that.

    Returns:
        Flags of the covered glyphs, of those under a filled area and not only an image, and of
        those under a white one.
    """
    covered, by_fill, patched = np.zeros((3, len(painted.texts)), bool)
    if not shown.any():
        return covered, by_fill, patched
    covers = list(_covers(painting, int(painted.order[shown].min())))
    if not covers:  # as on nearly every page
        return covered, by_fill, patched
    rows = np.argsort(painted.y0, kind="stable")
    lows = painted.y0[rows]
    tallest = float((painted.y1 - painted.y0).max())
    least = _COVERED * (painted.x1 - painted.x0) * (painted.y1 - painted.y0)
    smallest = least[least > 0].min(initial=np.inf)
    for order, shape, (x0, y0, x1, y1) in covers:
        if (x1 - x0) * (y1 - y0) < smallest:  # a ruling, or a dash of one
            continue
        near = rows[slice(*np.searchsorted(lows, (y0 - tallest, y1)))]
        near = near[painted.order[near] <= order]
        width = np.minimum(painted.x1[near], x1) - np.maximum(painted.x0[near], x0)
        height = np.minimum(painted.y1[near], y1) - np.maximum(painted.y0[near], y0)
        under = near[(width > 0) & (height > 0) & (width * height >= least[near])]
        covered[under] = True
        if shape.kind != _OUTLINE:
            by_fill[under] = True
        if shape.pale:
            patched[under] = True
    return covered, by_fill, patched


def find_on_patches(glyphs: Glyphs, covered: Glyphs) -> Glyphs:
    """Find the glyphs that have the middle of a covered one in their box.

    Args:
        covered: The glyphs under a white patch.
    """
    if not len(glyphs) or not len(covered):  # as on nearly every page
        return glyphs[:0]
    rows = np.argsort(covered.y, kind="stable")
    x, y = covered.x[rows], covered.y[rows]
    first = np.searchsorted(y, glyphs.top, side="right")
    end = np.searchsorted(y, glyphs.bottom, side="left")
    inside = [
        bool(((x0 < x[low:high]) & (x[low:high] < x1)).any())
        for low, high, x0, x1 in zip(first, end, glyphs.x0, glyphs.x1, strict=True)
    ]
    return glyphs.take(np.flatnonzero(inside))


def find_covered_shapes(painting: Painting) -> set[int]:
    """Find the places of the shapes of which nothing shows: all of each was painted over.

    The rulings of an old table under a patch would cut the rows of the one that stands on it.
    """
    covers = [(order, box) for order, _, box in _covers(painting, 1) if min(_sides(box)) > _BAR]
    if not covers:  # as on nearly every page
        return set()
    x0, y0, x1, y1 = np.array([find_visible_rect(shape) for shape in painting.shapes]).T
    found: set[int] = set()
    for order, (left, low, right, high) in covers:
        level = y1[:order] - y0[:order] < _BAR
        upright = x1[:order] - x0[:order] < _BAR
        aside, above = np.where(level & ~upright, 0, _HALF_PEN), np.where(upright, 0, _HALF_PEN)
        under = (left + aside <= x0[:order]) & (x1[:order] <= right - aside)
        under &= (low + above <= y0[:order]) & (y1[:order] <= high - above)
        found.update(np.flatnonzero(under).tolist())
    return found


def _sides(box: Rect) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def find_ocr_layer(painted: PaintedGlyphs, painting: Painting, on_page: Flags) -> Flags:
    """Flag the glyphs behind a picture, without those under a box that hides them.

    Where an office blacked out a word of a scan, the scanner's text still holds it.
    """
    _, boxed, _ = find_covered(painted, painting, on_page)
    return on_page & ~boxed


def _covers(painting: Painting, first: int) -> Iterator[tuple[int, PaintedShape, Rect]]:
    """The opaque areas painted after the first glyph, with their place in painting order."""
    for order, shape in enumerate(painting.shapes[first:], start=first):
        if shape.covers:
            box = find_visible_rect(shape)
            if box[0] < box[2] and box[1] < box[3]:
                yield order, shape, box


def find_overlays(glyphs: Glyphs, shown: Flags, slanted: Flags) -> Flags:
    """Find the glyphs that are laid over a page, and belong to no line of it: watermarks, stamps.

    They run aslant, or they are far larger than the text and stand over other glyphs, as no title
    and no heading does.

    Args:
        glyphs: The glyphs of the upright page.
        shown: Those that are visible and not white space.
        slanted: Those whose line runs aslant.
    """
    overlaid = shown & slanted
    level = shown & ~slanted
    if not level.any():  # a sheet that was drawn askew as a whole is no watermark
        return np.zeros(len(glyphs), np.bool_)
    sizes = glyphs.size[level]
    if sizes.max() < _LARGE * sizes.min():  # as on nearly every page
        return overlaid
    large = level & (glyphs.size >= _LARGE * find_median(sizes))
    text = np.flatnonzero(level & ~large)
    x, y = glyphs.x[text], glyphs.y[text]
    for place in np.flatnonzero(large).tolist():
        inside = (glyphs.x0[place] <= x) & (x <= glyphs.x1[place])
        inside &= (glyphs.top[place] <= y) & (y <= glyphs.bottom[place])
        overlaid[place] = bool(inside.any())
    return overlaid
