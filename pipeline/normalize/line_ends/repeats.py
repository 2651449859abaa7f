"""The evidence of twins: the same characters elsewhere in the annex show whose break it is.

An original and its revision, or an answer given ten times, hold the same sentence wrapped at
different places. Characters that stand side by side inside a line elsewhere were parted by the
layout; where the other place is broken too and its line is short, the author did it. Characters
that end a line there end one here even if another sentence was put behind them, and a field that
begins with the characters behind the break shows that an author begins a line with them.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import log

from msgspec import Struct

from pipeline.model import Line, Segmented, remove_white_space
from pipeline.normalize.line_ends.candidates import Candidate, FieldKey, list_fields
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.line_ends.odds_of_many import SETTLED
from pipeline.vocabulary.line_marks import begins_with_address

_LENGTH = 12  # characters; judgement: so many in a row do not recur by chance
# How many of them stand before the break.
_AROUND = (4, 6, 8)  # characters; judgement: fewer than 4 on a side may be another word's end
# Characters before and behind the break, for each window on it: those around it, those that two
# neighbours of these share, and those on one side alone, as their other side differs.
_SPANS = (
    *((before, _LENGTH - before) for before in _AROUND),
    *((before, _LENGTH - least) for least, before in pairwise(_AROUND)),
    (0, _LENGTH),
    (_LENGTH, 0),
)
_AFTER, _BEFORE = _SPANS.index((0, _LENGTH)), _SPANS.index((_LENGTH, 0))
_WHOLE, _OVERLAPS = slice(len(_AROUND)), slice(len(_AROUND), _AFTER)
_SHARED_BY_TWINS = {_AFTER: 0, _BEFORE: len(_AROUND) - 1}
"""A window on one side → the one around the break that twins with the same text there share."""
# How often sure twins agree and disagree, before the annex says more; True: behind a sentence or
# a comma, where one author may have begun a new line and another not. The logarithm of the ratio
# caps a twin's weight. Pseudo-counts; judgement: no twin outweighs a line that ends many em short.
_AGREEMENTS = {False: (30.0, 1.0), True: (4.0, 1.0)}
_FREE = (LineEnding.SENTENCE, LineEnding.COMMA)
"""Behind these an author may break or not."""
# Log-odds; judgement: one text in eight that ends a line elsewhere goes on here.
_ONE_SIDED_WORTH = 2.0
# Em; judgement: two lines that end so near each other were wrapped alike and are no new witness.
_SAME_PLACE = 0.3

_Surroundings = tuple[str, ...]
"""The characters of all windows on one break (see `_SPANS`); "": too few stand on one side. Copies
of a text have the same ones: what the twins show is found once for all of them, else a long annex
that repeats itself would cost the square of its length."""


class EndPosition(Struct, frozen=True):
    """Where a line ends in its column: lines of a copied text that end alike are one witness."""

    size: float
    """Font size in points."""
    gap: float
    """White between the line's end and the cell's edge, in points."""
    width: float
    """Width of the cell, in points."""

    @staticmethod
    def of(candidate: Candidate) -> "EndPosition":
        """The end of the line before the break."""
        before = candidate.before
        return EndPosition(
            before.size, candidate.limit - before.x1, candidate.limit - candidate.left
        )

    def wrapped_alike(self, other: "EndPosition") -> bool:
        """Whether two lines end at the same position in columns of one width."""
        near = _SAME_PLACE * self.size
        return abs(self.gap - other.gap) < near and abs(self.width - other.width) < near


_ShortEnds = Counter[tuple[float, EndPosition]]
"""How many lines end short, by what was seen at their ends and where these stand."""


class _Vote(Struct, frozen=True):
    """What the twins of one break say, in log-odds of the author."""

    inside_line: bool
    """The same characters stand inside a line."""
    short: float
    """The strongest witness of a twin whose line ends short; 0: there is none."""
    settled_short: int
    """How many such twins count as settled."""
    one_sided: float
    """The strongest odds of a place that is the same on one side only; 0: there is none."""


def weigh_twins(
    segmented: Segmented,
    candidates: Sequence[Candidate],
    witnesses: Sequence[float],
    odds: Sequence[float],
) -> list[float]:
    """Weigh each candidate by what its twins show."""
    places = _find_surroundings(candidates)
    positions = [EndPosition.of(candidate) for candidate in candidates]
    ends = _LineEnds(places, positions, witnesses, odds)
    wanted = {text for place in places for text in place[_WHOLE] if text}
    inside = _find_inside_lines(segmented, wanted)
    opening = {_find_opening(field.lines) for _, field in list_fields(segmented) if field.lines}

    @cache
    def vote(place: _Surroundings, position: EndPosition) -> _Vote:
        inside_line = any(text in inside for text in place[_WHOLE])
        opens_field = bool(place[_AFTER]) and place[_AFTER] in opening
        short, settled = ends.find_short_twins(place, position)
        one_sided = max(SETTLED * opens_field, ends.find_one_sided(place))
        return _Vote(inside_line, short, settled, one_sided)

    votes = [vote(place, position) for place, position in zip(places, positions, strict=True)]
    return _weigh_votes(candidates, odds, votes)


class _LineEnds:
    """The line ends of an annex by the characters around them."""

    def __init__(
        self,
        places: Sequence[_Surroundings],
        positions: Sequence[EndPosition],
        witnesses: Sequence[float],
        odds: Sequence[float],
    ) -> None:
        # Twins share the annex's habit: only what was seen at them is new evidence. Two lines that
        # are both full may be one chance, since siblings are of one length.
        self._short: dict[_Surroundings, _ShortEnds] = defaultdict(Counter)
        self._likeliest: dict[_Surroundings, float] = {}
        for place, position, seen, own in zip(places, positions, witnesses, odds, strict=True):
            if seen > 0:
                self._short[place][seen, position] += 1
            self._likeliest[place] = max(own, self._likeliest.get(place, own))
        # Of a thousand places that differ in a number alone, each would ask all others: what those
        # with the same characters in a window show is summed up once.
        self._sums = [
            {
                text: _sum_ends(self._short[place] for place in sharing if place in self._short)
                for text, sharing in _find_sharing(self._likeliest, window).items()
            }
            for window in range(_AFTER)
        ]
        self._ranked = {
            side: {
                text: _rank((self._likeliest[place], place[around]) for place in sharing)
                for text, sharing in _find_sharing(self._likeliest, side).items()
            }
            for side, around in _SHARED_BY_TWINS.items()
        }

    def find_short_twins(self, place: _Surroundings, position: EndPosition) -> tuple[float, int]:
        """The strongest witness of the twins whose lines end short, and how many are settled."""
        own = self._short.get(place, Counter())
        seen: Counter[float] = Counter()
        # A twin that shares several windows shares the overlaps between them, and counts once.
        for sign, windows in ((1, _WHOLE), (-1, _OVERLAPS)):
            for text, sums in zip(place[windows], self._sums[windows], strict=True):
                for (witness, its), count in sums.get(text, own).items() if text else ():
                    if not position.wrapped_alike(its):
                        seen[witness] += sign * count
        settled = sum(count for witness, count in seen.items() if witness >= SETTLED)
        return max((witness for witness, count in seen.items() if count), default=0.0), settled

    def find_one_sided(self, place: _Surroundings) -> float:
        """The strongest odds of the places that are the same on one side only."""
        # Other text may follow anything: only a line that ends (begins) there is evidence.
        strongest = 0.0
        for side, around in _SHARED_BY_TWINS.items():
            if place[side]:
                alone = [(self._likeliest[place], place[around])]
                for odds, its in self._ranked[side].get(place[side], alone):
                    if not its or its != place[around]:
                        strongest = max(strongest, odds)
        return strongest


def _sum_ends(ends: Iterable[_ShortEnds]) -> _ShortEnds:
    total: _ShortEnds = Counter()
    for own in ends:
        total.update(own)
    return total


def _rank(odds: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    """The two strongest odds that stand beside different characters, the stronger first."""
    strongest: dict[str, float] = {}
    for own, text in odds:
        strongest[text] = max(own, strongest.get(text, own))
    return sorted(((own, text) for text, own in strongest.items()), reverse=True)[:2]


def _find_sharing(places: Iterable[_Surroundings], window: int) -> dict[str, list[_Surroundings]]:
    """The characters that several places have in a window → these places; others are most."""
    first: dict[str, _Surroundings] = {}
    sharing: dict[str, list[_Surroundings]] = {}
    for place in places:
        if text := place[window]:
            other = first.setdefault(text, place)
            if other is not place:
                sharing.setdefault(text, [other]).append(place)
    return sharing


def _find_surroundings(candidates: Sequence[Candidate]) -> list[_Surroundings]:
    """The characters around each candidate in its field's text."""
    texts: dict[FieldKey, str] = {}
    ends = []
    for candidate in candidates:
        field = candidate.field
        text = texts[field] if field in texts else remove_white_space(candidate.before.text)
        ends.append(len(text))
        texts[field] = text + remove_white_space(candidate.after.text)
    found = (_windows(texts[c.field], end) for c, end in zip(candidates, ends, strict=True))
    once: dict[_Surroundings, _Surroundings] = {}  # copies of a text share theirs: half the memory
    return [once.setdefault(place, place) for place in found]


