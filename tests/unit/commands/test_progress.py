"""How far a run is."""

import io
import sys

import pytest

from pipeline.batch.manifest import ManifestEntry
from pipeline.batch.tasks import TaskResult
from pipeline.commands import progress as reporting


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    done = [
        TaskResult(
            ManifestEntry(name, "normalize", "", "", "", "", 1, 1, (), {}), (), processed=True
        )
        for name in "ba"
    ]
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        collected = reporting.watch_progress(iter(done), 2)
        assert [done.entry.annex for done in collected] == ["a", "b"]
        assert ("annexes" in stream.getvalue()) is shown
