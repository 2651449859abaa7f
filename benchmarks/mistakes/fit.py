"""Fit the weights of signs: a logistic model of what is wrong, over planted and real mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from random import Random

import numpy as np
from msgspec import Struct

from pipeline.judge.annex import IMPLAUSIBLE, find_signs
from pipeline.judge.signs import Weights, measure, probability_right

from .kinds import KINDS, STRUCTURAL
from .plant import plant
from .right import Reading

_BASE_RATE = 0.02  # share of fields with a mistake that nobody thought of, in files of new kinds

_MOST = 8.0  # log-odds of one sign at most: what never stood in a right record may do so once
_DECAY = 0.001  # pulls a weight to what was judged, so that a sign without examples keeps that
_STEPS, _RATE = 6000, 4.0
JUDGED = {
    "address": 3.0,
    "begins_open": 5.0,
    "beside": 4.0,
    "bracket": 3.0,
    "character": 7.0,
    "close_rows": 3.5,
    "column_beside": 5.0,
    "column_empty": 4.0,
    "contradicted": 5.0,
    "masked": 4.0,
    "count_differs": 4.0,
    "crossing": 5.0,
    "cut": 5.0,
    "cut_beside": 3.0,
    "doubled": 4.0,
    "end_lost": 4.0,
    "ends_open": 4.0,
    "ends_unlike": 2.0,
    "field_empty": 4.0,
    "forgotten_side": 2.6,
    "glued": 1.0,
    "gutter": 4.0,
    "half_empty": 4.0,
    "half_table": 7.0,
    "head_word": 6.0,
    "header_of_two": 4.0,
    "header_unsure": 4.0,
    "hyphen": 4.0,
    "inserted": 5.0,
    "line_beside": 2.6,
    "line_between": 3.0,
    "lines_back": 3.0,
    "lines_overlap": 5.0,
    "longer": 1.0,
    "lookalike": 5.0,
    "mark_lost": 4.0,
    "misplaced": 6.0,
    "mixed": 6.0,
    "mixed_widths": 1.0,
    "moved": 3.0,
    "no_value": 7.0,
    "no_words": 7.0,
    "number_back": 3.0,
    "number_gap": 4.0,
    "number_missing": 4.0,
    "number_repeated": 2.0,
    "odd_kind": 4.0,
    "odd_style": 2.0,
    "off_column": 5.0,
    "off_header": 5.0,
    "other_table": 5.0,
    "other_width": 4.0,
    "out_of_sight": 6.0,
    "outlined": 6.0,
    "overprinted": 6.0,
    "overrun": 1.5,
    "own_columns": 5.0,
    "page_has_more": 7.0,
    "page_marker": 7.0,
    "page_twice": 6.0,
    "rest_below": 3.2,
    "row_empty": 7.0,
    "row_full": 5.5,
    "row_gap": 6.0,
    "row_sparse": 6.0,
    "row_twice": 2.0,
    "run_out": 4.0,
    "script": 4.0,
    "sentence_twice": 0.5,
    "shared_comment": 3.5,
    "side_reached": 5.0,
    "stamped": 4.0,
    "stop_lost": 4.0,
    "stopped": 3.5,
    "stray": 4.0,
    "twin": 3.0,
    "unlike_original": 2.0,
    "unlike_page": 6.0,
    "versions": 5.0,
}
"""What each sign was judged to weigh before anything was measured."""
_LEARNT = (*STRUCTURAL, "dropped")
_ROUND = 2  # digits of a strength: fields alike are counted once

Named = tuple[str, int, int]
"""A kind of mistake, how many there are, and how many of them are flagged."""
Strengths = tuple[tuple[str, float], ...]
"""The signs of a field with their strengths, by name."""


class Examples(Struct, frozen=True):
    """Fields by their signs, right and wrong ones."""

    right: Counter[Strengths]
    wrong: Counter[Strengths]

    @classmethod
    def none(cls) -> Examples:
        """No fields."""
        return cls(Counter(), Counter())

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.right + other.right, self.wrong + other.wrong)


def collect(readings: Sequence[Reading], rng: Random, times: int = 1) -> Examples:
    """Right fields as read, and wrong ones: read so, or planted so many times an annex and kind."""
    right, wrong = Counter[Strengths](), Counter[Strengths]()
    for reading in readings:
        for strengths, is_wrong in _fields(reading):
            (wrong if is_wrong else right)[strengths] += 1
        for kind in _LEARNT * times:
            planted = plant(reading, kind, rng)
            if planted is not None:
                wrong.update(strengths for strengths, is_wrong in _fields(planted) if is_wrong)
    return Examples(right, wrong)


def _fields(reading: Reading) -> Iterator[tuple[Strengths, bool]]:
    signs = find_signs(reading.normalized, reading.segmented)
    for place, record in enumerate(reading.normalized.records):
        found = signs.get(place, {})
        for name, _ in record.list_texts():
            strengths = measure(found.get(name, ()))
            rounded = tuple(sorted((n, round(s, _ROUND)) for n, s in strengths.items()))
            yield rounded, (place, name) in reading.wrong


def fit(examples: Examples, judged: Mapping[str, float]) -> Weights:
    """Fit the weights; none is below 0, as no sign speaks for a field.

    Right and wrong fields weigh the same in the fit; the base rate is put in afterwards.
    """
    names = list(judged)
    prior = np.array([judged[name] for name in names])
    rows = [*examples.right, *examples.wrong]
    strengths = np.array([[dict(row).get(name, 0.0) for name in names] for row in rows])
    counts = np.array([*examples.right.values(), *examples.wrong.values()], dtype=float)
    wrong = np.arange(len(rows)) >= len(examples.right)
    shares = np.where(wrong, counts / counts[wrong].sum(), counts / counts[~wrong].sum()) / 2
    weights, bias = prior.copy(), -2.0
    for _ in range(_STEPS):
        error = shares * (1 / (1 + np.exp(-(strengths @ weights + bias))) - wrong)
        slope = strengths.T @ error + _DECAY * (weights - prior)
        weights = np.clip(weights - _RATE * slope, 0, _MOST)
        bias -= _RATE * error.sum()
    odds = bias + log(_BASE_RATE / (1 - _BASE_RATE))
    return Weights(float(odds), dict(zip(names, map(float, weights), strict=True)))


def describe(weights: Weights, command: str) -> str:
    """The content of weights.yml."""
    signs = "\n".join(f"  {name}: {value:.2f}" for name, value in sorted(weights.signs.items()))
    return (
        "# How much each sign says that a field is wrong (natural log-odds at full strength), and\n"
        f"# the log-odds of a field before its signs. Made by\n#   {command}\n"
        f"field: {weights.field:.2f}\nsigns:\n{signs}\n"
    )


def find_flagged(reading: Reading, weights: Weights) -> set[int]:
    """The records of an annex that these weights flag."""
    signs = find_signs(reading.normalized, reading.segmented)
    return {
        place
        for place, fields in signs.items()
        if any(probability_right(measure(s), weights) < IMPLAUSIBLE for s in fields.values())
    }


def count_named(readings: Sequence[Reading], weights: Weights, rng: Random) -> Iterator[Named]:
    """For each kind of mistake, how many were planted and are flagged; right records last."""
    for kind in KINDS:
        planted = [p for r in readings if not r.wrong and (p := plant(r, kind, rng)) is not None]
        named = [
            not find_flagged(p, weights).isdisjoint(place for place, _ in p.wrong) for p in planted
        ]
        yield kind, len(named), sum(named)
    right = alarms = 0
    for reading in readings:
        places = set(range(len(reading.normalized.records))) - {p for p, _ in reading.wrong}
        right += len(places)
        alarms += len(places & find_flagged(reading, weights))
    yield "right records", right, alarms
