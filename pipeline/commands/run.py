"""`besshi run`, its three single stages, and `besshi compact`.

Heavy imports wait until a command needs them.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.line_formats import encode_jsonl
from pipeline.commands.options import (
    ADDRESS,
    CLUSTER,
    CORRECTIONS,
    FORCE,
    JOBS,
    KEEP_GOING,
    PATHS,
    batch_options,
    limits_options,
    out_option,
    refuse_empty,
    refuse_stdout,
    reporting_options,
)
from pipeline.commands.progress import report_batch, watch_progress
from pipeline.commands.reporting import STDOUT, Reporting
from pipeline.commands.terminal import print_message

if TYPE_CHECKING:
    from pipeline.batch.discovery import FoundAnnexes


FORMATS = ("parquet", "jsonl")


def _batch_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of all commands that process annexes."""
    for option in (reporting_options, FORCE, limits_options, KEEP_GOING, JOBS):
        command = option(command)
    return command


@click.command()
@PATHS
@click.option(
    "--out",
    type=ADDRESS,
    callback=refuse_empty,
    help="Folder to write to, or `-` for stdout.  [default: parsed]",
)
@click.option(
    "--format",
    "form",
    default=FORMATS[0],
    show_default=True,
    type=click.Choice(FORMATS),
    help="Format of the records. jsonl: only records, as lines of JSON to stdout.",
)
@CORRECTIONS
@_batch_command
@CLUSTER
def run(
    paths: Sequence[str],
    out: str | None,
    form: str,
    corrections: str | None,
    reporting: Reporting,
    **options: Any,
) -> None:
    """Read PDFs (files or folders) and write their records as Parquet."""
    from pipeline.batch.discovery import add_corrections, find_annexes

    _check_output(out, form, reporting, options["cluster"])
    found = add_corrections(find_annexes(paths), corrections)
    if form == "jsonl":
        _print_records(found, reporting, **options)
        return
    out = out or "parsed"
    _run_batch("run", found, out, reporting, **options)
    if not reporting.quiet:
        print_message(f"records: {out.rstrip('/')}/records")


def _check_output(out: str | None, form: str, reporting: Reporting, cluster: str | None) -> None:
    """Make sure that stdout gets records, or a summary, or neither.

    Raises:
        UsageError: The options do not go together.
    """
    if form != "jsonl":
        if out == STDOUT:
            raise click.UsageError("--out -: give --format jsonl too; Parquet needs a folder")
        return
    if out not in (None, STDOUT):
        raise click.UsageError(
            "--format jsonl writes to stdout; for a file, `besshi export --to jsonl --out FILE`"
        )
    if reporting.as_json:
        raise click.UsageError("--json and --format jsonl both write to stdout; give one of them")
    if cluster is not None:
        raise click.UsageError("--format jsonl does not go with --cluster; name a folder")


def _print_records(
    found: "FoundAnnexes", reporting: Reporting, keep_going: bool, **options: Any
) -> None:
    """Read annexes and print their records to stdout; no folder is written."""
    from pipeline.batch.plan import plan
    from pipeline.batch.run import process_batch
    from pipeline.files.parquet import read_rows

    with tempfile.TemporaryDirectory(prefix="besshi-") as temporary:
        batch = plan("run", found, temporary, batch_options(**options))
        results = watch_progress(batch, process_batch, reporting)
        for path in sorted(Path(temporary).glob("records/*.parquet")):
            sys.stdout.buffer.write(encode_jsonl(read_rows(path)))
        sys.stdout.buffer.flush()
        report_batch(batch, results, keep_going, reporting, STDOUT)


@click.command()
@PATHS
@out_option("parsed/extract")
@_batch_command
def extract(paths: Sequence[str], out: str, **options: Any) -> None:
    """Stage 1: find the lines and cells on the pages of PDFs. Writes JSON."""
    from pipeline.batch.discovery import find_annexes

    _run_batch("extract", find_annexes(paths), out, **options)


@click.command()
@click.argument("folder")
@out_option("parsed/segment")
@_batch_command
def segment(folder: str, out: str, **options: Any) -> None:
    """Stage 2: find tables, column roles and rows in the output of extract. Writes JSON."""
    from pipeline.batch.discovery import find_stage_files

    _run_batch("segment", find_stage_files(folder), out, **options)


@click.command()
@click.argument("folder")
@out_option("parsed")
@CORRECTIONS
@_batch_command
def normalize(folder: str, out: str, corrections: str | None, **options: Any) -> None:
    """Stage 3: rebuild the authors' text from the output of segment. Writes Parquet."""
    from pipeline.batch.discovery import add_corrections, find_stage_files

    found = add_corrections(find_stage_files(folder), corrections)
    _run_batch("normalize", found, out, **options)


@click.command()
@click.argument("folder", default="parsed", type=ADDRESS)
@click.option(
    "--out",
    type=ADDRESS,
    callback=refuse_stdout,
    help="Folder to write to.  [default: FOLDER/dataset]",
)
@click.option(
    "--parts",
    type=click.IntRange(1),
    help="Number of files of each kind.  "
    "[default: the number in --out; if it is empty, one for each 128 MB]",
)
@JOBS
@CLUSTER
def compact(
    folder: str, out: str | None, parts: int | None, jobs: int, cluster: str | None
) -> None:
    """Merge the files of many annexes into a few large ones."""
    from pipeline.batch import compaction
    from pipeline.batch.executor import BatchOptions

    out = out or f"{folder.rstrip('/')}/dataset"
    done = compaction.compact(folder, out, parts, BatchOptions(jobs, cluster=cluster))
    counts = f"annexes {done.annexes}, parts {done.parts}, unchanged {done.unchanged}"
    print_message(f"compact: {counts}")
    print_message(f"records: {out.rstrip('/')}/records")


def _run_batch(
    stage: str,
    found: "FoundAnnexes",
    out: str,
    reporting: Reporting,
    keep_going: bool,
    **options: Any,
) -> None:
    from pipeline.batch.manifest import lock_results
    from pipeline.batch.plan import plan
    from pipeline.batch.run import run_batch

    with lock_results(out):
        batch = plan(stage, found, out, batch_options(**options))
        results = watch_progress(batch, run_batch, reporting)
    report_batch(batch, results, keep_going, reporting, out)
