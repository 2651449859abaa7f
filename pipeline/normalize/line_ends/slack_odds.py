"""Weigh the room left on a line: an author's line ends anywhere, a full one near the edge."""

from collections.abc import Sequence
from math import exp, log

from pipeline.normalize.line_ends.candidates import Candidate
from pipeline.normalize.line_ends.line_endings import LineEnding

# How often a program leaves room for a unit that it did not part from the next, before the document
# shows it: two such wraps in a hundred, by a third of an em. All three are estimated anew.
_PRIOR_MISFITS = 2.0  # wraps; judgement: such wraps are rare
_PRIOR_WRAPS = 100.0  # wraps; judgement: a page or two of a document outweighs them
_PRIOR_EXCESS = 0.3  # em; judgement: less than a half-width character
# Em; judgement: a program moves one character with its kinsoku companion at most.
_MOST_EXCESS = 2.0
# Wraps between two cells, before the document shows more: of so many one was cut by hand.
_PRIOR_CUTS = 0.1  # wraps; judgement: a row that somebody cut in two is rare
_PRIOR_CELL_ENDS = 10.0  # wraps; judgement: a few pages of a document outweigh them
_PRIOR_PARTICLES = 10.0  # line ends; judgement: a page of a document outweighs them
MOST = 9.0
"""Log-odds; judgement: one witness alone does not speak louder than 8,000 to 1."""
NARROW = 0.02
"""Em; judgement: coordinates that differ by less differ by rounding."""
_NARROWEST_UNIT = 0.5  # em; judgement: half a character, as of a half-width form
_LEAST_LAYOUT = 1e-12  # probability; judgement: keeps the logarithm finite, rarer than any layout


def weigh_slacks(
    candidates: Sequence[Candidate], spans: Sequence[tuple[float, float]], ems: Sequence[float]
) -> list[float]:
    """Weigh the room left before each candidate.

    Args:
        candidates: All of a document.
        spans: Of each the free width behind the next unit, and that unit's width, in em.
        ems: Of each the width of a full line, in em.
    """
    misfit, excess = _estimate_misfits(candidates, spans)
    cut, stray = _estimate_cuts(candidates, spans), _estimate_strays(candidates, spans)
    return [
        _weigh_slack(*span, width, misfit, excess, stray if c.same_cell else cut)
        for c, span, width in zip(candidates, spans, ems, strict=True)
    ]


def _estimate_cuts(candidates: Sequence[Candidate], spans: Sequence[tuple[float, float]]) -> float:
    """How often a text goes on in another cell although its line had room: somebody cut the row."""
    roomy = [
        slack > 0
        for c, (slack, _) in zip(candidates, spans, strict=True)
        if c.surely_wrapped and not c.same_cell
    ]
    return (sum(roomy) + _PRIOR_CUTS) / (len(roomy) + _PRIOR_CELL_ENDS)


def _estimate_strays(
    candidates: Sequence[Candidate], spans: Sequence[tuple[float, float]]
) -> float:
    """How often a line ends far from the edge before a particle, with which no author begins one.

    Then the widths are not those that the program reckoned with: characters on a grid, say. One
    such end may be a mistake of the tokenizer.
    """
    roomy = [
        slack > _MOST_EXCESS
        for c, (slack, _) in zip(candidates, spans, strict=True)
        if c.context.ending is LineEnding.BEFORE_PARTICLE and c.same_cell
    ]
    return max(sum(roomy) - 1, 0) / (len(roomy) + _PRIOR_PARTICLES)


def _estimate_misfits(
    candidates: Sequence[Candidate], spans: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """How often sure wraps leave room all the same (share), and how much (em)."""
    wraps = [slack for c, (slack, _) in zip(candidates, spans, strict=True) if c.surely_wrapped]
    # More room is no misfit: there the tokenizer saw a word where an author's break stands.
    excess = [slack for slack in wraps if 0 < slack <= _MOST_EXCESS]
    rate = (len(excess) + _PRIOR_MISFITS) / (len(wraps) + _PRIOR_WRAPS)
    amount = (sum(excess) + _PRIOR_MISFITS * _PRIOR_EXCESS) / (len(excess) + _PRIOR_MISFITS)
    return rate, amount


def _weigh_slack(
    slack: float, unit: float, ems: float, misfit: float, excess: float, cut: float
) -> float:
    """Log-odds of the author: his lines end anywhere, the layout's within a unit of the edge.

    Args:
        slack: Free width behind the next unit, in em.
        unit: Width of the next unit, in em.
        ems: Width of a full line, in em.
        misfit: How often the program leaves room for the next unit, 0-1.
        excess: How much it leaves then, in em.
        cut: How often a text that goes on was cut off anywhere on its line, or seems to be, 0-1.
    """
    author = 1 / ems
    if slack > 0:
        layout = misfit / excess * exp(-slack / excess)
    else:
        layout = (1 - misfit) / max(unit, _NARROWEST_UNIT)
    layout = (1 - cut) * layout + cut * author
    return max(-MOST, min(MOST, log(author) - log(max(layout, _LEAST_LAYOUT))))
