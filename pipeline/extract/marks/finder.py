"""Part the marks of a page from its rulings."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from pipeline.extract.marks.guide_lines import find_guide_lines
from pipeline.extract.marks.line_marks import find_free, find_line_marks
from pipeline.extract.marks.paragraph_frames import find_paragraph_frames
from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.marks.type_rows import TypeRows
from pipeline.extract.marks.word_frames import find_word_frames
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.pdf.upright_view import Shade
from pipeline.extract.tables.rulings import (
    Rulings,
    Segment,
    join_dashes,
    merge_rulings,
    split_strokes,
)
from pipeline.model import Box, MarkKind

_WAVE = 0.6  # em; judgement: the height of a wavy underline that is painted as one area
# em; judgement: a ground is nearly as high as its type, and lower than two lines of it.
_MIN_HEIGHT, _MAX_HEIGHT = 0.6, 2.2


class Unmarked(Struct, frozen=True):
    """What a page draws besides its type, and the marks of the type."""

    rulings: Rulings
    """Merged, without those that are marks or guide lines."""
    strokes: Rulings
    """The same, as drawn."""
    shades: tuple[Shade, ...]
    """Without those that highlight words."""
    marks: tuple[PlacedMark, ...]


def part_marks(drawing: Drawing, text: Glyphs, thickness: float, size: float) -> Unmarked:
    """Find the marks of a page, and the rulings and shades that are none.

    Args:
        thickness: The most that a ruling is thick, in points.
    """
    bars = [shade.box for shade in drawing.shades]
    strokes = join_dashes(split_strokes([*drawing.strokes, *bars], thickness))
    rulings = merge_rulings(strokes, thickness)
    if drawing.warp is not None:  # on a picture neither type nor lines have exact ends
        return Unmarked(rulings, strokes, drawing.shades, ())
    rows = TypeRows(text)
    frames = list(find_word_frames(strokes, rows, size))
    framing = {side for frame in frames for side in frame.sides}
    framing |= find_paragraph_frames(strokes, rulings, size)
    if framing:
        strokes = _without(framing, strokes)
        rulings = merge_rulings(strokes, thickness)
    levels, bands = strokes.horizontal, _find_waves(bars, thickness, size)
    waves = _find_waves(drawing.waves, 0.0, size)
    above = drawing.vertical
    lines = [
        *find_line_marks(levels, rulings.vertical, rows, size, above),
        *find_line_marks(bands, rulings.vertical, rows, size, above, wavy=True),
        *find_line_marks(waves, (), rows, size, above, wavy=True),  # no ruling, wherever it ends
    ]
    grounds = list(find_grounds(drawing.shades, rulings.vertical, rows, size))
    dashed = split_strokes(drawing.dashed, thickness).horizontal
    guides = find_guide_lines(levels, dashed, rulings, text, size)
    if lines or guides:
        strokes = _without(
            {*guides, *(stroke for line in lines for stroke in line.strokes)}, strokes
        )
        rulings = merge_rulings(strokes, thickness)
    highlit = [ground.shade for ground in grounds]
    return Unmarked(
        rulings,
        strokes,
        tuple(shade for shade in drawing.shades if shade not in highlit),
        (*(x.mark for x in lines), *(x.mark for x in grounds), *(x.mark for x in frames)),
    )


def _find_waves(bars: Sequence[Box], thickness: float, size: float) -> list[Segment]:
    """Find the boxes that are too high for a ruling, and low enough for a wavy underline."""
    thick = [bar for bar in bars if thickness < bar.height <= _WAVE * size < bar.width]
    return [Segment(bar.center[1], bar.x0, bar.x1) for bar in thick]


def _without(dropped: Collection[Segment], strokes: Rulings) -> Rulings:
    return Rulings(
        tuple(stroke for stroke in strokes.horizontal if stroke not in dropped),
        tuple(stroke for stroke in strokes.vertical if stroke not in dropped),
    )


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
