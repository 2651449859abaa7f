"""Whose break is it? All evidence in one decision with its confidence.

Every candidate gets log-odds (natural logarithm) that the author made the break, as a sum of
independent witnesses: how often breaks in such a context are the author's in this very annex
(`prior`, see habits.py), the widths (`geometry`), blank lines, indents and spaces (`spacing`),
numbering that goes on (`series`), and the same characters elsewhere (`twins`).
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log
from statistics import median

from pipeline.model import Segmented
from pipeline.normalize.candidates import (
    SMALL_TABLE,
    Candidate,
    ColumnKey,
    FieldKey,
    find_candidates,
)
from pipeline.normalize.habits import Places, learn_habits
from pipeline.normalize.line_widths import Fit, measure, observe_kinsoku
from pipeline.normalize.repeats import weigh_twins
from pipeline.vocabulary.line_marks import begins_with_mark, line_start, ordinal
from pipeline.vocabulary.punctuation import OPENING

_SENTENCE = re.compile(r"[、。はをが]")
_SERIES = 2.0  # a number that happens to follow the one before: one chance in seven or so
_BLANK_LINE = 1.5  # line pitches from one line to the next: a blank line stands between
_WIDER = 1.15  # line pitches: space that a program sets between paragraphs
_SETTLED = 4.0  # log-odds from which the widths alone decide
# White space behind a line, before the annex says more: who presses Enter has not typed a space
# before, a wrap swallows one. Word, though, draws one behind every paragraph.
_TAILS_OF_AUTHORS = {"": 9.8, " ": 0.2, "\u3000": 0.1}
_TAILS_OF_LAYOUTS = {"": 7.0, " ": 2.0, "\u3000": 1.0}
_NARROW = 10.0  # em; titles of sections have 4 to 20 characters
_RULED_APART = 12.0  # rulings stand between the lines: as sure as anything here gets
_INDENT = 0.4  # em by which lines start at different places; kerning moves them by less


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one candidate, and from what."""

    candidate: Candidate
    prior: float
    geometry: float
    spacing: float
    series: float
    twins: float
    fit: Fit

    @property
    def odds(self) -> float:
        """Log-odds that the author made the break."""
        return self.prior + self.geometry + self.spacing + self.series + self.twins

    @property
    def kept(self) -> bool:
        """Whether the break is the author's."""
        return self.odds > 0

    @property
    def confidence(self) -> float:
        """How sure the decision is, 0.5-1."""
        return 1 / (1 + exp(-abs(self.odds)))


def decide_breaks(segmented: Segmented) -> dict[FieldKey, list[Decision]]:
    """Decide on every line end inside every field of an annex.

    Returns:
        Field → its decisions in order: one fewer than the field has physical lines. Fields of
        one line are missing.
    """
    candidates = find_candidates(segmented)
    if not candidates:
        return {}
    fits = measure(segmented, candidates, observe_kinsoku(candidates))
    spacings = _add(_weigh_spacing(candidates), _weigh_tails(candidates, fits))
    # Sure decisions of a first pass are the series and the twins of the second.
    witnesses = [fit.odds + spacing for fit, spacing in zip(fits, spacings, strict=True)]
    places = Places.observe(segmented)
    first = _add(learn_habits(places, candidates, fits, witnesses), witnesses)
    candidates = _name_titles(candidates, first, fits)
    series = _weigh_series(segmented, candidates, first)
    witnesses = _add(witnesses, series)
    twins = weigh_twins(segmented, candidates, witnesses, _add(first, series))
    witnesses = _add(witnesses, twins)
    priors = learn_habits(places, candidates, fits, witnesses)
    decisions: dict[FieldKey, list[Decision]] = defaultdict(list)
    for candidate, prior, fit, spacing, number, twin in zip(
        candidates, priors, fits, spacings, series, twins, strict=True
    ):
        decisions[candidate.field].append(
            Decision(candidate, prior, fit.odds, spacing, number, twin, fit)
        )
    return decisions


