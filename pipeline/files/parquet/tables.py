"""Encodes rows as Parquet files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import astuple
from numpy.typing import NDArray

from pipeline.files import Folder
from pipeline.files.parquet.schemas import DATASETS, ISSUES, file_metadata
from pipeline.model import (
    FieldBox,
    FieldTokens,
    Issue,
    Normalized,
    join_levels,
)

_DIGITS = 4
"""Decimals of numbers; judgement: a ten-thousandth of a point, or of a confidence, is enough."""
# Up to `_LARGE`, a product is wrong by less than half of `_NEAR_MIDDLE`; judgement: no odds, no
# width and no confidence is near so large.
_NEAR_MIDDLE, _LARGE = 1e-6, 1e9
ROWS_PER_BATCH = 2_000
"""Rows that are in memory twice, for Python and for Arrow; judgement: 2,000 records take 20 MB."""
ROWS_PER_GROUP = 40_000
"""Rows of a row group, which is in memory as a whole; judgement: 10 MB of tokens. The row groups of
merged files are larger."""
Integers = NDArray[np.int64]


def encode_annex(normalized: Normalized) -> dict[str, bytes]:
    """Name → content of each file of one annex; {} if it failed."""
    if normalized.header.failed:
        return {}
    rows: dict[str, Sequence[object]] = {
        "records": normalized.records,
        "pages": normalized.pages,
        "breaks": normalized.breaks,
        "receipts": normalized.receipts,
    }
    metadata = file_metadata((normalized.header.source_sha256, normalized.header.parameters_sha256))
    contents = {}
    for kind, columns in DATASETS.items():
        schema = columns.with_metadata(metadata)
        if kind == "tokens":
            batches = batch_tokens(normalized.tokens, schema, ROWS_PER_BATCH)
        else:
            batches = _batches(rows[kind], schema)
        contents[annex_file(kind, normalized.header.annex)] = _encode(batches, schema)
    return contents


def write_annex(normalized: Normalized, folder: Folder) -> None:
    """Write the files of one annex; if it failed, remove them instead."""
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


def encode_issues(issues: Mapping[str, Sequence[Issue]], hashes: tuple[str, str]) -> bytes:
    """The content of `issues.parquet`.

    Args:
        issues: Annex → its issues.
        hashes: Of the annexes' PDFs, and of what people said about them.
    """
    columns = [name for name in ISSUES.names if name != "annex"]
    rows: dict[str, list[Any]] = {name: [] for name in ISSUES.names}
    for annex in sorted(issues):
        for issue in issues[annex]:
            rows["annex"].append(annex)
            for name in columns:
                rows[name].append(getattr(issue, name))
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_pydict(rows, schema=ISSUES.with_metadata(file_metadata(hashes))), sink
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _encode(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> bytes:
    """The content of a Parquet file.

    Raises:
        ValueError: A value is missing in a column that must have one.
    """
    sink = BytesIO()
    with pq.ParquetWriter(sink, schema) as writer:
        for group in _groups(batches, schema):
            _check_values(group)
            writer.write_table(group, row_group_size=len(group) or None)
            del group  # otherwise two of them would be in memory
    return sink.getvalue()


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows of each row group; at least one group, even without rows."""
    remaining, count = iter(batches), ROWS_PER_GROUP // ROWS_PER_BATCH
    yield pa.Table.from_batches(list(islice(remaining, count)), schema)
    for first in remaining:
        yield pa.Table.from_batches([first, *islice(remaining, count - 1)], schema)


def _check_values(table: pa.Table) -> None:
    for column, values in zip(table.schema, table.columns, strict=True):
        if values.null_count and not column.nullable:
            raise ValueError(f"column {column.name} lacks {values.null_count} of its values")


