"""Drop what stands below a table that no ruling ends: notes, prose, 以上, facts about the next."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.extract.tables.borderless.bare_numbers import is_next_number
from pipeline.extract.tables.borderless.gutters import MAX_OVERLAP
from pipeline.extract.tables.borderless.inferred_rulings import find_crossed_edges
from pipeline.extract.tables.borderless.regions import Region
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.vocabulary.line_marks import begins_note, closes_document, ends_sentence

_MIN_NOTE_DISTANCE = 0.9  # em; judgement: a lone line so far below the table is a note
_SAME_GAP = 0.25  # em; judgement: the gaps between the lines of a text differ by less


def drop_notes(
    body: Sequence[TextLine], edges: Sequence[float], heights: Sequence[float], size: float
) -> list[TextLine]:
    """Drop the lines at the end that are a note below the table, or close the document (以上)."""
    kept = list(body)
    if is_next_number(kept[-1], kept[:-1]):
        return kept
    while len(kept) > 1 and closes_document(kept[-1].text):
        kept.pop()
    closing = heights[-1] if heights else None
    if closing is None or closing < body[0].top:
        kept = _drop_marked_note(kept, edges, size)
    if closing is not None:
        beyond = [line for line in kept if line.middle > closing]
        noted = bool(beyond) and begins_note(beyond[0].text) and not _is_row(beyond[0], edges, size)
        if noted or len({c for line in beyond for c in line.find_columns(edges)}) < 2:
            kept = [line for line in kept if line.middle <= closing]
        return _drop_prose(kept, edges, size) if beyond else kept
    # Behind the first column, where notes begin, lines that are set wide go on with a text.
    inside = [1 not in line.find_columns(edges) for line in kept]
    gaps = [below.top - above.bottom for above, below in pairwise(kept)]
    leading = min(
        (gap for gap, goes_on in zip(gaps[:-1], inside[1:], strict=False) if goes_on), default=0.0
    )
    farthest = max(_MIN_NOTE_DISTANCE, leading / size + _SAME_GAP) * size
    while len(kept) > 1 and len(kept[-1].find_columns(edges)) == 1:
        at = len(kept) - 1
        even = at > 1 and gaps[at - 1] <= gaps[at - 2] + _SAME_GAP * size
        if gaps[at - 1] <= (farthest if inside[at] else _MIN_NOTE_DISTANCE * size):
            break
        if even and not inside[at] and _is_open(kept[at - 1], edges[1]):
            break
        kept.pop()
    return kept


def _is_open(line: TextLine, right: float) -> bool:
    """Whether the sentence of a line in the first column, which ends at some x, goes on."""
    own = [word for word in line.words if word.box.x1 <= right]
    return bool(own) and not ends_sentence(own[-1].text)


def _drop_marked_note(
    body: Sequence[TextLine], edges: Sequence[float], size: float
) -> list[TextLine]:
    """Drop a note (※１ …) that begins before the texts of the table, where no ruling ends it."""
    for place in range(len(body) - 1, 0, -1):
        line = body[place]
        if begins_note(line.text):
            return [*body[:place]] if is_marked_note(line, body[:place], size) else [*body]
        if len(line.find_columns(edges)) > 1:
            break
    return [*body]


def is_marked_note(line: TextLine, above: Sequence[TextLine], size: float) -> bool:
    """Whether a line is a note (※１ …) that begins before the texts of the table above it."""
    if not above or not begins_note(line.text):
        return False
    before = line.words[0].box.x0 < min(one.words[0].box.x0 for one in above) - MAX_OVERLAP * size
    return before and line.top - above[-1].bottom > _MIN_NOTE_DISTANCE * size


def _drop_prose(body: Sequence[TextLine], edges: Sequence[float], size: float) -> list[TextLine]:
    """Drop prose at the end, whose lines run over the edges of columns.

    It stands between the table and the upper ruling of another one of its width.
    """
    kept = list(body)
    while kept and find_crossed_edges(kept[-1], edges, size):
        kept.pop()
    return kept


def end_above_facts(region: Region, size: float) -> Region:
    """End a table above the caption of the next one, if facts about that follow (日時 | 場所).

    A caption is nearer to what it heads, the text of a row in the middle between its rulings. All
    rows above it have a text in the last column, and no row below it has.
    """
    rows = [
        (top, bottom, own)
        for top, bottom in pairwise(region.levels)
        if (own := [line for line in region.body if top < line.middle < bottom])
    ]
    filled = [any(line.runs[-1][1] > region.edges[-2] for line in own) for *_, own in rows]
    for place, (top, bottom, own) in enumerate(rows):
        line, alone = own[0], len(own) == len(own[0].words) == 1
        is_low = line.top - top > bottom - line.bottom + size / 2
        below = filled[place + 1 :]
        if alone and is_low and place and all(filled[:place]) and below and not any(below):
            levels = tuple(y for y in region.levels if y <= top)
            body = tuple(own for own in region.body if own.middle < top)
            return replace(region, levels=levels, body=body)
    return region


def _is_row(line: TextLine, edges: Sequence[float], size: float) -> bool:
    """Whether a line is of a row: it runs over no edge, and has texts in several columns, or one
    behind the first column, where notes begin.

    A row may begin with ※, too: below the last ground of a table with zebra stripes, or where no
    ruling ends the last row.
    """
    columns = line.find_columns(edges)
    return (len(columns) > 1 or 1 not in columns) and not find_crossed_edges(line, edges, size)


def is_closed_row(body: Sequence[TextLine], heights: Sequence[float], size: float) -> bool:
    """Whether the last lines of a table stand between its last two rulings as others do.

    They may reach over all columns: an answer to the comments above it.
    """
    rows = [
        (own[0].top - top, bottom - own[-1].bottom)
        for top, bottom in pairwise(heights)
        if (own := [line for line in body if top < line.middle < bottom])
    ]
    if len(rows) < 2 or not heights[-2] < body[-1].middle < heights[-1]:
        return False
    *others, last = rows
    return all(
        room < max(own) + size for room, own in zip(last, zip(*others, strict=True), strict=True)
    )
