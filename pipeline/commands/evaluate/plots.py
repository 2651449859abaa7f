"""Writes what `dvc plots` shows: scores, whether confidence is right, line breaks by witness."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pandas as pd

from pipeline.evaluate import Evaluation
from pipeline.evaluate.certainty import WITNESSES, JudgedBreak, JudgedField
from pipeline.files.atomic import write_atomically

# Confidence where one group of fields ends and the next begins. judgement: most fields are sure,
# so the groups become narrower there.
_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0)

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
        for low, high in pairwise(_EDGES):
            own = [
                field
                for field in fields
                if field.source == source
                and (low <= field.confidence < high or field.confidence == high == _EDGES[-1])
            ]
            if own:
                yield {
                    "source": source,
                    "confidence": round(fmean(field.confidence for field in own), 4),
                    "right": round(fmean(field.right for field in own), 4),
                    "fields": len(own),
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
    text = frame.to_csv(index=False)
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
