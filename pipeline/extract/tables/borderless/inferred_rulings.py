"""Infer the rulings that a table does not have from the white space between its texts."""

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP
from pipeline.extract.tables.borderless.headings_between import find_heading_rows
from pipeline.extract.tables.borderless.merged_labels import find_label_levels, span_levels
from pipeline.extract.tables.borderless.regions import Region
from pipeline.extract.tables.borderless.unruled_headers import HEADER_HEIGHT
from pipeline.extract.tables.borderless.words import TextLine, Word, find_headed
from pipeline.extract.tables.cells import group_runs
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD

_MAX_END_DISTANCE = 1.0  # em; judgement: a ruling beside a merged cell ends this near its edge
_PARTICLES = frozenset("のとやにへをはが・、（(")  # a header line goes on behind these


def find_crossed_edges(line: TextLine, edges: Sequence[float], size: float) -> list[float]:
    """Find the inner edges that the words of a line cross."""
    touch = MAX_OVERLAP * size
    return [
        edge
        for edge in edges[1:-1]
        if any(start + touch < edge < end - touch for start, end in line.runs)
    ]


def _find_spanned_edges(
    line: TextLine, region: Region, size: float, roles: HeaderRoles
) -> set[float]:
    """Find the inner edges that a line crosses, or that a header word in it is centred over."""
    spanned = set(find_crossed_edges(line, region.edges, size))
    lower = [w for other in region.header if other.top > line.middle for w in other.words]
    if line in region.header and lower:
        for word in line.words:
            beside = [other for other in line.words if other is not word]
            spanned |= _find_centred_edges(word, beside, lower, region.edges, size, roles)
    return spanned


def _find_centred_edges(
    word: Word,
    beside: Sequence[Word],
    lower: Sequence[Word],
    edges: Sequence[float],
    size: float,
    roles: HeaderRoles,
) -> set[float]:
    """Find the edges between the columns that a header word is centred over.

    新旧対照 over 旧 | 新 need not cross the edge itself.

    Args:
        beside: The other words at its height; it does not span their columns.
        edges: The column edges of the table, in points.
    """
    x = word.box.center[0]
    below = [w for w in lower if word.overlaps(w)]
    if any(_is_one_header(word.text, other.text, roles) for other in below):
        return set()
    if any(roles.match(w.text, IS_WORD) is not None for w in below):
        headed = find_headed(word, beside, lower)
        if headed is not None:
            first, end = (bisect_right(edges, w.box.center[0]) for w in headed)
            return {*edges[first:end]}
    named = {bisect_right(edges, w.box.center[0]) - 1 for w in lower}
    named -= {bisect_right(edges, w.box.center[0]) - 1 for w in beside}
    spans = [
        (abs(x - (edges[first] + edges[last]) / 2), first, last)
        for first, last in itertools.combinations(range(len(edges)), 2)
        if {*range(first, last)} <= named
    ]
    off, first, last = min(spans, default=(size, 0, 0))
    return {*edges[first + 1 : last]} if off < size / 2 else set()


def infer_rulings(
    region: Region, drawn: Sequence[Segment], size: float, roles: HeaderRoles
) -> Rulings:
    """Infer the rulings of a region: its levels, and a vertical in every free gutter."""
    lines = (*region.header, *region.body)
    left, right = region.edges[0], region.edges[-1]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    rows = [*find_heading_rows(region.body, region.columns.gutters, region.levels, size)]
    headings = [row.line for row in rows]
    tops = [row.top for row in rows if row.line is not region.body[0]]
    parted = {*region.levels, *tops, *(row.bottom for row in rows)}
    levels = sorted(y for y in parted if y < bottom + size)
    partial = [*_find_partial_levels(region, drawn, levels, (top, bottom), size)]
    end = max([bottom, *levels, *(level.position for level in partial)])
    cuts = sorted({min([top, *levels]), *levels, end})
    bands, inner = list(itertools.pairwise(cuts)), region.edges[1:-1]
    horizontal = span_levels(region, levels, drawn, size, roles)
    vertical = [Segment(x, cuts[0], cuts[-1]) for x in (left, right)]
    for low, high in bands:
        inside = [
            (line, inner if line in headings else _find_spanned_edges(line, region, size, roles))
            for line in lines
            if low <= line.middle <= high
        ]
        for edge in () if _is_one_text(inside, size) else inner:
            over = [line for line, edges in inside if edge in edges]
            spanned = max((line.bottom for line in over), default=low)
            in_header = bool(region.header) and low < region.header[-1].middle
            if not over or (in_header and spanned < high - size / 2):
                vertical.append(Segment(edge, spanned, high))
    horizontal += [*partial, *find_label_levels(region, partial, horizontal, size, roles)]
    horizontal += [*_infer_header_levels(region, horizontal, size, roles)]
    return Rulings.sort(horizontal, vertical)


