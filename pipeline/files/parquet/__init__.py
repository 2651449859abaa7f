"""The Parquet files of an annex, by the contract's schemas. pyarrow is known here only.

In: records, tokens, pages, breaks and receipts. Out: the content of their files, and back. It does
not know where files are kept.
"""

from pipeline.files.parquet.merge import merge_files
from pipeline.files.parquet.read import (
    decode_rows,
    decode_schema,
    read_rows,
    read_source,
    read_table,
)
from pipeline.files.parquet.schemas import DATASETS, ISSUES, METADATA, SCHEMA_VERSION
from pipeline.files.parquet.tables import annex_file, encode_annex, encode_issues, write_annex

__all__ = [
    "DATASETS",
    "ISSUES",
    "METADATA",
    "SCHEMA_VERSION",
    "annex_file",
    "decode_rows",
    "decode_schema",
    "encode_annex",
    "encode_issues",
    "merge_files",
    "read_rows",
    "read_source",
    "read_table",
    "write_annex",
]
