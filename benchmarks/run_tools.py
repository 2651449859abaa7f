"""Run a tool over annexes, one process for each, and turn what it finds into outputs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.frozen_set import Entry
from benchmarks.glue import join_lines, make_records
from benchmarks.outputs import Output, OutputTable
from benchmarks.tools import NAMES
from pipeline.evaluate.comparable import read_truth
from pipeline.evaluate.scores import Comparable, compare_records
from pipeline.files.truths import Truth
from pipeline.files.truths import read_truth as read_truth_file

ROOT = Path(__file__).parents[1]
LIMIT = 60  # CPU seconds a page; the slowest recogniser takes half of it
START = 30  # CPU seconds more: Java and models are loaded
PATIENCE = 10  # seconds of wall time for one of CPU time, on a machine that has other work


@dataclass(frozen=True)
class Tool:
    """A tool and the Python that has it."""

    name: str
    """A module of `benchmarks/tools`, or the path of an adapter."""
    python: Path

    @classmethod
    def of(cls, name: str, python: Path | None = None) -> Tool:
        """The tool in the environment that is named, or else in its own.

        Raises:
            ValueError: There is no such tool.
        """
        if name.endswith(".py"):
            name = str(Path(name).resolve(strict=True))
        elif name not in NAMES:
            raise ValueError(
                f"there is no tool {name}: give the path of an adapter, NAME.py, or one of "
                f"{', '.join(NAMES)}"
            )
        own = ROOT / ".venv-bench" / "bin" / "python"
        return cls(name, python or (Path(sys.executable) if name == "besshi" else own))

    def describe(self) -> dict[str, str]:
        """Its `version`, or what is `missing`."""
        if not self.python.exists():
            return {"missing": f"{self.python}; make .venv-bench/installed"}
        answer: dict[str, str] = self._ask(LIMIT)
        return answer

    def read(self, pdf: Path, limit: int) -> dict[str, Any]:
        """What its adapter says about a PDF.

        Args:
            pdf: The PDF.
            limit: The most CPU time that it may take, in seconds.

        Raises:
            SubprocessError, ValueError: It has no answer.
        """
        return self._ask(limit, str(pdf.resolve()), str(limit))

    def _ask(self, limit: int, *arguments: str) -> dict[str, Any]:
        command = [str(self.python), "-m", "benchmarks.tools", self.name, *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "BESSHI_CACHE": ""}, start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = process.communicate(timeout=limit * PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise
        if process.returncode == -signal.SIGKILL:  # the kernel's answer to too much CPU time
            raise subprocess.TimeoutExpired(command, limit)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        answer: dict[str, Any] = json.loads(said)
        return answer


def run_tool(tool: Tool, entries: Iterable[Entry], folder: Path, jobs: int = 1) -> Iterator[Output]:
    """Read annexes of a made set, in order; `jobs` at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda entry: read_annex(tool, entry, folder), entries)


def read_annex(tool: Tool, entry: Entry, folder: Path) -> Output:
    """What a tool reads in an annex; a tool without an answer gives an output that says why."""
    pdf = folder / f"{entry.annex}.pdf"
    try:
        answer = tool.read(pdf, LIMIT * entry.pages + START)
    except subprocess.TimeoutExpired:
        return Output(entry.annex, failure=f"more than {LIMIT} CPU seconds a page")
    except (subprocess.SubprocessError, ValueError) as error:
        return Output(entry.annex, failure=type(error).__name__)
    if "cells" in answer:
        truth = read_truth_file(pdf.with_suffix(".json"))
        tables = [OutputTable(list(map(_as_record, _read_cells(answer["cells"], truth))))]
    else:
        tables = [OutputTable(**table) for table in answer["tables"]]
    return Output(entry.annex, tables, round(answer["seconds"], 3))


def _read_cells(cells: list[Any], truth: Truth) -> Sequence[Comparable]:
    """A tool's records with the layout's line breaks, or without any: the better ones."""
    records = make_records(cells, truth.tables)
    joined = [join_lines(record) for record in records]
    true = read_truth(truth)
    return max(records, joined, key=lambda found: compare_records(true, found)[0].whole_records)


def _as_record(record: Comparable) -> dict[str, Any]:
    """A record in the form of an output."""
    named = [(name.partition("extra:"), text) for name, text in record.fields.items()]
    return {
        **{role: text for (role, is_extra, _), text in named if not is_extra},
        "extra": {header: text for (_, is_extra, header), text in named if is_extra},
    }