def _is_one_text(inside: Sequence[tuple[TextLine, Collection[float]]], size: float) -> bool:
    """Whether all that stands between two rulings is a text of several lines over an edge.

    It is over all columns, even if its longest line does not cross the last edge.

    Args:
        inside: The lines there, and the inner edges that each crosses.
    """
    starts = [line.words[0].box.x0 for line, _ in inside]
    alone = all(len(line.words) == 1 for line, _ in inside)
    crosses = any(edges for _, edges in inside)
    return alone and crosses and len(starts) > 1 and max(starts) - min(starts) < size / 2


def _infer_header_levels(
    region: Region, levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> Iterator[Segment]:
    """Infer rulings below headers that stand over others: 新旧対照 over 旧 | 新.

    Over a single column two lines may also spell one header (意見の／概要). They are two headers if
    the lower line is a header by itself.
    """
    edges = region.edges
    spanned: set[float] = set()
    for line in region.header:
        over = _find_spanned_edges(line, region, size, roles)
        spanned |= over
        for run in group_runs([edges.index(x) for x in sorted(over)]):
            reach = edges[run[0] - 1], edges[run[-1] + 1]
            if not any(_is_underlined(level, line, region.header, reach, size) for level in levels):
                yield Segment(line.bottom, *reach)
    for left, right in itertools.pairwise(edges):
        stack = [
            word
            for line in region.header
            for word in line.words
            if left < word.box.center[0] < right
        ]
        if left in spanned or right in spanned or len(stack) < 2:
            continue
        above, below = stack[-2], stack[-1]
        if _are_two_headers(above.text, below.text, roles):
            yield Segment((above.box.bottom + below.box.top) / 2, left, right)


def _is_underlined(
    level: Segment,
    line: TextLine,
    header: Sequence[TextLine],
    reach: tuple[float, float],
    size: float,
) -> bool:
    """Whether a ruling is already drawn between words that span columns and those below them."""
    headed = (
        other
        for other in header
        if any(reach[0] < word.box.center[0] < reach[1] for word in other.words)
    )
    lower = min((o.middle for o in headed if o.middle > line.middle), default=float("inf"))
    below = line.middle < level.position < min(lower, line.bottom + HEADER_HEIGHT * size)
    return below and level.start < reach[0] + size and level.end > reach[1] - size


def _find_partial_levels(
    region: Region,
    drawn: Sequence[Segment],
    levels: Sequence[float],
    text: tuple[float, float],
    size: float,
) -> Iterator[Segment]:
    """Find the drawn rulings from one column edge to another: beside a merged cell.

    One that ends in the same gutter as the edge ends there: the edge may have been placed on
    another page, where no ruling shows it. One just below the text closes cells beside a merged one
    that the page's end cuts.

    Args:
        levels: Those over all columns.
        text: Top and bottom of the region's text.
    """
    edges, gutters = region.edges, region.columns.gutters
    top, bottom = min([text[0], *levels]), text[1]
    closed = bool(levels) and levels[-1] >= bottom
    lowest = levels[-1] - size / 2 if closed else bottom + size

    def at_edge(x: float) -> bool:
        return any(abs(x - edge) <= _MAX_END_DISTANCE * size for edge in edges)

    def snapped(x: float) -> float:
        if at_edge(x):
            return x
        within = zip(edges[1:-1], gutters, strict=True)
        return next((edge for edge, g in within if abs(g.nearest(x) - x) < size / 2), x)

    for found in drawn:
        level = replace(found, start=snapped(found.start), end=snapped(found.end))
        inside = top + size / 2 < level.position < lowest
        whole = level.spans((region.edges[0], region.edges[-1]), size)
        between_edges = at_edge(level.start) and at_edge(level.end)
        # A text stands in one column, and so does the line under it.
        over_columns = any(level.start + size < edge < level.end - size for edge in edges)
        marks = not over_columns and _underlines(found, region.body, size)
        if inside and not whole and between_edges and not marks:
            yield level


def _underlines(level: Segment, lines: Sequence[TextLine], size: float) -> bool:
    """Whether a ruling begins where the words of a line do, and runs at its foot."""
    return any(
        line.top < level.position < line.bottom + size / 2
        and any(abs(start - level.start) < size / 3 for start, _ in line.runs)
        for line in lines
    )


def _are_two_headers(above: str, below: str, roles: HeaderRoles) -> bool:
    """Whether two lines are two headers, one over the other."""
    goes_on = above[-1] in _PARTICLES or below[0] in "（(※" or len(below) == 1
    return (
        not goes_on and not _is_one_header(above, below, roles) and roles.match(below) is not None
    )


def _is_one_header(above: str, below: str, roles: HeaderRoles) -> bool:
    """Whether two lines spell one header: 意見 / 番号, 対応 / 区分, 措置年 / 月日."""
    whole = roles.match(above + below, ENDS_IN_WORD)
    if whole is None or whole.manner == IS_WORD:
        return whole is not None
    # The word that it ends in may begin on the upper line: 年月日.
    return roles.match(above, ENDS_IN_WORD) is None and whole != roles.match(below, ENDS_IN_WORD)
