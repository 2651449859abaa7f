"""The same characters elsewhere in the annex: they show whose break it is.

An original and its revision, or an answer given ten times, hold the same sentence wrapped at
different places. Characters that stand side by side inside a line elsewhere were parted by the
layout; where the other place is broken too and its line is short, the author did it. What ends a
line there ends one here even if another sentence was put behind it, and a field that begins with
these characters shows that an author begins a line with them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Votes:
    """What the twins of one candidate say, in log-odds of the author, by kind of window."""

    around: tuple[float, ...]
    one_sided: tuple[float, ...]


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
    texts, ends = _field_texts(candidates)
    passed, opened = _places_in_lines(segmented)
    windows = [_windows(texts[c.field], end) for c, end in zip(candidates, ends, strict=True)]
    broken: dict[_Window, list[int]] = defaultdict(list)
    for index, own in enumerate(windows):
        for window in own:
            broken[window].append(index)
    votes = []
    for index, own in enumerate(windows):
        around = [window for window in own if window[1] not in _ONE_SIDED]
        beside = [window for window in own if window[1] in _ONE_SIDED]
        near = {other for window in around for other in broken[window]}
        far = {other for window in beside for other in broken[window]} - near
        settled = any(window in passed for window in around)
        if _is_free(candidates[index]):
            # Behind a sentence another may follow on its line: what ends there ends nothing here.
            beside, far = [], set()
        fixed = [_SURE] * any(window in opened for window in beside)
        same = [
            i
            for i in sorted(near)
            if not _wrapped_alike(candidates[index], candidates[i])
            # Two lines that are both full may be one chance: siblings are of one length.
            and witnesses[i] > 0
        ]
        votes.append(
            _Votes(
                # The habit is theirs and ours alike; only what was seen there counts again.
                tuple([-_SURE] * settled + [witnesses[other] for other in same]),
                # Other text may follow anything: only a line that ends (begins) there speaks.
                tuple(fixed + [odds[other] for other in sorted(far) if odds[other] > 0]),
            )
        )
    return _weights(candidates, odds, votes)


def _field_texts(candidates: Sequence[Candidate]) -> tuple[dict[FieldKey, str], list[int]]:
    """Each field's text without white space, and each candidate's place in it."""
    texts: dict[FieldKey, str] = {}
    ends = []
    for candidate in candidates:
        text = texts.setdefault(candidate.field, flat(candidate.before.text))
        ends.append(len(text))
        texts[candidate.field] = text + flat(candidate.after.text)
    return texts, ends


def _windows(text: str, end: int) -> list[_Window]:
    return [
        (text[end - left : end - left + _LENGTH], left)
        for left in (*_ONE_SIDED, *_AROUND)
        if end >= left and end - left + _LENGTH <= len(text)
    ]


def _places_in_lines(segmented: Segmented) -> tuple[set[_Window], set[_Window]]:
    """The windows on places where a line goes on, and those on the beginnings of fields."""
    passed: set[_Window] = set()
    opened: set[_Window] = set()
    for field in _fields(segmented):
        opened.add((flat("".join(line.text for line in field.lines))[:_LENGTH], 0))
        for line in field.lines:
            text = flat(line.text)
            for place in range(1, len(text)):
                passed.update(_windows(text, place))
    return passed, opened


def _fields(segmented: Segmented) -> list[Field]:
    return [f for table in segmented.tables for row in table.rows for f in row.fields if f.lines]


def _weights(
    candidates: Sequence[Candidate], odds: Sequence[float], votes: Sequence[_Votes]
) -> list[float]:
    """What the strongest votes are worth, by how often sure twins agree in this annex."""
    agree = {free: list(counts) for free, counts in _AGREE.items()}
    for candidate, own, cast in zip(candidates, odds, votes, strict=True):
        if abs(own) >= _SURE:
            for vote in cast.around:
                if abs(vote) >= _SURE:
                    agree[_is_free(candidate)][(vote > 0) != (own > 0)] += 1
    worth = {free: max(0.0, log(same / other)) for free, (same, other) in agree.items()}
    return [
        _tally(cast.around, worth[_is_free(candidate)]) + _tally(cast.one_sided, _ONE_SIDED_WORTH)
        for candidate, cast in zip(candidates, votes, strict=True)
    ]


def _tally(votes: Sequence[float], most: float) -> float:
    """The strongest vote for either side, none worth more than `most`."""
    against, forth = min(votes, default=0.0), max(votes, default=0.0)
    return max(-most, min(against, 0.0)) + min(most, max(forth, 0.0))


def _is_free(candidate: Candidate) -> bool:
    """Whether an author may or may not break here."""
    return candidate.context.startswith("sentence")


def _wrapped_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two lines end at the same place of columns of one width (a candidate itself too)."""
    near = _SAME_PLACE * one.before.size
    return (
        abs((one.limit - one.before.x1) - (other.limit - other.before.x1)) < near
        and abs((one.limit - one.left) - (other.limit - other.left)) < near
    )


def flat(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
