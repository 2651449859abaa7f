"""The evidence of paragraph lengths: how many sentences an author puts into one.

A full line that ends a sentence is settled by how often its author begins a new line there (see
habits.py). But who never writes more than three sentences on end, or always two, tells more: both
paragraphs that the break leaves, and the one that it parts, have a length. How frequent each is in
the column is counted in the annex.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import log, prod

from msgspec import Struct

from pipeline.model import Segmented
from pipeline.model.log_odds import probability
from pipeline.normalize.line_ends.candidates import Candidate, FieldKey
from pipeline.vocabulary.line_marks import begins_with_mark

# Paragraphs that the geometric distribution (an author who decides anew behind each sentence)
# stands for; measured: of 680 full lines that end a sentence, in 226 made annexes and ota_annex,
# 105 are wrong with 40, and 113 with 20.
_WEIGHT = 40.0
# Log-odds; judgement: lengths alone do not speak louder than 20 to 1.
_MOST = 3.0
# Log-odds; judgement: beyond them no length changes a decision.
_OPEN = 6.0
_STOP = "。"

_Kind = tuple[int, int, bool]
"""Table and column, from 0, and whether the paragraph begins with a mark."""


class _Paragraph(Struct, frozen=True):
    """Lines that go together as far as is known."""

    kind: _Kind
    sentences: int
    certainty: float
    """The probability that it begins and ends there and is one, 0-1."""


class _Lengths:
    """How often paragraphs of one kind have so many sentences."""

    def __init__(self) -> None:
        self._counts: dict[int, float] = defaultdict(float)
        self._paragraphs = 0.0
        self._sentences = 0.0

    def add(self, paragraph: _Paragraph, sign: float = 1.0) -> None:
        """Count a paragraph, or take it out again (sign -1)."""
        worth = sign * paragraph.certainty
        self._counts[paragraph.sentences] += worth
        self._paragraphs += worth
        self._sentences += worth * paragraph.sentences

    def surprise(self, sentences: int) -> float:
        """How much more often this length occurs than by decisions sentence by sentence, as log."""
        ending = (self._paragraphs + 1.0) / (self._sentences + 2.0)
        usual = ending * (1 - ending) ** (sentences - 1)
        total = self._paragraphs + _WEIGHT
        return log((self._counts.get(sentences, 0.0) + _WEIGHT * usual) / total / usual)


def weigh_lengths(
    segmented: Segmented, candidates: Sequence[Candidate], odds: Sequence[float]
) -> list[float]:
    """Weigh each line end that ends a sentence by the lengths of the paragraphs around it."""
    measured = list(zip(candidates, odds, strict=True))
    # Most columns have no such line end: numbers, names, places.
    columns = {(c.field[0], c.field[2]) for c, own in measured if _is_open(c, own)}
    wanted = [one for one in measured if (one[0].field[0], one[0].field[2]) in columns]
    fields = [
        _Field(segmented, key, list(own)) for key, own in groupby(wanted, lambda one: one[0].field)
    ]
    lengths: dict[_Kind, _Lengths] = defaultdict(_Lengths)
    for field in fields:
        for start, end in field.paragraphs():
            paragraph = field.measure(start, end)
            lengths[paragraph.kind].add(paragraph)
    weights = iter([weight for field in fields for weight in field.weigh(lengths)])
    return [next(weights) if (c.field[0], c.field[2]) in columns else 0.0 for c in candidates]


class _Field:
    """The lines of a field and what is known of their ends."""

    def __init__(
        self, segmented: Segmented, key: FieldKey, ends: Sequence[tuple[Candidate, float]]
    ) -> None:
        self._column = key[0], key[2]
        lines = segmented.tables[key[0]].rows[key[1]].fields[key[2]].lines
        self._stops = [line.text.count(_STOP) for line in lines]
        self._marked = [begins_with_mark(line.text) for line in lines]
        self._full = [line.text.rstrip().endswith(_STOP) for line in lines]
        self._ends = ends

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """The first line of each paragraph and the one behind its last."""
        kept = [i + 1 for i, (_, own) in enumerate(self._ends) if own > 0]
        yield from pairwise([0, *kept, len(self._stops)])

    def measure(self, start: int, end: int) -> _Paragraph:
        """The paragraph of some lines."""
        around = self._ends[max(start - 1, 0) : end]
        return _Paragraph(
            (*self._column, self._marked[start]),
            self._count(start, end),
            prod(probability(abs(own)) for _, own in around),
        )

    def weigh(self, lengths: dict[_Kind, _Lengths]) -> Iterator[float]:
        """Weigh each line end by the lengths before and behind it."""
        spans = list(self.paragraphs())
        at = 0
        for index, (candidate, own) in enumerate(self._ends):
            at += spans[at][1] <= index
            if not _is_open(candidate, own):
                yield 0.0
                continue
            behind = spans[at + 1] if own > 0 else spans[at]
            parted = [spans[at], behind] if own > 0 else [spans[at]]
            yield self._weigh_one(lengths, (spans[at][0], index + 1, behind[1]), parted)

    def _weigh_one(
        self,
        lengths: dict[_Kind, _Lengths],
        places: tuple[int, int, int],
        parted: Sequence[tuple[int, int]],
    ) -> float:
        """The log-odds of two paragraphs against one, their own vote left out."""
        start, middle, end = places
        counted = [self.measure(*span) for span in parted]
        for paragraph in counted:
            lengths[paragraph.kind].add(paragraph, -1.0)
        first = lengths[(*self._column, self._marked[start])]
        second = lengths[(*self._column, self._marked[middle])]
        weight = (
            first.surprise(self._count(start, middle))
            + second.surprise(self._count(middle, end))
            - first.surprise(self._count(start, end))
        )
        for paragraph in counted:
            lengths[paragraph.kind].add(paragraph)
        return max(-_MOST, min(_MOST, weight))

    def _count(self, start: int, end: int) -> int:
        """The sentences on some lines; one at the end needs no stop."""
        return sum(self._stops[start:end]) + (not self._full[end - 1])


def _is_open(candidate: Candidate, odds: float) -> bool:
    return candidate.context.ends_plainly and abs(odds) < _OPEN
