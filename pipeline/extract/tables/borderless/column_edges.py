"""Where the edge of a column stands in the gutter before its text."""

from collections.abc import Iterator, Sequence
from statistics import median_low

from pipeline.extract.tables.borderless.gutters import TOUCH, Gutter
from pipeline.extract.tables.borderless.regions import Start
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.rulings import Segment


def place_edges(
    gutters: Sequence[Gutter],
    start: Start,
    body: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> tuple[float, ...]:
    """The column edges, one in each gutter, and the table's sides."""
    words = [word for line in (*start.lines, *body) for word in line.words]
    inner, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    left, padding = inner, size / 2
    if start.extent is not None:
        left, right = min(left, start.extent[0]), max(right, start.extent[1])
        padding = max(inner - left, padding)
    own = [level for level in levels if start.top <= level.position <= body[-1].bottom]
    drawn = _drawn_edges(gutters, (left, right), own, size)
    # Lines begin at one place and end raggedly: the edge is as far from the text behind it as
    # the table's side is from the first column's.
    edges = (
        x if x is not None else g.widest[1] - min(g.width / 2, padding)
        for g, x in zip(gutters, drawn, strict=True)
    )
    return (left, *edges, right)


def _drawn_edges(
    gutters: Sequence[Gutter],
    sides: tuple[float, float],
    levels: Sequence[Segment],
    size: float,
) -> Iterator[float | None]:
    """Where rulings beside merged cells begin or end in each gutter; None where none does."""

    def in_gutter(x: float, gutter: Gutter) -> bool:
        start, end = gutter.widest
        return start + TOUCH * size < x < end - TOUCH * size

    def at_edge(x: float) -> bool:
        beside = any(abs(x - side) <= size for side in sides)
        return beside or any(in_gutter(x, gutter) for gutter in gutters)

    # An underline begins and ends where text does.
    borders = [level for level in levels if at_edge(level.start) and at_edge(level.end)]
    for gutter in gutters:
        ends = [x for b in borders for x in (b.start, b.end) if in_gutter(x, gutter)]
        yield median_low(ends) if ends else None
