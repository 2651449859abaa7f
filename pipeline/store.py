"""Files in and out: Parquet by the contract's schemas, stage files, truth files.

Every file is written beside its place and renamed into it, so that it is there whole or not at
all. pyarrow and msgspec are known here only.
"""

import gzip
import os
import tempfile
import zlib
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


def _columns(kind: pa.DataType, *names: str, nullable: bool = False) -> list[pa.Field]:
    return [pa.field(name, kind, nullable=nullable) for name in names]


RECORDS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "annex", "source_sha256"),
        *_columns(_INT, "table_index", "row_index"),
        *_columns(_TEXT, "title", "caption", *ROLES, nullable=True),
        *_columns(pa.map_(_TEXT, _TEXT), "extra"),
        *_columns(pa.list_(_TEXT), "location"),
        *_columns(_TEXT, "original_body", "revision_kind", nullable=True),
        *_columns(pa.list_(_RUN), "redline", nullable=True),
        *_columns(_INT, "page_first", "page_last"),
        *_columns(pa.list_(_BOX), "boxes"),
        *_columns(_TEXT, "source"),
        *_columns(_FLOAT, "confidence"),
        *_columns(pa.list_(_TEXT), "flags"),
    ]
)
TOKENS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "field"),
        *_columns(_INT, "position", "start", "end"),
        *_columns(_TEXT, "surface", "dictionary_form", "normalized_form", "part_of_speech"),
    ]
)
PAGES = pa.schema(
    [
        *_columns(_TEXT, "annex"),
        *_columns(_INT, "page"),
        *_columns(_FLOAT, "width", "height"),
        *_columns(_TEXT, "source"),
        *_columns(_INT, "tables", "glyphs"),
        *_columns(_INT, "in_records", "in_headers", "in_furniture", "hidden", "unaccounted"),
        *_columns(_FLOAT, "unread_ink", nullable=True),
    ]
)
BREAKS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "field"),
        *_columns(_INT, "position"),
        *_columns(_TEXT, "before", "after", "context"),
        *_columns(pa.bool_(), "kept"),
        *_columns(_FLOAT, "confidence", "odds"),
        *_columns(_FLOAT, "prior", "geometry", "spacing", "series", "twins", "slack"),
    ]
)
RECEIPTS = pa.schema(
    [
        *_columns(_TEXT, "record_id", "field", "step", "found", "made"),
        *_columns(_INT, "count"),
    ]
)
ISSUES = pa.schema(
    [
        *_columns(_TEXT, "level", "stage", "code", "annex"),
        *_columns(_INT, "page", nullable=True),
        *_columns(_TEXT, "record_id", nullable=True),
        *_columns(_TEXT, "message"),
    ]
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


def write_packed(path: Path, content: object) -> None:
    """Write a dataclass as `write_stage` does, compressed."""
    data = gzip.compress(msgspec.json.encode(content), compresslevel=3, mtime=0)
    write_whole(path, lambda beside: beside.write_bytes(data))


def read_packed(path: Path, kind: type[T]) -> T:
    """Read what `write_packed` wrote.

    Raises:
        DataError: It does not hold a `kind`.
    """
    try:
        return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=kind)
    except (msgspec.DecodeError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{path}: is no {kind.__name__} of this besshi ({error})") from error


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


def read_source(path: Path) -> str:
    """The SHA-256 of the PDF from which a file of an annex was made; "" where it does not say.

    Raises:
        DataError: It is no Parquet file.
    """
    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid as error:
        raise DataError(f"{path}: is no Parquet file; remove it and run again") from error
    source: bytes = metadata.get(b"besshi.source_sha256", b"")
    return source.decode()


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
