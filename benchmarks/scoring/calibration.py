"""Calibration: does a record's confidence say how probable it is that the record is right?

The Brier score is the mean squared difference of the confidence and what became of it (1: all
fields are right to the letter, 0: not). 0 is best; who always says 0.5 gets 0.25.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.certainty import bin_confidences

EDGES = (0.0, 0.5, 0.8, 0.95, 0.99, 1.0)
"""Of the classes of confidence in which reliability is shown."""


@dataclass(frozen=True)
class Forecast:
    """How sure a program is of a record, and whether the record is right."""

    confidence: float
    right: bool

    @property
    def squared_error(self) -> float:
        """What it adds to the Brier score."""
        return (self.confidence - self.right) ** 2


@dataclass(frozen=True)
class Reliability:
    """The records of a class of confidence."""

    least: float
    records: int
    confidence: float
    """Mean."""
    right: float
    """Share."""


def list_reliability(forecasts: Sequence[Forecast]) -> Iterator[Reliability]:
    """Confidence against the share of right records, in each class that has records."""
    judged = [(forecast.confidence, forecast.right) for forecast in forecasts]
    for own in bin_confidences(judged, EDGES):
        yield Reliability(own.least, own.count, own.confidence, own.right)
