"""`besshi evaluate`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import JOBS, batch_options, limits_options
from pipeline.commands.progress import (
    stop_if_any,
    tell_issues,
    warn_unfinished,
    watch_progress,
)
from pipeline.commands.terminal import show_lines

if TYPE_CHECKING:
    from pipeline.batch.tasks import Done


@click.command()
@click.option(
    "--truth",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of truth files; PDFs beside them are run.",
)
@click.option(
    "--records",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a finished run to score instead of running the PDFs.",
)
@click.option(
    "--floor",
    "floors",
    multiple=True,
    metavar="SCORE=VALUE",
    help="Least value of a score in every annex (most, for cer and unaccounted).",
)
@click.option("--metrics", type=click.Path(path_type=Path), help="JSON file of the scores.")
@click.option("--plots", type=click.Path(path_type=Path), help="CSV file of the scores.")
@JOBS
@limits_options
def evaluate(
    truth: Path,
    records: Path | None,
    floors: Sequence[str],
    metrics: Path | None,
    plots: Path | None,
    **how: Any,
) -> None:
    """Score records against truth files and show what differs."""
    from pipeline import evaluate as scoring
    from pipeline.commands.evaluate.folder import (
        evaluate_folder,
        parse_floors,
        write_metrics,
        write_plots,
    )

    try:
        asked = parse_floors(floors)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--floor") from error
    made: list[Done] = []
    if records is not None:
        warn_unfinished(records)

    def watch(coming: "Iterable[Done]", count: int) -> None:
        made.extend(watch_progress(coming, count))

    evaluation = evaluate_folder(truth, records, watch, batch_options(**how))
    failed = [done.entry for done in made if done.entry.failed]
    tell_issues(failed)
    for line in scoring.show_differences(evaluation.differences):
        show_lines(line)
    show_lines(scoring.score_table(evaluation.counts))
    if metrics is not None:
        write_metrics(metrics, evaluation)
    if plots is not None:
        write_plots(plots, evaluation)
    scoring.check_floors(evaluation, asked)
    stop_if_any(failed)
