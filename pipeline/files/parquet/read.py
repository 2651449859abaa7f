"""Reads Parquet files, provided that this besshi wrote them.

Nothing here starts Arrow's threads, but for the dataset of a query. A process that ends soon after
them may abort: "terminate called without an active exception" (apache/arrow, issue 34314).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import DataError
from pipeline.files.parquet.schemas import DATASETS, ISSUES, SCHEMA_VERSION

if TYPE_CHECKING:
    import pandas as pd
    from pyarrow.dataset import Dataset

_KNOWN = (*DATASETS.values(), ISSUES)
_ROWS_AT_ONCE = 2_000
"""Rows that are dictionaries at once; judgement: some megabytes."""
_DAMAGED = "is damaged ({}); do `besshi run --force`"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet file as dictionaries; map columns become dictionaries too.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    return _rows(str(path), _open(str(path), path))


def read_rows_if_written(path: Path) -> list[dict[str, Any]]:
    """As `read_rows`; none where there is no such file."""
    return read_rows(path) if path.exists() else []


def decode_rows(file: str, content: bytes) -> list[dict[str, Any]]:
    """As `read_rows`, from the content of a file.

    Args:
        file: Its name, for messages.
    """
    return _rows(file, _open(file, pa.BufferReader(content)))


def iterate_rows(file: str, content: bytes) -> Iterator[dict[str, Any]]:
    """As `decode_rows`, one row after the other: a merged file has millions.

    Raises:
        DataError: It is no Parquet file of this besshi; also later, where its rows are damaged.
    """
    opened = _open(file, pa.BufferReader(content))
    with _naming_damage(file, _DAMAGED):
        for batch in opened.iter_batches(_ROWS_AT_ONCE, use_threads=False):
            yield from batch.to_pylist(maps_as_pydicts="strict")


def _rows(name: str, file: pq.ParquetFile) -> list[dict[str, Any]]:
    with _naming_damage(name, _DAMAGED):
        table = file.read(use_threads=False)
        rows: list[dict[str, Any]] = table.to_pylist(maps_as_pydicts="strict")
    return rows


@contextmanager
def _naming_damage(name: str, what: str) -> Iterator[None]:
    """Turn Arrow's many errors for damaged files into a DataError that names the file."""
    try:
        yield
    except (OSError, pa.ArrowException, KeyError, UnicodeDecodeError) as error:
        if (
            isinstance(error, OSError) and error.errno is not None
        ):  # an error of the system, not of Arrow
            raise
        raise DataError(f"{name}: {what.format(error)}") from error


def read_source_hash(path: Path) -> str:
    """The SHA-256 of the PDF that an annex's file was made from; "" if the file does not say.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    metadata = _open(str(path), path).schema_arrow.metadata
    sha256: bytes = metadata.get(b"besshi.source_sha256", b"")
    return sha256.decode()


def decode_schema(file: str, content: bytes) -> pa.Schema:
    """The columns and the metadata of a Parquet file.

    Args:
        file: Its name, for messages.

    Raises:
        DataError: It is no Parquet file of this besshi.
    """
    return _open(file, pa.BufferReader(content), ()).schema_arrow


def _open(name: str, source: object, columns: Sequence[pa.Schema] = _KNOWN) -> pq.ParquetFile:
    """Open a Parquet file of this besshi.

    Args:
        name: The file's, for messages.
        source: Its path or content, as pyarrow takes it.
        columns: The sets of columns that it may have; (): any.
    """
    with _naming_damage(name, "is no Parquet file; remove it and run again"):
        file = pq.ParquetFile(source, pre_buffer=False)
    _check_schema(name, file.schema_arrow)
    if columns and not any(map(file.schema_arrow.equals, columns)):
        raise DataError(f"{name}: has other columns than besshi writes; do `besshi run --force`")
    return file


def read_table(folder: Path, columns: Sequence[str]) -> "pd.DataFrame":
    """Some columns of all Parquet files of a folder, as one pandas DataFrame.

    Raises:
        DataError: A file is no Parquet file of this besshi.
    """
    tables = []
    for path in sorted(folder.glob("*.parquet")):
        with _naming_damage(str(path), _DAMAGED):
            tables.append(_open(str(path), path).read(list(columns), use_threads=False))
    if not tables:
        raise DataError(f"{folder}: holds no Parquet file; do `besshi run` again")
    table = pa.concat_tables(tables).replace_schema_metadata(None)
    frame: pd.DataFrame = table.to_pandas(use_threads=False)
    return frame


def open_dataset(kind: str, paths: Sequence[Path], check: bool = True) -> "Dataset":
    """The rows of Parquet files of one kind, to be read when a query asks for them.

    Args:
        kind: The dataset that they belong to, or `issues`.
        check: Whether each is opened to see which besshi wrote it; False: it will not be read.

    Raises:
        DataError: A file was not written by this besshi.
    """
    from pyarrow.dataset import dataset

    from pipeline.files.parquet.uncached import open_files

    schema = ISSUES if kind == "issues" else DATASETS[kind]
    for path in paths if check else ():
        _open(str(path), path, [schema])
    if not paths:
        return dataset(schema.empty_table())
    return open_files(paths, schema)


def decode_table(name: str, content: bytes, schema: pa.Schema) -> pa.Table:
    """The rows of a Parquet file as an Arrow table.

    Args:
        name: The file's, for messages.
        schema: The columns that it must have.

    Raises:
        DataError: It has others, or is damaged.
    """
    file = _open(name, pa.BufferReader(content), [schema])
    with _naming_damage(name, _DAMAGED):
        return file.read(use_threads=False).replace_schema_metadata(schema.metadata)


def _check_schema(file: str, schema: pa.Schema) -> None:
    """Make sure that a file has this besshi's schema version: another may mean other things.

    Args:
        file: Its name, for the message.

    Raises:
        DataError: The file is of an older or a newer besshi, or of none.
    """
    found = (schema.metadata or {}).get(b"besshi.schema", b"none").decode(errors="replace")
    if found != SCHEMA_VERSION:
        raise DataError(
            f"{file}: has schema {found}, and this besshi reads schema {SCHEMA_VERSION}; "
            "do `besshi run` again (and `besshi compact`, if that wrote the folder)"
        )
