"""The commands. No logic: each reads its arguments, calls the runner and says what came of it.

Messages go to stderr, data to stdout and files. Heavy imports wait until a command needs them.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import INTERRUPTED, AnnexError, BesshiError, Terminated, VerifyError
from pipeline.running.limits import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from pipeline.running.annex import Done
    from pipeline.running.batch import Batch
    from pipeline.running.manifest import Entry
    from pipeline.running.sources import Found
    from pipeline.running.spread import Options

_SHOWN = 20  # names in a message; a line of a terminal or two
PATHS = click.argument("paths", nargs=-1, required=True)
JOBS = click.option(
    "--jobs",
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
    show_default="all cores",
    envvar="BESSHI_JOBS",
    type=click.IntRange(0),
    help="Processes to use; 0: this one alone, without limits.",
)
TIMEOUT = click.option(
    "--timeout",
    default=SECONDS,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Seconds for each page of an annex, and once more for the annex.",
)
MEMORY = click.option(
    "--memory",
    default=MEGABYTES,
    show_default=True,
    type=click.IntRange(0),
    help="Megabytes that a process may fill; 0: all there are.",
)
CLUSTER = click.option(
    "--cluster", metavar="ADDRESS", help="Dask scheduler to work on; local: one started here."
)
FORCE = click.option("--force", is_flag=True, help="Do annexes again that are done.")
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
        help="Folder to write to.",
    )


STOPPED = "stopped; what is written is whole, and the same command goes on from there"


def _terminate(*_: object) -> None:
    raise Terminated


@contextlib.contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends what is inside as Ctrl-C does; else it would leave temporary files behind."""
    if threading.current_thread() is not threading.main_thread():  # signals are not for others
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Group(click.Group):
    """Turns besshi's errors into one line on stderr and their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _ended_by_sigterm():
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            click.echo(f"besshi: {STOPPED}", err=True)
            sys.exit(stop.exit_code if isinstance(stop, Terminated) else INTERRUPTED)
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
    besshi verify parsed --pdfs raw_pdfs  whether all of it is as it must be
    besshi compact parsed                 few large files of many small ones
    besshi inspect annex.pdf --page 4     a picture of what was decided on a page
    besshi evaluate --truth tests/golden  scores against records that are known

    \b
    The stages one by one, as the DVC pipeline runs them:
    besshi extract → besshi segment → besshi normalize

    \b
    Exit codes: 0 done · 1 the system stopped it (disk, rights, memory) · 2 wrong
    arguments · 3 nothing to read · 4 at least one annex failed (the others are
    written) · 5 a score missed its floor · 6 a data file is not as it must be · 7 verify
    found something wrong · 130 stopped by Ctrl-C · 143 stopped by SIGTERM.
    """
    if sys.stderr.isatty():  # a scan takes minutes: someone who watches sees it go on
        logging.basicConfig(format="besshi: %(message)s")
        logging.getLogger("pipeline").setLevel(logging.INFO)


