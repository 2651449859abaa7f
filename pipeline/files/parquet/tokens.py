"""Tokens to Arrow: most of the rows of an annex, so column by column and no object for a row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa

from pipeline.model import FieldTokens, join_levels


def batch_tokens(
    fields: Iterable[FieldTokens], schema: pa.Schema, rows: int
) -> Iterator[pa.RecordBatch]:
    """The tokens of some fields at a time: as many fields as together have `rows` of them."""
    some: list[FieldTokens] = []
    count = 0
    for field in fields:
        some.append(field)
        count += len(field.morphemes.surfaces)
        if count >= rows:
            yield _batch(some, schema)
            some, count = [], 0
    yield _batch(some, schema)


def _batch(fields: Sequence[FieldTokens], schema: pa.Schema) -> pa.RecordBatch:
    told = [field.morphemes for field in fields]
    surfaces = list(chain.from_iterable(m.surfaces for m in told))
    counts = np.array([len(m.surfaces) for m in told], np.int64)
    # For each row, the first row of its field; for each place between rows, the characters before.
    first = np.repeat(np.cumsum(counts) - counts, counts)
    before = np.cumsum([0, *map(len, surfaces)])
    fieldwise = pa.array(np.repeat(np.arange(len(fields)), counts))
    columns = {
        "record_id": _texts([field.record_id for field in fields]).take(fieldwise),
        "field": _texts([field.field for field in fields]).take(fieldwise),
        "position": np.arange(len(surfaces)) - first,
        "start": before[:-1] - before[first],
        "end": before[1:] - before[first],
        "surface": surfaces,
        "dictionary_form": list(chain.from_iterable(m.dictionary_forms for m in told)),
        "normalized_form": list(chain.from_iterable(m.normalized_forms for m in told)),
        "part_of_speech": [join_levels(levels) for m in told for levels in m.parts_of_speech],
    }
    arrays = [pa.array(columns[column.name], column.type) for column in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(texts: Sequence[str]) -> pa.Array:
    return pa.array(texts, pa.string())
