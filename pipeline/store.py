"""Files in and out: Parquet by the contract's schemas, stage files, truth files.

Every file is written beside its place and renamed into it, so that it is there whole or not at
all. pyarrow and msgspec are known here only.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.errors import DataError
from pipeline.model import ROLES, Issue, Normalized

SCHEMA_VERSION = "1"
_DIGITS = 4  # a ten-thousandth of a point, or of a confidence

_TEXT, _INT, _FLOAT = pa.string(), pa.int32(), pa.float64()
_BOX = pa.struct(
    [("field", _TEXT), ("page", _INT)] + [(side, _FLOAT) for side in ("x0", "top", "x1", "bottom")]
)
_RUN = pa.struct([("op", _TEXT), ("text", _TEXT)])

RECORDS = pa.schema(
    [
        pa.field("record_id", _TEXT, nullable=False),
        pa.field("annex", _TEXT, nullable=False),
        pa.field("source_sha256", _TEXT, nullable=False),
        pa.field("table_index", _INT, nullable=False),
        pa.field("row_index", _INT, nullable=False),
        ("title", _TEXT),
        ("caption", _TEXT),
        ("number", _TEXT),
        ("category", _TEXT),
        ("original_text", _TEXT),
        ("comment", _TEXT),
        ("submitter", _TEXT),
        ("revision", _TEXT),
        ("response", _TEXT),
        ("disposition", _TEXT),
        ("extra", pa.map_(_TEXT, _TEXT)),
        ("location", pa.list_(_TEXT)),
        ("original_body", _TEXT),
        ("revision_kind", _TEXT),
        ("redline", pa.list_(_RUN)),
        pa.field("page_first", _INT, nullable=False),
        pa.field("page_last", _INT, nullable=False),
        ("boxes", pa.list_(_BOX)),
        pa.field("source", _TEXT, nullable=False),
        pa.field("confidence", _FLOAT, nullable=False),
        ("flags", pa.list_(_TEXT)),
    ]
)
TOKENS = pa.schema(
    [
        ("record_id", _TEXT),
        ("field", _TEXT),
        ("position", _INT),
        ("start", _INT),
        ("end", _INT),
        ("surface", _TEXT),
        ("dictionary_form", _TEXT),
        ("normalized_form", _TEXT),
        ("part_of_speech", _TEXT),
    ]
)
PAGES = pa.schema(
    [("annex", _TEXT), ("page", _INT), ("width", _FLOAT), ("height", _FLOAT), ("source", _TEXT)]
    + [
        (count, _INT)
        for count in (
            "tables",
            "glyphs",
            "in_records",
            "in_headers",
            "in_furniture",
            "hidden",
            "unaccounted",
        )
    ]
    + [("unread_ink", _FLOAT)]
)
BREAKS = pa.schema(
    [
        ("record_id", _TEXT),
        ("field", _TEXT),
        ("position", _INT),
        ("before", _TEXT),
        ("after", _TEXT),
        ("context", _TEXT),
        ("kept", pa.bool_()),
    ]
    + [
        (part, _FLOAT)
        for part in (
            "confidence",
            "odds",
            "prior",
            "geometry",
            "spacing",
            "series",
            "twins",
            "slack",
        )
    ]
)
RECEIPTS = pa.schema(
    [(name, _TEXT) for name in ("record_id", "field", "step", "found", "made")] + [("count", _INT)]
)
ISSUES = pa.schema(
    [(name, _TEXT) for name in ("level", "stage", "code", "annex")]
    + [("page", _INT), ("record_id", _TEXT), ("message", _TEXT)]
)

DATASETS = {
    "records": RECORDS,
    "tokens": TOKENS,
    "pages": PAGES,
    "breaks": BREAKS,
    "receipts": RECEIPTS,
}
"""Folder → schema of the files in it, one file an annex."""

T = TypeVar("T")


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.chmod(0o644)  # mkstemp's files are their owner's alone
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_stage(path: Path, content: object) -> None:
    """Write what a stage hands to the next: the dataclass as JSON."""
    data = msgspec.json.encode(content)
    write_whole(path, lambda beside: beside.write_bytes(data))


def read_stage(path: Path, kind: type[T]) -> T:
    """Read a stage file.

    Raises:
        DataError: It does not hold a `kind`.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        raise DataError(
            f"{path}: is no {kind.__name__} of this besshi ({error}); run the stage before anew"
        ) from error


def write_annex(normalized: Normalized, out: Path) -> None:
    """Write the files of one annex; those of a failed one are removed."""
    contents = {
        "records": normalized.records,
        "tokens": normalized.tokens,
        "pages": normalized.pages,
        "breaks": normalized.breaks,
        "receipts": normalized.receipts,
    }
    for folder, rows in contents.items():
        (out / folder).mkdir(parents=True, exist_ok=True)
        path = out / folder / f"{normalized.annex}.parquet"
        if normalized.failed:
            path.unlink(missing_ok=True)
        else:
            table = _table(rows, DATASETS[folder], normalized.source_sha256)
            write_whole(path, partial(pq.write_table, table))


def _table(rows: Iterable[object], schema: pa.Schema, source_sha256: str) -> pa.Table:
    plain = [_rounded(msgspec.to_builtins(row)) for row in rows]
    for row in plain:
        if "extra" in row:
            row["extra"] = list(row["extra"].items())
    metadata = {
        "besshi.version": __version__,
        "besshi.schema": SCHEMA_VERSION,
        "besshi.source_sha256": source_sha256,
    }
    return pa.Table.from_pylist(plain, schema=schema.with_metadata(metadata))


def _rounded(value: Any) -> Any:
    """A row with its numbers rounded: their last digits differ between versions of Python."""
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list) else value


def write_issues(path: Path, issues: dict[str, Sequence[Issue]]) -> None:
    """Write the issues of these annexes; rows of other annexes in the file stay.

    Args:
        path: `issues.parquet`.
        issues: Annex → what a person should know of it.
    """
    rows = []
    if path.exists():
        rows = [row for row in read_rows(path) if row["annex"] not in issues]
    for annex, found in issues.items():
        rows += [{**msgspec.to_builtins(issue), "annex": annex} for issue in found]
    rows.sort(key=lambda row: row["annex"])
    table = pa.Table.from_pylist(rows, schema=ISSUES)
    write_whole(path, partial(pq.write_table, table))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file as plain dictionaries; maps become dictionaries too.

    Raises:
        DataError: It is no Parquet file.
    """
    try:
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist(maps_as_pydicts="strict")
    except pa.ArrowInvalid as error:
        raise DataError(f"{path}: is no Parquet file; remove it and run again") from error
    return rows


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
            for role in ROLES:
                text = record.get(role)
                if text is not None and not isinstance(text, str):
                    raise DataError(
                        f"{path}: table {t}, record {r}: {role} is {text!r}; "
                        "write a text in quotes, or null"
                    )
