"""Encodes and decodes the Parquet files of an annex, by the contract's schemas.

In: records, tokens, pages, breaks and receipts. Out: the content of their files, and back again. It
is the only package that knows pyarrow, and it must not know which folder the files are for.
"""

from pipeline.files.parquet.merge import merge_files
from pipeline.files.parquet.read import (
    decode_rows,
    decode_schema,
    iterate_rows,
    open_dataset,
    read_rows,
    read_rows_if_written,
    read_source_hash,
    read_table,
)
from pipeline.files.parquet.schemas import DATASETS, ISSUES, METADATA, SCHEMA_VERSION
from pipeline.files.parquet.tables import annex_file, encode_annex, encode_issues, write_annex
