"""Tell the lines of cells whose rest, or the text before which, is out of sight."""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.extract.pdf.clipped_ends import Point
from pipeline.model import Grid, Line

_NEAR = 0.1  # em; judgement: an end of a line and that of its glyph differ by rounding


def flag_clipped(grids: Sequence[Grid], ends: Sequence[Point]) -> list[Grid]:
    """Flag the lines that end or begin where the page's edge or a clip cuts their text off."""
    if not ends:
        return list(grids)
    return [grid.with_lines(lambda lines: (_flag(line, ends) for line in lines)) for grid in grids]


def _flag(line: Line, ends: Sequence[Point]) -> Line:
    near = _NEAR * line.size
    sides = line.x0, line.x1
    cut = any(
        line.top < y < line.bottom and any(abs(x - side) < near for side in sides) for x, y in ends
    )
    return replace(line, clipped=True) if cut else line
