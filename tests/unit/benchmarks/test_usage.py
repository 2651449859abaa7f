"""The measuring of a command."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.usage import measure

FILLS = "import time; filled = bytearray(50_000_000); time.sleep(0.7)"


def test_a_tool_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        measure((sys.executable, "-c", "raise SystemExit('no table')"), tmp_path)
    assert "no table" in failed.value.stderr


def test_memory_of_started_processes_counts_as_theirs(tmp_path: Path) -> None:
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {FILLS!r}])"
    used = measure((sys.executable, "-c", starts), tmp_path)
    assert used.private > 50 > used.own
    assert used.largest > used.private
