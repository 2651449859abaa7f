"""The evidence of widths: would the next line's first unit have fitted on the line before?

A layout program breaks a line where the next unit does not fit, so that less room is left on the
line than that unit takes. An author's line ends anywhere. How much a column holds is estimated
from its own lines.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from math import inf
from statistics import median
from typing import NamedTuple

from msgspec import Struct

from pipeline.model import Line, Segmented
from pipeline.normalize.line_ends.candidates import (
    Candidate,
    ColumnKey,
    find_held,
    list_column_lines,
    measure_reach,
)
from pipeline.normalize.line_ends.centred_columns import (
    is_centered,
    measure_padding,
    stand_in_middle,
)
from pipeline.normalize.line_ends.kinsoku import Kinsoku
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.line_ends.line_rhythm import Rhythm
from pipeline.normalize.line_ends.slack_odds import MOST, NARROW, weigh_slacks
from pipeline.vocabulary.line_marks import LineStart
from pipeline.vocabulary.punctuation import CLOSING, MIDDLE, SMALL, STOPS

# Log-odds where nobody types a break. measured: of 1,215 wraps inside words in five published
# documents 4 left room, by a letter-spacing that is known since; a third of that for what is not.
_MOST_AGAINST_WORDS = 7.0
# Log-odds where a page's end cuts a cell; judgement: one in twenty authors cuts rows by hand, and
# leaves room behind a word.
_MOST_AT_CUT = 3.0
# Log-odds; judgement: a line that begins with a character which the program keeps from a line's
# start is its author's.
_BARRED = 4.0
# Log-odds; judgement: a label spread evenly over its cell has a line; a long one may take two.
_SPREAD = 2.0
_MOVED_DOWN = -3.0  # log-odds; judgement: an author's value alone on its line stands at the left
_NEVER_FIRST = STOPS | CLOSING | SMALL | MIDDLE
# Em that a line may end before the longest of its column and still be full; judgement: one
# character that kinsoku moved, and half of one that justification took.
_FULL = 1.5
_UNSEEN = 1.0  # em; judgement: a cell may have so much more white on its other side
_LATIN_RUN = re.compile(r"[!-~]+")
_HELD_RUN = re.compile(r"[）」』］】]*(?:[、。，．：（]?[!-~]+)+")
_HELD_FIGURES = re.compile(r"(?<=\d)(?:、\d[\d/:.-]*)+")
_ADDRESSED_RUN = re.compile(r"\S*://[!-~]+")
_ODD_WRAPS = 20  # judgement: one wrap in so many is odd (its unit was held for another reason)


class _Measured(NamedTuple):
    """A line end, the rhythm of the line before it, and what the line behind it begins with."""

    candidate: Candidate
    rhythm: Rhythm
    width: float
    """Of the line before, as it was before justification, in points."""
    unit: float
    """Width of what could not be parted, in points."""


class Capacity(Struct, frozen=True):
    """How far the lines of a column may reach."""

    centered: bool
    """Lines are centred in the column: widths count, not right edges."""
    proven: float
    """The farthest that a line of the column reaches: right edge (width, if centred) in points."""
    unwrapped: bool
    """No line of the column is surely wrapped: only its cells say how far a line could reach."""
    possible: float
    """The farthest that a line could reach; `proven` where wraps show that it is the limit."""
    ems: float
    """Width of a full line in em."""


class Fit(Struct, frozen=True, gc=False):
    """What the widths say of one candidate."""

    slack: float
    """Free width behind the next unit, in em."""
    unit: float
    """Width of the next unit, in em."""
    room: float
    """Free width after the next character alone, in em."""
    ems: float
    """Width of a full line of the column, in em."""
    odds: float
    """Log-odds that the author made the break."""


def observe_kinsoku(candidates: Sequence[Candidate], rhythms: Sequence[Rhythm]) -> Kinsoku:
    """Learn which characters the document's program keeps from starting a line."""
    reach = measure_reach(candidates)
    lines = [c.before.text for c in candidates]
    inner = sum(map("".join(text[1:] for text in lines).count, MIDDLE))
    length = sum(map(len, lines)) / max(len(lines), 1)
    starts = (
        (
            c.after.text.lstrip()[0],
            reach[c.column] - c.before.x1 + rhythm.unfilled < _FULL * c.before.size,
        )
        for c, rhythm in zip(candidates, rhythms, strict=True)
    )
    return Kinsoku.observe(starts, _FULL, inner, length)


