"""`besshi evaluate`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import FOLDER, JOBS, batch_options, limits_options
from pipeline.commands.progress import raise_if_failed, report_issues, watch_progress
from pipeline.commands.results_folder import check_results
from pipeline.commands.terminal import print_text

if TYPE_CHECKING:
    from pipeline.batch.plan import Batch
    from pipeline.batch.tasks import TaskResult


@click.command()
@click.option(
    "--truth",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of truth files. The PDFs beside them are read and scored.",
)
@click.option(
    "--records",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Score the results in this folder instead of reading the PDFs.",
)
@click.option(
    "--floor",
    "floors",
    multiple=True,
    metavar="SCORE=VALUE",
    help="Fail if an annex scores below VALUE; for cer (character error rate) and unaccounted, "
    "above it.",
)
@click.option(
    "--metrics", type=click.Path(path_type=Path), help="Write the scores to this JSON file."
)
@click.option(
    "--plots",
    type=FOLDER,
    help="Write scores.csv, confidence.csv and breaks.csv into this folder.",
)
@JOBS
@limits_options
def evaluate(
    truth: Path,
    records: Path | None,
    floors: Sequence[str],
    metrics: Path | None,
    plots: Path | None,
    **options: Any,
) -> None:
    """Compare records with correct ones (truth files); show scores and differences."""
    from pipeline import evaluate as scoring
    from pipeline.batch.run import process_batch
    from pipeline.commands.evaluate.folder import (
        evaluate_folder,
        parse_floors,
        warn_of_unread,
        write_metrics,
    )
    from pipeline.commands.evaluate.plots import write_plots

    try:
        wanted = parse_floors(floors)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--floor") from error
    results: list[TaskResult] = []
    if records is not None:
        warn_of_unread(truth, records, check_results(records, takes_parts=False))

    def process(batch: "Batch") -> None:
        results.extend(watch_progress(batch, process_batch))

    evaluation = evaluate_folder(truth, records, process, batch_options(**options))
    failed = [result.entry for result in results if result.entry.failed]
    report_issues(failed)
    for line in scoring.show_differences(evaluation.differences, evaluation.counts):
        print_text(line)
    print_text(scoring.score_table(evaluation.counts))
    if metrics is not None:
        write_metrics(metrics, evaluation)
    if plots is not None:
        write_plots(plots, evaluation)
    scoring.check_floors(evaluation, wanted)
    raise_if_failed(failed, len(results))
