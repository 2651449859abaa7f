"""Find headers whose cells are ruled while the records below them are not."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.frames import Frame
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Box
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD
from pipeline.vocabulary.line_marks import is_page_number

_MOST_ROWS = 3  # judgement: a header has no more rows
_LEAST_ROLES = 2  # known headers; judgement: one may be a word of a small table
_LEAST_COLUMNS = 2  # judgement: a record fills more than one
_NEAR = 4.0  # em; judgement: the first record below a header is nearer
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
            and _names_columns(frame, text, roles)
        )
    ]


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


def _names_columns(frame: Frame, text: Glyphs, roles: HeaderRoles) -> bool:
    """Whether most cells of a frame hold known headers."""
    known: set[str] = set()
    others = 0
    for face in frame.faces:
        inside = text.inside(frame.box_of(face))
        own = "".join("".join(text.take(inside).texts).split())
        match = roles.match(own, ENDS_IN_WORD) if own else None
        if roles.is_prose(own):
            return False
        if match is not None:
            known.add(match.role)
        else:
            others += bool(own)
    return len(known) >= max(_LEAST_ROLES, others)
