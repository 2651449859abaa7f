"""Tools side by side on the same annexes, scored as besshi scores itself.

python -m benchmarks.compare [FOLDER …] [--factory N] [--seed S] [--scans]

Markdown tables to stdout, one a set of annexes; progress and what failed to stderr. Times are
ratios to besshi's in the same run: machines differ, and this one is noisy.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.glue import join_lines, make_records
from benchmarks.tools import NAMES, SCANS
from pipeline import __version__
from pipeline.evaluate.comparable import convert_record, read_truth
from pipeline.evaluate.scores import Comparable, Counts, compare_records
from pipeline.files.parquet import read_rows
from pipeline.files.truths import Truth, read_truths

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".venv-bench" / "bin" / "python"
BESSHI = Path(sys.executable).with_name("besshi")
LIMIT = 120  # seconds for one annex
SCAN_LIMIT = 900  # the same for a scan of some ten pages
SCORES = ("record_f1", "whole", "flat", "break_f1", "cer")


@dataclass(slots=True)
class Result:
    """What a tool reached on a set of annexes."""

    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)


def main() -> None:
    """Read the arguments and print the tables."""
    options = _parser().parse_args()
    described = json.loads(_run([str(TOOLS), "-m", "benchmarks.tools"]))
    for name, state in described.items():
        if "missing" in state:
            print(f"{name} is left out: needs {state['missing']}", file=sys.stderr)
    names = SCANS if options.scans else NAMES
    versions = {n: described[n]["version"] for n in names if "version" in described[n]}
    with tempfile.TemporaryDirectory() as scratch:
        for title, pairs in _sets(options, Path(scratch)):
            limit = SCAN_LIMIT if options.scans else LIMIT
            results = {name: _measure(name, pairs, limit) for name in ("besshi", *versions)}
            _print_table(title, pairs, results, {"besshi": __version__, **versions})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="PDFs with their truth beside them")
    parser.add_argument("--factory", type=int, default=20, help="made annexes (%(default)s)")
    parser.add_argument("--seed", type=int, default=3, help="of these (%(default)s)")
    parser.add_argument("--scans", action="store_true", help="of scans, at 300 and 200 dpi")
    return parser


Pair = tuple[Path, Truth]
"""A PDF and what its records should be."""


def _sets(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, list[Pair]]]:
    if options.scans:
        yield from _scans(scratch)
    else:
        yield from _typeset(options, scratch)
    for folder in options.folders:
        yield str(folder), _pairs(folder)


def _scans(scratch: Path) -> Iterator[tuple[str, list[Pair]]]:
    """The annex of the mission as a scanner brings it back."""
    typeset = _copy_of_the_mission(scratch)
    for preset, dpi in (("scan", 300), ("bad", 200)):
        folder = scratch / f"{preset}{dpi}"
        command = [sys.executable, "-m", "benchmarks.factory.scans", str(typeset), str(folder)]
        _run([*command, "--preset", preset, "--dpi", str(dpi)])
        yield f"ota_annex, {preset} at {dpi} dpi", _pairs(folder)


def _typeset(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, list[Pair]]]:
    yield "ota_annex", _pairs(_copy_of_the_mission(scratch))
    yield "the same from a spreadsheet and a word processor", _pairs(ROOT / "tests" / "layouts")
    for family in ("simple", "wide") if options.factory else ():
        folder = scratch / family
        print(f"making {options.factory} annexes of family {family}", file=sys.stderr)
        command = [sys.executable, "-m", "benchmarks.factory", str(folder), "--family", family]
        _run([*command, "--count", str(options.factory), "--seed", str(options.seed)])
        title = f"{options.factory} made annexes of family `{family}`, seed {options.seed}"
        yield title, _pairs(folder)


def _copy_of_the_mission(scratch: Path) -> Path:
    """A folder with `ota_annex` and its truth; besshi's other annexes are its own work."""
    folder = scratch / "typeset"
    folder.mkdir()
    for file in (ROOT / "raw_pdfs" / "ota_annex.pdf", ROOT / "tests" / "golden" / "ota_annex.json"):
        shutil.copy(file, folder)
    return folder


def _pairs(folder: Path) -> list[Pair]:
    return [(folder / f"{path.stem}.pdf", truth) for path, truth in read_truths(folder)]


def _measure(name: str, pairs: Sequence[Pair], limit: int) -> Result:
    result = Result()
    for pdf, truth in pairs:
        print(f"{name}: {pdf.name}", file=sys.stderr)
        begin = time.perf_counter()
        try:
            if name == "besshi":
                found = _read_besshi(pdf, limit)
            else:
                found = _read_tool(name, pdf, truth, limit)
        except (subprocess.SubprocessError, json.JSONDecodeError) as error:
            found = [[]]
            result.failed.append(f"{pdf.name} ({type(error).__name__})")
        result.seconds += time.perf_counter() - begin
        true = read_truth(truth)
        result.counts += max(
            (compare_records(true, records)[0] for records in found), key=lambda c: c.whole_records
        )
    return result


def _read_besshi(pdf: Path, limit: int) -> list[list[Comparable]]:
    with tempfile.TemporaryDirectory() as out:
        _run([str(BESSHI), "run", str(pdf), "--out", out, "--keep-going"], limit)
        path = Path(out) / "records" / f"{pdf.stem}.parquet"
        return [[convert_record(row) for row in read_rows(path)] if path.exists() else []]


def _read_tool(name: str, pdf: Path, truth: Truth, limit: int) -> list[list[Comparable]]:
    """A tool's records with the layout's line breaks, and without any: the better one counts."""
    tables = json.loads(_run([str(TOOLS), "-m", "benchmarks.tools", name, str(pdf)], limit))
    records = make_records(tables, truth.tables)
    return [records, [join_lines(record) for record in records]]


def _run(command: Sequence[str], limit: int | None = None) -> str:
    done = subprocess.run(
        command, cwd=ROOT, check=True, timeout=limit, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={**os.environ, "BESSHI_CACHE": ""},
    )  # fmt: skip
    return done.stdout


def _print_table(
    title: str, pairs: Sequence[Pair], results: dict[str, Result], versions: dict[str, str]
) -> None:
    records = sum(len(table.records) for _, truth in pairs for table in truth.tables)
    print(f"\n{title}: {len(pairs)} annexes, {records} records\n")
    print(f"| tool | {' | '.join(SCORES)} | time | failed |")
    print("|---" * (len(SCORES) + 3) + "|")
    for name, result in results.items():
        scores = result.counts.scores()
        figures = " | ".join(f"{scores[score]:.3f}" for score in SCORES)
        ratio = result.seconds / max(results["besshi"].seconds, 1e-9)
        print(f"| {name} {versions[name]} | {figures} | {ratio:.2f} | {len(result.failed)} |")
        for failure in result.failed:
            print(f"{name}: no answer on {failure}", file=sys.stderr)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
