"""Split the rulings of a page into the sets that are connected."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extract.tables.frame_rulings import meet
from pipeline.extract.tables.rulings import Rulings, Segment


def split_components(rulings: Rulings, tolerance: float) -> list[Rulings]:
    """Split the rulings of a page into connected sets.

    Verticals over the same height are connected even if no horizontal meets them: a row that fills
    its page has no other rulings, and a page break leaves a merged cell open beside closed ones.
    """
    lines = [*rulings.horizontal, *rulings.vertical]
    first_vertical = len(rulings.horizontal)
    parent = list(range(len(lines)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    columns = [line.position for line in rulings.vertical]
    for h, line in enumerate(rulings.horizontal):
        nearest = bisect_left(columns, line.start - tolerance)
        farthest = bisect_right(columns, line.end + tolerance)
        for v in range(first_vertical + nearest, first_vertical + farthest):
            if meet(lines[h], lines[v], tolerance):
                parent[find(v)] = find(h)
    for v, w in _pair_same_spans(rulings.vertical, tolerance):
        parent[find(first_vertical + v)] = find(first_vertical + w)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, line in enumerate(lines):
        horizontal, vertical = sets.setdefault(find(i), ([], []))
        (vertical if i >= first_vertical else horizontal).append(line)
    # A set with a vertical may still be no table: a line in the margin is none.
    return [Rulings(tuple(h), tuple(v)) for h, v in sets.values() if v]


def _pair_same_spans(verticals: Sequence[Segment], tolerance: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of verticals over the same height: each with an earlier one."""
    seen: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(verticals):
        start, end = int(line.start // tolerance), int(line.end // tolerance)
        near = (
            other
            for a in (start - 1, start, start + 1)
            for b in (end - 1, end, end + 1)
            for other in seen.get((a, b), ())
            if abs(verticals[other].start - line.start) <= tolerance
            and abs(verticals[other].end - line.end) <= tolerance
        )
        other = next(near, None)
        if other is None:
            seen[start, end].append(index)
        else:
            yield index, other
