"""Tell whether the lines of a column are centred in their cells, and how far from their sides."""

from collections.abc import Iterable, Sequence
from statistics import median, pstdev

from pipeline.model import Line
from pipeline.normalize.line_ends.candidates import Candidate
from pipeline.normalize.line_ends.slack_odds import NARROW
from pipeline.vocabulary.punctuation import OPENING

_SCATTERED = 0.1  # em; judgement: left edges of left-aligned lines deviate by less


def is_centered(fields: Sequence[Sequence[Line]]) -> bool:
    """Whether lines of one cell share their middle more closely than their left edge."""
    blocks = [field for field in fields if len(field) > 1]
    if not blocks:
        return False
    size = median(line.size for block in blocks for line in block)
    # Positions deviate by no more than half their breadth: most columns are settled by this.
    if median(_breadth(line.x0 for line in block) / 2 for block in blocks) <= _SCATTERED * size:
        return False
    lefts = median(pstdev([line.x0 for line in block]) for block in blocks)
    middles = median(pstdev([line.x0 + line.x1 for line in block]) / 2 for block in blocks)
    return middles < lefts - NARROW * size and lefts > _SCATTERED * size


def _breadth(positions: Iterable[float]) -> float:
    ordered = sorted(positions)
    return ordered[-1] - ordered[0]


def stand_in_middle(candidates: Iterable[Candidate]) -> bool:
    """Whether all lines have as much white on both sides: 建設部 / 道路課, of one length."""
    return all(
        abs(line.x0 + line.x1 - c.left - c.limit) <= _SCATTERED * line.size
        for c in candidates
        for line in (c.before, c.after)
    )


def measure_padding(candidates: Sequence[Candidate]) -> float:
    """The white between the left edges of cells and their lines, in points.

    Some programs draw the empty half of a bracket that opens a line inside it.
    """
    own = [c for c in candidates if c.before.text[0] not in OPENING] or candidates
    return max(0.0, min(c.before.x0 - c.left for c in own))
