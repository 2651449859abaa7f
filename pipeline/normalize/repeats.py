"""The same characters elsewhere in the annex: they show whose break it is.

An original and its revision, or an answer given ten times, hold the same sentence wrapped at
different places. Characters that stand side by side inside a line elsewhere were parted by the
layout; where the other place is broken too and its line is short, the author did it. What ends a
line there ends one here even if another sentence was put behind it, and a field that begins with
these characters shows that an author begins a line with them.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from pipeline.model import Field, Segmented
from pipeline.normalize.candidates import Candidate, FieldKey

_LENGTH = 12  # characters: so many in a row do not recur by chance
# How many of them stand before the break. Fewer than 4 on a side may be another word's end; the
# two windows on one side of the break alone are kept apart, as their other side differs.
_AROUND = (4, 6, 8)
_ONE_SIDED = (0, _LENGTH)
# How often sure twins agree and disagree, before the annex says more; True: behind a sentence,
# where one author may have begun a new line and another not. The logarithm of the ratio caps a
# twin's weight: none outweighs a line that ends many em short.
_AGREE = {False: (30.0, 1.0), True: (8.0, 1.0)}
_ONE_SIDED_WORTH = 2.0  # log-odds: one text in eight that ends a line elsewhere goes on here
_SURE = 4.0  # log-odds from which a decision counts as settled
_SAME_PLACE = 0.3  # em; two lines that end so near each other were wrapped alike: no new witness

_Window = tuple[str, int]
"""Characters, and how many of them stand before the break."""

_Place = tuple[_Window, ...]
"""All windows on one break. Copies of a text have the same places: what the twins show is found
once for all of them, else a long annex that repeats itself would cost the square of its length."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where on its line a break stands, as far as it tells lines that were wrapped alike."""

    size: float
    """Font size in points."""
    gap: float
    """White between the line's end and the cell's edge, in points."""
    width: float
    """Of the cell, in points."""

    @staticmethod
    def of(candidate: Candidate) -> "_Stand":
        before = candidate.before
        return _Stand(before.size, candidate.limit - before.x1, candidate.limit - candidate.left)

    def wrapped_alike(self, other: "_Stand") -> bool:
        """Whether two lines end at the same place of columns of one width."""
        near = _SAME_PLACE * self.size
        return abs(self.gap - other.gap) < near and abs(self.width - other.width) < near


@dataclass(frozen=True, slots=True)
class _Vote:
    """What the twins of one break say, in log-odds of the author."""

    settled: bool
    """The same characters stand inside a line."""
    short: float
    """The strongest that the same place says elsewhere, where its line ends short; 0: none is."""
    sure: int
    """How many such lines are as good as settled."""
    one_sided: float
    """The strongest of the places that are the same on one side only; 0: there is none."""


def weigh_twins(
    segmented: Segmented,
    candidates: Sequence[Candidate],
    witnesses: Sequence[float],
    odds: Sequence[float],
) -> list[float]:
    """Log-odds of the author for each candidate, by what its twins show.

    Args:
        segmented: The annex.
        candidates: Its line ends.
        witnesses: What was seen at each: widths and spacing.
        odds: What is thought of each so far: the witnesses with the annex's habits.
    """
    places = _find_places(candidates)
    stands = [_Stand.of(candidate) for candidate in candidates]
    ends = _Ends(places, stands, witnesses, odds)
    asked = {text for place in places for text, _ in _around(place)}
    passed, opened = _passed(segmented, asked), _opened(segmented)

    @cache
    def view(place: _Place, stand: _Stand) -> _Vote:
        settled = any(text in passed for text, _ in _around(place))
        fixed = any(left == 0 and text in opened for text, left in place)
        short, sure = ends.short_lines(place, stand)
        return _Vote(settled, short, sure, max(_SURE * fixed, ends.one_sided(place)))

    votes = [view(place, stand) for place, stand in zip(places, stands, strict=True)]
    return _weights(candidates, odds, votes)


