"""Tell gaps that a program set between rows from lines that an author left blank."""

from collections.abc import Sequence
from statistics import fmean

from pipeline.model import TableRow
from pipeline.segment.rows.shared_cells import SAME_LINE
from pipeline.segment.rows.vertical_gaps import LEAST_EVEN, Gap
from pipeline.vocabulary.heading_forms import read_form

_ALIKE = 0.3  # em; judgement: the gaps between the rows of one table differ by less
# Line pitches; judgement: blank lines are whole pitches, but for a font higher than its text.
_BLANK = 0.1
_LEAST_UNLIKE = 3  # rows; judgement: an author may align two by blank lines
_CHAPTERS = ("編", "部", "章")


def is_blank_line(gap: Gap, leading: float) -> bool:
    """Whether a gap is a number of lines high."""
    blank_lines = (gap.height - leading) / (gap.size + leading)
    return round(blank_lines) > 0 and abs(blank_lines - round(blank_lines)) <= _BLANK


def leave_out_blank_lines(gaps: list[Gap], leading: float) -> list[Gap]:
    """Leave out the gaps of blank lines, if all others are those between rows."""
    others = [gap for gap in gaps if not is_blank_line(gap, leading)]
    parts = len(others) >= LEAST_EVEN and are_rows(others, leading)
    return others if parts else gaps


def are_rows(gaps: Sequence[Gap], leading: float) -> bool:
    """Whether a program set the gaps between rows: all alike, and not a number of lines high."""
    extras = [gap.height - leading for gap in gaps]
    if not extras or max(extras) - min(extras) > _ALIKE * gaps[0].size:
        return False
    pitch = gaps[0].size + leading
    blank_lines = fmean(extras) / pitch
    return round(blank_lines) == 0 or abs(blank_lines - round(blank_lines)) > _BLANK


def leaves_blank_lines(
    gaps: Sequence[Gap], across: Sequence[Gap], beside: Sequence[Gap], most: float
) -> bool:
    """Whether a text has a gap between rows where another goes on: its author left a line blank.

    A blank line may be lower than those of the text, as its paragraph may be in another font.

    Args:
        gaps: Those that may part rows.
        across: All that run across the columns.
        beside: Those of each column.
        most: A wider space is none between two lines of a text, in points.
    """
    return any(
        abs(own.height - gap.height) <= _ALIKE * gap.size
        for own in beside
        if own.height > most and not any(own.top <= gap.middle <= own.bottom for gap in across)
        for gap in gaps
    )


def are_aligned(rows: Sequence[TableRow], parted: bool = False) -> bool:
    """Whether all pieces of a row begin at one height, below enough that end at several heights.

    Once one of two texts is longer, blank lines of their author stand at different heights.

    Args:
        parted: Gaps part other records of the table.
    """
    least = 0 if parted else 1 if _begin_chapters(rows) else _LEAST_UNLIKE
    unlike = 0
    for row in rows:
        cells = [field.lines for field in row.fields if field.lines]
        near = SAME_LINE * cells[0][0].size
        tops, ends = [lines[0].top for lines in cells], [lines[-1].bottom for lines in cells]
        if max(tops) - min(tops) > near:
            return False
        unlike += row is not rows[-1] and max(ends) - min(ends) > near
    return unlike >= least


def _begin_chapters(rows: Sequence[TableRow]) -> bool:
    """Whether each text begins as a chapter of a plan does; articles may be parts of one record."""
    first = (field.lines[0].text for row in rows for field in row.fields if field.lines)
    return all(read_form(text).kind in _CHAPTERS for text in first)
