"""From rulings to grids: the faces of the arrangement that the rulings make.

A row that the page's end cuts often has no ruling below (above, on the next page). Table finders
that want four closed corners drop such a row with all its text; here the verticals alone hold it:
the piece is closed at their ends and remembers that it was open.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.tables.cells import Face, find_faces
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box

_WIDEST = 1.5  # tolerances over which rulings are one edge: still less than a glyph


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid before the text is in it."""

    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    faces: tuple[Face, ...]
    open_top: bool
    open_bottom: bool
    imagined: bool = False

    @property
    def box(self) -> Box:
        """The frame's rectangle."""
        return Box.within(self.column_edges, self.row_edges)

    def holds_in_a_cell(self, box: Box) -> bool:
        """Whether a box lies in one of the faces: boxes in two cells side by side do not."""
        x, y = box.center
        return any(
            self.column_edges[f.column] <= x <= self.column_edges[f.column_end]
            and self.row_edges[f.row] <= y <= self.row_edges[f.row_end]
            and box.width <= self.column_edges[f.column_end] - self.column_edges[f.column]
            for f in self.faces
        )


def find_frames(
    rulings: Rulings, tolerance: float, known: Sequence[float] = ()
) -> tuple[list[Frame], list[Box]]:
    """Find the tables that the rulings draw, and the boxes.

    Args:
        rulings: Merged rulings of a page.
        tolerance: In points; how far lines that meet may miss each other.
        known: The column edges of the table that the page before ended with. A row without
            rulings above and below has no sides either where the table has none.

    Returns:
        The tables from top to bottom, a small table inside a cell of another as part of that
        other; and the rectangles without any ruling inside: around prose, or around a table that
        only its text parts.
    """
    parts = [_without_marks(part, tolerance) for part in _components(rulings, tolerance)]
    frames = [_completed(_build_frame(part, tolerance), part, known, tolerance) for part in parts]
    tables = [(f, part) for f, part in zip(frames, parts, strict=True) if _is_table(f)]
    outer: list[tuple[Frame, list[Rulings]]] = []
    for frame, part in sorted(tables, key=lambda t: -t[0].box.width * t[0].box.height):
        around = next(((o, held) for o, held in outer if o.box.contains(frame.box)), None)
        if around is None:
            outer.append((frame, [part]))
        elif around[0].holds_in_a_cell(frame.box):
            around[1].append(part)
    found = [
        frame if len(held) == 1 else _build_frame(_together(held), tolerance)
        for frame, held in outer
    ]
    boxes = [frame.box for frame in frames if len(frame.faces) == 1]
    return sorted(found, key=lambda f: (f.box.top, f.box.x0)), boxes


def _without_marks(rulings: Rulings, tolerance: float) -> Rulings:
    """The rulings of a part without those that begin at a vertical and end inside a column.

    They underline text or strike it through; at a page's end they would pass for the frame's.
    """
    columns = [line.position for line in rulings.vertical]

    def is_mark(line: Segment) -> bool:
        inside = columns[0] - tolerance <= line.start and line.end <= columns[-1] + tolerance
        return inside and sum(_meet(line, other, tolerance) for other in rulings.vertical) < 2

    return replace(rulings, horizontal=tuple(h for h in rulings.horizontal if not is_mark(h)))


def _completed(frame: Frame, rulings: Rulings, known: Sequence[float], tolerance: float) -> Frame:
    """A frame that goes on from the page before, with the outer columns that it has no ruling for.

    A table without sides shows its first and last columns only by the ends of the rulings between
    rows: not where a cell is merged over all rows of the page, or where there is one row.
    """
    own = frame.column_edges
    places = [bisect_left(known, x - tolerance) for x in own]
    fits = all(
        p < len(known) and abs(known[p] - x) <= tolerance for p, x in zip(places, own, strict=True)
    )
    if not frame.open_top or not fits or len(set(places)) < len(own) or len(own) == len(known):
        return replace(frame, column_edges=_snapped(own, known, tolerance))
    faces = find_faces(known, frame.row_edges, rulings)
    return replace(frame, column_edges=tuple(known), faces=tuple(faces))


