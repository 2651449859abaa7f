"""Ten frozen annexes are read no worse than when they were measured last."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.frozen_set import has_factory, read_set
from benchmarks.outputs import read_outputs
from benchmarks.results import read_results, score_outputs
from pipeline.evaluate.evaluation import LOWER_IS_BETTER
from tests.support.pdfs import ROOT

LOWER = {*LOWER_IS_BETTER, "brier"}


@pytest.mark.slow
@pytest.mark.fonts
def test_the_guard_of_the_frozen_set(tmp_path: Path) -> None:
    """The floors are what was measured, less its 95 % interval: `make compare ARGS=besshi`."""
    out = tmp_path / "besshi.jsonl"
    # A checkout without history makes them with today's factory, which may set other texts.
    run("make", tmp_path, *([] if has_factory() else ["--unchecked"]))
    run("run", "besshi", "--set", tmp_path, "--out", out, "--jobs", "2")
    entries = [entry for entry in read_set() if entry.guard]
    found = score_outputs(read_outputs(out), entries, tmp_path).groups["guard"]
    missed = [
        f"{name} is {found[name][0]:.4f}, it was {value:.4f} ({low:.4f} to {high:.4f})"
        for name, (value, low, high) in read_results().tools["besshi"].scores["guard"].items()
        if (found[name][0] > high if name in LOWER else found[name][0] < low)
    ]
    assert not missed, "\n".join(missed)


def run(*command: str | Path) -> None:
    asked = [sys.executable, "-m", "benchmarks", *map(str, command), "--part", "guard"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
