"""Scores a folder: reads the PDFs if needed, and writes the files that DVC shows."""

import json
import tempfile
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from pipeline.batch.discovery import find_annexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.plan import Batch, plan
from pipeline.commands.run_summary import name_annexes
from pipeline.commands.terminal import print_message
from pipeline.errors import InputError
from pipeline.evaluate import Evaluation, evaluate
from pipeline.evaluate.scores import Counts
from pipeline.files.atomic import write_content
from pipeline.files.truths import read_truths

Process = Callable[[Batch], object]
"""Carries out a planned run."""


def parse_floors(floors: Sequence[str]) -> dict[str, float]:
    """Parse floors such as `whole=0.95` → {"whole": 0.95}.

    Raises:
        ValueError: One names no known score, or no number.
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


def warn_of_unread(truth: Path, records: Path, read: Collection[str]) -> None:
    """Warn of truths whose annexes no run has read: all their records will count as missing.

    Args:
        read: The annexes in its manifest; a draft has none.
    """
    held = {*read} | {path.stem for path in (records / "records").glob("*.parquet")}
    if unread := sorted({path.stem for path in truth.glob("*.json")} - held):
        print_message(
            f"besshi: warning: {records}: has no results of {name_annexes(unread)}; "
            "read these with `besshi run` too, or all their records count as missing"
        )


def evaluate_folder(
    folder: Path, records: Path | None, process: Process, options: BatchOptions
) -> Evaluation:
    """Score the annexes for which a folder has truth files.

    Args:
        folder: The folder of truth files and, if `records` is None, their PDFs.
        records: The folder of results to score; None: read the PDFs.

    Raises:
        InputError: There is no truth file, or a truth has no PDF.
    """
    truths = {path.stem: truth for path, truth in read_truths(folder)}
    if not truths:
        raise InputError(f"{folder}: holds no truth file (*.json); name a folder that does")
    if records is not None:
        return evaluate(truths, records)
    with tempfile.TemporaryDirectory(prefix="besshi-") as temporary:
        pdfs = [str(_find_pdf(folder, annex)) for annex in truths]
        batch = plan("run", find_annexes(pdfs), temporary, options)
        process(batch)
        return evaluate(truths, Path(temporary))


def _find_pdf(folder: Path, annex: str) -> Path:
    path = folder / f"{annex}.pdf"
    if not path.exists():
        raise InputError(
            f"{path}: is missing beside its truth; put it there, or name results with --records"
        )
    return path


def write_metrics(path: Path, evaluation: Evaluation) -> None:
    """Write the scores as JSON for `dvc metrics`."""
    text = json.dumps(evaluation.metrics(), ensure_ascii=False, indent=2, sort_keys=True)
    write_content(path, f"{text}\n")