class _Ends:
    """The line ends of an annex by the characters around them."""

    def __init__(
        self,
        places: Sequence[_Place],
        stands: Sequence[_Stand],
        witnesses: Sequence[float],
        odds: Sequence[float],
    ) -> None:
        self._at: dict[_Window, list[_Place]] = defaultdict(list)
        for place in dict.fromkeys(places):
            for window in place:
                self._at[window].append(place)
        # The habit is theirs and ours alike; only what was seen there counts again. And two lines
        # that are both full may be one chance: siblings are of one length.
        self._short: dict[_Place, Counter[tuple[float, _Stand]]] = defaultdict(Counter)
        self._likeliest: dict[_Place, float] = {}
        for place, stand, seen, own in zip(places, stands, witnesses, odds, strict=True):
            if seen > 0:
                self._short[place][seen, stand] += 1
            self._likeliest[place] = max(own, self._likeliest.get(place, own))

    def short_lines(self, place: _Place, stand: _Stand) -> tuple[float, int]:
        """The strongest and the number of sure ones among the same places' short lines."""
        seen = [
            (witness, count)
            for other in self._near(place)
            for (witness, its), count in self._short.get(other, {}).items()
            if not stand.wrapped_alike(its)
        ]
        sure = sum(count for witness, count in seen if witness >= _SURE)
        return max((witness for witness, _ in seen), default=0.0), sure

    def one_sided(self, place: _Place) -> float:
        """The strongest odds of the places that are the same on one side only."""
        near = self._near(place)
        # Other text may follow anything: only a line that ends (begins) there speaks.
        far = (other for window in _beside(place) for other in self._at[window])
        return max((self._likeliest[other] for other in far if other not in near), default=0.0)

    def _near(self, place: _Place) -> set[_Place]:
        return {other for window in _around(place) for other in self._at[window]}


def _find_places(candidates: Sequence[Candidate]) -> list[_Place]:
    """The place of each candidate in its field's text, by the characters around it."""
    texts: dict[FieldKey, str] = {}
    ends = []
    for candidate in candidates:
        text = texts.setdefault(candidate.field, flat(candidate.before.text))
        ends.append(len(text))
        texts[candidate.field] = text + flat(candidate.after.text)
    return [_windows(texts[c.field], end) for c, end in zip(candidates, ends, strict=True)]


def _windows(text: str, end: int) -> _Place:
    return tuple(
        [
            (text[end - left : end - left + _LENGTH], left)
            for left in (*_ONE_SIDED, *_AROUND)
            if end >= left and end - left + _LENGTH <= len(text)
        ]
    )


def _around(place: _Place) -> list[_Window]:
    return [window for window in place if window[1] not in _ONE_SIDED]


def _beside(place: _Place) -> list[_Window]:
    return [window for window in place if window[1] in _ONE_SIDED]


def _passed(segmented: Segmented, asked: Container[str]) -> set[str]:
    """Those of the characters asked for that stand side by side inside a line."""
    lines = {flat(line.text) for field in _fields(segmented) for line in field.lines}
    return {
        text
        for line in lines
        for start in range(len(line) - _LENGTH + 1)
        if (text := line[start : start + _LENGTH]) in asked
    }


def _opened(segmented: Segmented) -> set[str]:
    """The characters that fields begin with."""
    return {
        flat("".join(line.text for line in field.lines))[:_LENGTH] for field in _fields(segmented)
    }


def _fields(segmented: Segmented) -> Iterable[Field]:
    return (f for table in segmented.tables for row in table.rows for f in row.fields if f.lines)


def _weights(
    candidates: Sequence[Candidate], odds: Sequence[float], votes: Sequence[_Vote]
) -> list[float]:
    """What the strongest votes are worth, by how often sure twins agree in this annex."""
    agree = {free: list(counts) for free, counts in _AGREE.items()}
    for candidate, own, vote in zip(candidates, odds, votes, strict=True):
        if abs(own) >= _SURE:
            agree[_is_free(candidate)][own > 0] += vote.settled
            agree[_is_free(candidate)][own <= 0] += vote.sure
    worth = {free: max(0.0, log(same / other)) for free, (same, other) in agree.items()}
    return [
        _tally(vote, worth[_is_free(candidate)], _is_free(candidate))
        for candidate, vote in zip(candidates, votes, strict=True)
    ]


def _tally(vote: _Vote, most: float, free: bool) -> float:
    """The strongest vote for either side, none worth more than `most`."""
    weight = max(-most, -_SURE * vote.settled) + min(most, vote.short)
    # Behind a sentence another may follow on its line: what ends there ends nothing here.
    return weight if free else weight + min(_ONE_SIDED_WORTH, max(vote.one_sided, 0.0))


def _is_free(candidate: Candidate) -> bool:
    """Whether an author may or may not break here."""
    return candidate.context.startswith("sentence")


def flat(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
