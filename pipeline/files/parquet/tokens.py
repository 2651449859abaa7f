"""Encodes tokens column by column: an annex has too many of them for an object each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.model import FieldTokens, join_levels

Integers = NDArray[np.int64]


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
    before = np.cumsum([0, *map(len, surfaces)])
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
