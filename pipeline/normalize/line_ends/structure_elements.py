"""The evidence of tags: an author's break parts two elements of a tagged PDF's structure.

Browsers make an element of each text between two line breaks, word processors of each paragraph.
Others tag each line, or a whole cell with all its breaks. So what the tags say is learnt from the
annex: also how far apart the numbers of two elements are. Chromium numbers them in order and gives
a <br> one of its own, but none to the wrap before an underlined word.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from pipeline.normalize.line_ends.candidates import Candidate, ColumnKey
from pipeline.normalize.line_ends.line_widths import Fit
from pipeline.normalize.line_ends.odds_of_many import SETTLED

# Line ends that part two elements, and others, before the annex says more. Pseudo-counts;
# judgement: a program does one or the other with nearly all its line ends.
_START = 0.2
# Line ends that those of all columns count for in one of them; judgement: a few show that a
# column's breaks are in one element (a text pasted with its line breaks).
_ALL_COLUMNS = 3.0
_MOST = 6.0  # log-odds; judgement: no tag is surer than a blank line
_APART = 2  # numbers; judgement: another element stands between, and it does not matter how many


def weigh_elements(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[float]:
    """Weigh whether each line end parts two structure elements; 0 where nothing is tagged."""
    steps = [_count_steps(candidate) for candidate in candidates]
    if all(one is None for one in steps):
        return [0.0] * len(steps)
    layouts = dict.fromkeys(range(_APART + 1), _START)
    authors = dict(layouts)
    columns: dict[ColumnKey, Counter[bool]] = defaultdict(Counter)
    for candidate, fit, one in zip(candidates, fits, steps, strict=True):
        if one is None:
            continue
        if candidate.surely_wrapped:
            layouts[one] += fit.slack <= 0
        elif fit.odds >= SETTLED:
            authors[one] += 1
            columns[candidate.column][one > 0] += 1
    parted = sum(authors.values()) - authors[0]

    def weigh(column: ColumnKey, one: int) -> float:
        """A column tells how often its breaks part elements; by which step, all of them do."""
        own, alike = columns[column], parted if one else authors[0]
        usual = _ALL_COLUMNS * alike / sum(authors.values())
        of_author = (own[one > 0] + usual) / (own.total() + _ALL_COLUMNS) * authors[one] / alike
        odds = log(of_author) - log(layouts[one] / sum(layouts.values()))
        return max(-_MOST, min(_MOST, odds))

    return [
        0.0 if one is None else weigh(candidate.column, one)
        for candidate, one in zip(candidates, steps, strict=True)
    ]


def _count_steps(candidate: Candidate) -> int | None:
    """How many elements the next line begins behind the one that the line ends in.

    None: one of the two is in none. `_APART` also stands for elements in another order.
    """
    before, after = candidate.before.elements[1], candidate.after.elements[0]
    if not (before and after):
        return None
    return min(after - before, _APART) if after >= before else _APART
