"""Find the grounds of highlighted words among the fills of a page."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.extract.marks.line_marks import find_free
from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.marks.type_rows import TypeRows
from pipeline.extract.pdf.page_content import Shade
from pipeline.extract.tables.rulings import Segment
from pipeline.model import MarkKind

# em; judgement: a ground is nearly as high as its type, and lower than two lines of it.
_MIN_HEIGHT, _MAX_HEIGHT = 0.6, 2.2


class Ground(Struct, frozen=True):
    """A fill that marks type."""

    mark: PlacedMark
    shade: Shade


def find_grounds(
    shades: Sequence[Shade], verticals: Sequence[Segment], rows: TypeRows, size: float
) -> Iterator[Ground]:
    """Find the fills behind one line of type that begin and end with it.

    Args:
        verticals: The vertical rulings, merged: the ground of a cell ends at them.
    """
    low = [s for s in shades if _MIN_HEIGHT * size <= s.box.height <= _MAX_HEIGHT * size]
    levels = [Segment(s.box.center[1], s.box.x0, s.box.x1) for s in low]
    for shade, free in zip(low, find_free(levels, verticals, size), strict=True):
        if free:
            behind = rows.find_between(shade.box, spread=True)
            if len(behind) == 1:
                box = shade.box
                yield Ground(PlacedMark(MarkKind.HIGHLIGHT, box.x0, box.x1, behind[0].y), shade)
