"""Reports on stderr how a command gets on with its annexes."""

import contextlib
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.manifest import find_incomplete, read_manifest
from pipeline.commands.terminal import print_message
from pipeline.errors import AnnexError
from pipeline.files import open_folder

if TYPE_CHECKING:
    from pipeline.batch.manifest import ManifestEntry
    from pipeline.batch.plan import Batch
    from pipeline.batch.tasks import TaskResult

_MAX_NAMES = 20
"""Annex names in a message; judgement: one or two lines of a terminal."""


def watch_progress(results: "Iterable[TaskResult]", count: int) -> "list[TaskResult]":
    """Collect results as they come, sorted by annex; show a progress bar on a terminal."""
    bar: Any = contextlib.nullcontext(results)
    if sys.stderr.isatty():
        bar = click.progressbar(results, length=count, label="annexes", file=sys.stderr)
    with bar as watched:
        return sorted(watched, key=lambda result: result.entry.annex)


def report_batch(batch: "Batch", results: "Sequence[TaskResult]", keep_going: bool) -> None:
    """Report what became of the annexes.

    Args:
        batch: The run.
        results: Of its tasks.
        keep_going: Whether the command succeeds even if annexes failed.

    Raises:
        AnnexError: At least one annex failed, and not `keep_going`.
    """
    stage = batch.job.stage
    unchanged = {*batch.unchanged, *(r.entry.annex for r in results if not r.processed)}
    names = sorted({*unchanged, *(result.entry.annex for result in results)})
    entries = [batch.entries[name] for name in names]
    report_issues(entries, unchanged, None if stage == "run" else stage)
    failed = [entry for entry in entries if entry.failed]
    what = f"records {sum(e.records for e in entries)}"
    if stage == "extract":
        what = f"pages {sum(e.pages for e in entries)}"
    doubtful = sum(entry.doubtful for entry in entries)
    rest = f", to look at {doubtful}" if doubtful else ""
    rest += f", unchanged {len(unchanged)}" if unchanged else ""
    if batch.removed:
        rest += f", removed {len(batch.removed)} whose files are gone ({_names(batch.removed)})"
    print_message(f"{stage}: annexes {len(entries)}, {what}, failed {len(failed)}{rest}")
    if not keep_going:
        raise_if_failed(failed)


def report_issues(
    entries: "Sequence[ManifestEntry]", unchanged: Collection[str] = (), stage: str | None = None
) -> None:
    """Print the issues of annexes.

    Args:
        entries: Of the annexes.
        unchanged: Annexes that were up to date: only their errors are repeated.
        stage: Print the issues of this stage only; None: of all.
    """
    for entry in entries:
        for issue in entry.issues:
            if stage not in (None, issue.stage) or (
                entry.annex in unchanged and not issue.is_error
            ):
                continue
            where = f"{entry.annex}, page {issue.page}: " if issue.page else f"{entry.annex}: "
            if issue.is_error:  # its message names the file
                where = ""
            print_message(f"besshi: {issue.level}: {where}{issue.message}")


def warn_incomplete(folder: Path) -> None:
    """Warn of annexes that a folder does not hold completely: their files may be of two runs."""
    results = open_folder(str(folder))
    if names := find_incomplete(results, read_manifest(results)):
        print_message(
            f"besshi: warning: {folder}: incomplete results for: {_names(names)}; "
            "do `besshi run` again"
        )


def raise_if_failed(failed: "Sequence[ManifestEntry]") -> None:
    """Stop if annexes failed.

    Raises:
        AnnexError: It names the failed annexes.
    """
    if failed:
        names = _names([entry.annex for entry in failed])
        raise AnnexError(f"not read: {names}; all others are done")


def _names(annexes: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(annexes) - _MAX_NAMES} more" if len(annexes) > _MAX_NAMES else ""
    return ", ".join(annexes[:_MAX_NAMES]) + more
