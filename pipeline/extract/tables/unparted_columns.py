"""Part a ruled column that holds several columns of text: no ruling stands between them.

A style sheet that rules rows, and one column only, leaves the others side by side in one cell:
意見 | 対応 | 備考 is then one header, and names nothing.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.borderless.gutters import Gutter, is_open
from pipeline.extract.tables.borderless.touching_columns import ENDS, WORD_GAP
from pipeline.extract.tables.borderless.words import SAME_LINE, TextLine, Word, read_words
from pipeline.extract.tables.cells import Face
from pipeline.extract.tables.frames import Frame
from pipeline.model import Box
from pipeline.vocabulary.header_roles import LONGEST_HEADER, HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD

_LEAST_KNOWN = 2  # headers of the vocabulary; judgement: one may be a record's word
_LEAST_LINES = 3  # with text on both sides; judgement: two may be a small table in a cell


class _Gap(Struct, frozen=True):
    """Where two columns may part, in points."""

    start: float
    end: float
    place: float
    """Where the edge is to be, if it can."""


def part_columns(
    frame: Frame,
    text: Glyphs,
    roles: HeaderRoles,
    size: float,
    previous: Sequence[float],
    below: Sequence[float],
) -> Frame:
    """The frame with an edge in each gap between two headers that stand in one cell.

    Args:
        previous: The column edges of the table that the page before ended with: it may go on
            without a header.
        below: Those of the page's next table: it may hold the rows of a header that stands alone.
    """
    ruled = _drop_unruled_edges(frame)
    header = _read_header(ruled, text, roles, size)
    alone = bool(header) and header[0].box.center[1] > ruled.row_edges[-2]
    parted = ruled
    for column in reversed(range(len(ruled.column_edges) - 1)):
        bounds = ruled.column_edges[column], ruled.column_edges[column + 1]
        words = [word for word in header if bounds[0] < word.box.center[0] < bounds[1]]
        pairs = [(left.box.x1, right.box.x0) for left, right in pairwise(words)]
        gaps = [_Gap(*pair, sum(pair) / 2) for pair in pairs]
        gaps = gaps if header else _find_known_gaps(ruled, bounds, previous, size)
        own = [f for f in ruled.faces if gaps and (f.column, f.column_end) == (column, column + 1)]
        lines = [line for face in own for line in read_face(ruled, face, text, size)]
        cuts = _find_cuts(gaps, lines, size)
        if not cuts and alone:
            cuts = _find_edges_below(ruled, gaps, below, size)
        for x in reversed(cuts):
            parted = _cut(parted, column, x)
    if parted is ruled:
        return frame
    if not header:
        return parted
    faces = (part for face in parted.faces for part in _part_header(parted, face, header))
    return replace(parted, faces=tuple(faces))


def part_wide_faces(frame: Frame, text: Glyphs, size: float) -> Frame:
    """The frame with the rows parted that have no verticals, where their lines stand in columns.

    A style may rule the columns of the header only, or of every second row.
    """
    wide = [face for face in frame.faces if face.row and face.column_end > face.column + 1]
    read = ((face, read_face(frame, face, text, size)) for face in wide)
    inner = {face: frame.column_edges[face.column + 1 : face.column_end] for face in wide}
    sides = {face: _count_sides(lines, inner[face], size) for face, lines in read}
    # One line alone with text on both sides may be a heading, with a count at its right end.
    if sum(count for count in sides.values() if count > 1) < _LEAST_LINES:
        return frame
    faces = (part for face in frame.faces for part in _spread(face, bool(sides.get(face))))
    return replace(frame, faces=tuple(faces))


def _count_sides(lines: Sequence[TextLine], edges: Sequence[float], size: float) -> int:
    """How many lines stand on both sides of an edge; 0: a line crosses one."""
    gutters = [Gutter(((x - size, x + size),)) for x in edges]
    for line in lines:
        gutters = [gutter.without(line, size) for gutter in gutters]
    if not all(is_open(gutter, size) for gutter in gutters):
        return 0
    return sum(len(line.find_columns(edges)) > 1 for line in lines)


def _spread(face: Face, is_parted: bool) -> tuple[Face, ...]:
    """The faces of a face's columns; itself if it is not parted."""
    columns = range(face.column, face.column_end) if is_parted else ()
    return tuple(face._replace(column=at, column_end=at + 1) for at in columns) or (face,)


def _part_header(frame: Frame, face: Face, header: Sequence[Word]) -> tuple[Face, ...]:
    """The faces of a header's cell, one for each column; one alone if it has one word, or none."""
    box = frame.box_of(face)
    words = sum(
        box.x0 < x < box.x1 and box.top < y < box.bottom for x, y in (w.box.center for w in header)
    )
    return _spread(face, words > 1)


def _drop_unruled_edges(frame: Frame) -> Frame:
    """The frame without the edges that only the page before has: no face begins or ends there."""
    used = sorted({edge for face in frame.faces for edge in (face.column, face.column_end)})
    if len(used) == len(frame.column_edges):
        return frame
    faces = (
        face._replace(column=used.index(face.column), column_end=used.index(face.column_end))
        for face in frame.faces
    )
    edges = tuple(frame.column_edges[edge] for edge in used)
    return replace(frame, column_edges=edges, faces=tuple(faces))


def read_face(frame: Frame, face: Face, text: Glyphs, size: float) -> list[TextLine]:
    """The lines of words in one of a frame's faces; `size`: that of the page's type, in points."""
    return read_words(tuple(text.take(text.inside(frame.box_of(face)))), size)


