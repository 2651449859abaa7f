"""Tell by a field's last line, which is full, whether a page's end cuts its text."""

import re
from collections.abc import Sequence
from math import log

from pipeline.model import Field, Line, TableRow
from pipeline.segment.rows.row_labels import left_padding
from pipeline.vocabulary.line_marks import ends_sentence
from pipeline.vocabulary.punctuation import FULL_LINE

# Log-odds; judgement: full and without a sentence's end; one last line of a cell in 30 looks so.
_CUT_LINE = 3.5
_FEW = 3  # cells; judgement: so many without a sentence's end show that the column holds names
_LATIN = re.compile(r"[（(「『]?[!-~]+")  # with the bracket that no line ends with


def weigh_full_line(rows: Sequence[TableRow], column: int) -> float:
    """Weigh the full last line of the last row's field, which no sentence ends.

    Where no cell ends in a sentence, a narrow column's line is full by chance: the more often, the
    fewer characters it holds.

    Returns:
        Log-odds (natural logarithm) that the text goes on behind the page's end.
    """
    *others, last = (row.fields[column] for row in rows)
    ends = [ends_sentence(field.lines[-1].text) for field in others if field.lines]
    if len(ends) < _FEW or any(ends):
        return _CUT_LINE
    part, line, margin = last.parts[-1], last.lines[-1], _find_right_margin(last)
    width = (margin - part.box.x0 - left_padding(part)) / line.size
    looks_full = FULL_LINE if margin - line.x1 >= line.size else 1.0
    return min(_CUT_LINE, log(max(1.0, width / looks_full)))


def is_cut_off(field: Field, below: Line | None = None) -> bool:
    """Whether a field's last line is full and its sentence goes on.

    Args:
        field: The piece before a page's end.
        below: The line that would continue it. Programs move a URL to the next line as a whole, so
            a longer first word allows more room.
    """
    if not field.parts[-1].lines:
        return False
    last = field.lines[-1]
    room = FULL_LINE * last.size
    word = _LATIN.match(below.text) if below is not None else None
    if below is not None and word is not None:
        room = max(room, below.edges[word.end()] - below.x0)
    return _find_right_margin(field) - last.x1 < room and not ends_sentence(last.text)


def _find_right_margin(field: Field) -> float:
    """The x where full lines of a field end: its right padding is taken to equal its left one."""
    return field.parts[-1].box.x1 - left_padding(field.parts[-1])
