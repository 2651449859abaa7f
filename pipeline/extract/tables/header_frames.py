"""Find headers whose cells are ruled while the records below them are not, or the reverse.

A sheet's author may also leave a column at a side without borders.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.borderless.header_candidates import find_header_candidates
from pipeline.extract.tables.borderless.regions import Columns
from pipeline.extract.tables.borderless.words import read_words
from pipeline.extract.tables.cells import Face
from pipeline.extract.tables.frames import Frame, take_around
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Box
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD
from pipeline.vocabulary.line_marks import is_page_number

_MOST_ROWS = 3  # judgement: a header has no more rows
_LEAST_EDGES = 2  # judgement: a single row has one above and one below
_LEAST_ROLES = 2  # known headers; judgement: one may be a word of a small table
_LEAST_COLUMNS = 2  # judgement: a record fills more than one
_NEAR = 4.0  # em; judgement: the first record below a header is nearer
_PITCH = 1.8  # em; judgement: from line to line of a header, and from the last to the ruling
_SAME_LINE = 0.3  # em; judgement: between the middles of the glyphs of a line
_SIZES = 0.1  # share of a font size; judgement: a header's lines differ less, a title is larger
_PAD = 0.2  # em; judgement: between a text and the side of its cell
_EDGE = 0.1  # em on either side of an edge; judgement: letters of a word leave less between them


def drop_header_frames(
    frames: Sequence[Frame],
    levels: Sequence[Segment],
    text: Glyphs,
    roles: HeaderRoles,
    size: float,
) -> list[Frame]:
    """Drop the frames that only hold a header: white space parts the columns below it.

    As a frame it would be a table without records. Its words still head a table without columns'
    rulings, which begins between its upper and its lower side.
    """
    return [
        frame
        for frame in frames
        if not (
            len(frame.row_edges) <= _MOST_ROWS + 1
            and not (frame.open_top or frame.open_bottom)
            and _is_followed(frame, frames, levels, text, size)
            and _count_names(_read_cells(frame, frame.faces, text), roles)
        )
    ]


def drop_column_lines(
    frames: Sequence[Frame],
    text: Glyphs,
    roles: HeaderRoles,
    size: float,
    known: Columns | None,
) -> list[Frame]:
    """Drop the frames of upright rulings alone, between which a whole table stands.

    White space parts its rows, and columns at its sides that no ruling closes.

    Args:
        known: The columns of the table without rulings that the page before ended with.
    """

    def holds_table(frame: Frame) -> bool:
        if len(frame.row_edges) > _LEAST_EDGES or not (frame.open_top and frame.open_bottom):
            return False
        level = text.take((text.y > frame.box.top) & (text.y < frame.box.bottom))
        first = read_words(tuple(level), size)[:_MOST_ROWS]
        heads = any(True for _ in find_header_candidates(first, (), size, roles))
        return heads or (known is not None and known.leave_free(frame.column_edges, size))

    return [frame for frame in frames if not holds_table(frame)]


def add_header_rows(
    frames: Sequence[Frame], text: Glyphs, roles: HeaderRoles, size: float
) -> list[Frame]:
    """Add the header that stands without rulings above the ruled records, each word in its column.

    As text around the table it would be a title, and the columns would have no header.
    """
    outside = take_around(frames, text.take(text.inked))
    return [_add_header_row(frame, text, outside, roles, size) for frame in frames]


def _add_header_row(
    frame: Frame, text: Glyphs, outside: Glyphs, roles: HeaderRoles, size: float
) -> Frame:
    first = _read_cells(frame, (face for face in frame.faces if not face.row), text)
    if frame.open_top or _count_names(first, roles):
        return frame
    box, columns = frame.box, frame.column_edges
    found, most, largest = frame, 0, float("inf")
    for top in _find_lines_above(box, outside, size):
        own = outside.take(outside.inside(Box(box.x0, top, box.x1, box.top)))
        words = [word for line in read_words(tuple(own), size) for word in line.words]
        over = any(word.box.x0 < x < word.box.x1 for word in words for x in columns)
        if over or own.size.max() > largest:
            break  # a title
        largest = min(largest, (1 + _SIZES) * float(own.size.max()))
        row = tuple(Face(0, place, 1, place + 1) for place in range(len(columns) - 1))
        below = (f._replace(row=f.row + 1, row_end=f.row_end + 1) for f in frame.faces)
        whole = replace(frame, row_edges=(top, *frame.row_edges), faces=(*row, *below))
        names = (_read_cells(whole, row, outside), [word.text for word in words])
        count = max(_count_names(own_names, roles) for own_names in names)
        if count > 0 and count >= most:
            found, most = whole, count
    return found


def add_side_columns(
    frames: Sequence[Frame],
    text: Glyphs,
    roles: HeaderRoles,
    size: float,
    previous: Sequence[float],
) -> list[Frame]:
    """Add the column that stands without rulings beside a table, its header beside the others.

    Args:
        previous: The column edges of the table that the page before ended with, in points: it may
            go on without a header.
    """
    own = take_around(frames, text.take(text.inked))
    found: list[Frame] = []
    for number, frame in enumerate(frames):
        abreast = any(
            f is not frame and f.box.top < frame.box.bottom and frame.box.top < f.box.bottom
            for f in frames
        )
        for is_left in () if abreast else (True, False):
            column = _find_side_column(frame, own, is_left, size)
            held = _find_held_edge(frame, () if number else previous, is_left, size)
            if column is not None and (held or _is_headed(frame, column, text, roles)):
                x = column.x0.min() - _PAD * size if is_left else column.x1.max() + _PAD * size
                frame = _add_column(frame, column, held or float(x), is_left)
        found.append(frame)
    return found


def _find_side_column(frame: Frame, text: Glyphs, is_left: bool, size: float) -> Glyphs | None:
    """The glyphs beside a frame, if each stands in one of its rows."""
    box, rows = frame.box, np.array(frame.row_edges)
    beside = (text.x < box.x0) if is_left else (text.x > box.x1)
    column = text.take(beside & (text.y > box.top) & (text.y < box.bottom))
    if not len(column):
        return None
    row, reach = np.searchsorted(rows, column.y), _EDGE * size
    over = (column.top < rows[row - 1] - reach) | (column.bottom > rows[row] + reach)
    return None if over.any() else column


def _find_held_edge(
    frame: Frame, previous: Sequence[float], is_left: bool, size: float
) -> float | None:
    """The outer edge of a side's column on the page before, if the other edges are the same."""
    own = frame.column_edges
    outer = [x for x in previous if (x < own[0] - size if is_left else x > own[-1] + size)]
    same = all(any(abs(x - edge) < _EDGE * size for edge in previous) for x in own)
    return outer[0] if same and len(outer) == 1 else None


