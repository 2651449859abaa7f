"""`besshi run`, its three single stages, and `besshi compact`.

Heavy imports wait until a command needs them.
"""

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import (
    CLUSTER,
    CORRECTIONS,
    FORCE,
    JOBS,
    KEEP_GOING,
    PATHS,
    batch_options,
    limits_options,
    out_option,
)
from pipeline.commands.progress import report_batch, watch_progress
from pipeline.commands.terminal import print_message

if TYPE_CHECKING:
    from pipeline.batch.discovery import FoundAnnexes
    from pipeline.batch.executor import BatchOptions


def _batch_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of all commands that process annexes."""
    for option in (FORCE, limits_options, KEEP_GOING, JOBS):
        command = option(command)
    return command


@click.command()
@PATHS
@out_option("parsed")
@CORRECTIONS
@_batch_command
@CLUSTER
def run(
    paths: Sequence[str], out: str, corrections: str | None, keep_going: bool, **options: Any
) -> None:
    """Read PDFs (files or folders) and write their records as Parquet."""
    from pipeline.batch.discovery import add_corrections, find_annexes

    _run_batch(
        "run",
        add_corrections(find_annexes(paths), corrections),
        out,
        batch_options(**options),
        keep_going,
    )
    print_message(f"records: {out.rstrip('/')}/records")


@click.command()
@PATHS
@out_option("parsed/extract")
@_batch_command
def extract(paths: Sequence[str], out: str, keep_going: bool, **options: Any) -> None:
    """Stage 1: find the lines and cells on the pages of PDFs. Writes JSON."""
    from pipeline.batch.discovery import find_annexes

    _run_batch("extract", find_annexes(paths), out, batch_options(**options), keep_going)


@click.command()
@click.argument("folder")
@out_option("parsed/segment")
@_batch_command
def segment(folder: str, out: str, keep_going: bool, **options: Any) -> None:
    """Stage 2: find tables, column roles and rows in the output of extract. Writes JSON."""
    from pipeline.batch.discovery import find_stage_files

    _run_batch("segment", find_stage_files(folder), out, batch_options(**options), keep_going)


@click.command()
@click.argument("folder")
@out_option("parsed")
@CORRECTIONS
@_batch_command
def normalize(
    folder: str, out: str, corrections: str | None, keep_going: bool, **options: Any
) -> None:
    """Stage 3: rebuild the authors' text from the output of segment. Writes Parquet."""
    from pipeline.batch.discovery import add_corrections, find_stage_files

    _run_batch(
        "normalize",
        add_corrections(find_stage_files(folder), corrections),
        out,
        batch_options(**options),
        keep_going,
    )


@click.command()
@click.argument("folder", default="parsed")
@click.option("--out", help="Folder to write to.  [default: FOLDER/dataset]")
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
    stage: str, found: "FoundAnnexes", out: str, options: "BatchOptions", keep_going: bool
) -> None:
    from pipeline.batch.manifest import lock_results
    from pipeline.batch.plan import plan
    from pipeline.batch.run import run_batch

    with lock_results(out):
        batch = plan(stage, found, out, options)
        with contextlib.closing(run_batch(batch)) as running:  # closing ends its processes
            results = watch_progress(running, len(batch.tasks))
    report_batch(batch, results, keep_going)
