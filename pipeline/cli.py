"""The commands. No logic: each reads its arguments, calls the runner and says what came of it.

Messages go to stderr, data to stdout and files. Heavy imports wait until a command needs them.
"""

import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import AnnexError, BesshiError
from pipeline.export.command import export
from pipeline.review.command import review

if TYPE_CHECKING:
    from pipeline.runner import Outcome

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
JOBS = click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes to use."
)
KEEP_GOING = click.option(
    "--keep-going",
    is_flag=True,
    help="Exit with 0 although annexes failed: they stand in issues.parquet.",
)


def _out(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--out",
        default=default,
        show_default=True,
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder to write to.",
    )


class _Group(click.Group):
    """Turns besshi's errors into one line on stderr and their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BesshiError as error:
            click.echo(f"besshi: {error}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:  # click's: whoever read stdout has enough
            raise
        except OSError as error:
            click.echo(f"besshi: {error}; check the path, its rights and the free space", err=True)
            sys.exit(BesshiError.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="besshi")
def main() -> None:
    """Turn the annex tables of Japanese public administration into data.

    \b
    besshi run raw_pdfs --out parsed      from PDFs to Parquet records, all stages
    besshi summary parsed                 what is there, and what to look at
    besshi inspect annex.pdf --page 4     a picture of what was decided on a page
    besshi review parsed --pdfs raw_pdfs  pages to check records beside the PDFs
    besshi export parsed --to xlsx        records for Excel; or csv, jsonl
    besshi evaluate --truth tests/golden  scores against records that are known

    \b
    The stages one by one, as the DVC pipeline runs them:
    besshi extract → besshi segment → besshi normalize

    \b
    Exit codes: 0 done · 1 the system stopped it (disk, rights, memory) · 2 wrong
    arguments · 3 nothing to read · 4 at least one annex failed (the others are
    written) · 5 a score missed its floor · 6 a data file is not as it must be.
    """
    if sys.stderr.isatty():  # a scan takes minutes: someone who watches sees it go on
        logging.basicConfig(format="besshi: %(message)s")
        logging.getLogger("pipeline").setLevel(logging.INFO)


@main.command()
@PATHS
@_out("parsed")
@JOBS
@KEEP_GOING
def run(paths: Sequence[Path], out: Path, jobs: int, keep_going: bool) -> None:
    """Read PDFs (files or folders) and write their records."""
    from pipeline.runner import find_annexes, record_issues, run_annex, share_jobs

    files = find_annexes(paths)
    outcomes = _work(partial(run_annex, jobs=share_jobs(files, jobs)), files, out, jobs)
    record_issues(out, outcomes)
    _report(outcomes, keep_going)
    click.echo(f"records: {out / 'records'}", err=True)


@main.command()
@PATHS
@_out("parsed/extract")
@JOBS
@KEEP_GOING
def extract(paths: Sequence[Path], out: Path, jobs: int, keep_going: bool) -> None:
    """Stage 1: what is on the pages. PDFs in, glyph lines and cells out."""
    from pipeline.runner import extract_to, find_annexes, share_jobs

    files = find_annexes(paths)
    work = partial(extract_to, jobs=share_jobs(files, jobs))
    _report(_work(work, files, out, jobs), keep_going, "extract")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_out("parsed/segment")
@JOBS
@KEEP_GOING
def segment(folder: Path, out: Path, jobs: int, keep_going: bool) -> None:
    """Stage 2: what it means. Tables with roles, records over pages."""
    from pipeline.runner import find_stage_files, segment_to

    _report(_work(segment_to, find_stage_files(folder), out, jobs), keep_going, "segment")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_out("parsed")
@JOBS
@KEEP_GOING
def normalize(folder: Path, out: Path, jobs: int, keep_going: bool) -> None:
    """Stage 3: what the author typed. Records, tokens, page accounts."""
    from pipeline.runner import find_stage_files, normalize_to, record_issues

    outcomes = _work(normalize_to, find_stage_files(folder), out, jobs)
    record_issues(out, outcomes)
    _report(outcomes, keep_going, "normalize")


@main.command()
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
def evaluate(
    truth: Path,
    records: Path | None,
    floors: Sequence[str],
    metrics: Path | None,
    plots: Path | None,
    jobs: int,
) -> None:
    """Score records against truth files and show what differs."""
    from pipeline import evaluate as scoring
    from pipeline.scoring import evaluate_folder, parse_floors, write_metrics, write_plots

    try:
        asked = parse_floors(floors)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--floor") from error
    outcomes: list[Outcome] = []

    def watch(coming: "Iterable[Outcome]", count: int) -> "Sequence[Outcome]":
        outcomes.extend(_progress(coming, count))
        return outcomes

    evaluation = evaluate_folder(truth, records, watch, jobs)
    failed = [outcome for outcome in outcomes if outcome.failed]
    _tell(failed)
    for line in scoring.show_differences(evaluation.differences):
        click.echo(line)
    click.echo(scoring.score_table(evaluation.counts))
    if metrics is not None:
        write_metrics(metrics, evaluation)
    if plots is not None:
        write_plots(plots, evaluation)
    scoring.check_floors(evaluation, asked)
    _stop_if_any(failed)


@main.command()
@click.argument("pdf", type=click.Path(path_type=Path))
@click.option(
    "--page",
    "pages",
    multiple=True,
    metavar="N",
    type=click.IntRange(1),
    help="Page to draw, from 1; may be given several times. [default: all]",
)
@_out("inspect")
def inspect(pdf: Path, pages: Sequence[int], out: Path) -> None:
    """Draw what was decided over the pages of one PDF."""
    from pipeline.inspecting import inspect_annex

    for written in inspect_annex(pdf, pages, out):
        click.echo(written)


@main.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
def summary(folder: Path) -> None:
    """Say what a run wrote, and what a person should look at."""
    from pipeline.summary import summarize

    click.echo(summarize(folder))


main.add_command(review)
main.add_command(export)


def _work(
    work: "Callable[[Path, Path], Outcome]", files: Sequence[Path], out: Path, jobs: int
) -> "list[Outcome]":
    from pipeline.runner import for_each

    return _progress(for_each(work, files, out, jobs), len(files))


def _progress(outcomes: "Iterable[Outcome]", count: int) -> "list[Outcome]":
    """Collect outcomes behind a progress bar, where someone is watching."""
    bar: Any = contextlib.nullcontext(outcomes)
    if sys.stderr.isatty():
        bar = click.progressbar(outcomes, length=count, label="annexes", file=sys.stderr)
    with bar as watched:
        return sorted(watched, key=lambda outcome: outcome.annex)


def _report(outcomes: "Sequence[Outcome]", keep_going: bool, stage: str | None = None) -> None:
    """Say what became of the annexes, and stop where one failed and that is not to be passed over.

    Args:
        outcomes: One for each annex.
        keep_going: Whether the command goes on to succeed.
        stage: The one that ran; it repeats nothing that one before it has said.
    """
    _tell(outcomes, stage)
    failed = [outcome for outcome in outcomes if outcome.failed]
    made = f"records {sum(o.records for o in outcomes)}"
    if stage == "extract":
        made = f"pages {sum(o.pages for o in outcomes)}"
    click.echo(f"{stage or 'run'}: annexes {len(outcomes)}, {made}, failed {len(failed)}", err=True)
    if not keep_going:
        _stop_if_any(failed)


def _tell(outcomes: "Sequence[Outcome]", stage: str | None = None) -> None:
    for outcome in outcomes:
        for issue in outcome.issues:
            if stage is not None and issue.stage != stage:
                continue
            where = f"{outcome.annex}, page {issue.page}: " if issue.page else f"{outcome.annex}: "
            if issue.level == "error":  # its message names the file
                where = ""
            click.echo(f"besshi: {issue.level}: {where}{issue.message}", err=True)


def _stop_if_any(failed: "Sequence[Outcome]") -> None:
    if failed:
        names = ", ".join(outcome.annex for outcome in failed)
        raise AnnexError(f"not read: {names}; all others are done")
