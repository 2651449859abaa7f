"""Fit the exponents of a field's confidence, and compare confidence with what is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.judge.annex import find_signs
from pipeline.judge.signs import measure, probability_right, weights
from pipeline.model import Field, TableRow, name_columns
from pipeline.normalize.ocr_repair.characters import characters_confidence
from pipeline.normalize.ocr_repair.steps import repair_recognition
from pipeline.normalize.record import Exponents

from .right import Reading

SOURCES = ("text_layer", "recognised")
_LEAST, _MOST = 0.4, 2.0  # of an exponent: no doubt counts for little or nothing, or many times
_STEPS = (0.5, 0.8, 0.95, 1.05, 1.25, 2.0)  # factors that are tried
_ROUNDS = 8
_SURE = 0.95
_SMALL = 1e-6


class Example(Struct, frozen=True):
    """A field: what was doubted in it, and whether it is right."""

    source: str
    doubts: tuple[float, float, float]
    """Negative logarithms of the probabilities of its row, its breaks and its characters."""
    signs: float
    """Probability that its signs leave."""
    is_flat: bool
    """It is right, white space aside."""
    is_exact: bool
    """It is right to the letter."""

    @property
    def is_right(self) -> bool:
        """What its confidence is about: on pictures no line end has an exact place."""
        return self.is_flat if self.source == "recognised" else self.is_exact


def list_examples(readings: Sequence[Reading]) -> Iterator[Example]:
    """The fields of annexes as read and judged."""
    for reading in readings:
        normalized, segmented = reading.normalized, reading.segmented
        signs = find_signs(normalized, segmented)
        repaired = repair_recognition(segmented)
        breaks: dict[tuple[str, str], float] = {}
        for decision in normalized.breaks:
            key = (decision.record_id, decision.field)
            breaks[key] = breaks.get(key, 0.0) - log(max(decision.confidence, _SMALL))
        for place, record in enumerate(normalized.records):
            table = repaired.tables[record.table_index - 1]
            row = table.rows[record.row_index - 1]
            fields = dict(zip(name_columns(table.columns), row.fields, strict=True))
            for name, _ in record.list_texts():
                found = measure(signs.get(place, {}).get(name, ()))
                own = breaks.get((record.record_id, name), 0.0)
                yield Example(
                    _find_source(fields[name]),
                    _list_doubts(row, own, fields[name]),
                    probability_right(found, weights()),
                    (place, name) not in reading.wrong,
                    (place, name) not in reading.inexact,
                )


def _find_source(field: Field) -> str:
    return SOURCES[any(line.confidences for line in field.lines)]


def _list_doubts(row: TableRow, breaks: float, field: Field) -> tuple[float, float, float]:
    characters = characters_confidence(field.lines)
    return -log(max(row.confidence, _SMALL)), breaks, -log(max(characters, _SMALL))


def fit_exponents(examples: Sequence[Example]) -> Exponents:
    """The exponents with which the fields' confidences are likeliest."""
    doubts = np.array([example.doubts for example in examples])
    signs = np.array([example.signs for example in examples])
    right = np.array([example.is_right for example in examples])
    best = np.ones(3)
    least = _loss(best, doubts, signs, right)
    for _ in range(_ROUNDS):
        for index in range(3):
            for step in _STEPS:
                tried = best.copy()
                tried[index] = min(_MOST, max(_LEAST, tried[index] * step))
                loss = _loss(tried, doubts, signs, right)
                if loss < least - _SMALL:
                    best, least = tried, loss
    return Exponents(*(round(float(value), 2) for value in best))


def _loss(
    exponents: NDArray[np.float64],
    doubts: NDArray[np.float64],
    signs: NDArray[np.float64],
    right: NDArray[np.bool_],
) -> float:
    expected = np.clip(np.exp(-doubts @ exponents) * signs, 1e-4, 1 - 1e-4)
    return float(-np.where(right, np.log(expected), np.log(1 - expected)).mean())


def expect(examples: Sequence[Example], by: Exponents) -> list[float]:
    """The confidence of fields with other exponents than those in use."""
    powers = np.array([by.rows, by.breaks, by.characters])
    return [float(np.exp(-np.array(e.doubts) @ powers) * e.signs) for e in examples]


def describe_confidence(examples: Sequence[Example], confidences: Sequence[float]) -> str:
    """What a confidence of 0.95 or more says, how often right fields have it, and the AUC."""
    if not examples:
        return "no fields"
    sure = [e for e, c in zip(examples, confidences, strict=True) if c >= _SURE]
    right = sum(e.is_right for e in examples)
    flat, exact = (sum(getattr(e, n) for e in sure) / max(1, len(sure)) for n in _FORMS)
    reached = sum(e.is_right for e in sure) / max(1, right)
    area = measure_auc(confidences, [e.is_flat for e in examples])
    return (
        f"{len(examples)} fields, {len(sure)} of 0.95 or more: flat {flat:.4f}, exact {exact:.4f}; "
        f"{reached:.3f} of right fields have it; AUC of flat {area:.3f}"
    )


_FORMS = ("is_flat", "is_exact")


def measure_auc(values: Sequence[float], right: Sequence[bool]) -> float:
    """The probability that a right field has a higher confidence than a wrong one."""
    good = np.sort([v for v, r in zip(values, right, strict=True) if r])
    bad = np.array([v for v, r in zip(values, right, strict=True) if not r])
    if not len(good) or not len(bad):
        return 1.0
    below, until = np.searchsorted(good, bad, "left"), np.searchsorted(good, bad, "right")
    return float(1 - (below + until).mean() / 2 / len(good))


def describe_exponents(fitted: dict[str, Exponents]) -> str:
    """The content of calibration.yml."""
    lines = "".join(
        f"{source}: {{rows: {by.rows}, breaks: {by.breaks}, characters: {by.characters}}}\n"
        for source, by in fitted.items()
    )
    return (
        "# Exponents of the probabilities whose product is a field's confidence (calibration.py).\n"
        "# Made by `python -m benchmarks.mistakes calibrate FAMILY=FOLDER …`.\n"
        f"{lines}"
    )
