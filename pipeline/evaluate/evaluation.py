"""Score found records against the truth, annex by annex."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import FloorError
from pipeline.evaluate.comparable import count_unaccounted, read_found, read_truth
from pipeline.evaluate.scores import Counts, Difference, compare_records
from pipeline.files.truths import Truth

LOWER_IS_BETTER = ("cer", "unaccounted")
"""The scores that count errors."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of several annexes."""

    counts: dict[str, Counts]
    """By annex."""
    differences: list[Difference]

    @property
    def total(self) -> Counts:
        """The counts of all annexes together."""
        return sum(self.counts.values(), Counts())

    def metrics(self) -> dict[str, dict[str, float]]:
        """The scores by annex (and `all`) and name, for `dvc metrics`."""
        return {name: count.scores() for name, count in {**self.counts, "all": self.total}.items()}


def evaluate(truths: Mapping[str, Truth], records: Path) -> Evaluation:
    """Compare the records of a run with the truth.

    Args:
        truths: Annex → its truth.
        records: The folder that the run wrote to.
    """
    counts: dict[str, Counts] = {}
    differences: list[Difference] = []
    for annex, truth in truths.items():
        found = read_found(records / "records" / f"{annex}.parquet")
        count, differing = compare_records(read_truth(truth), found)
        unaccounted = count_unaccounted(records / "pages" / f"{annex}.parquet")
        counts[annex] = replace(count, unaccounted=unaccounted)
        differences += differing
    return Evaluation(counts, differences)


def check_floors(evaluation: Evaluation, floors: Mapping[str, float]) -> None:
    """Compare the scores of every annex with floors; no glyph may ever be unaccounted.

    Args:
        evaluation: The scores.
        floors: Score → its least value; its greatest for `LOWER_IS_BETTER`.

    Raises:
        FloorError: At least one score misses its floor; its notes name each.
    """
    missed = []
    for annex, scores in evaluation.metrics().items():
        for name, floor in {"unaccounted": 0.0, **floors}.items():
            value = scores[name]
            if (value > floor) if name in LOWER_IS_BETTER else (value < floor):
                missed.append(f"{annex}: {name} is {value:.4f}, asked {floor:g}")
    if missed:
        error = FloorError("floors missed:")
        for line in missed:
            error.add_note(line)
        raise error
