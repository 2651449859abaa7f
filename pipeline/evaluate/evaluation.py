"""Score found records against the truth, annex by annex."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.errors import FloorError
from pipeline.evaluate.certainty import JudgedBreak, JudgedField, judge_breaks, judge_fields
from pipeline.evaluate.comparable import convert_record, count_unaccounted, read_truth
from pipeline.evaluate.scores import Counts, Difference, compare_records
from pipeline.files.parquet import read_rows_if_written
from pipeline.files.truths import Truth

LOWER_IS_BETTER = ("cer", "unaccounted")
"""The scores that count errors."""


class Evaluation(Struct, frozen=True):
    """The scores of several annexes."""

    counts: dict[str, Counts]
    """By annex."""
    differences: list[Difference]
    fields: dict[str, list[JudgedField]] = field(default_factory=dict)
    """By annex."""
    breaks: dict[str, list[JudgedBreak]] = field(default_factory=dict)
    """By annex."""

    @property
    def total(self) -> Counts:
        """The counts of all annexes together."""
        return sum(self.counts.values(), Counts())

    @property
    def wrong_records(self) -> int:
        """How many records differ from the truth in at least one field or label."""
        return len({difference.record for difference in self.differences})

    def metrics(self) -> dict[str, dict[str, float]]:
        """The scores by annex (and `all`) and name, for `dvc metrics`."""
        return {name: count.scores() for name, count in {**self.counts, "all": self.total}.items()}


def evaluate(truths: Mapping[str, Truth], records: Path) -> Evaluation:
    """Compare the records of a run with the truth.

    Args:
        truths: Annex → its truth.
    """
    evaluation = Evaluation({}, [])
    for annex, truth in truths.items():
        true = read_truth(truth)
        rows = read_rows_if_written(records / "records" / f"{annex}.parquet")
        found = list(map(convert_record, rows))
        count, differing = compare_records(true, found)
        unaccounted = count_unaccounted(records / "pages" / f"{annex}.parquet")
        evaluation.counts[annex] = replace(count, unaccounted=unaccounted)
        evaluation.differences.extend(differing)
        breaks = read_rows_if_written(records / "breaks" / f"{annex}.parquet")
        evaluation.fields[annex] = list(judge_fields(true, found, rows))
        evaluation.breaks[annex] = list(judge_breaks(true, found, breaks))
    return evaluation


def check_floors(evaluation: Evaluation, floors: Mapping[str, float]) -> None:
    """Compare the scores of every annex with floors; no glyph may ever be unaccounted.

    Args:
        floors: Score → its least value; its greatest for `LOWER_IS_BETTER`.

    Raises:
        FloorError: At least one score misses its floor; its notes say of each annex what changed
            and what to do.
    """
    error = FloorError("some records are not what their truths say:")
    for annex, counts in evaluation.counts.items():
        missed = [*_find_missed(counts.scores(), {"unaccounted": 0.0, **floors})]
        if missed and counts.truth_records and not counts.found_records:
            error.add_note(
                f"{annex}: missing: no record was found, and its truth has {counts.truth_records}; "
                "its PDF is not there, or could not be read: put it back (`git checkout`, "
                f"`dvc pull`), or take the annex out with `besshi annex remove {annex} --force`"
            )
        elif missed:
            wrong = counts.truth_records - counts.whole_records
            error.add_note(
                f"{annex}: {wrong} of {counts.truth_records} records differ from the truth in a "
                f"field ({'; '.join(missed)})"
            )
            for way in ways_on(annex):
                error.add_note(f"  {way}")
    if hasattr(error, "__notes__"):
        raise error


def _find_missed(scores: Mapping[str, float], floors: Mapping[str, float]) -> Iterator[str]:
    for name, floor in floors.items():
        value = scores[name]
        if name in LOWER_IS_BETTER and value > floor:
            yield f"{name} is {value:.4f}, the most allowed is {floor:g}"
        elif name not in LOWER_IS_BETTER and value < floor:
            yield f"{name} is {value:.4f}, the least allowed is {floor:g}"


def ways_on(annex: str) -> tuple[str, str]:
    """What a person does if the records of an annex differ from its truth: there are two ways."""
    return (
        f"if the new text is right: besshi annex draft {annex} --force, "
        f"then besshi annex accept {annex}",
        f"if it is not: undo what changed it (git diff -- pipeline raw_pdfs/{annex}.yml "
        f"corrections/{annex}.yml), or correct it: besshi review --serve",
    )
