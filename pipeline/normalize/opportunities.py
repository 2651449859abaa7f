"""Places where an author may begin a new line, and what an annex's lines show of them.

Behind a sentence and before a mark he may. Where he did not, the place stands inside a line for all
to see.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from pipeline.model import Field, Segmented
from pipeline.normalize.candidates import Candidate, FieldKey
from pipeline.normalize.habit_groups import OPPORTUNITIES, HabitGroup, find_habit_group
from pipeline.normalize.line_end_context import classify_line_end
from pipeline.normalize.log_odds import Floats
from pipeline.vocabulary.line_marks import (
    KEPT_LINES,
    LineStart,
    classify_line_start,
    ends_sentence,
    find_inner_places,
)

_COPY_LENGTH = 8  # characters on each side; judgement: so many alike are a copied sentence

_Place = tuple[int, int]
"""A line of a field, from 0, and how many of its characters stand before the place."""


class Opportunity(NamedTuple):
    """A place where an author may begin a new line."""

    field: FieldKey
    group: HabitGroup
    first: bool
    """It is behind the field's first sentence: thanks often stand on a line of their own."""

    @property
    def of_column(self) -> tuple[int, int, HabitGroup]:
        """What it has in common with others of its column."""
        return self.field[0], self.field[2], self.group

    @property
    def of_firsts(self) -> tuple[int, int, HabitGroup, bool]:
        """What it has in common with other first, or later, sentences of its column."""
        return *self.of_column, self.first

    @property
    def of_field(self) -> tuple[FieldKey, HabitGroup]:
        """What it has in common with others of its field."""
        return self.field, self.group


class Observed(Struct, frozen=True):
    """What the lines of an annex show, the same in every pass."""

    passed: dict[Opportunity, float]
    """Places inside lines where the author went on → how many, copies as one."""
    first_ends: dict[FieldKey, _Place]
    """Field → where its first sentence ends."""
    opened: dict[FieldKey, LineStart]
    """Field → how its first line starts; a list announces itself."""
    weights: Floats
    """The weight of each candidate: a sentence pasted into ten cells of a column counts once."""

    @staticmethod
    def observe(segmented: Segmented, candidates: Sequence[Candidate]) -> "Observed":
        """Look through an annex, and all its line ends, once."""
        first_ends = {key: _find_first_end(field) for key, field in _fields(segmented)}
        return Observed(
            _count_passed(segmented, first_ends),
            first_ends,
            {
                key: classify_line_start(field.lines[0].text)
                for key, field in _fields(segmented)
                if field.lines
            },
            np.array(_weights(candidates)),
        )


def _fields(segmented: Segmented) -> Iterator[tuple[FieldKey, Field]]:
    for t, table in enumerate(segmented.tables):
        for r, row in enumerate(table.rows):
            for c, field in enumerate(row.fields):
                yield (t, r, c), field


def _find_first_end(field: Field) -> _Place:
    """Where the first sentence of a field ends; behind all lines if none does."""
    lines = field.lines
    for index, line in enumerate(lines):
        for place in (*find_inner_places(line.text), len(line.text)):
            if ends_sentence(line.text[:place]):
                return index, place
    return len(lines), 0


def _count_passed(
    segmented: Segmented, first_ends: Mapping[FieldKey, _Place]
) -> dict[Opportunity, float]:
    """Count the places inside each field's lines where its author went on, copies as one."""
    places = [
        (Opportunity(key, group, first_ends[key] == (index, place)), (key[0], key[2], *around))
        for key, field in _fields(segmented)
        for index, line in enumerate(field.lines)
        for place, group, *around in _find_passed(line.text)
    ]
    copies = Counter(around for _, around in places)
    passed: dict[Opportunity, float] = defaultdict(float)
    for opportunity, around in places:
        passed[opportunity] += 1 / copies[around]
    return passed


@lru_cache(KEPT_LINES)
def _find_passed(text: str) -> tuple[tuple[int, HabitGroup, str, str], ...]:
    """The opportunities inside a line that its author did not take: place, group, surroundings."""
    found = []
    for place in find_inner_places(text):
        before, after = text[:place], text[place:]
        group = find_habit_group(classify_line_end(before, after))
        if group in OPPORTUNITIES:
            found.append((place, group, *_surround(before, after)))
    return tuple(found)


def _surround(before: str, after: str) -> tuple[str, str]:
    """The characters on each side of a place that tell copies of it."""
    return before.strip()[-_COPY_LENGTH:], after.strip()[:_COPY_LENGTH]


def _weights(candidates: Sequence[Candidate]) -> list[float]:
    places = [(c.column, *_surround(c.before.text, c.after.text)) for c in candidates]
    copies = Counter(places)
    return [1 / copies[place] for place in places]
