"""Read the rest of a card that a page's end cut where its labels stand above their values.

A row over the whole width has no upright ruling inside. Where only such rows are left of a card on
the next page, they are no grid there: their texts stand outside of any.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from pipeline.model import Box, Cell, Field, FieldPart, Line, Role, remove_white_space
from pipeline.segment.shapes.label_piece import LabelPiece
from pipeline.segment.shapes.labelled import Labelled
from pipeline.segment.shapes.section_lines import RunningLines
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.record_labels import read_cell_label

_SAME_EDGE = 0.05  # em; judgement: programs are within rounding, and padding is more
_CERTAINTY = 0.8  # probability; judgement: no ruling shows that the texts are of the card


def read_cut_card(
    lines: Sequence[Line],
    running: RunningLines,
    before: LabelPiece,
    labels: Collection[str],
    roles: HeaderRoles,
) -> tuple[list[Labelled], list[Line]]:
    """Read the lines at the top of a page that go on with a card.

    Args:
        lines: Those outside grids above the first grid of the page, from top to bottom.
        running: The texts that stand in one place on several pages.
        before: The last piece on the page before; its pending labels are taken.
        labels: The labels of the cards so far.

    Returns:
        The values, and the lines that they take; none where the lines are other text.
    """
    first = (cell for cell in before.grid.cells if cell.column == 0)
    inside = [line.x0 for cell in first for line in cell.lines]
    if not before.above or not inside:
        return [], []
    left, right = min(inside), before.grid.box.x1
    body = [
        line
        for line in lines
        # A value may look like a page's number (93頁); it begins where the others do.
        if running.remove_from([line]) or abs(line.x0 - left) < _SAME_EDGE * line.size
    ]
    own = list(
        takewhile(lambda line: left - line.x0 < _SAME_EDGE * line.size and line.x1 <= right, body)
    )
    padded = any(left - before.grid.box.x0 > _SAME_EDGE * line.size for line in own[:1])
    named = bool(before.pending) or any(remove_white_space(line.text) in labels for line in own)
    if not own or not (padded or named) or len(before.pending) > 1:
        return [], []
    pending, before.pending = before.pending, ()
    return list(_read_values(own, next(iter(pending), None), labels, roles, before.grid.box)), own


def _read_values(
    lines: Sequence[Line],
    pending: Cell | None,
    labels: Collection[str],
    roles: HeaderRoles,
    box: Box,
) -> Iterator[Labelled]:
    """Read lines as values below labels; the first ones may go on with a value before."""
    label = read_cell_label(pending.text, roles) if pending is not None else None
    label_lines = pending.lines if pending is not None else ()
    value: list[Line] = []
    for line in (*lines, None):
        text = remove_white_space(line.text) if line is not None else ""
        graded = label is not None and label.role == Role.DISPOSITION and not value
        if line is not None and (text not in labels or (graded and len(text) == 1)):
            value.append(line)
            continue
        if value or label is not None:
            yield Labelled(
                label, _place(value, box), label_lines, opens_page=True, certainty=_CERTAINTY
            )
        if line is not None:
            label, label_lines, value = read_cell_label(text, roles), (line,), []


def _place(lines: Sequence[Line], box: Box) -> Field:
    """The field of some lines of a page, as wide as the card."""
    if not lines:
        return Field(())
    place = Box(box.x0, lines[0].top, box.x1, lines[-1].bottom)
    return Field((FieldPart(lines[0].page, place, tuple(lines)),))
