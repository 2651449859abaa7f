"""Part the cells between which a sheet's author forgot a border.

Whoever copies rows of a spreadsheet may lose a border. Two cells look like a merged one then. But
each text stands in its part of it as the other texts of its column stand in their cells.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Floats, Glyphs, Integers
from pipeline.extract.tables.cells import Face
from pipeline.extract.tables.frames import Frame
from pipeline.extract.tables.grid import number_faces
from pipeline.vocabulary.line_marks import ends_sentence, lists_numbers

_USUAL = 0.6  # share of the rows or columns that an edge parts; judgement: merged cells are rarer
_LEAST = 3  # other cells of a column with text; judgement: two may be alike by chance
_TOGETHER = 2  # merged cells; judgement: by chance, one may look like two at a rare edge
_MOSTLY = 0.5  # share of these whose texts stand alike; judgement: one has many widths and heights
_EVEN = 0.05  # points; judgement: places differ by less where a program rounds
_LINES = 2  # judgement: by chance, white space in one line may stand at an edge
# In em.
_ALIKE = 0.2  # judgement: less than half a letter, by which centred texts differ
_BESIDE = 0.25  # judgement: the paddings of two cells; letters of a line stand closer
_BELOW = 2.0  # judgement: lines of one text stand closer, unless the table shows other ones
_WIDER = 1.25  # share of the table's line pitch; judgement: one in a larger type is no higher
_OFF_PITCH = 0.15  # judgement: the lines of one text are even; blank ones between them, too


class _Axis(Struct, frozen=True):
    """The edges of columns or of rows, and where glyphs start and end along them, in points."""

    edges: Sequence[float]
    starts: Floats
    ends: Floats

    def place(self, own: Integers, first: int, end: int) -> Floats:
        """How a text stands in its cell: from both sides of it, and from the middle."""
        before = float(self.starts[own].min()) - self.edges[first]
        behind = self.edges[end] - float(self.ends[own].max())
        return np.array([before, behind, (before - behind) / 2])


def part_faces(frame: Frame, text: Glyphs) -> Frame:
    """Part the faces that hold the texts of several cells.

    Args:
        text: The glyphs of its page, in the order in which the page draws them.
    """
    if all((f.row + 1, f.column + 1) == (f.row_end, f.column_end) for f in frame.faces):
        return frame
    reader = _Reader(frame, text.take(text.inside(frame.box) & text.inked))
    faces = tuple(part for face in frame.faces for part in reader.part(face))
    return replace(frame, faces=faces) if len(faces) > len(frame.faces) else frame


class _Reader:
    def __init__(self, frame: Frame, text: Glyphs) -> None:
        self._text, self._frame = text, frame
        self._columns = _Axis(frame.column_edges, text.x0, text.x1)
        self._rows = _Axis(frame.row_edges, text.top, text.bottom)
        numbers = number_faces(frame)
        beside, below = np.diff(numbers, axis=1) != 0, np.diff(numbers, axis=0) != 0
        self._below = below
        self._faces = [face for face in frame.faces if face.row]  # below the first row, a header
        self._pitch = self._measure_pitch()
        self._halves: list[Face] = []
        self._placed: dict[tuple[int, int], Floats] = {}
        self._column_edges = self._find_edges(beside.mean(axis=0).tolist(), down=False)
        self._row_edges = self._find_edges(below.mean(axis=1).tolist(), down=True)

    def _measure_pitch(self) -> float:
        """How far the lines of a text are apart in cells of one row, in points; 0: none has two."""
        rows = [self._find(face) for face in self._faces if face.row_end == face.row + 1]
        levels = [_find_levels(self._text.y[own], self._size(own)) for own in rows if len(own)]
        return float(np.median([np.diff(own).min() for own in levels if len(own) > 1] or [0.0]))

    def _find_edges(self, shares: Sequence[float], down: bool) -> set[int]:
        """The edges that part most rows or columns, or all cells over them."""
        return {
            edge
            for edge, share in enumerate(shares, start=1)
            if share >= _USUAL or self._parts_together(edge, down)
        }

    def _parts_together(self, edge: int, down: bool) -> bool:
        """Whether every text over an edge is that of two cells: most borders there are lost."""
        over = [face for face in self._faces if edge in _edges_within(face, down)]
        halves = [_split(face, edge, down) for face in over]
        filled = [(a, b) for a, b in halves if len(self._find(a)) and len(self._find(b))]
        if len(filled) < _TOGETHER:
            return False
        # Where a column lost most borders of its side, its texts are halves.
        added = [] if down else [half for pair in filled for half in pair]
        self._halves += added
        together = all(self._are_cells(*pair, down) for pair in filled)
        self._halves = self._halves[: len(self._halves) - len(added) * (not together)]
        self._placed.clear()
        return together

    def part(self, face: Face) -> Iterator[Face]:
        """The faces that a face is; itself where it is one."""
        if rows := self._part_rows(face):
            yield from rows
            return
        for edges, down in ((self._column_edges, False), (self._row_edges, True)):
            for edge in sorted(edges.intersection(_edges_within(face, down))):
                one, other = _split(face, edge, down)
                if self._are_cells(one, other, down):
                    yield from (*self.part(one), *self.part(other))
                    return
        yield face

    def _part_rows(self, face: Face) -> list[Face]:
        """The cells of a column in which a style rules no rows; empty: the face is no such column.

        Their texts, all alike, stand at the tops or in the middles of the rows that other columns
        have. Those of a merged cell fill it line by line. A header may stand in the same face.
        Beside a cell over some rows only, these may be those of a small table in another cell.
        """
        if face.row > 1 or face.row_end <= len(self._below):
            return []
        others = np.delete(self._below[face.row : face.row_end - 1], face.column, axis=1)
        shares = others.mean(axis=1).tolist() if others.size else []
        edges = [edge for edge, share in enumerate(shares, face.row + 1) if share >= _USUAL]
        if face.column_end > face.column + 1 or len(edges) + 1 < _LEAST:
            return []
        bounds = (face.row, *edges, face.row_end)
        rows = [face._replace(row=row, row_end=end) for row, end in pairwise(bounds)]
        found = [(row, self._find(row)) for row in rows[face.row == 0 :]]
        filled = [(row, own) for row, own in found if len(own)]
        if len(filled) < len(found) / 2 or not self._stand_in_rows(filled):
            return []
        return [*(row._replace(goes_on=False) for row in rows[:-1]), rows[-1]]

    def _stand_in_rows(self, filled: Sequence[tuple[Face, Integers]]) -> bool:
        """Whether texts below each other stand in rows: those of a merged cell would fill it.

        They are numbers, or one leaves room below it, or each is a paragraph and one made its row
        higher than the texts beside it. A merged cell makes its last row higher only.
        """
        texts = ["".join(self._text.take(own).texts).strip() for _, own in filled]
        are_numbers = lists_numbers(texts)
        if len(filled) < _LEAST and not are_numbers:
            return False
        places = np.array([self._rows.place(own, row.row, row.row_end) for row, own in filled])
        size = max(self._size(own) for _, own in filled)
        tops, _, middles = np.ptp(places, axis=0)
        if min(tops, middles) > 2 * _ALIKE * size:
            return False
        levels = [_find_levels(self._text.y[own], size) for _, own in filled]
        pitch = min((float(np.diff(own).min()) for own in levels if len(own) > 1), default=size)
        if are_numbers or np.any(places[:-1, 0] + places[:-1, 1] >= pitch):
            return True
        beside = (self._measure_room_beside(row, own) for row, own in filled[:-1])
        return all(map(ends_sentence, texts[:-1])) and max(beside) >= pitch

    def _measure_room_beside(self, row: Face, own: Integers) -> float:
        """What the texts beside that of a face leave free of its row, in points."""
        whole = row._replace(column=0, column_end=len(self._columns.edges) - 1)
        others = np.setdiff1d(self._find(whole), own)
        room = self._rows.place(others, row.row, row.row_end) if len(others) else np.zeros(2)
        return float(room[0] + room[1])

    def _are_cells(self, one: Face, other: Face, down: bool) -> bool:
        """Whether both parts of a face are cells.

        Each holds a text that stands in it as in a cell, or one holds a text that does not stand so
        in the whole face. `down`: the other part is below the one, not beside it.
        """
        first, second = self._find(one), self._find(other)
        texts = [(part, own) for part, own in ((one, first), (other, second)) if len(own)]
        if not texts or not all(self._stands_alike(part, own) for part, own in texts):
            return False
        if len(texts) == 1:
            whole = one._replace(row_end=other.row_end, column_end=other.column_end)
            return self._is_off_place(*texts[0], whole)
        at_once = first[-1] < second[0] or second[-1] < first[0]
        if down:
            return bool(at_once) and self._is_off_pitch(first, second)
        # Some programs draw a row line by line, over all of its cells.
        most = max(len(_find_levels(self._text.y[own], self._size(own))) for own in (first, second))
        return (bool(at_once) or most >= _LINES) and self._are_apart(first, second)

    def _find(self, face: Face) -> Integers:
        """The places of a face's glyphs, in the order in which the page draws them."""
        return np.flatnonzero(self._text.inside(self._frame.box_of(face)))

    def _stands_alike(self, part: Face, own: Integers) -> bool:
        """Whether a text stands in a part of a face as most of its column do in their cells."""
        others = self._place_column(part.column, part.column_end)
        if len(others) < _LEAST:
            return False
        alike = np.abs(others - self._place(part, own)) <= _ALIKE * self._size(own)
        across, down = np.split(np.mean(alike, axis=0), 2)
        usual = _find_usual(others[:, :3]), _find_usual(others[:, 3:])
        return bool(across[usual[0]] >= _MOSTLY and down[usual[1]] >= _MOSTLY)

    def _is_off_place(self, part: Face, own: Integers, whole: Face) -> bool:
        """Whether a text is off the side or the middle of a face by which its column places texts.

        A column with many merged cells does not show that.
        """
        column, end = part.column, part.column_end
        cells = [f for f in self._faces if (f.column, f.column_end) == (column, end)]
        single = sum(face.row_end == face.row + 1 for face in cells)
        if single < _USUAL * (len(self._rows.edges) - 1):
            return False
        axis = slice(0, 3) if part.row_end - part.row == whole.row_end - whole.row else slice(3, 6)
        others = self._place_column(column, end)[:, axis]
        usual = _find_usual(others)
        off = abs(self._place(whole, own)[axis][usual] - np.median(others[:, usual]))
        return bool(off > _ALIKE * self._size(own))

    def _place_column(self, column: int, end: int) -> Floats:
        """How the texts of other cells of a column stand in these."""
        if (column, end) not in self._placed:
            faces = (*self._faces, *self._halves)
            cells = [f for f in faces if (f.column, f.column_end) == (column, end)]
            texts = [(face, places) for face in cells if len(places := self._find(face))]
            placed = [self._place(face, places) for face, places in texts]
            self._placed[column, end] = np.array(placed).reshape(-1, 6)
        return self._placed[column, end]

    def _place(self, face: Face, own: Integers) -> Floats:
        across = self._columns.place(own, face.column, face.column_end)
        return np.concatenate((across, self._rows.place(own, face.row, face.row_end)))

    def _size(self, own: Integers) -> float:
        return float(self._text.size[own].min())

    def _are_apart(self, left: Integers, right: Integers) -> bool:
        """Whether two texts side by side are farther apart than letters."""
        gap = float(self._text.x0[right].min() - self._text.x1[left].max())
        return gap >= _BESIDE * min(self._size(left), self._size(right))

    def _is_off_pitch(self, upper: Integers, lower: Integers) -> bool:
        """Whether a text does not stand where the next lines of the one above it would."""
        size = min(self._size(upper), self._size(lower))
        levels = [_find_levels(self._text.y[own], size) for own in (upper, lower)]
        gap = levels[1][0] - levels[0][-1]
        steps = [float(np.diff(own).min()) for own in levels if len(own) > 1]
        below = max(_BELOW * size, _WIDER * self._pitch)
        pitches = [step for step in steps if step < below]
        if not pitches:
            return bool(gap >= below)
        off = (abs(gap - round(gap / pitch) * pitch) for pitch in pitches)
        return all(distance >= _OFF_PITCH * size for distance in off)


def _edges_within(face: Face, down: bool) -> range:
    """The edges of rows or columns inside a face."""
    return range(face.row + 1, face.row_end) if down else range(face.column + 1, face.column_end)


def _split(face: Face, edge: int, down: bool) -> tuple[Face, Face]:
    """The parts of a face before and behind an edge."""
    if down:
        upper = face._replace(row_end=edge, goes_on=False, parted=True)
        return upper, face._replace(row=edge, parted=True)
    left = face._replace(column_end=edge, parted=True)
    return left, face._replace(column=edge, parted=True)


def _find_usual(places: Floats) -> int:
    """By which side, or by the middle, a column places its texts: these differ least there.

    Where they are alike in each way, as full lines are, it is by the first side.
    """
    off = np.median(np.abs(places - np.median(places, axis=0)), axis=0)
    return int(np.argmin(off > off.min() + _EVEN))


def _find_levels(middles: Floats, size: float) -> Floats:
    """The y of the lines of a text, from top to bottom."""
    levels = np.sort(middles)
    return levels[np.concatenate(([True], np.diff(levels) > size / 2))]
