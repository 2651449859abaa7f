"""Options that several commands have."""

import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.resource_limits import MEGABYTES, SECONDS, Limits

if TYPE_CHECKING:
    from pipeline.batch.executor import Options

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
    help="Megabytes that a process may take; 0: all there are.",
)
CLUSTER = click.option(
    "--cluster", metavar="ADDRESS", help="Dask scheduler to work on; local: one started here."
)
CORRECTIONS = click.option(
    "--corrections",
    metavar="DIRECTORY",
    help="Folder of what readers corrected.  [default: corrections, if it is there]",
)
FORCE = click.option("--force", is_flag=True, help="Do annexes again that are done.")
KEEP_GOING = click.option(
    "--keep-going",
    is_flag=True,
    help="Exit with 0 although annexes failed: they stand in issues.parquet.",
)


def out_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Where a command writes to."""
    return click.option(
        "--out",
        default=default,
        show_default=True,
        help="Folder to write to.",
    )


def limits_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a process may take: the command is given its `limits`."""

    @wraps(command)
    def limited(*arguments: Any, timeout: float, memory: int, **options: Any) -> Any:
        return command(*arguments, limits=Limits(timeout, memory), **options)

    return TIMEOUT(MEMORY(limited))


def batch_options(**how: Any) -> "Options":
    """What a batch may take, from the options of a command."""
    from pipeline.batch.executor import Options

    return Options(**how)
