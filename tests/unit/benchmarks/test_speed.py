"""The measuring of speed."""

import re

import pytest

from benchmarks import speed


@pytest.mark.slow
def test_speed_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """Of next to nothing, so that the code runs; the figures mean nothing."""
    rows = [name for name in speed.ROWS if name != "tools"]
    speed.main([*rows, "--pages", "2", "3", "4", "--annexes", "2", "--done", "2", "--repeat", "1"])
    head, line, *found = capsys.readouterr().out.splitlines()
    assert (head, line) == ("| what | asked | measured |", "|---|---|---|")
    assert len(found) >= 6
    assert all(row.count("|") == 4 and re.search(r"\d\.\d", row) for row in found)
