"""How often breaks are the author's in a context: the habits of one annex, learnt from it.

Two kinds of contexts. Behind a sentence and before a mark an author *may* begin a new line, and
where he did not, the place stands inside a line for all to see: his habit is the share of such
places where he did, in this field, this column, this annex. Elsewhere (between two nouns, say)
places are countless, and the habit is the share among the line ends that look so.

Both are estimated by expectation-maximization: what the other witnesses make of each line end
counts towards the habit, the habit towards the decision. The pseudo-counts to start from are
outweighed by a page or two.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Field, Segmented
from pipeline.normalize.candidates import Candidate, FieldKey, context
from pipeline.normalize.line_widths import Fit
from pipeline.vocabulary.line_marks import KEPT_LINES, inner_places, line_start

# Context → (the author broke, he did not), before the annex says more.
_OPPORTUNITIES = {
    "sentence, plain": (2.0, 3.0),
    "sentence, indent": (20.0, 1.0),
    "sentence, enclosed": (9.0, 1.0),
    "sentence, bullet": (9.0, 1.0),
    "sentence, heading": (9.0, 1.0),
    "sentence, bracketed": (6.0, 1.0),
    "sentence, numbered": (6.0, 1.0),
    "other, enclosed": (4.0, 1.0),
    "other, heading": (3.0, 1.0),
    "other, bullet": (1.0, 2.0),
    "other, bracketed": (1.0, 1.0),
    "other, numbered": (1.0, 2.0),
    "running, mark": (0.5, 4.0),
}
# Context → (the author's, the layout's) among line ends, before the annex says more.
_LINE_ENDS = {
    "heading, plain": (9.0, 1.0),
    "heading, opening": (9.0, 1.0),
    "heading, indent": (20.0, 1.0),
    "final, plain": (4.0, 1.0),
    "final, opening": (9.0, 1.0),
    "final, indent": (20.0, 1.0),
    "title, plain": (2.0, 2.0),
    "title, opening": (4.0, 1.0),
    "closing, plain": (1.0, 3.0),
    "closing, opening": (2.0, 2.0),
    "closing, indent": (20.0, 1.0),
    "nominal, plain": (1.0, 6.0),
    "nominal, opening": (4.0, 1.0),
    "nominal, indent": (20.0, 1.0),
    "predicate, plain": (1.0, 6.0),
    "predicate, opening": (2.0, 2.0),
    "predicate, indent": (20.0, 1.0),
    "running, plain": (0.5, 40.0),
    "running, opening": (0.5, 10.0),
    "running, indent": (1.0, 4.0),
    "small table": (20.0, 1.0),
    # Nobody types these; typing errors and unknown words aside.
    "inside word": (0.5, 100.0),
    "before particle": (0.5, 100.0),
}
# Places for which the annex's habit stands in a column's: the shares of the columns of ota_annex
# (0.16 to 0.6) spread like a beta distribution of this weight.
_COLUMN_WEIGHT = 6.0
_FIELD_WEIGHT = 3.0  # places for which the column's habit stands in a field's
_BRACKETED = -1.5  # an author seldom breaks inside brackets
_ROUNDS = 12  # the shares move by less than 0.001 after 8

_Floats = NDArray[np.float64]
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Places:
    """What the insides of lines show, the same in every pass."""

    passed: Counter[tuple[FieldKey, str]]
    """Field and group → places inside its lines where the author went on."""
    opened: dict[FieldKey, str]
    """Field → how its first line starts; a list announces itself."""

    @staticmethod
    def observe(segmented: Segmented) -> "Places":
        """Look through an annex once."""
        return Places(
            Counter(
                (key, group)
                for key, field in _fields(segmented)
                for line in field.lines
                for group in _passed_in(line.text)
            ),
            {
                key: line_start(field.lines[0].text)
                for key, field in _fields(segmented)
                if field.lines
            },
        )


def _fields(segmented: Segmented) -> Iterator[tuple[FieldKey, Field]]:
    for t, table in enumerate(segmented.tables):
        for r, row in enumerate(table.rows):
            for c, field in enumerate(row.fields):
                yield (t, r, c), field


@lru_cache(KEPT_LINES)
def _passed_in(text: str) -> tuple[str, ...]:
    """The groups of the opportunities inside a line that its author did not take."""
    groups = [_group(context(text[:place], text[place:])) for place in inner_places(text)]
    return tuple(group for group in groups if group in _OPPORTUNITIES)


def learn_habits(
    places: Places,
    candidates: Sequence[Candidate],
    fits: Sequence[Fit],
    witnesses: Sequence[float],
) -> list[float]:
    """The prior log-odds of each candidate, learnt from all of them together.

    Args:
        places: What stands inside the annex's lines.
        candidates: Its line ends.
        fits: What the widths say of each.
        witnesses: The sum of all other evidence on each, in log-odds.
    """
    groups = [_group(candidate.context) for candidate in candidates]
    free = np.array([group in _OPPORTUNITIES for group in groups])
    opportunities = _Opportunities(places, candidates, groups, free)
    line_ends = _Shares([group for group in groups if group in _LINE_ENDS], _LINE_ENDS)
    # That a wrap falls on just this place is one chance in `ems / unit`.
    chances = np.array([fit.ems / max(fit.unit, 0.5) for fit in fits])
    others = np.where(free, np.log(chances), 0.0)
    brackets = np.where([candidate.bracketed for candidate in candidates], _BRACKETED, 0.0)
    seen = np.array(witnesses)
    authors, shares = _share_of(seen), np.empty(len(seen))
    for _ in range(_ROUNDS):
        shares[free] = opportunities.shares(authors[free])
        shares[~free] = line_ends.all_counted(authors[~free])
        priors = np.log(shares / (1 - shares)) + others + brackets
        authors = _share_of(priors + seen)
    told: list[float] = priors.tolist()
    return told


def _group(name: str) -> str:
    """The habit that a context belongs to."""
    if name in _LINE_ENDS or name in _OPPORTUNITIES:
        return name
    ending, _, start = name.partition(", ")
    return "running, mark" if ending == "running" else f"other, {start}"


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

    def all_counted(self, authors: _Floats) -> _Floats:
        """The share for each place."""
        taken = self._sum(self._taken, authors)
        return taken / (taken + self._sum(self._passed, 1 - authors))

    def without_own(
        self, authors: _Floats, weights: _Floats, prior: _Floats | float, worth: float
    ) -> _Floats:
        """The share for each place, its own vote left out.

        Args:
            authors: How likely it is that each place is the author's, 0-1.
            weights: How much each counts.
            prior: The share where nothing was counted.
            worth: How many places the prior stands for.
        """
        own, other = weights * authors, weights * (1 - authors)
        taken = self._sum(self._taken, own) - own + worth * prior
        passed = self._sum(self._passed, other) - other + worth * (1 - prior)
        share: _Floats = np.clip(taken / np.maximum(taken + passed, 1e-9), 0.001, 0.999)
        return share

    def _sum(self, start: _Floats, votes: _Floats) -> _Floats:
        """What each place's key has got in all."""
        counts = start + np.bincount(self._index, votes, len(start))
        every: _Floats = counts[self._index]
        return every


