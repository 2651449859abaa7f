"""Truth files: what the records of an annex should be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from pipeline.errors import DataError
from pipeline.model import ROLES


@dataclass(frozen=True, slots=True)
class TruthTable:
    """A table of a truth file."""

    headers: list[str]
    roles: list[str]
    records: list[dict[str, Any]]
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What the records of an annex should be."""

    annex: str
    description: str = ""
    tables: list[TruthTable] = field(default_factory=list)


def read_truths(folder: Path) -> Iterator[tuple[Path, Truth]]:
    """The truth files (*.json) of a folder in the order of their names.

    Raises:
        DataError: A file is no truth file.
    """
    for path in sorted(folder.glob("*.json")):
        try:
            truth = msgspec.json.decode(path.read_bytes(), type=Truth)
        except msgspec.DecodeError as error:
            raise DataError(f"{path}: is no truth file ({error}); see docs/data.md") from error
        _check_texts(path, truth)
        yield path, truth


def _check_texts(path: Path, truth: Truth) -> None:
    for t, table in enumerate(truth.tables, start=1):
        for r, record in enumerate(table.records, start=1):
            extra = record.get("extra") or {}
            if not isinstance(extra, dict):
                raise DataError(
                    f"{path}: table {t}, record {r}: extra is {extra!r}; write header: text pairs"
                )
            for role, text in {**extra, **{role: record.get(role) for role in ROLES}}.items():
                if text is not None and not isinstance(text, str):
                    raise DataError(
                        f"{path}: table {t}, record {r}: {role} is {text!r}; "
                        "write a text in quotes, or null"
                    )
