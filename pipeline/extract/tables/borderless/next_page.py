"""Continue tables over a page's end: with a repeated header, without one, or just begun."""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from math import inf

from msgspec.structs import replace

from pipeline.extract.tables.borderless.bare_numbers import begins_far_row
from pipeline.extract.tables.borderless.extent import (
    MAX_LINE_DISTANCE,
    build_region,
    find_table_below,
)
from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP, leaves_open
from pipeline.extract.tables.borderless.header_candidates import (
    find_level_heights,
    find_row_heights,
)
from pipeline.extract.tables.borderless.headings_between import (
    are_rows_ruled,
    fills_row_alone,
    is_heading,
)
from pipeline.extract.tables.borderless.inferred_rulings import find_crossed_edges
from pipeline.extract.tables.borderless.notes_below import drop_notes
from pipeline.extract.tables.borderless.regions import Columns, HeaderCandidate, Region
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.extract.tables.rulings import Segment
from pipeline.vocabulary.header_words import strip_header
from pipeline.vocabulary.line_marks import ends_sentence

_MAX_SHORTFALL = 2.0  # em; judgement: a full line lacks the one or two that kinsoku moves
_MIN_TEXT_WIDTH = 8.0  # em; judgement: lines of running text are wider than numbers and names


def continue_table(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, carried: CarryOver
) -> tuple[Region | None, Columns | None]:
    """Find the rest of a table that began on the page before.

    Returns:
        The table; and its columns if its header is at the foot of the page before, where nothing
        below it could show them.
    """
    if carried.pending is None:
        return _continue_without_header(lines, levels, size, carried), None
    fresh = [line for line in lines if not carried.repeats(line)]
    if not fresh:
        return None, None
    top = fresh[0].top - size / 2
    header = replace(carried.pending, top=top, bottom=top)
    region = find_table_below(header, fresh, levels, size)
    if region is None:
        return None, None
    drawn = find_level_heights(levels, header.extent, size)
    kept = _keep_levels(drawn, region.body[-1], fresh, size)
    return replace(region, header=(), levels=kept), region.columns


def continue_below_header(
    header: HeaderCandidate,
    below: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
    carried: CarryOver,
) -> Region | None:
    """Continue a table whose header is repeated, in the columns of the page before."""
    known = carried.columns
    words = {word.text for line in header.lines for word in line.words}
    same = all(any(_is_short_for(word, own) for own in carried.words) for word in words)
    if known is None or not same or find_crossed_edges(header.lines[-1], known.edges, size):
        return None
    # Where nothing is drawn below it, a header of several lines goes on: 番 over 号.
    more = itertools.takewhile(lambda line: {w.text for w in line.words} <= carried.words, below)
    lines = (*header.lines, *more)
    header = replace(header, lines=lines, bottom=max(header.bottom, lines[-1].bottom))
    below = [line for line in below if line not in lines]
    named = {c for line in header.lines for c in line.find_columns(known.edges)}
    heights = find_level_heights(levels, header.extent, size)
    first = [c for line in below[:1] for c in line.find_columns(known.edges)]
    if len(first) == 1 and _continues_one_column(below, first[0], carried, size):
        # Text below the ruling of a header would be a note.
        heights = [y for y in heights if y > header.bottom + size / 2]
    body, columns = _collect_lines(below, known, heights, size)
    # A column may have no name: that of the numbers.
    complete = len(named) == len(known.edges) - 1 or words >= carried.words
    if not complete or not body or _fit_better_alone(header, body, levels, columns, size):
        return None
    heights = find_row_heights(levels, header, size)
    return build_region(header, columns, body, heights, size)


def _fit_better_alone(
    header: HeaderCandidate,
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    known: Columns,
    size: float,
) -> bool:
    """Whether lines cross known columns, and fewer cross as many that this page shows by itself.

    A program that fits columns to each page's texts leaves them elsewhere on the next page.
    """
    crossing = sum(not _fits(line, known, size) for line in body)
    own = find_table_below(header, body, levels, size) if crossing else None
    if own is None or len(own.edges) != len(known.edges):
        return False
    return sum(not _fits(line, own.columns, size) for line in body) < crossing


def _is_short_for(word: str, own: str) -> bool:
    """Whether a word of a repeated header is its end, or all of it but a note in brackets."""
    return own.endswith(word) or strip_header(own) == strip_header(word)


def _continue_without_header(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, carried: CarryOver
) -> Region | None:
    """Continue a table of an earlier page that has no header on this one."""
    known = carried.columns
    if known is None:
        return None
    heights = find_level_heights(levels, (known.edges[0], known.edges[-1]), size)
    fresh = itertools.dropwhile(
        lambda line: carried.repeats(line) or not _fits(line, known, size), lines
    )
    body, columns = _collect_lines([*fresh], known, heights, size)
    filled = {c for line in body for c in line.find_columns(columns.edges)}
    if not filled or (
        len(filled) == 1 and not _continues_one_column(body, min(filled), carried, size)
    ):
        return None
    return Region(columns, _keep_levels(heights, body[-1], lines, size), (), tuple(body))


