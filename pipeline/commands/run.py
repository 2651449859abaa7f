"""`besshi run`, its three stages one by one, and `compact`.

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
from pipeline.commands.terminal import say

if TYPE_CHECKING:
    from pipeline.batch.discovery import Found
    from pipeline.batch.executor import Options


def _how(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all commands that do annexes."""
    for option in (FORCE, limits_options, KEEP_GOING, JOBS):
        command = option(command)
    return command


@click.command()
@PATHS
@out_option("parsed")
@CORRECTIONS
@_how
@CLUSTER
def run(
    paths: Sequence[str], out: str, corrections: str | None, keep_going: bool, **how: Any
) -> None:
    """Read PDFs (files or folders) and write their records."""
    from pipeline.batch.discovery import add_corrections, find_annexes

    _do(
        "run",
        add_corrections(find_annexes(paths), corrections),
        out,
        batch_options(**how),
        keep_going,
    )
    say(f"records: {out.rstrip('/')}/records")


@click.command()
@PATHS
@out_option("parsed/extract")
@_how
def extract(paths: Sequence[str], out: str, keep_going: bool, **how: Any) -> None:
    """Stage 1: what is on the pages. PDFs in, glyph lines and cells out."""
    from pipeline.batch.discovery import find_annexes

    _do("extract", find_annexes(paths), out, batch_options(**how), keep_going)


@click.command()
@click.argument("folder")
@out_option("parsed/segment")
@_how
def segment(folder: str, out: str, keep_going: bool, **how: Any) -> None:
    """Stage 2: what it means. Tables with roles, records over pages."""
    from pipeline.batch.discovery import find_stage_files

    _do("segment", find_stage_files(folder), out, batch_options(**how), keep_going)


@click.command()
@click.argument("folder")
@out_option("parsed")
@CORRECTIONS
@_how
def normalize(folder: str, out: str, corrections: str | None, keep_going: bool, **how: Any) -> None:
    """Stage 3: what the author typed. Records, tokens, page accounts."""
    from pipeline.batch.discovery import add_corrections, find_stage_files

    _do(
        "normalize",
        add_corrections(find_stage_files(folder), corrections),
        out,
        batch_options(**how),
        keep_going,
    )


@click.command()
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
    from pipeline.batch import compaction as compacting
    from pipeline.batch.executor import Options

    out = out or f"{folder.rstrip('/')}/dataset"
    made = compacting.compact(folder, out, parts, Options(jobs, cluster=cluster))
    said = f"compact: annexes {made.annexes}, parts {made.parts}, unchanged {made.unchanged}"
    say(said)
    say(f"records: {out.rstrip('/')}/records")


def _do(stage: str, found: "Found", out: str, options: "Options", keep_going: bool) -> None:
    from pipeline.batch.manifest import claim_results
    from pipeline.batch.plan import plan
    from pipeline.batch.run import carry_out, conclude

    with claim_results(out):
        batch = plan(stage, found, out, options)
        with contextlib.closing(carry_out(batch)) as coming:  # closed, it ends its processes
            made = watch_progress(coming, len(batch.tasks))
        conclude(batch)
    report_batch(batch, made, keep_going)
