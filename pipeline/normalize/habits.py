"""How often breaks are the author's in a context: the habits of one annex, learnt from it.

Two kinds of contexts. Behind a sentence and before a mark an author *may* begin a new line, and
where he did not, the place stands inside a line for all to see: his habit is the share of such
places where he did, in this field, this column, this annex. Elsewhere (between two nouns, say)
places are countless, and the habit is the share among the line ends that look so.

Both are estimated by expectation-maximization: what the other witnesses make of each line end
counts towards the habit, the habit towards the decision. The pseudo-counts to start from are
outweighed by a page or two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from pipeline.model import Segmented
from pipeline.normalize.candidates import Candidate, FieldKey, context
from pipeline.normalize.geometry import Fit
from pipeline.vocabulary.marks import inner_places, line_start

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


@dataclass(frozen=True, slots=True)
class Places:
    """What the insides of lines show, the same in every pass."""

    passed: dict[FieldKey, Counter[str]]
    """Field → group → places inside its lines where the author went on."""
    opened: dict[FieldKey, str]
    """Field → how its first line starts; a list announces itself."""

    @staticmethod
    def observe(segmented: Segmented) -> "Places":
        """Look through an annex once."""
        return Places(_passed_places(segmented), _opened_fields(segmented))


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
    authors = [_share_of(witness) for witness in witnesses]
    priors = [0.0] * len(candidates)
    weights = _weights(candidates)
    for _ in range(_ROUNDS):
        shares = _line_end_shares(groups, authors)
        habits = _Habits(candidates, groups, authors, weights, places)
        for index, (candidate, group, fit) in enumerate(zip(candidates, groups, fits, strict=True)):
            bracket = _BRACKETED if candidate.bracketed else 0.0
            if group in _LINE_ENDS:
                priors[index] = _logit(shares[group]) + bracket
            else:
                # That a wrap falls on just this place is one chance in `ems / unit`.
                chance = log(fit.ems / max(fit.unit, 0.5))
                share = habits.share(candidate.field, group, authors[index], weights[index])
                priors[index] = _logit(share) + chance + bracket
            authors[index] = _share_of(priors[index] + witnesses[index])
    return priors


def _group(name: str) -> str:
    """The habit that a context belongs to."""
    if name in _LINE_ENDS or name in _OPPORTUNITIES:
        return name
    ending, _, start = name.partition(", ")
    return "running, mark" if ending == "running" else f"other, {start}"


def _passed_places(segmented: Segmented) -> dict[FieldKey, Counter[str]]:
    passed: dict[FieldKey, Counter[str]] = defaultdict(Counter)
    for t, table in enumerate(segmented.tables):
        for r, row in enumerate(table.rows):
            for c, field in enumerate(row.fields):
                for line in field.lines:
                    for place in inner_places(line.text):
                        group = _group(context(line.text[:place], line.text[place:]))
                        passed[t, r, c][group] += group in _OPPORTUNITIES
    return passed


def _opened_fields(segmented: Segmented) -> dict[FieldKey, str]:
    return {
        (t, r, c): line_start(field.lines[0].text)
        for t, table in enumerate(segmented.tables)
        for r, row in enumerate(table.rows)
        for c, field in enumerate(row.fields)
        if field.lines
    }


def _line_end_shares(groups: Sequence[str], authors: Sequence[float]) -> dict[str, float]:
    counts = {group: [a, b] for group, (a, b) in _LINE_ENDS.items()}
    for group, author in zip(groups, authors, strict=True):
        if group in counts:
            counts[group][0] += author
            counts[group][1] += 1 - author
    return {group: a / (a + b) for group, (a, b) in counts.items()}


class _Habits:
    """The shares of opportunities taken: in the annex, its columns and its fields."""

    def __init__(
        self,
        candidates: Iterable[Candidate],
        groups: Iterable[str],
        authors: Iterable[float],
        weights: Iterable[float],
        places: Places,
    ) -> None:
        self._field: dict[tuple[FieldKey, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._column: dict[tuple[int, int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._annex = {group: [a, b] for group, (a, b) in _OPPORTUNITIES.items()}
        self._opened = places.opened
        for candidate, group, author, weight in zip(
            candidates, groups, authors, weights, strict=True
        ):
            if group in _OPPORTUNITIES:
                self._count(candidate.field, group, weight * author, weight * (1 - author))
        for field, groups_passed in places.passed.items():
            for group, count in groups_passed.items():
                if group in _OPPORTUNITIES:
                    self._count(field, group, 0.0, count)

    def _count(self, field: FieldKey, group: str, taken: float, passed: float) -> None:
        for counts in (
            self._field[field, group],
            self._column[field[0], field[2], group],
            self._annex[group],
        ):
            counts[0] += taken
            counts[1] += passed

    def share(self, field: FieldKey, group: str, own: float, weight: float) -> float:
        """The habit for one candidate, its own vote (`own`, counted with `weight`) left out."""
        vote = (weight * own, weight * (1 - own))
        annex = _share(self._annex[group], vote, 0.0, 0.0)
        column = _share(self._column[field[0], field[2], group], vote, annex, _COLUMN_WEIGHT)
        taken, passed = self._field[field, group]
        if group.endswith(self._opened[field]) and not group.endswith("plain"):
            taken += 1.0
        return _share([taken, passed], vote, column, _FIELD_WEIGHT)


def _weights(candidates: Iterable[Candidate]) -> list[float]:
    """One sentence pasted into ten cells of a column is one witness of its author's habit."""
    places = [(c.column, c.before.text.strip()[-8:], c.after.text.strip()[:8]) for c in candidates]
    copies = Counter(places)
    return [1 / copies[place] for place in places]


def _share(counts: Sequence[float], own: tuple[float, float], prior: float, weight: float) -> float:
    taken = counts[0] - own[0] + weight * prior
    passed = counts[1] - own[1] + weight * (1 - prior)
    return min(0.999, max(0.001, taken / max(taken + passed, 1e-9)))


def _share_of(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _logit(share: float) -> float:
    return log(share / (1 - share))
