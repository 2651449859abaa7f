"""The evidence of tags: an author's break parts two elements of a tagged PDF's structure.

Browsers make an element of each text between two line breaks, word processors of each paragraph.
Others tag each line, or a whole cell with all its breaks. So what the tags say is learnt from the
annex.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log

from pipeline.normalize.candidates import Candidate, ColumnKey
from pipeline.normalize.line_widths import Fit
from pipeline.normalize.log_odds import SETTLED

# Line ends that part two elements, and others, before the annex says more. Pseudo-counts;
# judgement: a program does one or the other with nearly all its line ends.
_START = 0.2
# Line ends that those of all columns count for in one of them; judgement: a few show that a
# column's breaks are in one element (a text pasted with its line breaks).
_ALL_COLUMNS = 3.0
_MOST = 6.0  # log-odds; judgement: no tag is surer than a blank line


def weigh_elements(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[float]:
    """Weigh whether each line end parts two structure elements.

    Returns:
        Log-odds that the author made the break, for each candidate; 0 where nothing is tagged.
    """
    shared = [candidate.before.shares_element(candidate.after) for candidate in candidates]
    if all(one is None for one in shared):
        return [0.0] * len(shared)
    layouts = {True: _START, False: _START}
    authors = {True: _START, False: _START}
    columns: dict[ColumnKey, dict[bool, float]] = defaultdict(lambda: {True: 0.0, False: 0.0})
    for candidate, fit, one in zip(candidates, fits, shared, strict=True):
        if one is None:
            continue
        if candidate.surely_wrapped:
            layouts[one] += fit.slack <= 0
        elif fit.odds >= SETTLED:
            authors[one] += 1
            columns[candidate.column][one] += 1

    def weigh(column: ColumnKey, one: bool) -> float:
        own, usual = columns[column], authors[one] / sum(authors.values())
        of_author = (own[one] + _ALL_COLUMNS * usual) / (sum(own.values()) + _ALL_COLUMNS)
        odds = log(of_author) - log(layouts[one] / sum(layouts.values()))
        return max(-_MOST, min(_MOST, odds))

    return [
        0.0 if one is None else weigh(candidate.column, one)
        for candidate, one in zip(candidates, shared, strict=True)
    ]
