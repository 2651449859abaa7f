"""The measuring of many annexes."""

import re
import subprocess
from pathlib import Path

import pytest

from benchmarks import scale


@pytest.mark.slow
def test_many_annexes_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three of them, so that the code runs; the figures mean nothing."""
    steps = [name for name in scale.STEPS if name != "dask"]
    scale.main([*steps, "--annexes", "3", "--keep", str(tmp_path)])
    _, line, *found = capsys.readouterr().out.splitlines()
    assert line.count("|") == 8
    assert len(found) == 3 + 2 + 2 + 2 * len(scale.QUERIES)
    assert all(row.count("|") == 8 and re.search(r"\d\.\d ms", row) for row in found)
    assert "20 files" in found[0]  # six of each annex, and the issues with their mark


def test_a_command_that_fails_is_told(tmp_path: Path) -> None:
    archive = scale.Archive(1, 1, tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        archive.besshi("verify", tmp_path)
