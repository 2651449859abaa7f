"""The evidence of a number's column: its lines are pieces of one number where only both are one."""

import re
from collections.abc import Sequence

from pipeline.model import Role, Segmented
from pipeline.normalize.candidates import Candidate
from pipeline.vocabulary.folding import fold

_NUMBER = re.compile(r"\D{0,4}\d+(?:[-‐–.]\d+)*\D?")
# Log-odds; judgement: nobody ends a line inside 意見１, but a cell may hold a word above a number.
_INSIDE = -4.0


def weigh_numbers(segmented: Segmented, candidates: Sequence[Candidate]) -> list[float]:
    """Weigh the line ends in columns of numbers: 意見 | 1 is a number that its column broke.

    Args:
        segmented: The annex.
        candidates: Its line ends.

    Returns:
        The log-odds for each one that its author made the break.
    """
    numbers = [
        {index for index, column in enumerate(table.columns) if column.role == Role.NUMBER}
        for table in segmented.tables
    ]
    return [
        _INSIDE if c.field[2] in numbers[c.field[0]] and _is_inside(c) else 0.0 for c in candidates
    ]


def _is_inside(candidate: Candidate) -> bool:
    """Whether two lines are a number, and none of them is one alone, but the last digits."""
    before, after = fold(candidate.before.text), fold(candidate.after.text)
    return bool(_NUMBER.fullmatch(before + after)) and not _NUMBER.fullmatch(before)