def _keep_levels(
    heights: Sequence[float], last: TextLine, lines: Sequence[TextLine], size: float
) -> tuple[float, ...]:
    """Keep the rulings down to the one that closes a table, below the padding of its last row.

    Args:
        heights: The y of all rulings as wide as the table, in points.
        last: The table's last line of text.
        lines: Those of the page.
    """
    below = min((line.top for line in lines if line.top > last.middle), default=inf)
    closing = next((y for y in heights if last.bottom < y < below), 0.0)
    return tuple(y for y in heights if y <= max(closing, last.bottom + size))


def find_text_columns(region: Region, size: float) -> dict[int, list[Word]]:
    """Find the columns of running text (not of numbers or names), each with its lines."""
    words: dict[int, list[Word]] = defaultdict(list)
    for line in region.body:
        for word in line.words:
            words[bisect_right(region.edges, word.box.center[0])].append(word)
    return {
        column: held
        for column, held in words.items()
        if max(word.box.width for word in held) > _MIN_TEXT_WIDTH * size
    }


def is_cut(words: Sequence[Word], size: float) -> bool:
    """Whether the last line of a column is full and its sentence continues."""
    full = max(word.box.x1 for word in words) - _MAX_SHORTFALL * size
    return words[-1].box.x1 > full and not ends_sentence(words[-1].text)


def _continues_one_column(
    body: Sequence[TextLine], column: int, carried: CarryOver, size: float
) -> bool:
    """Whether lines in a single column are the rest of a record, not prose below the table.

    Prose begins at the margin, where the first column begins too.
    """
    if column in carried.cut:
        return True
    left = carried.lefts.get(column)
    if (
        left is None
        or carried.columns is None
        or left - carried.columns.edges[0] < _MAX_SHORTFALL * size
    ):
        return False
    return abs(body[0].runs[0][0] - left) < MAX_OVERLAP * size


def _collect_lines(
    lines: Sequence[TextLine], known: Columns, heights: Sequence[float], size: float
) -> tuple[list[TextLine], Columns]:
    """Collect the lines that fit known columns, and adapt the columns to this page.

    An edge moves where text needs the space and the pages before left it free.
    """
    columns = known
    body: list[TextLine] = []
    fitting = 0
    ruled = are_rows_ruled(lines, heights)
    farthest = MAX_LINE_DISTANCE * size
    for place, line in enumerate(lines):
        inside = bool(heights) and line.middle < heights[-1]
        far = bool(body) and line.top - body[-1].bottom > farthest
        far = far and not begins_far_row(lines[place:], body, columns.gutters, farthest, size)
        fits = _fits(line, columns, size)
        heads = not (ruled or far) and is_heading(lines, place, columns.gutters, size)
        if not (inside or heads) and (far or not fits):
            break
        body.append(line)
        if fits and not heads:
            columns, fitting = _narrow_gutters(columns, line, size), len(body)
    if not fitting:
        return [], known
    return drop_notes(body[:fitting], columns.edges, heights, size), columns


def _fits(line: TextLine, columns: Columns, size: float) -> bool:
    """Whether a line stays between the sides of a table and leaves its gutters open."""
    left, right = columns.edges[0] - size, columns.edges[-1] + size
    inside = left <= line.runs[0][0] and line.runs[-1][1] <= right
    return inside and leaves_open(line, columns.gutters, size)


def _narrow_gutters(columns: Columns, line: TextLine, size: float) -> Columns:
    """Remove the space of a line from the gutters; each edge moves no farther than it must."""
    gutters = tuple(gutter.without(line, size) for gutter in columns.gutters)
    first, *inner, last = columns.edges
    moved = (gutter.nearest(x) for gutter, x in zip(gutters, inner, strict=True))
    return Columns((first, *moved, last), gutters)


def are_headings(
    header: HeaderCandidate, below: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> bool:
    """Whether the lines below a header, if there are any, all stand alone between two rulings.

    Args:
        header: The last header of the page.
    """
    if not below:
        return True
    heights = find_level_heights(levels, header.extent, size)
    return bool(heights) and all(
        line.middle < heights[-1] and fills_row_alone(line, below, heights, size) for line in below
    )


def build_region_at_foot(
    header: HeaderCandidate,
    columns: Columns | None,
    below: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> Region | None:
    """Build the table of a header at the foot of a page.

    Args:
        header: The last header of the page.
        columns: Those that the next page shows; None: they are not known yet.
        below: The headings below it.
    """
    if columns is None:
        return None
    if not below:
        return Region(columns, (header.top, header.bottom), header.lines, ())
    heights = find_row_heights(levels, header, size)
    return build_region(header, columns, below, heights, size)
