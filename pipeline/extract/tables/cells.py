"""Find the faces of a lattice: groups of slots without a ruling between them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import group_neighbours

_WALL = 0.5  # of a slot's side; judgement: what parts two slots covers more than half of it
_WHOLE = 0.99  # judgement: all but rounding; a small table in a cell leaves the cell's margin


class Face(NamedTuple):
    """A rectangle of the lattice."""

    row: int
    column: int
    row_end: int
    """Its last row + 1."""
    column_end: int
    """Its last column + 1."""
    goes_on: bool = False
    """No ruling separates it from the one below (both are pieces of one angled face), or closes it
    at the lattice's bottom, where one closes others."""
    parted: bool = False
    """Nothing is drawn between it and the one beside it, or below it."""


def find_faces(columns: Sequence[float], rows: Sequence[float], rulings: Rulings) -> list[Face]:
    """Join the slots of the lattice that no ruling separates, and split the result into rectangles.

    Args:
        columns: The x of the column edges, in points.
        rows: The y of the row edges, in points.
    """
    walls_right, _ = _find_walls(columns, rows, rulings.vertical)
    walls_below, whole = _find_walls(rows, columns, rulings.horizontal)
    faces: list[Face] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in taken:
                continue
            slots = _flood_face(
                (row, column), (len(rows) - 1, len(columns) - 1), taken, walls_right, walls_below
            )
            faces += _split_into_rectangles(slots)
            taken |= slots
    end = len(rows) - 1
    closed = {column for edge, column in walls_below if edge == end}
    is_closed = bool(faces) and any(edge == end for edge, _ in whole)
    return _mark_open(faces, closed) if is_closed else faces


def _mark_open(faces: list[Face], closed: set[int]) -> list[Face]:
    """Mark the faces at the lattice's bottom that no ruling closes, where one closes other columns.

    The page's end cuts them, and not the records beside them: browsers rule only a cell's own end.
    """
    end = max(face.row_end for face in faces)
    return [
        face._replace(goes_on=True)
        if face.row_end == end and closed.isdisjoint(range(face.column, face.column_end))
        else face
        for face in faces
    ]


def _find_walls(
    edges: Sequence[float], across: Sequence[float], segments: Sequence[Segment]
) -> tuple[set[tuple[int, int]], ...]:
    """Find the pairs (edge, slot across) that rulings part, and those along their whole side."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for segment in segments:
        # Merged rulings are at least a tolerance apart, so the nearest edge is their own.
        right = min(bisect_right(edges, segment.position), len(edges) - 1)
        left = max(right - 1, 0)
        nearer = abs(edges[left] - segment.position) <= abs(edges[right] - segment.position)
        index = left if nearer else right
        for slot in range(max(bisect_right(across, segment.start) - 1, 0), len(across) - 1):
            if across[slot] >= segment.end:
                break
            low, high = across[slot], across[slot + 1]
            covered[index, slot] += min(segment.end, high) - max(segment.start, low)
    widths = {pair: across[pair[1] + 1] - across[pair[1]] for pair in covered}
    return tuple(
        {pair for pair, length in covered.items() if length > share * widths[pair]}
        for share in (_WALL, _WHOLE)
    )


def _flood_face(
    start: tuple[int, int],
    shape: tuple[int, int],
    taken: set[tuple[int, int]],
    walls_right: set[tuple[int, int]],
    walls_below: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    slots, pending = {start}, [start]
    while pending:
        row, column = pending.pop()
        for step_row, step_column, wall in (
            (0, 1, (column + 1, row) in walls_right),
            (0, -1, (column, row) in walls_right),
            (1, 0, (row + 1, column) in walls_below),
            (-1, 0, (row, column) in walls_below),
        ):
            slot = row + step_row, column + step_column
            inside = 0 <= slot[0] < shape[0] and 0 <= slot[1] < shape[1]
            if inside and not wall and slot not in slots and slot not in taken:
                slots.add(slot)
                pending.append(slot)
    return slots


def _split_into_rectangles(slots: set[tuple[int, int]]) -> list[Face]:
    """Keep a rectangular face whole; split any other into rectangles as wide as its rows.

    A ruling that ends early leaves a face with corners. Split by rows, its text stays in order.
    Equal rows are one: a gap between borders may run around a cell that is merged over records.
    """
    if len(slots) == 1:  # as most are
        ((row, column),) = slots
        return [Face(row, column, row + 1, column + 1)]
    rows = sorted({row for row, _ in slots})
    columns = sorted({column for _, column in slots})
    if len(slots) == len(rows) * len(columns):
        return [Face(rows[0], columns[0], rows[-1] + 1, columns[-1] + 1)]
    faces: list[Face] = []
    above: dict[tuple[int, int], int] = {}
    for row in rows:
        own: dict[tuple[int, int], int] = {}
        for run in group_runs([column for column in columns if (row, column) in slots]):
            goes_on = any((row + 1, column) in slots for column in run)
            face = Face(row, run[0], row + 1, run[-1] + 1, goes_on)
            place = above.get((face.column, face.column_end))
            if place is None:
                place = len(faces)
                faces.append(face)
            else:
                faces[place] = face._replace(row=faces[place].row)
            own[face.column, face.column_end] = place
        above = own
    return faces


def group_runs(numbers: Sequence[int]) -> list[list[int]]:
    """Group the consecutive ones of some numbers in order."""
    return group_neighbours(numbers, lambda run, number: number == run[-1] + 1)
