"""Decide whose break each line end is: the author's or the layout's.

Every candidate gets log-odds (natural logarithm) that the author made the break, as the sum of
independent witnesses: how often breaks in such a context are the author's in this very annex
(`prior`, see habits.py), the widths (`geometry`), blank lines, indents and spaces (`spacing`),
numbering that goes on (`series`), and the same characters elsewhere (`twins`).
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from operator import add

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Segmented
from pipeline.model.log_odds import probability
from pipeline.normalize.line_ends.candidates import Candidate, FieldKey, find_candidates
from pipeline.normalize.line_ends.habits import Observed, learn_habits
from pipeline.normalize.line_ends.known_lines import weigh_known_lines
from pipeline.normalize.line_ends.line_end_context import has_clause
from pipeline.normalize.line_ends.line_endings import LineEndContext, LineEnding
from pipeline.normalize.line_ends.line_rhythm import measure_rhythms
from pipeline.normalize.line_ends.line_spacing import (
    count_pitches,
    weigh_missing_blanks,
    weigh_spacing,
    weigh_stretch,
    weigh_tails,
)
from pipeline.normalize.line_ends.line_widths import Fit, measure_fits, observe_kinsoku
from pipeline.normalize.line_ends.narrow_fields import weigh_narrow
from pipeline.normalize.line_ends.paragraph_indents import weigh_indents
from pipeline.normalize.line_ends.paragraph_lengths import weigh_lengths
from pipeline.normalize.line_ends.repeats import weigh_twins
from pipeline.normalize.line_ends.series import weigh_series
from pipeline.normalize.line_ends.structure_elements import weigh_elements
from pipeline.vocabulary.line_marks import LineStart, begins_with_address, classify_line_start
from pipeline.vocabulary.punctuation import OPENING

# Share of the log-odds that counts where they come from habits; measured: of 532 wrong line ends of
# 403 made annexes 47 are surer than 0.95 if all of them count, and 11 so.
_BY_HABIT = 0.6
# Log-odds up to which the evidence counts as even, and the end as the layout's; measured: of 44
# such ends of made annexes, on both sides of 0, 28 are the layout's.
_EVEN = 0.1
# Where an author may end a line.
_MAY_END = frozenset(
    (
        LineEnding.SENTENCE,
        LineEnding.FINAL,
        LineEnding.HEADING,
        LineEnding.TITLE,
        LineEnding.CLOSING,
        LineEnding.PHRASE,
        LineEnding.PREDICATE,
        LineEnding.COMMA,
    )
)
_NARROW = 10.0  # em; judgement: titles of sections have 4 to 20 characters
_PHRASES = (LineEnding.PHRASE, LineEnding.CLOSING)
_TITLE_STARTS = (LineStart.PLAIN, LineStart.OPENING)
_TITLE_MARKS = (LineStart.NUMBERED, LineStart.HEADING)


class Decision(Struct, frozen=True, gc=False):
    """What was decided on one candidate, and from what."""

    candidate: Candidate
    prior: float
    """This and the next four are log-odds that the author made the break."""
    geometry: float
    spacing: float
    series: float
    twins: float
    slack: float
    """Free width behind the next unit, in em."""
    room: float
    """Free width after the next character alone, in em."""

    @property
    def odds(self) -> float:
        """Log-odds that the author made the break."""
        return self.prior + self.geometry + self.spacing + self.series + self.twins

    @property
    def kept(self) -> bool:
        """Whether the break is the author's."""
        return self.odds > _EVEN

    @property
    def confidence(self) -> float:
        """The probability that the decision is right, 0.5-1."""
        odds = abs(self.odds)
        return probability(odds * _BY_HABIT if self._is_by_habit else odds)

    @property
    def _is_by_habit(self) -> bool:
        """Whether a line is full where an author may end one: the page does not show who did.

        The confidence of recognised fields is not about their line ends.
        """
        before, ending = self.candidate.before, self.candidate.context.ending
        return self.geometry < 0 and ending in _MAY_END and not before.confidences


