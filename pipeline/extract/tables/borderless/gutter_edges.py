"""Place the edges of columns in the gutters between them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from statistics import median_low

from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP, Gutter
from pipeline.extract.tables.borderless.regions import HeaderCandidate
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.rulings import Segment


def place_edges(
    gutters: Sequence[Gutter],
    header: HeaderCandidate,
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> tuple[float, ...]:
    """Place one column edge in each gutter, and the sides of the table.

    Args:
        gutters: Between the columns, from left to right.

    Returns:
        The x of the edges, in points: one more than columns.
    """
    words = [word for line in (*header.lines, *body) for word in line.words]
    inner, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    left, padding = inner, size / 2
    if header.extent is not None:
        left, right = min(left, header.extent[0]), max(right, header.extent[1])
        padding = max(inner - left, padding)
    own = [level for level in levels if header.top <= level.position <= body[-1].bottom]
    drawn = [*_find_drawn_edges(gutters, (left, right), own, size)]
    # Lines begin at one x but end at different ones. So the distance from an edge to the text at
    # its right is that from the side of the table to the text of its first column.
    edges = [
        left,
        *(
            x if x is not None else _pass_ends(g, g.widest[1] - min(g.width / 2, padding), body)
            for g, x in zip(gutters, drawn, strict=True)
        ),
        right,
    ]
    for column, x0, x1 in _find_centred_headers(gutters, header, body, size):
        gutter = gutters[column - 1]
        x = x0 + x1 - edges[column + 1]
        if drawn[column - 1] is None and gutter.widest[0] < x < gutter.widest[1]:
            edges[column] = x
    return tuple(edges)


def _pass_ends(gutter: Gutter, x: float, body: Sequence[TextLine]) -> float:
    """Move an edge to the right of the lines that end in its gutter.

    A line of a spreadsheet may be a little wider than its cell. It would join it to the next one.
    """
    start, end = gutter.widest
    ends = [b for line in body for a, b in line.runs if a < start and x < b < end]
    return max([x, *ends])


def _find_centred_headers(
    gutters: Sequence[Gutter], header: HeaderCandidate, body: Sequence[TextLine], size: float
) -> Iterator[tuple[int, float, float]]:
    """Find the headers of columns without text, from right to left, where headers are centred.

    Such a header stands as far from the edge at its left as from that at its right. The texts of a
    later page may need the room before it.

    Yields:
        A column from the second on, and the x where its header begins and ends, in points.
    """
    middles = [gutter.middle for gutter in gutters]
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    texts: dict[int, float] = {}
    for line in header.lines:
        for word in line.words:
            column = bisect_right(middles, word.box.center[0])
            starts[column] = min(word.box.x0, starts.get(column, word.box.x0))
            ends[column] = max(word.box.x1, ends.get(column, word.box.x1))
    for word in (word for line in body for word in line.words):
        column = bisect_right(middles, word.box.center[0])
        texts[column] = min(word.box.x0, texts.get(column, word.box.x0))
    if any(starts[column] - texts[column] > size for column in starts.keys() & texts.keys()):
        for column in sorted(starts.keys() - texts.keys() - {0}, reverse=True):
            yield column, starts[column], ends[column]


def _find_drawn_edges(
    gutters: Sequence[Gutter], sides: tuple[float, float], levels: Sequence[Segment], size: float
) -> Iterator[float | None]:
    """Find where rulings beside merged cells begin or end in each gutter; None: none does."""

    def in_gutter(x: float, gutter: Gutter) -> bool:
        start, end = gutter.widest
        return start + MAX_OVERLAP * size < x < end - MAX_OVERLAP * size

    def at_edge(x: float) -> bool:
        beside = any(abs(x - side) <= size for side in sides)
        return beside or any(in_gutter(x, gutter) for gutter in gutters)

    # An underline begins and ends where text does.
    borders = [level for level in levels if at_edge(level.start) and at_edge(level.end)]
    for gutter in gutters:
        ends = [x for b in borders for x in (b.start, b.end) if in_gutter(x, gutter)]
        yield median_low(ends) if ends else None