def _add(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def _name_titles(
    candidates: Sequence[Candidate], odds: Sequence[float], fits: Sequence[Fit]
) -> list[Candidate]:
    """The candidates, those behind a line that looks like a title in a context of their own.

    Titles lead a field one below the other, each a phrase around a noun (4　個人情報の取扱いの
    委託). The first line of a wrapped sentence mostly has a comma, a topic or an object.
    """
    named = []
    leading = True
    for candidate, own, fit in zip(candidates, odds, fits, strict=True):
        leading = leading or candidate.index == 0
        ending, _, start = candidate.context.partition(", ")
        title = leading and ending in ("nominal", "closing") and start in ("plain", "opening")
        # A column of names and labels is too narrow for any of them: 公園内の喫煙 / ルール.
        title = title and fit.ems > _NARROW
        # A bracket explains the word before it: …システム機構 / （J-LIS）から.
        title = title and candidate.after.text[0] not in OPENING
        if title and not _SENTENCE.search(candidate.before.text):
            candidate = replace(candidate, context=f"title, {start}")
        named.append(candidate)
        leading = leading and own > 0 and ending in ("nominal", "closing", "heading")
    return named


def _weigh_series(
    segmented: Segmented, candidates: Sequence[Candidate], odds: Sequence[float]
) -> list[float]:
    """Log-odds from numbering: ② begins a line where ① began one before it in the field."""
    weights = []
    last: dict[tuple[FieldKey, str], int] = {}
    for candidate, own in zip(candidates, odds, strict=True):
        if candidate.index == 0:
            t, r, c = candidate.field
            _note(last, candidate.field, segmented.tables[t].rows[r].fields[c].lines[0].text)
        text = candidate.after.text
        number = ordinal(text)
        before = last.get((candidate.field, line_start(text)))
        follows = number is not None and before is not None and number == before + 1
        weights.append(_SERIES if follows else 0.0)
        if own + weights[-1] > 0:
            _note(last, candidate.field, text)
    return weights


def _note(last: dict[tuple[FieldKey, str], int], field: FieldKey, text: str) -> None:
    number = ordinal(text)
    if number is not None:
        last[field, line_start(text)] = number


def _weigh_spacing(candidates: Sequence[Candidate]) -> list[float]:
    """Log-odds from blank lines and indents."""
    pitches = _pitches(candidates)
    return [
        _RULED_APART
        if c.context == SMALL_TABLE
        else _weigh_pitch(c, pitches[c.column]) + _weigh_indent(c)
        for c in candidates
    ]


def _weigh_tails(candidates: Sequence[Candidate], fits: Sequence[Fit]) -> list[float]:
    """Log-odds from white space behind the line, by where this annex's program leaves some."""
    authors, layouts = dict(_TAILS_OF_AUTHORS), dict(_TAILS_OF_LAYOUTS)
    tails = [candidate.before.tail[:1] for candidate in candidates]
    for candidate, fit, tail in zip(candidates, fits, tails, strict=True):
        if fit.odds >= _SETTLED and not candidate.surely_wrapped:
            authors[tail] += 1
        elif fit.slack <= 0 and candidate.surely_wrapped:
            layouts[tail] += 1
    by_author, by_layout = sum(authors.values()), sum(layouts.values())
    return [log(authors[tail] / by_author) - log(layouts[tail] / by_layout) for tail in tails]


def _pitches(candidates: Sequence[Candidate]) -> dict[ColumnKey, float]:
    """Table and column → the usual distance between two line tops, in points."""
    steps: dict[ColumnKey, list[float]] = defaultdict(list)
    for c in candidates:
        steps[c.column] += [c.after.top - c.before.top] * c.same_cell
    return {key: median(values) if values else 0.0 for key, values in steps.items()}


def _weigh_pitch(candidate: Candidate, pitch: float) -> float:
    if not candidate.same_cell or pitch <= 0:
        return 0.0
    step = (candidate.after.top - candidate.before.top) / pitch
    if step > _BLANK_LINE:
        return 6.0
    return 1.5 if step > _WIDER else 0.0


def _weigh_indent(candidate: Candidate) -> float:
    """A line set further in hangs below its item's mark; one set back out begins anew."""
    shift = (candidate.after.x0 - candidate.before.x0) / max(candidate.before.size, 1.0)
    marked = begins_with_mark(candidate.after.text)
    if abs(shift) < _INDENT or marked or not candidate.same_cell:
        return 0.0
    if shift > 0:
        return -2.0 if begins_with_mark(candidate.before.text) else 0.5
    return 0.5