def decide_breaks(segmented: Segmented) -> dict[FieldKey, list[Decision]]:
    """Decide on every line end inside every field of an annex.

    Returns:
        Field → its decisions in order, one fewer than the field has physical lines. Fields of
        one line are missing.
    """
    candidates = find_candidates(segmented)
    if not candidates:
        return {}
    rhythms = measure_rhythms(segmented, candidates)
    kinsoku = observe_kinsoku(candidates, rhythms)
    fits = measure_fits(segmented, candidates, rhythms, kinsoku)
    pitches = count_pitches(segmented, candidates)
    spacings = _add(
        weigh_spacing(candidates, pitches),
        weigh_tails(candidates, fits),
        weigh_missing_blanks(candidates, fits, pitches),
        weigh_stretch(candidates, rhythms, fits),
        weigh_narrow(segmented, candidates, fits),
        weigh_elements(candidates, fits),
        weigh_indents(candidates, fits),
    )
    # The second pass takes its series and twins from the sure decisions of the first.
    witnesses = _add([fit.odds for fit in fits], spacings)
    observed = Observed.observe(segmented, candidates)
    first = _add(learn_habits(observed, candidates, fits, witnesses), witnesses)
    candidates = _mark_titles(candidates, first, fits)
    series = weigh_series(segmented, candidates, first)
    witnesses = _add(witnesses, series)
    first = _add(first, series)
    twins = weigh_twins(segmented, candidates, witnesses, first)
    twins = weigh_known_lines(candidates, witnesses, first, twins)
    witnesses = _add(witnesses, twins)
    habits = learn_habits(observed, candidates, fits, witnesses)
    priors = _add(habits, weigh_lengths(segmented, candidates, _add(habits, witnesses)))
    decisions: dict[FieldKey, list[Decision]] = defaultdict(list)
    each = zip(candidates, priors, fits, spacings, series, twins, strict=True)
    for candidate, prior, fit, spacing, number, twin in each:
        own = Decision(candidate, prior, fit.odds, spacing, number, twin, fit.slack, fit.room)
        decisions[candidate.field].append(own)
    return decisions


def _add(first: Sequence[float], *others: Sequence[float]) -> "array[float]":
    """The sums of several witnesses; as numbers in C, as objects take 10 KB a page."""
    total = array("d", first)
    for own in others:
        total = array("d", map(add, total, own))
    return total


def _mark_titles(
    candidates: Sequence[Candidate], odds: Sequence[float], fits: Sequence[Fit]
) -> list[Candidate]:
    """Give the candidates behind a line that looks like a title a context of their own.

    Titles lead a field one below the other, each a phrase around a noun (4　個人情報の取扱いの
    委託). The first line of a wrapped sentence mostly has a comma, a topic or an object.
    """
    marked = []
    leading = True
    for candidate, own, fit in zip(candidates, odds, fits, strict=True):
        leading = leading or candidate.index == 0
        ending = candidate.context.ending
        if leading and _looks_like_title(candidate, fit):
            context = LineEndContext(LineEnding.TITLE, candidate.context.start)
            candidate = replace(candidate, context=context)
        marked.append(candidate)
        leading = leading and own > 0 and ending in (*_PHRASES, LineEnding.HEADING)
    return marked


def _looks_like_title(candidate: Candidate, fit: Fit) -> bool:
    """Whether a line that leads its field may be a title."""
    context = candidate.context
    if context.ending not in _PHRASES or context.start not in _TITLE_STARTS:
        return False
    # A column of names and labels is too narrow for titles: 公園内の喫煙 / ルール; but for a
    # numbered one: Ⅲ　基本的な考え方.
    if fit.ems <= _NARROW and classify_line_start(candidate.before.text) not in _TITLE_MARKS:
        return False
    # An address goes with its label: 問合せ先： / toshokan@city.example.jp.
    if candidate.before.text[-1] in "：:" and begins_with_address(candidate.after.text):
        return False
    # A bracket explains the word before it: …システム機構 / （J-LIS）から. White space stands
    # before a page: 計画の推進体制 / 　p.24.
    if candidate.after.text[0] in OPENING or candidate.after.text[0].isspace():
        return False
    return not has_clause(candidate.before.text)
