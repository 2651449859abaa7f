"""Writes what `dvc plots` shows: scores, whether confidence is right, line breaks by witness."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from pipeline.evaluate import Evaluation
from pipeline.evaluate.certainty import WITNESSES, JudgedBreak, JudgedField, bin_confidences
from pipeline.files.atomic import write_content

Row = dict[str, str | int | float]


def write_plots(folder: Path, evaluation: Evaluation) -> None:
    """Write `scores.csv`, `confidence.csv` and `breaks.csv` into a folder.

    `scores.csv` has a row for each annex, `confidence.csv` one for each group of fields of about
    the same confidence, `breaks.csv` one for each annex, witness and decision.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scores = pd.DataFrame.from_dict(evaluation.metrics(), orient="index")
    _write(folder / "scores.csv", scores.rename_axis("annex").reset_index())
    fields = [field for own in evaluation.fields.values() for field in own]
    groups = ["source", "confidence", "right", "fields"]
    _write(folder / "confidence.csv", pd.DataFrame(list(_group(fields)), columns=groups))
    counted = [
        {"annex": annex, **row}
        for annex, breaks in evaluation.breaks.items()
        for row in _count(breaks)
    ]
    columns = ["annex", "witness", "decision", "breaks", "wrong"]
    _write(folder / "breaks.csv", pd.DataFrame(counted, columns=columns))


def _group(fields: Sequence[JudgedField]) -> Iterator[Row]:
    """Fields of about the same confidence: their mean confidence, and the share that is right."""
    for source in sorted({field.source for field in fields}):
        own = [(field.confidence, field.right) for field in fields if field.source == source]
        for group in bin_confidences(own):
            yield {
                "source": source,
                "confidence": round(group.confidence, 4),
                "right": round(group.right, 4),
                "fields": group.count,
            }


def _count(breaks: Sequence[JudgedBreak]) -> Iterator[Row]:
    """How many breaks each witness decided, and how many of these decisions are wrong."""
    found: dict[tuple[str, bool], list[JudgedBreak]] = defaultdict(list)
    for line_break in breaks:
        found[line_break.witness, line_break.kept].append(line_break)
    for witness in WITNESSES:
        for kept in (True, False):
            if own := found[witness, kept]:
                yield {
                    "witness": witness,
                    "decision": "kept" if kept else "undone",
                    "breaks": len(own),
                    "wrong": sum(not line_break.right for line_break in own),
                }


def _write(path: Path, frame: pd.DataFrame) -> None:
    write_content(path, frame.to_csv(index=False))
