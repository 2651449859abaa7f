"""Find frames around words (囲み線) among the strokes of a page."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.marks.placed import PlacedMark
from pipeline.extract.marks.type_rows import TypeRows
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, MarkKind

NEXT_CELL = 0.8
"""Em between two cells' own borders; judgement: two framed words have a space between them."""
_MIN_HEIGHT, _MAX_HEIGHT = 0.8, 2.2  # em; judgement: a frame holds one line of type
CORNER = 0.15
"""Em that the sides of a frame miss each other; judgement: half a thick pen."""
# Em between two strokes of one line; judgement: programs leave none, the margins of cells more.
_JOINT = 0.05
_CENTRED = 0.25  # em between the middles of type and its frame; judgement: less than to a strike
_CLEARANCE = 0.4  # em between a word and its frame; judgement: programs leave up to 4 points
# em from the top of one piece of a frame to the top of the next; judgement: the widest pitch of
# lines that are one text.
_PITCH = 3.0


class WordFrame(Struct, frozen=True):
    """A frame around words, or the piece of one on one line."""

    mark: PlacedMark
    sides: tuple[Segment, ...]
    """The strokes that it was drawn with, in both directions."""


class _Piece(Struct, frozen=True):
    """A top and a bottom of the same length close around one line of type."""

    box: Box
    y: float
    levels: tuple[Segment, ...]
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    def goes_on(self, other: "_Piece", size: float) -> bool:
        """Whether a frame runs on from this piece to another one on the line below."""
        down = other.box.top - self.box.top
        differ = abs(self.box.height - other.box.height)
        is_next = self.box.height / 2 < down < _PITCH * size and differ <= CORNER * size
        return is_next and not self.right and not other.left


def find_word_frames(strokes: Rulings, rows: TypeRows, size: float) -> Iterator[WordFrame]:
    """Find the frames that stand by themselves close around one line of type.

    A frame that runs on over line ends has one side on its first and on its last line, and none
    between them.

    Args:
        strokes: As drawn. Those of a cell go on in the cells beside it.
    """
    short = sorted(
        (v for v in strokes.vertical if _MIN_HEIGHT <= (v.end - v.start) / size <= _MAX_HEIGHT),
        key=_start,
    )
    if not short:  # as on nearly every page
        return
    pieces = list(_find_pieces(strokes, short, rows, size))
    found = [piece for piece in pieces if piece.left or piece.right]
    rest = [piece for piece in pieces if not piece.left and not piece.right]
    for piece in found:  # grows while it is read: a frame may have many lines
        near = [p for p in rest if piece.goes_on(p, size) or p.goes_on(piece, size)]
        found += near
        rest = [p for p in rest if p not in near]
    for piece in found:
        mark = PlacedMark(MarkKind.BOX, piece.box.x0, piece.box.x1, piece.y)
        yield WordFrame(mark, (*piece.levels, *piece.left, *piece.right))


def _find_pieces(
    strokes: Rulings, short: Sequence[Segment], rows: TypeRows, size: float
) -> Iterator[_Piece]:
    """Find what may be frames, or pieces of them; `short` from top to bottom."""
    pairs = list(_pair_levels(strokes.horizontal, size))
    boxes = [Box(top.start, top.position, top.end, end.position) for (top, _), (end, _) in pairs]
    for box, ((_, above), (_, below)) in zip(boxes, pairs, strict=True):
        level = _list_level(short, box, size)
        y = None if _is_parted(box, level, size) else _find_row(box, rows, size)
        if y is None:
            continue
        beside = (other for other in boxes if _is_next_cell(box, other, size))
        if all(_is_ruled_off(box, x, strokes.vertical, size) for x in beside):
            left, right = (
                tuple(v for v in level if _closes(v, x, box, size)) for x in (box.x0, box.x1)
            )
            if not any(_is_side_of_cells(side, strokes.vertical, size) for side in (*left, *right)):
                yield _Piece(box, y, (*above, *below), left, right)


_Level = tuple[Segment, tuple[Segment, ...]]
"""A horizontal line, and the strokes that it was drawn with."""


def _pair_levels(strokes: Sequence[Segment], size: float) -> Iterator[tuple[_Level, _Level]]:
    """Yield two lines of the same length that stand one line of type apart."""
    joined = _join_ends(strokes, size)
    long = [level for level in joined if level[0].end - level[0].start >= _MIN_HEIGHT * size]
    levels = sorted(long, key=lambda level: level[0].position)
    for place, level in enumerate(levels):
        top = level[0]
        for other in levels[place + 1 :]:
            bottom = other[0]
            height = (bottom.position - top.position) / size
            if height > _MAX_HEIGHT:
                break
            ends = max(abs(top.start - bottom.start), abs(top.end - bottom.end))
            if height >= _MIN_HEIGHT and ends <= CORNER * size:
                yield level, other


