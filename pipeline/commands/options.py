"""Options that several commands share."""

import os
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.batch.resource_limits import LEAST_MEGABYTES, MEGABYTES, SECONDS, Limits
from pipeline.commands.reporting import STDOUT, Reporting

if TYPE_CHECKING:
    from pipeline.batch.executor import BatchOptions


T = TypeVar("T", str | None, Sequence[str])


def refuse_empty(_: click.Context, __: click.Parameter, value: T) -> T:
    """Let no path be empty, as that of a variable of the shell may be: it would be this folder.

    Raises:
        BadParameter: One is.
    """
    if value is not None and "" in ([value] if isinstance(value, str) else value):
        raise click.BadParameter("a path is empty; name a file or a folder (. is this one)")
    return value


def refuse_too_little_memory(_: click.Context, __: click.Parameter, megabytes: int) -> int:
    """Let no limit be so low that a process cannot even start.

    Raises:
        BadParameter: It is.
    """
    if 0 < megabytes < LEAST_MEGABYTES:
        raise click.BadParameter(
            f"{megabytes} MB is less than besshi needs to start; give at least {LEAST_MEGABYTES}, "
            "or 0 for no limit"
        )
    return megabytes


FOLDER = click.Path(file_okay=False, path_type=Path)
"""The type of a folder on this machine."""
ADDRESS = click.Path(file_okay=False)
"""The type of a folder that may also be an address that fsspec knows."""
PATHS = click.argument("paths", nargs=-1, required=True, callback=refuse_empty)
JOBS = click.option(
    "--jobs",
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
    show_default="all cores",
    envvar="BESSHI_JOBS",
    type=click.IntRange(0),
    help="Number of processes. 0: only the main process, which has no limits of time and memory.",
)
TIMEOUT = click.option(
    "--timeout",
    default=SECONDS,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Seconds allowed for each page, and as many once more for the annex.",
)
MEMORY = click.option(
    "--memory",
    default=MEGABYTES,
    show_default=True,
    type=click.IntRange(0),
    callback=refuse_too_little_memory,
    help="Memory limit in megabytes for each process. 0: no limit.",
)
CLUSTER = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Address of a Dask scheduler to work on; `local` starts one here.",
)
CORRECTIONS = click.option(
    "--corrections",
    type=ADDRESS,
    help="Folder of corrections of records.  [default: corrections, if it exists]",
)
FORCE = click.option("--force", is_flag=True, help="Reprocess annexes that are already up to date.")
KEEP_GOING = click.option(
    "--keep-going",
    is_flag=True,
    help="Exit with 0 even if annexes failed; issues.parquet lists them.",
)


QUIET = click.option("--quiet", "-q", is_flag=True, help="Report errors only.")
VERBOSE = click.option(
    "--verbose", "-v", is_flag=True, help="Report each annex, and all warnings again."
)
JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print the closing summary to stdout, as JSON."
)


def refuse_stdout(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Let no folder be called as stdout is, nor be empty; `./-` may be.

    Raises:
        BadParameter: It is.
    """
    if value == STDOUT:
        raise click.BadParameter("only `besshi run --format jsonl` writes to stdout")
    return refuse_empty(context, option, value)


def out_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option for the folder that a command writes to."""
    return click.option(
        "--out",
        default=default,
        show_default=True,
        type=ADDRESS,
        callback=refuse_stdout,
        help="Folder to write to.",
    )


def limits_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --timeout and --memory; the command receives them as `limits`."""

    @wraps(command)
    def limited(*arguments: Any, timeout: float, memory: int, **options: Any) -> Any:
        return command(*arguments, limits=Limits(timeout, memory), **options)

    return TIMEOUT(MEMORY(limited))


def reporting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --quiet, --verbose and --json; the command receives them as `reporting`."""

    @wraps(command)
    def reported(*arguments: Any, quiet: bool, verbose: bool, as_json: bool, **options: Any) -> Any:
        if quiet and verbose:
            raise click.UsageError("give either --quiet or --verbose")
        return command(*arguments, reporting=Reporting(quiet, verbose, as_json), **options)

    return QUIET(VERBOSE(JSON(reported)))


def batch_options(**options: Any) -> "BatchOptions":
    """The batch options from the options of a command."""
    from pipeline.batch.executor import BatchOptions

    return BatchOptions(**options)
