"""Rows to Parquet and back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import __version__
from pipeline.errors import DataError
from pipeline.files import Folder
from pipeline.files.parquet.schemas import DATASETS, ISSUES, SCHEMA_VERSION
from pipeline.files.parquet.tokens import batch_tokens
from pipeline.model import FieldBox, Issue, Normalized, Run

if TYPE_CHECKING:
    import pandas as pd

METADATA = (
    "besshi.version",
    "besshi.schema",
    "besshi.source_sha256",
    "besshi.parameters_sha256",
)
"""What every file says of itself: by whom, in which schema, from which PDF and parameters."""

_KNOWN = (*DATASETS.values(), ISSUES)
_DAMAGED = "is damaged ({}); do `besshi run --force`"
_DIGITS = 4  # a ten-thousandth of a point, or of a confidence
# Rows that are Python objects and Arrow's at the same time: of 2,000 records that is 20 MB.
_BATCH = 2_000
# Rows of a row group, in memory as a whole; of tokens 10 MB. Merged files have larger ones.
_GROUP = 40_000
# Bytes in memory of the rows that a reader of merged files takes at once: some 10 MB on disk.
_ROW_GROUP = 64_000_000


def encode_annex(normalized: Normalized) -> dict[str, bytes]:
    """Name → content of each file of one annex; none if it failed."""
    if normalized.header.failed:
        return {}
    rows: dict[str, Sequence[object]] = {
        "records": normalized.records,
        "pages": normalized.pages,
        "breaks": normalized.breaks,
        "receipts": normalized.receipts,
    }
    metadata = _metadata((normalized.header.source_sha256, normalized.header.parameters_sha256))
    contents = {}
    for kind, columns in DATASETS.items():
        schema = columns.with_metadata(metadata)
        if kind == "tokens":
            batches = batch_tokens(normalized.tokens, schema, _BATCH)
        else:
            batches = _batches(rows[kind], schema)
        contents[annex_file(kind, normalized.header.annex)] = _encode(batches, schema)
    return contents


def write_annex(normalized: Normalized, folder: Folder) -> None:
    """Write the files of one annex; those of a failed one are removed."""
    contents = encode_annex(normalized)
    for kind in DATASETS:
        name = annex_file(kind, normalized.header.annex)
        if name in contents:
            folder.write(name, contents[name])
        else:
            folder.remove(name)


def annex_file(kind: str, annex: str) -> str:
    """The name of an annex's file of a kind."""
    return f"{kind}/{annex}.parquet"


def _metadata(hashes: tuple[str, str]) -> dict[str, str]:
    told = (__version__, SCHEMA_VERSION, *hashes)
    return dict(zip(METADATA, told, strict=True))


def check_schema(file: str, schema: pa.Schema) -> None:
    """Refuse what another schema than this besshi's may mean.

    Args:
        file: Its name, for the message.
        schema: As read from it.

    Raises:
        DataError: The file is of an older or a newer besshi, or of none.
    """
    told = (schema.metadata or {}).get(b"besshi.schema", b"none").decode(errors="replace")
    if told != SCHEMA_VERSION:
        raise DataError(
            f"{file}: has schema {told}, and this besshi reads schema {SCHEMA_VERSION}; "
            "do `besshi run` again (for a folder of `besshi compact`, then that)"
        )