def measure_fits(
    segmented: Segmented,
    candidates: Sequence[Candidate],
    rhythms: Sequence[Rhythm],
    kinsoku: Kinsoku,
) -> list[Fit]:
    """Weigh every candidate by its widths.

    Args:
        rhythms: The rhythm of each one's line.
        kinsoku: What its program keeps from a line's start.

    Returns:
        One `Fit` for each candidate, in their order.
    """
    held = find_held(candidates)
    measured = [_measure(*one, kinsoku) for one in zip(candidates, rhythms, held, strict=True)]
    capacities = _list_capacities(segmented, measured)
    spans = [_slack_and_unit(*pair) for pair in zip(measured, capacities, strict=True)]
    slack_odds = weigh_slacks(candidates, spans, [capacity.ems for capacity in capacities])
    fits: list[Fit] = []
    for item, own, (slack, unit), odds in zip(measured, capacities, spans, slack_odds, strict=True):
        weighed = _weigh(item, slack, odds, kinsoku, may_have_fitted=own.unwrapped and slack == 0.0)
        fits.append(Fit(slack, unit, _room(item, own), own.ems, weighed))
    return fits


def _list_capacities(segmented: Segmented, measured: Sequence[_Measured]) -> list[Capacity]:
    """The capacity of each line end's column."""
    grouped: dict[ColumnKey, list[_Measured]] = defaultdict(list)
    for item in measured:
        grouped[item.candidate.column].append(item)
    paddings: dict[int, float] = {}
    for key, members in grouped.items():
        own = measure_padding([item.candidate for item in members])
        paddings[key[0]] = min(paddings.get(key[0], inf), own)
    capacities = {
        key: _estimate_capacity(list_column_lines(segmented, key), members, paddings[key[0]])
        for key, members in grouped.items()
    }
    return [capacities[item.candidate.column] for item in measured]


def _measure(candidate: Candidate, rhythm: Rhythm, held: bool, kinsoku: Kinsoku) -> _Measured:
    width = _natural_width(candidate.before, len(candidate.before.text), rhythm.tracking)
    return _Measured(candidate, rhythm, width, _unit_width(candidate, rhythm, held, kinsoku))


def _weigh(
    measured: _Measured, slack: float, slack_odds: float, kinsoku: Kinsoku, may_have_fitted: bool
) -> float:
    """Log-odds of the author by the slack, where the line's rhythm lets it tell anything.

    A cell that no wrap fills may have had room for the next unit: 施設 / 整備 in a cell of a label.
    """
    candidate = measured.candidate
    odds = max(slack_odds, 0.0) if may_have_fitted else slack_odds
    is_rest = slack <= 0 and len(candidate.after.text.strip()) == 1
    if measured.rhythm.spread and not is_rest:
        odds = max(odds, _SPREAD)
    odds += _MOVED_DOWN if measured.rhythm.moved_down and odds < 0 else 0.0
    if candidate.after.text[0] in MIDDLE:
        odds += min(_BARRED, kinsoku.middle_odds)
    most = _MOST_AGAINST_WORDS if candidate.surely_wrapped else MOST
    return min(most if candidate.same_cell else _MOST_AT_CUT, odds)


