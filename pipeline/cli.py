"""The commands. No logic: each reads its arguments, calls the runner and says what came of it.

Messages go to stderr, data to stdout and files. Heavy imports wait until a command needs them.
"""

import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.archive.command import annex
from pipeline.errors import INTERRUPTED, BesshiError, Terminated, VerifyError
from pipeline.export.command import export
from pipeline.options import (
    CLUSTER,
    CORRECTIONS,
    FORCE,
    JOBS,
    KEEP_GOING,
    PATHS,
    limits_options,
    out_option,
)
from pipeline.printing import say, show, show_lines
from pipeline.reporting import (
    report_batch,
    stop_if_any,
    tell_issues,
    warn_unfinished,
    watch_progress,
)
from pipeline.review.command import review
from pipeline.stopping import STOPPED, ended_by_sigterm

if TYPE_CHECKING:
    from pipeline.running.limits import Limits
    from pipeline.running.sources import Found
    from pipeline.running.spread import Options
    from pipeline.running.tasks import Done

SECTIONS = {
    "Read": ("run", "summary", "verify", "compact"),
    "Look": ("review", "inspect", "export"),
    "Keep": ("annex", "evaluate"),
    "Stages of run, one by one": ("extract", "segment", "normalize"),
}
"""What besshi is for, in the order in which somebody meets it, and the commands for it."""


class _Group(click.Group):
    """Lists its commands by what they are for; turns errors into one line and their exit code."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(section):
                rows = ((name, self.commands[name].get_short_help_str(100)) for name in names)
                formatter.write_dl([(name.ljust(9), said) for name, said in rows])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with ended_by_sigterm():
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            say(f"besshi: {STOPPED}")
            sys.exit(stop.exit_code if isinstance(stop, Terminated) else INTERRUPTED)
        except BesshiError as error:
            say(f"besshi: {error}")
            for note in getattr(error, "__notes__", ()):
                say(f"  {note}")
            sys.exit(error.exit_code)
        except BrokenPipeError:  # click's: whoever read stdout has enough
            raise
        except OSError as error:
            say(f"besshi: {error}; check the path, its rights and the free space")
            sys.exit(BesshiError.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="besshi")
def main() -> None:
    """Turn the annex tables of Japanese public administration into data.

    \b
    besshi run letters/ --out results         PDFs to Parquet, one record a comment
    besshi summary results                    what is there, and what to look at
    besshi verify results --pdfs letters/     whether all of it is as it must be
    besshi review results --pdfs letters/     check the records beside their pages
    besshi export results --to xlsx           hand them to somebody who uses Excel
    besshi annex add new.pdf --source URL     take an annex into the project

    `besshi COMMAND --help` says more; docs/commands.md says all.

    \b
    Exit codes:
      0 done                         6 a data file is not as it must be
      1 the system stopped it        7 records differ from what was accepted
      2 wrong arguments              8 a PDF or a truth is missing
      3 nothing to read              9 an annex is no longer recognised
      4 at least one annex failed   10 verify found something wrong
      5 a score missed its floor   130 stopped by Ctrl-C
                                   143 stopped by SIGTERM
    """
    if sys.stderr.isatty():  # a scan takes minutes: someone who watches sees it go on
        logging.basicConfig(format="besshi: %(message)s")
        logging.getLogger("pipeline").setLevel(logging.INFO)


def _how(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all commands that do annexes."""
    for option in (FORCE, limits_options, KEEP_GOING, JOBS):
        command = option(command)
    return command


def _options(**how: Any) -> "Options":
    from pipeline.running.spread import Options

    return Options(**how)


@main.command()
@PATHS
@out_option("parsed")
@CORRECTIONS
@_how
@CLUSTER
def run(
    paths: Sequence[str], out: str, corrections: str | None, keep_going: bool, **how: Any
) -> None:
    """Read PDFs (files or folders) and write their records."""
    from pipeline.running.sources import add_corrections, find_annexes

    _do("run", add_corrections(find_annexes(paths), corrections), out, _options(**how), keep_going)
    say(f"records: {out.rstrip('/')}/records")