def _windows(text: str, end: int) -> _Surroundings:
    room = len(text) - end
    return tuple(
        [
            text[end - before : end + after] if before <= end and after <= room else ""
            for before, after in _SPANS
        ]
    )


def _find_inside_lines(segmented: Segmented, wanted: Container[str]) -> set[str]:
    """Those of the wanted texts that stand inside a line."""
    fields = list_fields(segmented)
    lines = {remove_white_space(line.text) for _, field in fields for line in field.lines}
    return {
        text
        for line in lines
        for start in range(len(line) - _LENGTH + 1)
        if (text := line[start : start + _LENGTH]) in wanted
    }


def _find_opening(lines: Sequence[Line]) -> str:
    """The first characters of a field."""
    text = ""
    for line in lines:
        text += remove_white_space(line.text)
        if len(text) >= _LENGTH:
            break
    return text[:_LENGTH]


def _weigh_votes(
    candidates: Sequence[Candidate], odds: Sequence[float], votes: Sequence[_Vote]
) -> list[float]:
    """Weigh the strongest votes by how often settled twins agree in this annex."""
    agree = {free: list(counts) for free, counts in _AGREEMENTS.items()}
    frees = [candidate.context.ending in _FREE for candidate in candidates]
    for free, own, vote in zip(frees, odds, votes, strict=True):
        if abs(own) >= SETTLED:
            agree[free][own > 0] += vote.inside_line
            agree[free][own <= 0] += vote.settled_short
    worth = {free: max(0.0, log(same / other)) for free, (same, other) in agree.items()}
    return [
        _sum_sides(vote, worth[free], free or begins_with_address(candidate.after.text))
        for candidate, free, vote in zip(candidates, frees, votes, strict=True)
    ]


def _sum_sides(vote: _Vote, most: float, free: bool) -> float:
    """The sum of the strongest votes of both sides, neither worth more than `most`."""
    weight = max(-most, -SETTLED * vote.inside_line) + min(most, vote.short)
    # Behind a sentence another may follow on its line, and an address, which programs do not part,
    # begins lines anywhere: a line's end there shows nothing here.
    return weight if free else weight + min(_ONE_SIDED_WORTH, max(vote.one_sided, 0.0))
