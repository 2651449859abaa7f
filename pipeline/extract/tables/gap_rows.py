"""Find the rows over all columns that only the ends of verticals show."""

from collections.abc import Iterator, Sequence

from pipeline.extract.tables.rulings import Rulings, Segment

# Tolerances; judgement: the row of a heading is higher than its type, and has two lines at most.
_LOWEST, _HIGHEST = 1.6, 7.0


def add_gap_rows(rulings: Rulings, tolerance: float) -> Rulings:
    """Add the horizontals above and below a row in which the inner verticals of a table stop.

    Where no ruling parts the rows of a table, this alone shows a heading over its columns.

    Args:
        rulings: Those of a page, sorted by position.
    """
    added = [
        Segment(y, *ends)
        for gap, places in _find_gaps(rulings.vertical, tolerance)
        if (ends := _find_width(rulings, gap, places, tolerance)) is not None
        for y in gap
        if not any(
            abs(h.position - y) <= tolerance and h.start < places[-1] and h.end > places[0]
            for h in rulings.horizontal
        )
    ]
    if not added:
        return rulings
    return Rulings.sort((*rulings.horizontal, *added), rulings.vertical)


def _find_gaps(
    verticals: Sequence[Segment], tolerance: float
) -> Iterator[tuple[tuple[float, float], list[float]]]:
    """Yield the y where two verticals at least stop and begin again, and their places."""
    found: dict[tuple[float, float], list[float]] = {}
    last: list[Segment] = []
    for line in sorted(verticals, key=lambda v: (round(v.position), v.start)):
        above = next((v for v in last if abs(v.position - line.position) <= tolerance / 2), None)
        if above is not None and _LOWEST < (line.start - above.end) / tolerance < _HIGHEST:
            near = (
                g for g in found if max(abs(g[0] - above.end), abs(g[1] - line.start)) < tolerance
            )
            gap = next(near, (above.end, line.start))
            found.setdefault(gap, []).append(line.position)
        last = [line]
    for gap, places in found.items():
        if len(places) > 1:
            yield gap, sorted(places)


def _find_width(
    rulings: Rulings, gap: tuple[float, float], places: Sequence[float], tolerance: float
) -> tuple[float, float] | None:
    """Find the sides of the table around a gap; None: a vertical runs through it between them."""
    through = [
        v.position
        for v in rulings.vertical
        if v.start < gap[0] + tolerance and v.end > gap[1] - tolerance
    ]
    if any(places[0] < x < places[-1] for x in through):
        return None
    level = [h for h in rulings.horizontal if h.start < places[0] and h.end > places[-1]]
    if not level:
        return None
    left = max((x for x in through if x < places[0]), default=min(h.start for h in level))
    right = min((x for x in through if x > places[-1]), default=max(h.end for h in level))
    return left, right
