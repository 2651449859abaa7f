"""The results file: what each tool reached on the frozen set, with versions, commits and dates."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from benchmarks.frozen_set import SET, Entry
from benchmarks.outputs import Output
from benchmarks.scoring.calibration import Forecast, Reliability, list_reliability
from benchmarks.scoring.tallies import Interval, Tally, score, tally_annex
from pipeline.files.truths import read_truth

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "scores.json"


@dataclass(frozen=True)
class ToolResult:
    """What one tool reached."""

    version: str
    commit: str
    """The last one that changed besshi (`pipeline`) when the tool was run."""
    date: str
    seconds_per_page: float | None
    """CPU time on text layers, start included; None: nobody measured it."""
    failures: dict[str, str]
    """Annex → why there was no answer."""
    scores: dict[str, dict[str, Interval]]
    """Group of annexes → score → value and 95 % interval."""
    reliability: list[Reliability]
    """Of records with a text layer, if the tool gives confidences."""


@dataclass(frozen=True)
class Results:
    """The results of all tools on one set."""

    set: str
    """Hash of `set/annexes.csv`."""
    tools: dict[str, ToolResult] = field(default_factory=dict)


def groups_of(entry: Entry) -> Iterator[str]:
    """The groups that an annex counts in."""
    source = "scans" if entry.scan else "text"
    yield from (entry.split, f"{entry.split} {source}")
    if not entry.scan:
        yield f"{entry.split} {entry.family}"
    if entry.guard:
        yield "guard"


@dataclass(frozen=True)
class Scored:
    """The scores of a tool's outputs."""

    groups: dict[str, dict[str, Interval]]
    reliability: list[Reliability]


def score_outputs(outputs: Mapping[str, Output], entries: Iterable[Entry], folder: Path) -> Scored:
    """Score outputs, group by group.

    Args:
        outputs: By annex; an annex that is missing has no records.
        entries: The annexes that count.
        folder: The made set, for its truths.
    """
    groups: dict[str, list[Tally]] = defaultdict(list)
    forecasts: list[Forecast] = []
    for entry in entries:
        truth = read_truth(folder / f"{entry.annex}.json")
        tally, made = tally_annex(truth, outputs.get(entry.annex))
        for group in groups_of(entry):
            groups[group].append(tally)
        forecasts += [] if entry.scan else made
    scores = {name: _round(score(tallies)) for name, tallies in groups.items()}
    return Scored(scores, list(list_reliability(forecasts)))


def _round(scores: dict[str, Interval]) -> dict[str, Interval]:
    return {
        name: (round(value, 4), round(low, 4), round(high, 4))
        for name, (value, low, high) in scores.items()
    }


def result_of(
    version: str, outputs: Mapping[str, Output], entries: list[Entry], folder: Path
) -> ToolResult:
    """A tool's result today."""
    scored = score_outputs(outputs, entries, folder)
    timed = [
        (entry.pages, outputs[entry.annex].seconds or 0.0)
        for entry in entries
        if not entry.scan and entry.annex in outputs and not outputs[entry.annex].failure
    ]
    pages, seconds = map(sum, zip(*timed, strict=True)) if timed else (0, 0.0)
    return ToolResult(
        version=version,
        commit=_find_commit(),
        date=datetime.now(UTC).date().isoformat(),
        seconds_per_page=round(seconds / pages, 3) if seconds else None,
        failures={name: o.failure for name, o in outputs.items() if o.failure is not None},
        scores=scored.groups,
        reliability=scored.reliability,
    )


def digest_set() -> str:
    """The version of the set."""
    return sha256(SET.read_bytes()).hexdigest()[:12]


def read_results(path: Path = RESULTS) -> Results:
    """The stored results; of another set than today's, none."""
    stored = msgspec.json.decode(path.read_bytes(), type=Results) if path.exists() else None
    return stored if stored and stored.set == digest_set() else Results(digest_set())


def write_results(results: Results, path: Path = RESULTS) -> None:
    """Store results; a score and its interval stand on one line."""
    text = json.dumps(msgspec.to_builtins(results), ensure_ascii=False, indent=1)
    text = re.sub(r"\[\s+([\d., \n-]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    path.write_text(text + "\n", encoding="utf-8")


def _find_commit() -> str:
    """The last commit that changed besshi; `+` if it is changed since."""
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%h", "--", "pipeline"]
    commit = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    changed = ["git", "-C", str(ROOT), "diff", "--quiet", "HEAD", "--", "pipeline"]
    return commit + "+" * bool(subprocess.run(changed, check=False).returncode)
