"""Part the cells between which a sheet's author forgot a border.

Whoever copies rows of a spreadsheet may lose a border. Two cells look like a merged one then. But
each text stands in its part of it as the other texts of its column stand in their cells.
"""

from collections.abc import Callable, Iterator, Sequence
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
# In em.
_ALIKE = 0.2  # judgement: less than half a letter, by which centred texts differ
_BESIDE = 0.25  # judgement: the paddings of two cells; letters of a line stand closer
_BELOW = 2.0  # judgement: lines of one text stand closer
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
        self._column_edges = set((np.flatnonzero(beside.mean(axis=0) >= _USUAL) + 1).tolist())
        self._faces = [face for face in frame.faces if face.row]  # below the first row, a header
        self._placed: dict[tuple[int, int], Floats] = {}
        self._row_edges = {
            edge
            for edge, share in enumerate(below.mean(axis=1).tolist(), start=1)
            if share >= _USUAL or self._parts_together(edge)
        }

    def _parts_together(self, edge: int) -> bool:
        """Whether every text over an edge is that of two cells: most borders of a row are lost."""
        over = [face for face in self._faces if face.row < edge < face.row_end]
        halves = [(face._replace(row_end=edge), face._replace(row=edge)) for face in over]
        filled = [(a, b) for a, b in halves if len(self._find(a)) and len(self._find(b))]
        return len(filled) >= _TOGETHER and all(
            self._are_cells(upper, lower, self._is_off_pitch) for upper, lower in filled
        )

    def part(self, face: Face) -> Iterator[Face]:
        """The faces that a face is; itself where it is one."""
        if rows := self._part_rows(face):
            yield from rows
            return
        for edge in sorted(self._column_edges & set(range(face.column + 1, face.column_end))):
            left = face._replace(column_end=edge, parted=True)
            right = face._replace(column=edge, parted=True)
            if self._are_cells(left, right, self._are_apart):
                yield from (*self.part(left), *self.part(right))
                return
        for edge in sorted(self._row_edges & set(range(face.row + 1, face.row_end))):
            upper = face._replace(row_end=edge, goes_on=False, parted=True)
            lower = face._replace(row=edge, parted=True)
            if self._are_cells(upper, lower, self._is_off_pitch):
                yield from (*self.part(upper), *self.part(lower))
                return
        yield face

    def _part_rows(self, face: Face) -> list[Face]:
        """The cells of a column in which a style rules no rows; empty: the face is no such column.

        Their texts, all alike, stand at the tops or in the middles of the rows that other columns
        have. Those of a merged cell fill it line by line. A header may stand in the same face.
        """
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
        if np.ptp(places, axis=0).min() > 2 * _ALIKE * size:
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

    def _are_cells(
        self, one: Face, other: Face, differ: Callable[[Integers, Integers], bool]
    ) -> bool:
        """Whether both parts of a face are cells.

        Each holds a text that stands in it as in a cell, or one holds a text that does not stand so
        in the whole face. `differ`: whether two texts cannot be one.
        """
        first, second = self._find(one), self._find(other)
        texts = [(part, own) for part, own in ((one, first), (other, second)) if len(own)]
        if not texts or not all(self._stands_alike(part, own) for part, own in texts):
            return False
        if len(texts) == 1:
            whole = one._replace(row_end=other.row_end, column_end=other.column_end)
            return self._is_off_place(*texts[0], whole)
        at_once = first[-1] < second[0] or second[-1] < first[0]
        return bool(at_once) and differ(first, second)

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
            cells = [f for f in self._faces if (f.column, f.column_end) == (column, end)]
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
        pitches = [step for step in steps if step < _BELOW * size]
        if not pitches:
            return bool(gap >= _BELOW * size)
        off = (abs(gap - round(gap / pitch) * pitch) for pitch in pitches)
        return all(distance >= _OFF_PITCH * size for distance in off)


def _find_usual(places: Floats) -> int:
    """By which side, or by the middle, a column places its texts: these differ least there."""
    return int(np.argmin(np.median(np.abs(places - np.median(places, axis=0)), axis=0)))


def _find_levels(middles: Floats, size: float) -> Floats:
    """The y of the lines of a text, from top to bottom."""
    levels = np.sort(middles)
    return levels[np.concatenate(([True], np.diff(levels) > size / 2))]