@main.command()
@PATHS
@out_option("parsed/extract")
@_how
def extract(paths: Sequence[str], out: str, keep_going: bool, **how: Any) -> None:
    """Stage 1: what is on the pages. PDFs in, glyph lines and cells out."""
    from pipeline.running.sources import find_annexes

    _do("extract", find_annexes(paths), out, _options(**how), keep_going)


@main.command()
@click.argument("folder")
@out_option("parsed/segment")
@_how
def segment(folder: str, out: str, keep_going: bool, **how: Any) -> None:
    """Stage 2: what it means. Tables with roles, records over pages."""
    from pipeline.running.sources import find_stage_files

    _do("segment", find_stage_files(folder), out, _options(**how), keep_going)


@main.command()
@click.argument("folder")
@out_option("parsed")
@CORRECTIONS
@_how
def normalize(folder: str, out: str, corrections: str | None, keep_going: bool, **how: Any) -> None:
    """Stage 3: what the author typed. Records, tokens, page accounts."""
    from pipeline.running.sources import add_corrections, find_stage_files

    _do(
        "normalize",
        add_corrections(find_stage_files(folder), corrections),
        out,
        _options(**how),
        keep_going,
    )


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
    say(said)
    say(f"records: {out.rstrip('/')}/records")


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
    from pipeline.scoring import evaluate_folder, parse_floors, write_metrics, write_plots

    try:
        asked = parse_floors(floors)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--floor") from error
    made: list[Done] = []
    if records is not None:
        warn_unfinished(records)

    def watch(coming: "Iterable[Done]", count: int) -> None:
        made.extend(watch_progress(coming, count))

    evaluation = evaluate_folder(truth, records, watch, _options(**how))
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
@out_option("inspect")
@limits_options
def inspect(pdf: Path, pages: Sequence[int], out: str, limits: "Limits") -> None:
    """Draw what was decided over the pages of one PDF."""
    from pipeline.inspecting import inspect_annex

    for written in inspect_annex(pdf, pages, Path(out), limits):
        show(str(written))


@main.command()
@click.argument("folder", default="parsed", type=click.Path(path_type=Path))
def summary(folder: Path) -> None:
    """Say what a run wrote, and what a person should look at."""
    from pipeline.summary import summarize

    warn_unfinished(folder)
    show_lines(summarize(folder))


main.add_command(review)
main.add_command(export)
main.add_command(annex)


@main.command()
@click.argument("folder", default="parsed")
@click.option(
    "--pdfs",
    multiple=True,
    metavar="PATH",
    help="PDFs (file or folder) to compare the hashes with.",
)
@CORRECTIONS
@click.option(
    "--recount",
    is_flag=True,
    help="Count the characters of the --pdfs again, with pdfplumber.",
)
@JOBS
@limits_options
def verify(
    folder: str,
    pdfs: Sequence[str],
    corrections: str | None,
    recount: bool,
    jobs: int,
    limits: "Limits",
) -> None:
    """Check what a run, a stage or compact wrote, and print a line for each finding."""
    from pipeline.verifying import Recount
    from pipeline.verifying import verify as find

    if recount and not pdfs:
        raise click.UsageError("--recount needs the PDFs: name them with --pdfs")
    again = Recount(jobs, limits) if recount else None
    levels = {"error": 0, "warning": 0}
    for finding in find(folder, pdfs, corrections, again):
        levels[finding.level] += 1
        show(str(finding))
    said = f"verify: errors {levels['error']}, warnings {levels['warning']}"
    say(f"{said}; {again}" if again else said)
    if levels["error"]:
        advice = "the command that wrote it does so anew with --force"
        if again:  # anew it would be the same where besshi itself lost a glyph
            advice += "; where pdfplumber still differs, one of the two misreads that page"
        raise VerifyError(f"{folder}: is not as it must be; {advice}")


def _do(stage: str, found: "Found", out: str, options: "Options", keep_going: bool) -> None:
    from pipeline.running.batch import carry_out, conclude, plan
    from pipeline.running.manifest import claim_results

    with claim_results(out):
        batch = plan(stage, found, out, options)
        with contextlib.closing(carry_out(batch)) as coming:  # closed, it ends its processes
            made = watch_progress(coming, len(batch.tasks))
        conclude(batch)
    report_batch(batch, made, keep_going)