def _read_header(frame: Frame, text: Glyphs, roles: HeaderRoles, size: float) -> list[Word]:
    """The words of the first row with text, if most are headers and two of them share a cell."""
    boxes = (replace(frame.box, top=y, bottom=end) for y, end in pairwise(frame.row_edges))
    rows = enumerate(text.take(text.inside(box)) for box in boxes)
    first, row = next((own for own in rows if own[1].inked.any()), (0, None))
    if row is None:
        return []
    faces = [face for face in frame.faces if face.row == first]
    if any(face.row_end > first + 1 for face in faces):
        return []
    if not _may_share_cells(row, frame.column_edges, len(faces), size):
        return []
    cells = [row.take(row.inside(frame.box_of(face))) for face in faces]
    if any(len(own) > LONGEST_HEADER and _has_several_lines(own, size) for own in cells):
        return []  # a record's text
    each = (_join_below(read_words(tuple(own), size)) for own in cells)
    words = [word for own in each for word in _join_letters(own, roles)]
    if len(words) <= len(faces):
        return []
    known = sum(roles.match(word.text, ENDS_IN_WORD) is not None for word in words)
    return words if known >= max(_LEAST_KNOWN, len(words) / 2) else []


def _may_share_cells(row: Glyphs, edges: Sequence[float], cells: int, size: float) -> bool:
    """Whether a row may have more words than cells: of most headers its glyphs tell that at once.

    Where all are level, a word ends only where the next glyph stands apart, or in another column.
    """
    if not ENDS.isdisjoint(row.texts) or row.direction.any() or np.ptp(row.y) >= SAME_LINE * size:
        return True  # several lines; or a stop, whose white half counts as a gap in some places
    ordered = row.take(np.lexsort((row.y, row.x0)))
    columns = np.searchsorted(edges, ordered.x)
    apart = ordered.x0[1:] - ordered.x1[:-1] >= WORD_GAP * ordered.size[1:]
    return bool(np.count_nonzero(apart | (columns[1:] != columns[:-1])) >= cells)


def _join_below(lines: Sequence[TextLine]) -> list[Word]:
    """The words of a cell, from left to right: 修正前 and （該当部分） below it are one."""
    words: list[Word] = []
    for word in (word for line in lines for word in line.words):
        over = [own for own in words if own.overlaps(word)]
        text, box = "".join(w.text for w in over), Box.around([w.box for w in (*over, word)])
        words = [*(w for w in words if w not in over), Word(text + word.text, box)]
    return sorted(words, key=lambda word: word.box.x0)


def _join_letters(words: list[Word], roles: HeaderRoles) -> list[Word]:
    """The words of a cell; one if they are letters set far apart (箇　所).

    Letters that are headers themselves (誤　正) stay apart, unless they are one word (条　項).
    """
    text = "".join(word.text for word in words)
    is_letters = all(len(word.text) == 1 for word in words) and len(words) > 1
    are_headers = all(roles.match(letter, ENDS_IN_WORD) for letter in text)
    if not is_letters or (are_headers and roles.match(text, IS_WORD) is None):
        return words
    return [Word(text, Box.around([word.box for word in words]))]


def _has_several_lines(text: Glyphs, size: float) -> bool:
    level = text.y[text.inked & (text.direction == 0)]
    return len(level) > 0 and bool(np.ptp(level) > size)


def _find_known_gaps(
    frame: Frame, bounds: tuple[float, float], previous: Sequence[float], size: float
) -> list[_Gap]:
    """The places of the edges that the page before has inside a column, if it has all others."""
    inner = [x for x in previous if bounds[0] + size < x < bounds[1] - size]
    known = bool(inner) and _has_all_edges(previous, frame, size)
    return [_Gap(x - size, x + size, x) for x in inner] if known else []


def _has_all_edges(edges: Sequence[float], frame: Frame, size: float) -> bool:
    """Whether another table has all column edges of a frame."""
    return all(any(abs(x - own) < size / 2 for x in edges) for own in frame.column_edges)


def _find_cuts(gaps: Sequence[_Gap], lines: Sequence[TextLine], size: float) -> list[float]:
    """A place in each gap if no line crosses any of them, and lines stand on both sides of one."""
    gutters = [Gutter(((gap.start, gap.end),)) for gap in gaps]
    for line in lines:
        gutters = [gutter.without(line, size) for gutter in gutters]
    if not all(is_open(gutter, size) for gutter in gutters):
        return []
    cuts = [gutter.nearest(gap.place) for gutter, gap in zip(gutters, gaps, strict=True)]
    sides = [sum(line.runs[0][0] < x < line.runs[-1][1] for line in lines) for x in cuts]
    return cuts if max(sides, default=0) >= _LEAST_LINES else []


def _find_edges_below(
    frame: Frame, gaps: Sequence[_Gap], below: Sequence[float], size: float
) -> list[float]:
    """An edge of the rows below in each gap of a header that stands alone, if they have its own.

    On a coarse scan, the short dotted ruling between two headers is lost.
    """
    found = [[x for x in below if gap.start < x < gap.end] for gap in gaps]
    known = _has_all_edges(below, frame, size) and all(len(xs) == 1 for xs in found)
    return [xs[0] for xs in found] if known else []


def _cut(frame: Frame, column: int, x: float) -> Frame:
    """The frame with one more edge inside a column."""
    edges = frame.column_edges
    return replace(
        frame,
        column_edges=(*edges[: column + 1], x, *edges[column + 1 :]),
        faces=tuple(part for face in frame.faces for part in _cut_face(face, column)),
    )


def _cut_face(face: Face, column: int) -> tuple[Face, ...]:
    if (face.column, face.column_end) == (column, column + 1):
        right = face._replace(column=column + 1, column_end=column + 2)
        return face, right
    first, end = face.column + (face.column > column), face.column_end + (face.column_end > column)
    return (face._replace(column=first, column_end=end),)