def _encode(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> bytes:
    """The content of a Parquet file.

    Raises:
        ValueError: A value is missing where there must be one.
    """
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, schema) as writer:
        for group in _groups(batches, schema):
            _check_values(group)
            writer.write_table(group, row_group_size=len(group) or None)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """What is in memory at the same time, one at least."""
    coming = iter(batches)
    some = list(islice(coming, _GROUP // _BATCH))
    yield pa.Table.from_batches(some, schema)
    while some := list(islice(coming, _GROUP // _BATCH)):
        yield pa.Table.from_batches(some, schema)


def _check_values(table: pa.Table) -> None:
    for column, values in zip(table.schema, table.columns, strict=True):
        if values.null_count and not column.nullable:
            raise ValueError(f"column {column.name} lacks {values.null_count} of its values")


def _batches(rows: Iterable[object], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows column by column, some at a time: all as dictionaries took four times the room."""
    coming = iter(rows)
    while some := list(islice(coming, _BATCH)):
        columns = [_column(some, field) for field in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _column(rows: Sequence[object], field: pa.Field) -> pa.Array:
    values: Iterable[Any] = map(attrgetter(field.name), rows)
    plain = _PLAIN.get(field.name)
    if pa.types.is_floating(field.type):
        plain = _rounded
    return pa.array(map(plain, values) if plain else values, field.type)


def _rounded(value: float | None) -> float | None:
    """Rounded: the last digits of numbers differ between versions of Python."""
    return None if value is None else round(value, _DIGITS)


def _plain_boxes(boxes: Sequence[FieldBox]) -> list[tuple[str | int | float | None, ...]]:
    return [
        (b.field, b.page, _rounded(b.x0), _rounded(b.top), _rounded(b.x1), _rounded(b.bottom))
        for b in boxes
    ]


def _plain_runs(runs: Sequence[Run] | None) -> list[tuple[str, str]] | None:
    return None if runs is None else [(run.op, run.text) for run in runs]


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "extra": lambda texts: list(texts.items()),
    "boxes": _plain_boxes,
    "redline": _plain_runs,
}
"""Column → what pyarrow takes in place of dataclasses and dictionaries."""


def merge_files(
    contents: Iterable[tuple[str, bytes]], kind: str, hashes: tuple[str, str], to: IO[bytes]
) -> None:
    """Put the rows of many Parquet files of a kind into one.

    Args:
        contents: Name and content of each, taken one by one.
        kind: The dataset that they belong to.
        hashes: Of the annexes' PDFs and of what is known about them.
        to: The file to write.

    Raises:
        DataError: A file is not what this besshi writes.
    """
    schema = DATASETS[kind].with_metadata(_metadata(hashes))
    with pq.ParquetWriter(to, schema) as writer:
        waiting: list[pa.Table] = []
        for name, content in contents:
            waiting.append(_read_table(name, content, schema))
            if sum(table.nbytes for table in waiting) >= _ROW_GROUP:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        writer.write_table(pa.concat_tables([schema.empty_table(), *waiting]).combine_chunks())


def _read_table(name: str, content: bytes, schema: pa.Schema) -> pa.Table:
    file = _open(name, pa.BufferReader(content), [schema])
    with _damage_told(name, _DAMAGED):
        return file.read().replace_schema_metadata(schema.metadata)


def encode_issues(issues: Mapping[str, Sequence[Issue]], hashes: tuple[str, str]) -> bytes:
    """The content of `issues.parquet`.

    Args:
        issues: Annex → what a person should know of it.
        hashes: Of the annexes' PDFs and of what is known about them.
    """
    columns = [name for name in ISSUES.names if name != "annex"]
    rows: dict[str, list[Any]] = {name: [] for name in ISSUES.names}
    for annex in sorted(issues):
        for issue in issues[annex]:
            rows["annex"].append(annex)
            for name in columns:
                rows[name].append(getattr(issue, name))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pydict(rows, schema=ISSUES.with_metadata(_metadata(hashes))), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file as plain dictionaries; maps become dictionaries too.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    return _rows(str(path), _open(str(path), path))


def decode_rows(file: str, content: bytes) -> list[dict[str, Any]]:
    """As `read_rows`, of the content of a file.

    Args:
        file: Its name, for messages.
        content: All of it.
    """
    return _rows(file, _open(file, pa.BufferReader(content)))


def _rows(name: str, file: pq.ParquetFile) -> list[dict[str, Any]]:
    with _damage_told(name, _DAMAGED):
        rows: list[dict[str, Any]] = file.read().to_pylist(maps_as_pydicts="strict")
    return rows


@contextmanager
def _damage_told(name: str, what: str) -> Iterator[None]:
    """Name the file where Arrow meets damage, which it tells in many ways."""
    try:
        yield
    except (OSError, pa.ArrowException, KeyError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the system's, not Arrow's
            raise
        raise DataError(f"{name}: {what.format(error)}") from error


def read_source(path: Path) -> str:
    """The SHA-256 of the PDF from which a file of an annex was made; "" where it does not say.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    metadata = _open(str(path), path).schema_arrow.metadata
    source: bytes = metadata.get(b"besshi.source_sha256", b"")
    return source.decode()


def decode_schema(file: str, content: bytes) -> pa.Schema:
    """The columns and the metadata of a Parquet file.

    Args:
        file: Its name, for messages.
        content: All of it.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    return _open(file, pa.BufferReader(content), ()).schema_arrow


def _open(name: str, source: object, columns: Sequence[pa.Schema] = _KNOWN) -> pq.ParquetFile:
    """A Parquet file of this besshi, with one of some sets of columns; none: any will do."""
    with _damage_told(name, "is no Parquet file; remove it and run again"):
        file = pq.ParquetFile(source)
    check_schema(name, file.schema_arrow)
    if columns and not any(map(file.schema_arrow.equals, columns)):
        raise DataError(f"{name}: has other columns than besshi writes; do `besshi run --force`")
    return file


def read_table(folder: Path, columns: Sequence[str]) -> "pd.DataFrame":
    """Some columns of all Parquet files of a folder.

    Raises:
        DataError: A file is no Parquet file of this besshi.
    """
    tables = []
    for path in sorted(folder.glob("*.parquet")):
        with _damage_told(str(path), _DAMAGED):
            tables.append(_open(str(path), path).read(list(columns)))
    if not tables:
        raise DataError(f"{folder}: holds no Parquet file; do `besshi run` again")
    frame: pd.DataFrame = pa.concat_tables(tables).replace_schema_metadata(None).to_pandas()
    return frame