class _Opportunities:
    """The shares of opportunities taken: in the annex, its columns and its fields."""

    def __init__(
        self,
        places: Places,
        candidates: Sequence[Candidate],
        groups: Sequence[str],
        free: NDArray[np.bool_],
    ) -> None:
        own = [
            (c.field, g) for c, g, is_free in zip(candidates, groups, free, strict=True) if is_free
        ]
        by_column: Counter[tuple[int, int, str]] = Counter()
        by_group: Counter[str] = Counter()
        for (field, group), count in places.passed.items():
            by_column[field[0], field[2], group] += count
            by_group[group] += count
        self._weights = np.array(_weights(candidates))[free]
        self._annex = _Shares(
            [group for _, group in own],
            {group: (a, b + by_group[group]) for group, (a, b) in _OPPORTUNITIES.items()},
        )
        self._columns = _Shares(
            [(field[0], field[2], group) for field, group in own],
            {key: (0.0, count) for key, count in by_column.items()},
        )
        self._fields = _Shares(
            own, {key: (_announced(places, *key), places.passed[key]) for key in own}
        )

    def shares(self, authors: _Floats) -> _Floats:
        """The habit for each opportunity, its own vote left out."""
        annex = self._annex.without_own(authors, self._weights, 0.0, 0.0)
        column = self._columns.without_own(authors, self._weights, annex, _COLUMN_WEIGHT)
        return self._fields.without_own(authors, self._weights, column, _FIELD_WEIGHT)


def _announced(places: Places, field: FieldKey, group: str) -> float:
    """A list's first mark, where a field opens with it, is a break that its author made."""
    return float(group.endswith(places.opened[field]) and not group.endswith("plain"))


def _weights(candidates: Sequence[Candidate]) -> list[float]:
    """One sentence pasted into ten cells of a column is one witness of its author's habit."""
    places = [(c.column, c.before.text.strip()[-8:], c.after.text.strip()[:8]) for c in candidates]
    copies = Counter(places)
    return [1 / copies[place] for place in places]


def _share_of(odds: _Floats) -> _Floats:
    share: _Floats = 1 / (1 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return share