def _batches(rows: Iterable[object], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows column by column, some at a time: dictionaries of all took four times the memory."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_PER_BATCH)):
        columns = [_column(chunk, field) for field in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _column(rows: Sequence[object], field: pa.Field) -> pa.Array:
    values: list[Any] = list(map(attrgetter(field.name), rows))
    if pa.types.is_floating(field.type):  # the last digits differ between versions of Python
        values = round_all(values)
    elif pa.types.is_string(field.type):  # Arrow would keep the UTF-8 of each str beside it
        values = list(map(_utf8, values))
    plain = _PLAIN.get(field.name)
    return pa.array(map(plain, values) if plain else values, field.type)


def round_all(numbers: Sequence[float | None]) -> list[float | None]:
    """Round numbers as `round` does, which takes ten times as long.

    Only next to the middle between two decimals may the two differ.
    """
    scaled = np.array(numbers, np.float64) * 10**_DIGITS
    whole = np.rint(scaled)
    rounded: list[float | None] = (whole / 10**_DIGITS).tolist()
    is_sure = (abs(abs(scaled - whole) - 0.5) > _NEAR_MIDDLE) & (abs(scaled) < _LARGE)
    for place in np.flatnonzero(~is_sure).tolist():
        number = numbers[place]
        rounded[place] = None if number is None else round(number, _DIGITS)
    return rounded


def _utf8(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _plain_boxes(boxes: Sequence[FieldBox]) -> list[tuple[str | int | float, ...]]:
    return [
        (b.field, b.page, *[round(side, _DIGITS) for side in (b.x0, b.top, b.x1, b.bottom)])
        for b in boxes
    ]


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "extra": lambda texts: list(texts.items()),
    "headers": lambda texts: list(texts.items()),
    "field_confidence": lambda values: [
        (name, round(value, _DIGITS)) for name, value in values.items()
    ],
    "marks": lambda marks: list(map(astuple, marks)),
    "boxes": _plain_boxes,
    "redline": lambda runs: None if runs is None else list(map(astuple, runs)),
}
"""Column → function that turns its values into what pyarrow takes."""


def batch_tokens(
    fields: Iterable[FieldTokens], schema: pa.Schema, rows: int
) -> Iterator[pa.RecordBatch]:
    """The tokens of several fields at a time: as many fields as together have `rows` tokens."""
    chunk: list[FieldTokens] = []
    count = 0
    for field in fields:
        chunk.append(field)
        count += len(field.morphemes)
        if count >= rows:
            yield _batch(chunk, schema)
            chunk, count = [], 0
    yield _batch(chunk, schema)


def _batch(fields: Sequence[FieldTokens], schema: pa.Schema) -> pa.RecordBatch:
    morphemes = [morpheme for field in fields for morpheme in field.morphemes]
    surfaces = [morpheme.surface for morpheme in morphemes]
    counts = np.array([len(field.morphemes) for field in fields], np.int64)
    # For each row, the first row of its field; for each boundary of rows, the characters before it.
    first = np.repeat(np.cumsum(counts) - counts, counts)
    before = np.cumsum(np.fromiter(map(len, ("", *surfaces)), np.int64))
    columns: dict[str, list[Any] | Integers] = {
        "record_id": list(chain.from_iterable(map(repeat, (f.record_id for f in fields), counts))),
        "field": list(chain.from_iterable(map(repeat, (f.field for f in fields), counts))),
        "position": np.arange(len(surfaces)) - first,
        "start": before[:-1] - before[first],
        "end": before[1:] - before[first],
        "surface": surfaces,
        "dictionary_form": [morpheme.dictionary_form for morpheme in morphemes],
        "normalized_form": [morpheme.normalized_form for morpheme in morphemes],
        "part_of_speech": [join_levels(morpheme.part_of_speech) for morpheme in morphemes],
        "units": [morpheme.units for morpheme in morphemes],
    }
    arrays = [_array(columns[column.name], column.type) for column in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Any] | Integers, kind: pa.DataType) -> pa.Array:
    """An Arrow array; for an array of NumPy's, pyarrow itself would import `numpy.ma` (10 ms)."""
    if isinstance(values, list):
        return pa.array(values, kind)
    numbers = values.astype(np.int32)  # as the schema has them
    return pa.Array.from_buffers(kind, len(numbers), [None, pa.py_buffer(numbers)])
