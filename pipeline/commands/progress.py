"""Reports on stderr how a command gets on with its annexes."""

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.batch.manifest import MANIFEST_FOLDER
from pipeline.commands.progress_display import ProgressDisplay
from pipeline.commands.reporting import STDOUT, Reporting
from pipeline.commands.run_summary import name_annexes, summarize_run
from pipeline.commands.terminal import print_line, print_message
from pipeline.errors import AnnexError

if TYPE_CHECKING:
    from pipeline.batch.manifest import ManifestEntry
    from pipeline.batch.page_progress import Watch
    from pipeline.batch.plan import Batch
    from pipeline.batch.tasks import TaskResult
    from pipeline.model import Issue


Process = Callable[["Batch", "Watch | None"], Generator["TaskResult", None, None]]
"""Carries out a planned run (`run_batch`, `process_batch`)."""
_USUAL = Reporting()
MAX_ISSUES = 20
"""Issues of a level that are printed; judgement: with the summary they fit on a screen."""


def watch_progress(
    batch: "Batch", process: Process, reporting: Reporting = _USUAL
) -> "list[TaskResult]":
    """Process the annexes of a batch, and show how far it is.

    Returns:
        The results, sorted by annex.
    """
    sizes = {task.files.annex: task.files.main_file.size for task in batch.tasks}
    display = ProgressDisplay(batch.job.stage, sizes)
    watch = None if reporting.quiet else display.watch
    results = []
    # closing ends the processes of a batch that is stopped
    with closing(display), closing(process(batch, watch)) as running:
        for result in running:
            results.append(result)
            if not reporting.quiet:
                display.finish(result.entry.annex)
            if reporting.verbose:
                print_message(_describe_result(result))
    return sorted(results, key=lambda result: result.entry.annex)


def _describe_result(result: "TaskResult") -> str:
    entry = result.entry
    if not result.processed:
        return f"{entry.annex}: unchanged"
    if entry.failed:
        return f"{entry.annex}: not read"
    return (
        f"{entry.annex}: pages {entry.pages}, records {entry.records}, to look at {entry.doubtful}"
    )


def report_batch(
    batch: "Batch",
    results: "Sequence[TaskResult]",
    keep_going: bool,
    reporting: Reporting,
    out: str,
) -> None:
    """Report what became of the annexes.

    Args:
        keep_going: Whether the command succeeds even if annexes failed.
        out: Where the results are, for the summary.

    Raises:
        AnnexError: At least one annex failed, and not `keep_going`.
    """
    summary, entries = summarize_run(batch, results, out)
    stage = None if summary.command == "run" else summary.command
    known = () if reporting.verbose else {*summary.unchanged}
    rest = None if reporting.verbose or out == STDOUT else _where_issues_are(batch, out)
    report_issues(entries, known, stage, errors_only=reporting.quiet, rest=rest)
    if reporting.as_json:
        print_line(msgspec.json.encode(summary).decode())
    if not reporting.quiet:
        print_message(summary.describe())
    if not keep_going:
        raise_if_failed([entry for entry in entries if entry.failed], len(entries))


def report_issues(
    entries: "Sequence[ManifestEntry]",
    unchanged: Collection[str] = (),
    stage: str | None = None,
    errors_only: bool = False,
    rest: str | None = None,
) -> None:
    """Print the issues of annexes, the errors last: they stand beside the summary then.

    Args:
        unchanged: Annexes that were up to date: only their errors are repeated.
        stage: Print the issues of this stage only; None: of all.
        rest: Where all are: only some of each level are printed; None: print all.
    """
    found = [
        (entry.annex, issue)
        for entry in entries
        for issue in entry.issues
        if stage in (None, issue.stage)
        and (issue.is_error or not (errors_only or entry.annex in unchanged))
    ]
    for is_error in (False, True):
        same = [(annex, issue) for annex, issue in found if issue.is_error is is_error]
        shown = same if rest is None else same[:MAX_ISSUES]
        for annex, issue in shown:
            print_message(f"besshi: {issue.level}: {_place(annex, issue)}{issue.message}")
        if hidden := len(same) - len(shown):
            print_message(f"besshi: {same[0][1].level}: {hidden} more; all are in {rest}")


def _place(annex: str, issue: "Issue") -> str:
    """Where an issue is; the message of an error names the file."""
    if issue.is_error:
        return ""
    name = issue.record_id or annex
    return f"{name}, page {issue.page}: " if issue.page else f"{name}: "


def _where_issues_are(batch: "Batch", out: str) -> str:
    is_last = batch.job.last_stage == "normalize"
    return f"{out.rstrip('/')}/{ISSUES_FILE if is_last else MANIFEST_FOLDER}"


def raise_if_failed(failed: "Sequence[ManifestEntry]", count: int) -> None:
    """Stop if annexes failed.

    Args:
        count: Number of all annexes.

    Raises:
        AnnexError: It names the failed annexes.
    """
    if failed:
        names = name_annexes([entry.annex for entry in failed])
        if count == len(failed):
            raise AnnexError(f"not read: {names}")
        raise AnnexError(f"not read: {names}; all others are done")
