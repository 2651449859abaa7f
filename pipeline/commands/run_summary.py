"""What became of the annexes of a run, in numbers and names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pipeline.batch.manifest import ManifestEntry
    from pipeline.batch.plan import Batch
    from pipeline.batch.tasks import TaskResult

_MAX_NAMES = 20
"""Annex names in a message; judgement: one or two lines of a terminal."""


class RunSummary(msgspec.Struct, frozen=True):
    """The closing summary of a run; `--json` prints it."""

    command: str
    """`run`, or the stage."""
    out: str
    """The folder that was written to; `-` is stdout."""
    annexes: int
    pages: int
    records: int
    """0 after `extract`, which finds no records."""
    warnings: int
    """Number of issues that a person should look at, of all annexes of the run."""
    doubtful: int
    """Number of records that a person should look at."""
    failed: list[str]
    """The annexes that could not be read."""
    unchanged: list[str]
    """The annexes that were up to date."""
    removed: list[str]
    """The annexes whose PDFs are gone, and whose results were removed."""

    def describe(self) -> str:
        """One line for a reader."""
        what = f"records {self.records}"
        if self.command == "extract":
            what = f"pages {self.pages}"
        rest = f", to look at {self.doubtful}" if self.doubtful else ""
        rest += f", unchanged {len(self.unchanged)}" if self.unchanged else ""
        if self.removed:
            gone = name_annexes(self.removed)
            rest += f", removed {len(self.removed)} whose files are gone ({gone})"
        return f"{self.command}: annexes {self.annexes}, {what}, failed {len(self.failed)}{rest}"


def summarize_run(
    batch: "Batch", results: "Sequence[TaskResult]", out: str
) -> "tuple[RunSummary, list[ManifestEntry]]":
    """The summary of a run, and the entries of its annexes, sorted by annex."""
    unchanged = {*batch.unchanged, *(r.entry.annex for r in results if not r.processed)}
    names = sorted({*unchanged, *(result.entry.annex for result in results)})
    entries = [batch.entries[name] for name in names]
    summary = RunSummary(
        command=batch.job.stage,
        out=out,
        annexes=len(entries),
        pages=sum(entry.pages for entry in entries),
        records=sum(entry.records for entry in entries),
        warnings=sum(not issue.is_error for entry in entries for issue in entry.issues),
        doubtful=sum(entry.doubtful for entry in entries),
        failed=[entry.annex for entry in entries if entry.failed],
        unchanged=sorted(unchanged),
        removed=list(batch.removed),
    )
    return summary, entries


def name_annexes(annexes: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(annexes) - _MAX_NAMES} more" if len(annexes) > _MAX_NAMES else ""
    return ", ".join(annexes[:_MAX_NAMES]) + more