def _estimate_capacity(
    fields: Sequence[Sequence[Line]], measured: Sequence[_Measured], least: float
) -> Capacity:
    """How far the lines of a column may reach; `least` is the padding in its table, in points."""
    lines = [line for field in fields for line in field]
    size = max(median(line.size for line in lines), 1.0)
    centered = is_centered(fields) or stand_in_middle(item.candidate for item in measured)
    own = measure_padding([item.candidate for item in measured])
    padding = least if centered else own  # white beside a centred line is no padding
    first = measured[0].candidate
    inner = (first.limit - first.left - 2 * padding) if centered else first.limit - padding
    wrapped = [
        _needed_reach(item, centered)
        for item in measured
        if item.candidate.surely_wrapped and not item.rhythm.unfilled
    ]
    # A wrapped line and the unit after it are together wider than the column: the narrowest such
    # sum, a few odd ones aside, bounds it.
    bound = sorted(wrapped)[len(wrapped) // _ODD_WRAPS] if wrapped else inner
    # A word that runs over the side of its cell, which no place to wrap parts, proves no room.
    side = first.limit - (first.left if centered else 0.0)
    lines = [line for line in lines if _proven_reach(line, centered, hangs=True) <= side] or lines
    proven = max(_proven_reach(line, centered, hangs=False) for line in lines)
    if proven > bound - NARROW * size:  # as wide as what did not fit
        proven = max(_proven_reach(line, centered, hangs=True) for line in lines)
    possible = max(proven, min(inner, bound))
    left = 0.0 if centered else min(line.x0 for line in lines)
    return Capacity(centered, proven, not wrapped, possible, max(1.0, (possible - left) / size))


def _proven_reach(line: Line, centered: bool, hangs: bool) -> float:
    """How far a line shows that the column holds text.

    Args:
        centered: Whether lines are centred in the column.
        hangs: Whether the program lets a character that may not start a line hang out of the
            column (、 and 。 in many, ー and small kana too in some): such a line proves room for
            what stands before it only.
    """
    end = line.x1 - (line.x0 if centered else 0.0)
    out = hangs and line.text[-1] in _NEVER_FIRST and len(line.text) > 1
    return end - (line.edges[-1] - line.edges[-2]) if out else end


def _natural_width(line: Line, count: int, tracking: float) -> float:
    """The width that the first characters had before justification stretched the line.

    LibreOffice stretches even a line that its author ended, "。" at the far right and all. No
    program stretches the inside of a Latin word.
    """
    width = line.edges[count] - line.edges[0]
    if line.gap <= tracking:
        return width
    text = line.text[: count + 1]
    inside = sum(len(run) - 1 for run in _LATIN_RUN.findall(text))
    return width - (line.gap - tracking) * (max(len(text) - 1, 0) - inside)


def _needed_reach(measured: _Measured, centered: bool) -> float:
    """Where the line would have ended with the next unit on it, in points."""
    candidate, rhythm, natural, unit = measured
    before = candidate.before
    start = 0.0 if centered else before.x0
    width = natural - rhythm.unfilled
    # Typed spaces take room before the next unit does. One stands before a page, drawn or not.
    tail = before.end - before.x1 + rhythm.tracking
    if not before.tail and candidate.context.start is LineStart.PAGE:
        tail += before.size
    return start + width + tail + unit


def _unit_width(candidate: Candidate, rhythm: Rhythm, held: bool, kinsoku: Kinsoku) -> float:
    line = candidate.after
    read = max(0, candidate.read - 1)  # some programs keep what one reading stands over
    count = read + kinsoku.first_unit(line.text[read:])
    # It goes with the next line's address, which has no room beside it: （参 / 考 / ）www.city….
    if held and count == len(line.text):
        return candidate.limit - candidate.left
    # Some programs do not part a long address from the character before it: か / らhttps://….
    # LibreOffice keeps a stop with the word behind it even if stops may start lines: し、2029.
    if run := (_HELD_RUN if candidate.surely_wrapped else _HELD_FIGURES).match(line.text, count):
        count = run.end()
    # It parts no address from what stands before it, back to white space: ① / 市のページ（https://….
    # Word draws white space behind paragraphs, too.
    goes_on = candidate.context.ending in (LineEnding.NOMINAL, LineEnding.RUNNING)
    if goes_on and candidate.before.tail and (run := _ADDRESSED_RUN.match(line.text)):
        count = run.end()
    return max(_natural_width(line, count, rhythm.tracking), rhythm.moved_down)


def _slack_and_unit(measured: _Measured, capacity: Capacity) -> tuple[float, float]:
    """The slack and the next unit's width, in em.

    The slack is 0 where the line would have ended between what is proven and what is possible.
    """
    line = measured.candidate.before
    size = max(line.size, 1.0)
    needed = _needed_reach(measured, capacity.centered)
    # As wide as a full line but for rounding, it would have fitted. Edges in pictures tell less.
    reach = capacity.proven + (-NARROW if line.confidences else NARROW) * size
    if needed < reach:
        slack = reach - needed
    else:
        slack = min(0.0, capacity.possible - needed)
        if capacity.unwrapped:
            unseen = 0.0 if capacity.centered else _UNSEEN * size  # it has the same white on both
            slack = max(slack, capacity.possible - needed - unseen)
    return slack / size, measured.unit / size


def _room(measured: _Measured, capacity: Capacity) -> float:
    candidate, rhythm, width, _ = measured
    before, after = candidate.before, candidate.after
    start = 0.0 if capacity.centered else before.x0
    next_width = rhythm.tracking + _natural_width(after, 1, rhythm.tracking)
    return (capacity.proven - start - width - next_width) / max(before.size, 1.0)