def _join_ends(strokes: Sequence[Segment], size: float) -> list[_Level]:
    """Join the strokes that begin where another one ends: a frame is drawn in several pieces.

    Strokes over each other are one: two cells draw the border between them once each.
    """
    reach = CORNER * size
    same: dict[tuple[int, int, int], list[Segment]] = defaultdict(list)
    for s in sorted(strokes, key=lambda s: s.start):
        same[round(s.position / reach), round(s.start / reach), round(s.end / reach)].append(s)
    joined: list[_Level] = []
    by_end: dict[tuple[int, int], int] = {}
    for (row, start, end), pieces in same.items():
        near = [(row + r, start + c) for r in (0, -1, 1) for c in (0, -1, 1)]
        ends = (key for key in near if key in by_end)
        # In the next cell another line may begin a margin behind the frame.
        met = next((key for key in ends if _meet(joined[by_end[key]][0], pieces[0], size)), None)
        place = None if met is None else by_end.pop(met)
        if place is None:
            place = len(joined)
            joined.append((pieces[0], tuple(pieces)))
        else:
            line, before = joined[place]
            joined[place] = replace(line, end=pieces[0].end), (*before, *pieces)
        by_end[row, end] = place
    return joined


def _meet(before: Segment, after: Segment, size: float) -> bool:
    """Whether a stroke begins where another one ends, or a pen's width before."""
    between = (after.start - before.end) / size
    level = abs(after.position - before.position) <= _JOINT * size
    return level and -CORNER <= between <= _JOINT


def _closes(side: Segment, x: float, box: Box, size: float) -> bool:
    """Whether a vertical stroke is the side of a box at x."""
    ends = max(abs(side.start - box.top), abs(side.end - box.bottom))
    return max(ends, abs(side.position - x)) <= CORNER * size


def _is_side_of_cells(side: Segment, verticals: Sequence[Segment], size: float) -> bool:
    """Whether a side goes on above or below, longer than any frame: it is one of cells."""
    return any(
        abs(v.position - side.position) <= _JOINT * size
        and v.end - v.start > _MAX_HEIGHT * size
        and min(abs(v.start - side.end), abs(side.start - v.end)) <= _JOINT * size
        for v in verticals
    )


def _list_level(short: Sequence[Segment], box: Box, size: float) -> Sequence[Segment]:
    """The vertical strokes that may reach from the top of a box to its foot, out of sorted ones.

    None is higher than a frame: those that begin far above the box end there.
    """
    least, most = box.bottom - (_MAX_HEIGHT + 2 * CORNER) * size, box.top + CORNER * size
    first, end = bisect_left(short, least, key=_start), bisect_right(short, most, key=_start)
    return short[first:end]


def _is_parted(box: Box, verticals: Sequence[Segment], size: float) -> bool:
    """Whether vertical strokes part a box into cells."""
    reach = CORNER * size
    return any(
        box.x0 + reach < v.position < box.x1 - reach
        and v.start <= box.top + reach
        and v.end >= box.bottom - reach
        for v in verticals
    )


def _start(stroke: Segment) -> float:
    return stroke.start


def _find_row(frame: Box, rows: TypeRows, size: float) -> float | None:
    """Find the middle of the type that a frame is close around; None: there is none."""
    inside = rows.find_between(frame, margin=_CLEARANCE, spread=True)
    if len(inside) == 1 and abs(inside[0].y - frame.center[1]) < _CENTRED * size:
        return inside[0].y
    return None


def _is_next_cell(box: Box, other: Box, size: float) -> bool:
    """Whether another box of the same height stands right beside a box: cells with own borders."""
    level = max(abs(box.top - other.top), abs(box.bottom - other.bottom)) <= CORNER * size
    gap = max(other.x0 - box.x1, box.x0 - other.x1)
    return level and 0 < gap <= NEXT_CELL * size


def _is_ruled_off(box: Box, other: Box, verticals: Sequence[Segment], size: float) -> bool:
    """Whether a ruling of its own stands between two boxes: they are in cells, and are none.

    In a cell without margins it stands right at the box, and tells itself from the side of the box
    by its length.
    """
    reach, y = CORNER * size, box.center[1]
    left, right = min(box.x1, other.x1), max(box.x0, other.x0)
    for v in verticals:
        is_longer = v.start <= box.top - reach and v.end >= box.bottom + reach
        away = -reach if is_longer else reach
        if v.start <= y <= v.end and left + away < v.position < right - away:
            return True
    return False
