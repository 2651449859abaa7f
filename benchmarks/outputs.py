"""Outputs: what a program read, as JSON lines, one line for each annex.

A line has the form of a truth file. It may also say how sure each record is, how long the annex
took, and why there is no answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.files.truths import Truth, TruthTable


@dataclass(frozen=True)
class OutputTable:
    """A table that a program found."""

    records: list[dict[str, Any]] = field(default_factory=list)
    """Role → text; `extra`: header → text; perhaps `confidence`, `pages`, `section`, `marks`."""
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True)
class Output:
    """What a program read in an annex."""

    annex: str
    tables: list[OutputTable] = field(default_factory=list)
    """In reading order."""
    seconds: float | None = None
    """CPU time of the program and all that it started."""
    failure: str | None = None
    """Why there is no answer."""

    def as_truth(self) -> Truth:
        """The tables in the form of the true ones."""
        tables = [TruthTable([], [], t.records, t.title, t.caption) for t in self.tables]
        return Truth(self.annex, tables=tables)

    def confidences(self) -> list[float | None]:
        """How sure the program is of each record; None: it does not say."""
        return [record.get("confidence") for table in self.tables for record in table.records]


def read_outputs(path: Path) -> dict[str, Output]:
    """The outputs of a file by annex.

    Raises:
        ValueError: A line is none; the message says which and why.
    """
    outputs = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            output = msgspec.json.decode(line, type=Output)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{path}, line {number}: {error}; see benchmarks/README.md") from error
        outputs[output.annex] = output
    return outputs


def write_outputs(path: Path, outputs: Iterable[Output]) -> Iterator[Output]:
    """Write outputs as they come, and hand them on."""
    with path.open("w", encoding="utf-8") as file:
        for output in outputs:
            print(json.dumps(msgspec.to_builtins(output), ensure_ascii=False), file=file)
            yield output