def _is_headed(frame: Frame, column: Glyphs, text: Glyphs, roles: HeaderRoles) -> bool:
    """Whether a known header stands above the other texts of a column, as beside it."""
    rows = frame.row_edges
    first, below = column.take(column.y < rows[1]), column.take(column.y > rows[1])
    if len({bisect_right(rows, y) for y in below.y}) < _LEAST_COLUMNS or not len(first):
        return False
    apart = first.x1.max() < below.x0.min() or first.x0.min() > below.x1.max()
    names = _read_cells(frame, (face for face in frame.faces if not face.row), text)
    known = roles.match("".join(first.texts), ENDS_IN_WORD) is not None
    return not apart and known and _count_names(names, roles) > 0


def _add_column(frame: Frame, column: Glyphs, x: float, is_left: bool) -> Frame:
    """The frame with a column at a side: each cell there has one beside it, a heading is wider."""
    last = len(frame.column_edges) - 1
    faces: list[Face] = []
    for face in frame.faces:
        own = face._replace(column=face.column + is_left, column_end=face.column_end + is_left)
        if is_left and not face.column:
            at = 0
        elif not is_left and face.column_end == last:
            at = last
        else:
            faces.append(own)
            continue
        top, bottom = frame.row_edges[face.row], frame.row_edges[face.row_end]
        empty = not ((column.y > top) & (column.y < bottom)).any()
        if empty and not face.column and face.column_end == last:
            faces.append(face._replace(column_end=last + 1))
        else:
            faces += [own, own._replace(column=at, column_end=at + 1)]
    edges = (x, *frame.column_edges) if is_left else (*frame.column_edges, x)
    return replace(frame, column_edges=edges, faces=tuple(sorted(faces, key=lambda f: f[:2])))


