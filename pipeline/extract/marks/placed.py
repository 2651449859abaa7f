"""A mark where the page has it, and the physical line that bears it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.marks.type_rows import ROUNDING
from pipeline.model import Grid, Line, Mark, MarkKind


class PlacedMark(Struct, frozen=True):
    """A mark on a page."""

    kind: MarkKind
    x0: float
    x1: float
    y: float
    """The middle of the type that it marks, in points from the top."""


def mark_grids(grids: Sequence[Grid], marks: Sequence[PlacedMark]) -> list[Grid]:
    """Tell the lines of all cells which of their characters are marked."""
    if not marks:
        return list(grids)
    return [grid.with_lines(lambda lines: mark_lines(lines, marks)) for grid in grids]


def mark_lines(lines: Sequence[Line], marks: Sequence[PlacedMark]) -> tuple[Line, ...]:
    """Tell lines which of their characters are marked."""
    if not marks:
        return tuple(lines)
    return tuple(replace(line, marks=tuple(_find_marks(line, marks))) for line in lines)


def _find_marks(line: Line, marks: Sequence[PlacedMark]) -> Iterator[Mark]:
    """Yield the marks of a line, kind by kind from left to right."""
    # A stretched line has gaps between its characters, which `edges` give to the one before.
    middles = [left + min(right - left, line.size) / 2 for left, right in pairwise(line.edges)]
    on_line = [m for m in marks if line.top <= m.y <= line.bottom and m.x0 < line.x1]
    near = ROUNDING * line.size
    for kind in MarkKind:
        spans = [(m.x0 - near, m.x1 + near) for m in on_line if m.kind == kind]
        marked = [any(x0 <= x <= x1 for x0, x1 in spans) for x in middles] if spans else []
        yield from (Mark(start, end, kind) for start, end in _find_runs(line.text, marked))


def _find_runs(text: str, marked: Sequence[bool]) -> list[tuple[int, int]]:
    """Find the start and the end of each run of marked characters.

    White space between two of them is marked too: nobody sees its colour or an emphasis dot on it.
    """
    runs: list[tuple[int, int]] = []
    for place in (place for place, is_marked in enumerate(marked) if is_marked):
        if runs and not text[runs[-1][1] : place].strip():
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return runs
