"""Weigh whether a row that is first on its page is another answer to the comment before.

Its number and its comment are merged over both answers. The row may as well be the rest of the
record before, which the page's end cut.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from pipeline.model import Field, TableRow
from pipeline.segment.rows.cut_texts import is_cut_off
from pipeline.segment.rows.page_break import MUCH_ROOM, RECENT, holds_one_line, weigh_texts
from pipeline.segment.rows.room_at_break import find_pitch
from pipeline.segment.rows.row_labels import is_whole_elsewhere, weigh_empty
from pipeline.segment.rows.shared_cells import share_cell
from pipeline.vocabulary.line_marks import ends_sentence
from pipeline.vocabulary.punctuation import opens_bracket

_SURE = -4.0  # log-odds; judgement: a cell with room below its text was not cut
_DOUBTFUL = -1.0  # log-odds; judgement: whose comment it is stays open
_COMMAS = ("、", "，")
_LABEL_LINES = 3  # lines; judgement: the name of a division has no more
_ROOM = 2.0  # lines; judgement: programs keep two lines of a paragraph together


def weigh_second_answer(
    rows: Sequence[TableRow],
    piece: Sequence[TableRow],
    number: int | None,
    category: int | None,
    texts: Collection[int],
    room: float,
) -> float | None:
    """Weigh whether the first row of a page goes on with the record before or answers it again.

    Args:
        piece: The rows after the page's end; the first is in question.
        room: Lines left free below the piece before.

    Returns:
        Log-odds (natural logarithm) that it goes on; None where nothing speaks for an answer.
    """
    above, below = rows[-1], piece[0]
    pairs = list(zip(above.fields, below.fields, strict=True))
    # In the middle of a cell that the page's end cuts, the number may stand on either page.
    if number is None or sum(bool(field.lines) for field in pairs[number]) != 1:
        return None
    both = [i for i in above.filled if below.fields[i].lines]
    shared = [i for i in {*above.filled, number} if i not in both]
    if not both:
        return None
    running = [pairs[i] for i in both if i in texts]
    cut = [is_cut_off(upper, lower.lines[0]) for upper, lower in running]
    # One comment may go on beside two answers; an answer goes on alone.
    if any(_goes_on(*pairs[i]) for i in both) or (len(cut) > 1 and all(cut)):
        return None
    # No program prints the label of a division again for the rest of its answer.
    same = [i for i in both if pairs[i][0].text == pairs[i][1].text]
    repeated = [i for i in same if i not in (*texts, category)]
    if repeated and any(i in texts for i in shared):
        return _DOUBTFUL
    labels = [i for i in both if i not in texts]
    neighbours = [*pairwise(rows[-RECENT:]), *pairwise(piece)]
    if len(labels) == len(both) and not any(share_cell(p, i) for p in neighbours for i in texts):
        return None  # a label of two lines: no other row has a label and nothing else of its own
    if any(_is_other_label(rows, i, *pairs[i]) for i in labels):
        # A comment on both pages goes on if its line is cut; else it may be another one.
        return _SURE if any(cut) or shared != [number] else _DOUBTFUL
    return _weigh_shared_number(rows, piece, number, both, shared, room)


def _goes_on(upper: Field, lower: Field) -> bool:
    """Whether a page's end parts a sentence, or a text in brackets."""
    return upper.lines[-1].text.endswith(_COMMAS) or opens_bracket(upper.text, lower.text)


def _weigh_shared_number(
    rows: Sequence[TableRow],
    piece: Sequence[TableRow],
    number: int,
    both: Sequence[int],
    shared: Sequence[int],
    room: float,
) -> float | None:
    """Weigh the texts of the first row of a page, in a table whose records share numbers.

    Most tables have one answer for each comment: only one that has not says otherwise. `both` are
    the columns with text on both sides of the page's end, `shared` those with text before it only.
    """
    neighbours = [*pairwise(rows[-RECENT:]), *pairwise(piece[:2])]
    alike = [pair for pair in neighbours if share_cell(pair, number)]
    # A comment beside both answers goes on in any case.
    beside = [i for i in both if share_cell(rows[-2:], i) or share_cell(piece[:2], i)]
    # Only what differs between the rows of other numbers can begin another row of this one.
    weighed = [
        i for i in both if i not in beside and not all(share_cell(pair, i) for pair in alike)
    ]
    if not weighed or (shared == [number] and not beside):
        return None
    if room > MUCH_ROOM and all(ends_sentence(rows[-1].fields[i].lines[-1].text) for i in weighed):
        return _SURE
    # Another answer has labels of its own where later answers to one comment have theirs.
    own = [
        i
        for i in shared
        if any(later.fields[i].lines and not share_cell((row, later), i) for row, later in alike)
    ]
    missing = sum(weigh_empty((*rows[-RECENT:-1], *piece[1:]), i) for i in own)
    return missing + sum(sum(weigh_texts(rows, i, piece[0].fields[i])) for i in weighed)


def _is_other_label(rows: Sequence[TableRow], column: int, upper: Field, lower: Field) -> bool:
    """Whether a cell below a page's end holds another label than the one above, which is whole.

    A category that is merged over records may be printed again on the next page. A reason that the
    page cut ends in a sentence, as no label does.
    """
    joined = is_whole_elsewhere(rows, column, upper.text + lower.text)
    if joined or upper.text == lower.text or ends_sentence(lower.lines[-1].text):
        return False
    if holds_one_line(rows[-RECENT:], column, lower):
        return True
    pitch = find_pitch([field.parts[-1].lines for field in rows[-1].fields if field.parts])
    return _is_whole_label(upper, lower, pitch)


def _is_whole_label(upper: Field, lower: Field, pitch: float) -> bool:
    """Whether a short cell before the page's end has room left below its text: it is not cut.

    `pitch`: from line to line of its row, in points.
    """
    lines = upper.parts[-1].lines
    if max(len(upper.lines), len(lower.lines)) > _LABEL_LINES or not lines:
        return False
    box, height = upper.parts[-1].box, lines[0].bottom - lines[0].top
    room = box.bottom - lines[-1].bottom
    return lines[0].top - box.top < height and room > _ROOM * max(pitch, height)