def _find_lines_above(box: Box, text: Glyphs, size: float) -> Iterator[float]:
    """Yield the tops of the lines above a box, upwards as far as one header may reach."""
    reach = Box(box.x0, box.top - _MOST_ROWS * _PITCH * size, box.x1, box.top)
    near = text.take(text.inside(reach))
    order = np.argsort(-near.y)
    lines = np.cumsum(-np.diff(near.y[order], prepend=near.y.max(initial=0)) > _SAME_LINE * size)
    last = box.top + size / 2
    for line in range(_MOST_ROWS):
        own = near.take(order[lines == line])
        if not len(own) or last - float(own.y.mean()) > _PITCH * size:
            return
        last = float(own.y.mean())
        yield float(own.top.min())


def _is_followed(
    frame: Frame, frames: Sequence[Frame], levels: Sequence[Segment], text: Glyphs, size: float
) -> bool:
    """Whether records follow right below a frame: if another frame does, only behind a ruling.

    The ruling is as wide as the frame, and ends the records. A page's number or running foot below
    a header at the page's end is no record.
    """
    box = frame.box
    wide = (level.position for level in levels if level.spans((box.x0, box.x1), size))
    ends = sorted(y for y in wide if y > box.bottom + size)
    # A heading over all columns may stand first: the ruling below it is as wide as the frame.
    reach = max([box.bottom, *(y for y in ends if y < box.bottom + _NEAR * size)]) + _NEAR * size
    near = text.take(text.inside(Box(box.x0, box.bottom, box.x1, reach)))
    if len(near) and ends:  # a text in the middle of its cell begins lower than that beside it
        near = text.take(text.inside(Box(box.x0, box.bottom, box.x1, max(reach, ends[0]))))
    columns = {bisect_right(frame.column_edges, x) for x in near.x[near.inked]}
    if len(columns) < _LEAST_COLUMNS or is_page_number("".join(near.texts)):
        return False
    if _is_note(near.take(near.inked), frame.column_edges, size):
        return False
    tops = [f.box.top for f in frames if f.box.top >= box.bottom - size and f is not frame]
    return not tops or any(y < min(tops) - size for y in ends)


def _is_note(text: Glyphs, edges: Sequence[float], size: float) -> bool:
    """Whether a text is one line that runs over the edges of columns: a note below a last row."""
    if float(np.ptp(text.y)) > size:
        return False
    inner = [edge for edge in edges if text.x0.min() < edge < text.x1.max()]
    near = _EDGE * size
    return all(((text.x0 < edge + near) & (text.x1 > edge - near)).any() for edge in inner)


def _read_cells(frame: Frame, faces: Iterable[Face], text: Glyphs) -> list[str]:
    boxes = (frame.box_of(face) for face in faces)
    return ["".join("".join(text.take(text.inside(box)).texts).split()) for box in boxes]


def _count_names(texts: Iterable[str], roles: HeaderRoles) -> int:
    """How many texts are known headers; 0: most are none."""
    known: set[str] = set()
    others = 0
    for own in texts:
        match = roles.match(own, ENDS_IN_WORD) if own else None
        if roles.is_prose(own):
            return 0
        if match is not None:
            known.add(match.role)
        else:
            others += bool(own)
    return len(known) if len(known) >= max(_LEAST_ROLES, others) else 0
