"""How often breaks are the author's in a context: the habits of one annex, learnt from it.

There are two kinds of contexts. Behind a sentence and before a mark an author *may* begin a new
line. Where he did not, the place stands inside a line for all to see: his habit is the share of
such places where he did, in this field, this column, this annex. Elsewhere (between two nouns,
say) places are countless, and the habit is the share among the line ends that look so.

Both are estimated by expectation-maximization: what the other witnesses make of each line end
counts towards the habit, the habit towards the decision. The pseudo-counts to start from are
outweighed by a page or two.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.model import Segmented
from pipeline.normalize.line_ends.candidates import Candidate, FieldKey, list_fields
from pipeline.normalize.line_ends.habit_groups import (
    LINE_ENDS,
    OPPORTUNITIES,
    HabitGroup,
    find_habit_group,
)
from pipeline.normalize.line_ends.line_end_context import classify_line_end
from pipeline.normalize.line_ends.line_widths import Fit
from pipeline.normalize.line_ends.odds_of_many import Floats, probabilities
from pipeline.vocabulary.line_marks import (
    KEPT_LINES,
    LineStart,
    classify_line_start,
    find_inner_places,
)

# Places for which the annex's habit counts in a column's; measured: the shares of the columns of
# ota_annex (0.16 to 0.6) spread like a beta distribution of this weight.
_COLUMN_WEIGHT = 6.0
# Places for which the column's habit counts in a field's; measured: the fields of ota_annex spread
# within their columns as by 8 or more, those of 171 columns of made annexes by more.
_FIELD_WEIGHT = 10.0
_BRACKETED = -1.5  # log-odds; judgement: an author seldom breaks inside brackets
_ROUNDS = 12  # measured: the shares move by less than 0.001 after 8
# em; judgement: half a character, so that a thin unit does not make every wrap a chance of many.
_NARROWEST_UNIT = 0.5
_COPY_LENGTH = 8  # characters on each side; judgement: so many alike are a copied sentence
_SHARE_BOUNDS = (0.001, 0.999)  # judgement: no habit alone speaks louder than 1,000 to 1
_NO_PLACES = 1e-9  # places; judgement: keeps 0/0 away and is too small to change any other share

_Key = TypeVar("_Key", bound=Hashable)


class Observed(Struct, frozen=True):
    """What the lines of an annex show, the same in every pass."""

    passed: Counter[tuple[FieldKey, HabitGroup]]
    """Field and group → places inside its lines where the author went on."""
    opened: dict[FieldKey, LineStart]
    """Field → how its first line starts; a list announces itself."""
    weights: Floats
    """The weight of each candidate: a sentence pasted into ten cells of a column counts once."""

    @staticmethod
    def observe(segmented: Segmented, candidates: Sequence[Candidate]) -> "Observed":
        """Look through an annex, and all its line ends, once."""
        return Observed(
            Counter(
                (key, group)
                for key, field in list_fields(segmented)
                for line in field.lines
                for group in _find_passed_groups(line.text)
            ),
            {
                key: classify_line_start(field.lines[0].text)
                for key, field in list_fields(segmented)
                if field.lines
            },
            np.array(_weights(candidates)),
        )


@lru_cache(KEPT_LINES)
def _find_passed_groups(text: str) -> tuple[HabitGroup, ...]:
    """The groups of the opportunities inside a line that its author did not take."""
    places = find_inner_places(text)
    groups = [find_habit_group(classify_line_end(text[:place], text[place:])) for place in places]
    return tuple(group for group in groups if group in OPPORTUNITIES)


def learn_habits(
    observed: Observed,
    candidates: Sequence[Candidate],
    fits: Sequence[Fit],
    witnesses: Sequence[float],
) -> list[float]:
    """Learn the prior log-odds of each candidate from all of them together.

    Args:
        witnesses: The sum of all other evidence on each, in log-odds.
    """
    groups = [find_habit_group(candidate.context) for candidate in candidates]
    free = np.array([group in OPPORTUNITIES for group in groups])
    weights = observed.weights
    opportunities = _Opportunities(observed, candidates, groups, free, weights)
    line_ends = _Shares([group for group in groups if group in LINE_ENDS], LINE_ENDS)
    # That a wrap falls on just this place is one chance in `ems / unit`.
    chances = np.array([fit.ems / max(fit.unit, _NARROWEST_UNIT) for fit in fits])
    others = np.where(free, np.log(chances), 0.0)
    brackets = np.where([candidate.bracketed for candidate in candidates], _BRACKETED, 0.0)
    evidence = np.array(witnesses)
    by_author, shares = probabilities(evidence), np.empty(len(evidence))
    for _ in range(_ROUNDS):
        shares[free] = opportunities.shares(by_author[free])
        shares[~free] = line_ends.shares(by_author[~free], weights[~free])
        priors = np.log(shares / (1 - shares)) + others + brackets
        by_author = probabilities(priors + evidence)
    learnt: list[float] = priors.tolist()
    return learnt


class _Shares:
    """How often places with one key are the author's."""

    def __init__(self, keys: Sequence[_Key], start: Mapping[_Key, tuple[float, float]]) -> None:
        """Prepare to count.

        Args:
            keys: What each place is counted under.
            start: Key → (the author broke, he did not), counted before.
        """
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        self._index = np.array([numbers[key] for key in keys], dtype=np.intp)
        counted = [start.get(key, (0.0, 0.0)) for key in numbers]
        self._taken = np.array([taken for taken, _ in counted])
        self._passed = np.array([passed for _, passed in counted])

    def shares(self, by_author: Floats, weights: Floats) -> Floats:
        """The author's share for each place.

        Args:
            by_author: How likely it is that each place is the author's, 0-1.
            weights: How much each place counts.
        """
        taken = self._sum(self._taken, weights * by_author)
        return taken / (taken + self._sum(self._passed, weights * (1 - by_author)))

    def shares_without_own(
        self, by_author: Floats, weights: Floats, prior: Floats | float, worth: float
    ) -> Floats:
        """The author's share for each place, its own vote left out.

        Args:
            by_author: How likely it is that each place is the author's, 0-1.
            weights: How much each place counts.
            prior: The share where nothing was counted.
            worth: How many places the prior stands for.
        """
        own, other = weights * by_author, weights * (1 - by_author)
        taken = self._sum(self._taken, own) - own + worth * prior
        passed = self._sum(self._passed, other) - other + worth * (1 - prior)
        share: Floats = np.clip(taken / np.maximum(taken + passed, _NO_PLACES), *_SHARE_BOUNDS)
        return share

    def _sum(self, start: Floats, votes: Floats) -> Floats:
        """For each place, all that was counted under its key."""
        counts = start + np.bincount(self._index, votes, len(start))
        every: Floats = counts[self._index]
        return every


