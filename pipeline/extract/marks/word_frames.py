"""Find frames around words (囲み線) among the strokes of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.extract.marks.line_marks import find_free
from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.marks.type_rows import EDGE_REACH, TypeRows
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, MarkKind

_MIN_HEIGHT, _MAX_HEIGHT = 0.8, 2.2  # em; judgement: a frame holds one line of type
_CORNER = 0.15  # em that the sides of a frame miss each other; judgement: half a thick pen
# em between a word and its frame; judgement: programs leave up to 4 points.
_CLEARANCES = (0.0, EDGE_REACH, 2 * EDGE_REACH)


@dataclass(frozen=True, slots=True)
class WordFrame:
    """A frame around words."""

    mark: PlacedMark
    sides: tuple[Segment, ...]
    """The strokes that it was drawn with, in both directions."""


def find_word_frames(
    strokes: Rulings, verticals: Sequence[Segment], rows: TypeRows, size: float
) -> Iterator[WordFrame]:
    """Find the frames that stand by themselves close around one line of type.

    Args:
        strokes: As drawn.
        verticals: The vertical rulings, merged: those of cells are longer than a frame is high.
        rows: The type of the page.
        size: The font size of its smaller text, in points.
    """
    short = [v for v in strokes.vertical if _MIN_HEIGHT <= (v.end - v.start) / size <= _MAX_HEIGHT]
    if not short:
        return
    long = [v for v in verticals if v.end - v.start > _MAX_HEIGHT * size]
    free = find_free(strokes.horizontal, long, size)
    levels = [h for h, is_free in zip(strokes.horizontal, free, strict=True) if is_free]
    for top, bottom in combinations(sorted(levels, key=lambda h: h.position), 2):
        sides = [v for v in short if _closes(v, top, bottom, size)]
        if sides:  # a frame that runs on over a line end has one side on each line
            y = _find_row(Box(top.start, top.position, top.end, bottom.position), rows, size)
            if y is not None:
                mark = PlacedMark(MarkKind.BOX, top.start, top.end, y)
                yield WordFrame(mark, (top, bottom, *sides))


def _closes(side: Segment, top: Segment, bottom: Segment, size: float) -> bool:
    """Whether a vertical stroke runs from an end of one horizontal stroke to that of another."""

    def near(one: float, other: float) -> bool:
        return abs(one - other) <= _CORNER * size

    ends = near(side.start, top.position) and near(side.end, bottom.position)
    return ends and (
        (near(side.position, top.start) and near(side.position, bottom.start))
        or (near(side.position, top.end) and near(side.position, bottom.end))
    )


def _find_row(frame: Box, rows: TypeRows, size: float) -> float | None:
    """Find the middle of the type that a frame is close around; None: there is none."""
    for clearance in _CLEARANCES:
        x0, x1 = frame.x0 + clearance * size, frame.x1 - clearance * size
        inside = rows.find_between(Box(x0, frame.top, x1, frame.bottom)) if x0 < x1 else []
        if len(inside) == 1:
            return inside[0].y
    return None
