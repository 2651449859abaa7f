"""Turns Parquet files into pandas DataFrames of plain values."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.files.parquet.read import decode_table
from pipeline.files.parquet.schemas import DATASETS, ISSUES

if TYPE_CHECKING:
    import pandas as pd


def decode_frame(kind: str, contents: Iterable[tuple[str, bytes]]) -> "pd.DataFrame":
    """The rows of Parquet files of one kind as a DataFrame, in the order of the files.

    pandas itself would make tuples of maps and arrays of lists, and floats of integers that may be
    missing.

    Args:
        kind: The dataset that they belong to, or `issues`.
        contents: Name and content of each.

    Raises:
        DataError: A file was not written by this besshi.
    """
    import pandas as pd

    schema = ISSUES if kind == "issues" else DATASETS[kind]
    tables = [decode_table(name, content, schema) for name, content in contents]
    table = pa.concat_tables([schema.empty_table(), *tables])
    columns = zip(schema, table.columns, strict=True)
    return pd.DataFrame({field.name: _column(field, values) for field, values in columns})


def _column(field: pa.Field, values: pa.ChunkedArray) -> "pd.Series":
    import pandas as pd

    if pa.types.is_nested(field.type):
        return pd.Series(values.to_pylist(maps_as_pydicts="strict"), dtype=object)
    if pa.types.is_integer(field.type) and field.nullable:
        return pd.Series(values.to_pylist(), dtype="Int32")
    series: pd.Series = values.to_pandas()
    return series
