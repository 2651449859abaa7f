"""Find the white space across columns where records end, and that between the lines of a text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Box, Field, FieldPart, Line, TableRow, group_neighbours

# Em beyond the usual leading; judgement: programs add more between rows, justified text less.
_GAP = 0.4
_EVEN = 0.1  # em; judgement: a program sets the lines of one text this evenly
_STEP = 0.2  # em; judgement: a program adds more between rows
ALIGNED = 0.9  # probability; judgement: nearly all such pieces are rows, but for patient authors
_RECENT = 20  # records; judgement: of so many, one has a text of two lines
LEAST_EVEN = 3  # gaps; judgement: two may be alike by chance
CENTRED = 0.35  # em; judgement: less than half a line, by which a text of one line more is off
OVERLAP = 0.05  # em; judgement: boxes of glyphs reach into each other by rounding


class Gap(Struct, frozen=True):
    """White space across columns; y in points."""

    top: float
    bottom: float
    size: float = 0.0
    """Font size below it, in points."""
    furigana: float = 0.0
    """How much of it furigana and the room above the line below them take, in points."""

    @property
    def height(self) -> float:
        """Its white, in points, without furigana."""
        return self.bottom - self.top - self.furigana

    @property
    def middle(self) -> float:
        """Its y, in points."""
        return (self.top + self.bottom) / 2


def find_gaps(
    lines: Sequence[Line], furigana: Sequence[Line] = (), overlap: float = 0.0
) -> list[Gap]:
    """Find the gaps between some lines of one page, from top to bottom.

    Args:
        lines: Those of all columns, in any order.
        furigana: Those of the page whose room is no gap.
        overlap: How far lines above and below a gap may reach into each other, in em.
    """
    ordered = sorted(lines, key=lambda line: line.top)
    gaps: list[Gap] = []
    bottom = ordered[0].bottom if ordered else 0.0
    for line in ordered[1:]:
        if line.top > bottom - overlap * line.size:
            inside = (
                own.top
                for own in furigana
                if own.page == line.page and bottom < own.middle < line.top
            )
            gaps.append(Gap(bottom, line.top, line.size, line.top - min(inside, default=line.top)))
        bottom = max(bottom, line.bottom)
    return gaps


def leave_out_labels(row: TableRow, labels: Sequence[int], most: float) -> list[Line]:
    """The lines of a row but for labels between two texts: each stands beside several records.

    Args:
        labels: The columns of labels.
        most: A wider space is none between two lines of a text, in points.
    """
    columns = [row.fields[label].lines for label in labels]
    names = {id(line) for lines in columns for line in lines}
    gaps = find_gaps([line for line in row.lines if id(line) not in names])
    between: set[int] = set()
    for block in (block for lines in columns for block in _part_blocks(lines, most)):
        middles = (gap.middle for gap in gaps if gap.height > most)
        if any(block[0].top < middle < block[-1].bottom for middle in middles):
            between.update(map(id, block))
    return [line for line in row.lines if id(line) not in between]


def _part_blocks(lines: Sequence[Line], most: float) -> list[list[Line]]:
    """Part the lines of a cell where they stand farther apart than those of a text."""
    return group_neighbours(lines, lambda block, line: line.top - block[-1].bottom <= most)


class Leading(Struct, frozen=True):
    """The space between two lines of a text, in points."""

    usual: float
    most: float
    """A wider space is none between two lines of a text."""


def measure_leading(row: TableRow, earlier: Sequence[TableRow] = ()) -> Leading | None:
    """Measure the space between the lines of the cells; None: no cell has two lines.

    Args:
        row: Its cells may hold several records.
        earlier: Records above it. If its lines are farther apart than theirs, each is a record:
            below a heading there may be two of one line each.
    """
    known = [found for one in earlier[-_RECENT:] if (found := _measure_own(one)) is not None]
    own = _measure_own(row)
    widest = max(known, key=lambda leading: leading.most, default=own)
    return widest if own and widest and own.usual > widest.most else own


def _measure_own(row: TableRow) -> Leading | None:
    lines = [part.lines for field in row.fields for part in field.parts]
    gaps = sorted(b.top - a.bottom for part in lines for a, b in pairwise(part))
    if not gaps:
        return None
    size = median(line.size for part in lines for line in part)
    even = _find_even(gaps, size) or _find_gaps_in_records(row, size)
    if even:
        return Leading(median(even), even[-1] + _EVEN * size)
    return Leading(median(gaps), median(gaps) + _GAP * size)


def _find_even(gaps: Sequence[float], size: float) -> Sequence[float]:
    """Find the smallest gaps, if they are all alike and the next one is clearly wider.

    Most gaps are those between rows where most texts have one line.
    """
    steps = (i for i, (a, b) in enumerate(pairwise(gaps), 1) if b - a > _STEP * size)
    even = gaps[: next(steps, 0)]
    alike = len(even) >= LEAST_EVEN and even[-1] - even[0] <= _EVEN * size
    return even if alike else ()


def _find_gaps_in_records(row: TableRow, size: float) -> Sequence[float]:
    """Find the gaps above the lines that some column lacks, if all others are clearly wider.

    In an errata list, hardly a text has two lines; each record has all texts in its first line.
    """
    gaps = find_gaps(row.lines)
    pieces = cut_row(row, [gap.middle for gap in gaps])[1:]
    whole = [all(own.lines for own in piece.fields) for piece in pieces]
    above = [gap.height for gap, opens in zip(gaps, whole, strict=True) if opens]
    inside = sorted(gap.height for gap, opens in zip(gaps, whole, strict=True) if not opens)
    parted = inside and above and inside[-1] + _EVEN * size < min(above)
    return inside if parted else ()


def cut_row(row: TableRow, heights: Sequence[float]) -> list[TableRow]:
    """Cut a row at some y, given from top to bottom in points."""
    if not heights:
        return [row]
    bounds = [float("-inf"), *heights, float("inf")]
    pieces: list[TableRow] = []
    for bound in pairwise(bounds):
        fields = (Field(tuple(_crop_parts(field.parts, *bound))) for field in row.fields)
        pieces.append(replace(row, fields=tuple(fields)))
    return pieces


def _crop_parts(parts: Sequence[FieldPart], top: float, bottom: float) -> Iterator[FieldPart]:
    for part in parts:
        box = part.box
        inside = Box(box.x0, max(box.top, top), box.x1, min(box.bottom, bottom))
        lines = tuple(line for line in part.lines if top <= line.middle < bottom)
        if lines or inside.top < inside.bottom:
            yield replace(part, box=inside, lines=lines)