class _Opportunities:
    """How often authors take opportunities: in the annex, in its columns and in its fields."""

    def __init__(
        self,
        observed: Observed,
        candidates: Sequence[Candidate],
        groups: Sequence[HabitGroup],
        free: NDArray[np.bool_],
        weights: Floats,
    ) -> None:
        own = [
            (c.field, g) for c, g, is_free in zip(candidates, groups, free, strict=True) if is_free
        ]
        by_column: Counter[tuple[int, int, HabitGroup]] = Counter()
        by_group: Counter[HabitGroup] = Counter()
        for (field, group), count in observed.passed.items():
            by_column[field[0], field[2], group] += count
            by_group[group] += count
        self._weights = weights[free]
        self._annex = _Shares(
            [group for _, group in own],
            {group: (a, b + by_group[group]) for group, (a, b) in OPPORTUNITIES.items()},
        )
        self._columns = _Shares(
            [(field[0], field[2], group) for field, group in own],
            {key: (0.0, count) for key, count in by_column.items()},
        )
        self._fields = _Shares(
            own, {key: (_count_opening_mark(observed, *key), observed.passed[key]) for key in own}
        )

    def shares(self, by_author: Floats) -> Floats:
        """The author's share for each opportunity, its own vote left out."""
        annex = self._annex.shares_without_own(by_author, self._weights, 0.0, 0.0)
        column = self._columns.shares_without_own(by_author, self._weights, annex, _COLUMN_WEIGHT)
        return self._fields.shares_without_own(by_author, self._weights, column, _FIELD_WEIGHT)


def _count_opening_mark(observed: Observed, field: FieldKey, group: HabitGroup) -> float:
    """1.0 where the field opens with such a mark: it counts as a break that the author made."""
    start = group[1]
    return float(start == observed.opened[field] and start != LineStart.PLAIN)


def _weights(candidates: Sequence[Candidate]) -> list[float]:
    places = [
        (c.column, c.before.text.strip()[-_COPY_LENGTH:], c.after.text.strip()[:_COPY_LENGTH])
        for c in candidates
    ]
    copies = Counter(places)
    return [1 / copies[place] for place in places]