def _snapped(own: tuple[float, ...], known: Sequence[float], tolerance: float) -> tuple[float, ...]:
    """The edges of a frame, moved to those of the page before where it has all of them.

    Where a table has no sides, a small table in a cell may reach nearly as far as its rulings do,
    and would pass for its side.
    """
    nearest = [min(range(len(own)), key=lambda i: abs(own[i] - x)) for x in known]
    near = all(abs(own[i] - x) <= tolerance for i, x in zip(nearest, known, strict=True))
    if not near or len(set(nearest)) < len(known):
        return own
    moved = dict(zip(nearest, known, strict=True))
    return tuple(moved.get(i, x) for i, x in enumerate(own))


def frame_of(rulings: Rulings, tolerance: float) -> Frame:
    """The frame of one table's imagined rulings."""
    return replace(_build_frame(rulings, tolerance), imagined=True)


def _is_table(frame: Frame) -> bool:
    return len(frame.column_edges) > 2 and len(frame.faces) > 1


def _together(parts: Sequence[Rulings]) -> Rulings:
    """A table's rulings and those of the small tables in its cells."""
    return Rulings(
        tuple(sorted((s for p in parts for s in p.horizontal), key=lambda s: s.position)),
        tuple(sorted((s for p in parts for s in p.vertical), key=lambda s: s.position)),
    )


def _components(rulings: Rulings, tolerance: float) -> list[Rulings]:
    """Split a page's rulings into sets that hang together.

    Verticals over the same height hang together though no horizontal meets them: a row that fills
    its page has no other rulings, and a page's end leaves a merged cell open beside closed ones.
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
            if _meet(lines[h], lines[v], tolerance):
                parent[find(v)] = find(h)
    for v, w in _same_spans(rulings.vertical, tolerance):
        parent[find(first_vertical + v)] = find(first_vertical + w)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, line in enumerate(lines):
        horizontal, vertical = sets.setdefault(find(i), ([], []))
        (vertical if i >= first_vertical else horizontal).append(line)
    # Whether that is a table, its columns tell: a line in the margin makes none.
    return [Rulings(tuple(h), tuple(v)) for h, v in sets.values() if v]


def _meet(horizontal: Segment, vertical: Segment, tolerance: float) -> bool:
    return (
        horizontal.start - tolerance <= vertical.position <= horizontal.end + tolerance
        and vertical.start - tolerance <= horizontal.position <= vertical.end + tolerance
    )


def _same_spans(verticals: Sequence[Segment], tolerance: float) -> Iterator[tuple[int, int]]:
    """Pairs of verticals over the same height, each with one that came before it."""
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


def _build_frame(rulings: Rulings, tolerance: float) -> Frame:
    columns = _positions(rulings.vertical, tolerance)
    rows = _positions(rulings.horizontal, tolerance)
    columns, _, _ = _extend(columns, rulings.horizontal, tolerance)
    rows, open_top, open_bottom = _extend(rows, rulings.vertical, tolerance)
    faces = find_faces(columns, rows, rulings)
    return Frame(tuple(columns), tuple(rows), tuple(faces), open_top, open_bottom)


def _positions(segments: Sequence[Segment], tolerance: float) -> list[float]:
    """Where a frame's edges are: of segments too close for a cell between them, the longest is."""
    clusters: list[list[Segment]] = []
    for segment in segments:
        near = clusters and segment.position - clusters[-1][-1].position <= tolerance
        if near and segment.position - clusters[-1][0].position <= _WIDEST * tolerance:
            clusters[-1].append(segment)
        else:
            clusters.append([segment])
    return [max(cluster, key=lambda s: s.end - s.start).position for cluster in clusters]


def _extend(
    edges: list[float], crossing: Sequence[Segment], tolerance: float
) -> tuple[list[float], bool, bool]:
    """Close a frame at the ends of the lines that run on past its last edges.

    Two such lines at least, where there are two, or one that runs through the whole frame: another
    alone is a mark, not a row.
    """
    if not crossing:
        return edges, False, False
    starts = sorted(segment.start for segment in crossing)
    ends = sorted((segment.end for segment in crossing), reverse=True)
    second = min(1, len(crossing) - 1)
    through = [c for c in crossing if edges and _runs_through(c, edges, tolerance)]
    first = min([starts[second], *(c.start for c in through)])
    last = max([ends[second], *(c.end for c in through)])
    before = not edges or first < edges[0] - tolerance
    after = not edges or last > edges[-1] + tolerance
    extended = [starts[0]] * before + edges + [ends[0]] * after
    return extended, before, after


def _runs_through(line: Segment, edges: Sequence[float], tolerance: float) -> bool:
    return line.start <= edges[0] + tolerance and line.end >= edges[-1] - tolerance
