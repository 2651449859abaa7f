"""`besshi evaluate` from folder to scores: runs what has to be run, writes what DVC shows."""

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd

from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import Options
from pipeline.batch.plan import plan
from pipeline.batch.run import carry_out
from pipeline.batch.tasks import Done
from pipeline.errors import InputError
from pipeline.evaluate import Evaluation, evaluate
from pipeline.evaluate.scores import Counts
from pipeline.files.atomic import write_whole
from pipeline.files.truths import read_truths

Progress = Callable[[Iterable[Done], int], object]


def parse_floors(floors: Sequence[str]) -> dict[str, float]:
    """`whole=0.95` → {"whole": 0.95}.

    Raises:
        ValueError: It names no score, or no number.
    """
    known = Counts().scores()
    parsed = {}
    for floor in floors:
        name, _, value = floor.partition("=")
        try:
            parsed[name] = float(value)
        except ValueError as error:
            raise ValueError(f"{floor}: give SCORE=NUMBER, such as whole=0.95") from error
        if name not in known:
            raise ValueError(f"{floor}: the scores are {', '.join(known)}")
    return parsed


def evaluate_folder(
    folder: Path, records: Path | None, progress: Progress, options: Options
) -> Evaluation:
    """Score the annexes that a folder has truth files for.

    Args:
        folder: Truth files, and beside them (where `records` is None) their PDFs.
        records: The folder of a finished run.
        progress: Consumes annexes as they are done.
        options: How to run the PDFs.

    Raises:
        InputError: There is no truth file, a truth has no PDF, or no run wrote `records`.
    """
    truths = {path.stem: truth for path, truth in read_truths(folder)}
    if not truths:
        raise InputError(f"{folder}: holds no truth file (*.json); name a folder that does")
    if records is not None:
        if not (records / "records").is_dir():
            raise InputError(f"{records}: no run has written here; name the --out of a run")
        return evaluate(truths, records)
    with tempfile.TemporaryDirectory(prefix="besshi-") as temporary:
        pdfs = [str(_pdf(folder, annex)) for annex in truths]
        batch = plan("run", find_annexes(pdfs), temporary, options)
        progress(carry_out(batch), len(batch.tasks))
        return evaluate(truths, Path(temporary))


def _pdf(folder: Path, annex: str) -> Path:
    path = folder / f"{annex}.pdf"
    if not path.exists():
        raise InputError(
            f"{path}: is missing beside its truth; put it there, or give --records of a run"
        )
    return path


def write_metrics(path: Path, evaluation: Evaluation) -> None:
    """Write the scores as JSON for `dvc metrics`."""
    text = json.dumps(evaluation.metrics(), ensure_ascii=False, indent=2, sort_keys=True)
    write_whole(path, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def write_plots(path: Path, evaluation: Evaluation) -> None:
    """Write the scores as CSV for `dvc plots`: one row an annex."""
    frame = pd.DataFrame.from_dict(evaluation.metrics(), orient="index")
    text = frame.to_csv(index_label="annex")
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))
