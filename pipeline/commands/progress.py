"""What a command says on stderr of the annexes that it works on."""

import contextlib
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.manifest import find_unfinished, read_manifest
from pipeline.commands.terminal import say
from pipeline.errors import AnnexError
from pipeline.files import open_folder

if TYPE_CHECKING:
    from pipeline.batch.manifest import Entry
    from pipeline.batch.plan import Batch
    from pipeline.batch.tasks import Done

_SHOWN = 20  # names in a message; a line of a terminal or two


def watch_progress(coming: "Iterable[Done]", count: int) -> "list[Done]":
    """Collect what is done behind a progress bar, where someone is watching."""
    bar: Any = contextlib.nullcontext(coming)
    if sys.stderr.isatty():
        bar = click.progressbar(coming, length=count, label="annexes", file=sys.stderr)
    with bar as watched:
        return sorted(watched, key=lambda done: done.entry.annex)


def report_batch(batch: "Batch", made: "Sequence[Done]", keep_going: bool) -> None:
    """Say what became of the annexes, and stop where one failed and that is not to be passed over.

    Args:
        batch: What was to be done.
        made: What was done.
        keep_going: Whether the command goes on to succeed.
    """
    stage = batch.job.stage
    same = {*batch.unchanged, *(done.entry.annex for done in made if not done.worked)}
    entries = [batch.entries[name] for name in sorted({*same, *(d.entry.annex for d in made)})]
    tell_issues(entries, same, None if stage == "run" else stage)
    failed = [entry for entry in entries if entry.failed]
    what = f"records {sum(e.records for e in entries)}"
    if stage == "extract":
        what = f"pages {sum(e.pages for e in entries)}"
    rest = f", unchanged {len(same)}" if same else ""
    if batch.removed:
        rest += f", removed {len(batch.removed)} whose files are gone ({_names(batch.removed)})"
    say(f"{stage}: annexes {len(entries)}, {what}, failed {len(failed)}{rest}")
    if not keep_going:
        stop_if_any(failed)


def tell_issues(
    entries: "Sequence[Entry]", same: Collection[str] = (), stage: str | None = None
) -> None:
    """Say what a person should know.

    Args:
        entries: Of the annexes.
        same: Those that were done before: of them only errors are said again.
        stage: The one that ran, which repeats nothing that one before it has said; None: all.
    """
    for entry in entries:
        for issue in entry.issues:
            if stage not in (None, issue.stage) or (entry.annex in same and not issue.is_error):
                continue
            where = f"{entry.annex}, page {issue.page}: " if issue.page else f"{entry.annex}: "
            if issue.is_error:  # its message names the file
                where = ""
            say(f"besshi: {issue.level}: {where}{issue.message}")


def warn_unfinished(folder: Path) -> None:
    """Say which annexes a folder does not hold whole: their files may be of two runs."""
    results = open_folder(str(folder))
    if names := find_unfinished(results, read_manifest(results)):
        say(f"besshi: warning: {folder}: not whole: {_names(names)}; do `besshi run` again")


def stop_if_any(failed: "Sequence[Entry]") -> None:
    """End with an error where annexes failed.

    Raises:
        AnnexError: It names them.
    """
    if failed:
        names = _names([entry.annex for entry in failed])
        raise AnnexError(f"not read: {names}; all others are done")


def _names(annexes: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(annexes) - _SHOWN} more" if len(annexes) > _SHOWN else ""
    return ", ".join(annexes[:_SHOWN]) + more