def _how(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all commands that do annexes."""
    for option in (FORCE, MEMORY, TIMEOUT, KEEP_GOING, JOBS):
        command = option(command)
    return command


def _options(
    jobs: int, timeout: float, memory: int, force: bool = False, cluster: str | None = None
) -> "Options":
    from pipeline.running.limits import Limits
    from pipeline.running.spread import Options

    return Options(jobs, Limits(timeout, memory), force, cluster)


@main.command()
@PATHS
@_out("parsed")
@_how
@CLUSTER
def run(paths: Sequence[str], out: str, keep_going: bool, **how: Any) -> None:
    """Read PDFs (files or folders) and write their records."""
    from pipeline.running.sources import find_annexes

    _do("run", find_annexes(paths), out, _options(**how), keep_going)
    click.echo(f"records: {out.rstrip('/')}/records", err=True)


@main.command()
@PATHS
@_out("parsed/extract")
@_how
def extract(paths: Sequence[str], out: str, keep_going: bool, **how: Any) -> None:
    """Stage 1: what is on the pages. PDFs in, glyph lines and cells out."""
    from pipeline.running.sources import find_annexes

    _do("extract", find_annexes(paths), out, _options(**how), keep_going)


@main.command()
@click.argument("folder")
@_out("parsed/segment")
@_how
def segment(folder: str, out: str, keep_going: bool, **how: Any) -> None:
    """Stage 2: what it means. Tables with roles, records over pages."""
    from pipeline.running.sources import find_stage_files

    _do("segment", find_stage_files(folder), out, _options(**how), keep_going)


@main.command()
@click.argument("folder")
@_out("parsed")
@_how
def normalize(folder: str, out: str, keep_going: bool, **how: Any) -> None:
    """Stage 3: what the author typed. Records, tokens, page accounts."""
    from pipeline.running.sources import find_stage_files

    _do("normalize", find_stage_files(folder), out, _options(**how), keep_going)


@main.command()
@click.argument("folder", default="parsed")
@click.option("--out", help="Folder to write to.  [default: FOLDER/dataset]")
@click.option(
    "--parts",
    type=click.IntRange(1),
    help="Files of each kind.  [default: as there are, else of 128 MB]",
)
@JOBS
@CLUSTER
def compact(
    folder: str, out: str | None, parts: int | None, jobs: int, cluster: str | None
) -> None:
    """Merge the files of many annexes into few, to be read as one table."""
    from pipeline.running import compact as compacting
    from pipeline.running.spread import Options

    out = out or f"{folder.rstrip('/')}/dataset"
    made = compacting.compact(folder, out, parts, Options(jobs, cluster=cluster))
    said = f"compact: annexes {made.annexes}, parts {made.parts}, unchanged {made.unchanged}"
    click.echo(f"{said}\nrecords: {out.rstrip('/')}/records", err=True)


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
@TIMEOUT
@MEMORY
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
    from pipeline.scoring import evaluate_folder, parse_floors, write_metrics, write_plots

    try:
        asked = parse_floors(floors)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--floor") from error
    made: list[Done] = []

    def watch(coming: "Iterable[Done]", count: int) -> None:
        made.extend(_progress(coming, count))

    evaluation = evaluate_folder(truth, records, watch, _options(**how))
    failed = [done.entry for done in made if done.entry.failed]
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


@main.command()
@click.argument("folder", default="parsed")
@click.option(
    "--pdfs",
    multiple=True,
    metavar="PATH",
    help="PDFs (file or folder) to compare the hashes with.",
)
def verify(folder: str, pdfs: Sequence[str]) -> None:
    """Count again all that a run, a stage or compact wrote, a line a finding."""
    from pipeline.verifying import verify as find

    levels = {"error": 0, "warning": 0}
    for finding in find(folder, pdfs):
        levels[finding.level] += 1
        click.echo(str(finding))
    click.echo(f"verify: errors {levels['error']}, warnings {levels['warning']}", err=True)
    if levels["error"]:
        raise VerifyError(f"{folder}: is not as it must be; `besshi run --force` writes it anew")


def _do(stage: str, found: "Found", out: str, options: "Options", keep_going: bool) -> None:
    from pipeline.running.batch import carry_out, conclude, plan
    from pipeline.running.manifest import claim_results

    with claim_results(out):
        batch = plan(stage, found, out, options)
        with contextlib.closing(carry_out(batch)) as coming:  # closed, it ends its processes
            made = _progress(coming, len(batch.tasks))
        conclude(batch)
    _report(batch, made, keep_going)


def _progress(coming: "Iterable[Done]", count: int) -> "list[Done]":
    """Collect what is done behind a progress bar, where someone is watching."""
    bar: Any = contextlib.nullcontext(coming)
    if sys.stderr.isatty():
        bar = click.progressbar(coming, length=count, label="annexes", file=sys.stderr)
    with bar as watched:
        return sorted(watched, key=lambda done: done.entry.annex)


def _report(batch: "Batch", made: "Sequence[Done]", keep_going: bool) -> None:
    """Say what became of the annexes, and stop where one failed and that is not to be passed over.

    Args:
        batch: What was to be done.
        made: What was done.
        keep_going: Whether the command goes on to succeed.
    """
    stage = batch.job.stage
    same = {*batch.unchanged, *(done.entry.annex for done in made if not done.worked)}
    entries = [batch.entries[name] for name in sorted({*same, *(d.entry.annex for d in made)})]
    _tell(entries, same, None if stage == "run" else stage)
    failed = [entry for entry in entries if entry.failed]
    what = f"records {sum(e.records for e in entries)}"
    if stage == "extract":
        what = f"pages {sum(e.pages for e in entries)}"
    rest = f", unchanged {len(same)}" if same else ""
    if batch.removed:
        rest += f", removed {len(batch.removed)} whose files are gone ({_names(batch.removed)})"
    click.echo(f"{stage}: annexes {len(entries)}, {what}, failed {len(failed)}{rest}", err=True)
    if not keep_going:
        _stop_if_any(failed)


def _tell(entries: "Sequence[Entry]", same: Collection[str] = (), stage: str | None = None) -> None:
    """Say what a person should know.

    Args:
        entries: Of the annexes.
        same: Those that were done before: of them only errors are said again.
        stage: The one that ran, which repeats nothing that one before it has said; None: all.
    """
    for entry in entries:
        for issue in entry.issues:
            if stage not in (None, issue.stage) or (entry.annex in same and issue.level != "error"):
                continue
            where = f"{entry.annex}, page {issue.page}: " if issue.page else f"{entry.annex}: "
            if issue.level == "error":  # its message names the file
                where = ""
            click.echo(f"besshi: {issue.level}: {where}{issue.message}", err=True)


def _stop_if_any(failed: "Sequence[Entry]") -> None:
    if failed:
        names = _names([entry.annex for entry in failed])
        raise AnnexError(f"not read: {names}; all others are done")


def _names(annexes: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(annexes) - _SHOWN} more" if len(annexes) > _SHOWN else ""
    return ", ".join(annexes[:_SHOWN]) + more
