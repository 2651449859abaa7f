"""What the scores of an annex are computed from, and the scores of many with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import astuple

from benchmarks.outputs import Output
from benchmarks.scoring.calibration import Forecast
from benchmarks.scoring.grits import Likeness, compare_annex
from pipeline.evaluate.comparable import read_truth
from pipeline.evaluate.scores import Counts, compare_records
from pipeline.files.truths import Truth
from pipeline.model import ROLES

SCORES = ("whole", "record_f1", "exact", "flat", "break_f1", "cer", "grits", "brier")
ROUNDS = 2000  # resamplings: the ends of an interval move by about 0.002 from seed to seed
SEED = 22


@dataclass(frozen=True)
class Tally:
    """The counts of an annex; those of several add up."""

    counts: Counts = field(default_factory=Counts)
    likeness: Likeness = field(default_factory=Likeness)
    squared_error: float = 0.0
    """Of the confidences, summed up."""
    forecasts: int = 0
    """Records whose confidence is known."""

    @classmethod
    def of_numbers(cls, numbers: Sequence[float]) -> Tally:
        """The tally of `numbers()`."""
        counts, likeness = len(Counts.__struct_fields__), len(Likeness.__struct_fields__)
        rest = numbers[counts + likeness :]
        return cls(Counts(*numbers[:counts]), Likeness(*numbers[counts : counts + likeness]), *rest)

    def numbers(self) -> list[float]:
        """All its numbers in a row."""
        return [
            *astuple(self.counts), *astuple(self.likeness), self.squared_error, self.forecasts
        ]  # fmt: skip

    def scores(self) -> dict[str, float]:
        """The scores by name; without confidences there is no `brier`."""
        known = {**self.counts.scores(), "grits": self.likeness.f_score}
        if self.forecasts:
            known["brier"] = self.squared_error / self.forecasts
        return {name: known[name] for name in SCORES if name in known}


def tally_annex(truth: Truth, output: Output | None) -> tuple[Tally, list[Forecast]]:
    """Score what a program read in an annex; None: it has no line for it."""
    output = output or Output(truth.annex)
    true, found = read_truth(truth), read_truth(output.as_truth())
    counts, differences = compare_records(true, found)
    wrong = {d.record for d in differences if d.field in {*ROLES, "*"} or d.field[:6] == "extra:"}
    forecasts = [
        Forecast(confidence, record.name not in wrong)
        for record, confidence in zip(found, output.confidences(), strict=True)
        if confidence is not None
    ]
    error = sum(forecast.squared_error for forecast in forecasts)
    return Tally(counts, compare_annex(true, found), error, len(forecasts)), forecasts


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The tally of several annexes."""
    rows = [tally.numbers() for tally in tallies]
    return Tally.of_numbers(np.sum(rows, axis=0).tolist()) if rows else Tally()


Interval = tuple[float, float, float]
"""A score, and the ends of its 95 % interval."""


def score(tallies: Sequence[Tally], rounds: int = ROUNDS, seed: int = SEED) -> dict[str, Interval]:
    """The scores of annexes with 95 % bootstrap intervals.

    Whole annexes are drawn anew, with replacement: the records of one annex share its layout, so
    they are right or wrong together.
    """
    numbers = np.array([tally.numbers() for tally in tallies])
    drawn = np.random.default_rng(seed).multinomial(
        len(tallies), np.full(len(tallies), 1 / len(tallies)), size=rounds
    )
    samples = [Tally.of_numbers(row).scores() for row in (drawn @ numbers).tolist()]
    return {
        name: (value, *np.percentile([s[name] for s in samples if name in s], (2.5, 97.5)).tolist())
        for name, value in add_up(tallies).scores().items()
    }
