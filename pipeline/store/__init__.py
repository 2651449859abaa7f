"""What is in the files: Parquet by the contract's schemas, stage files, truth files.

pyarrow is known here only.
"""

from pipeline.store.parquet import (
    METADATA,
    annex_file,
    decode_rows,
    decode_schema,
    encode_annex,
    encode_issues,
    merge_files,
    read_rows,
    read_source,
    read_table,
    write_annex,
)
from pipeline.store.schemas import DATASETS, ISSUES, SCHEMA_VERSION
from pipeline.store.stages import (
    decode_stage,
    encode_stage,
    read_packed,
    read_stage,
    write_packed,
)
from pipeline.store.truths import (
    Acceptance,
    Truth,
    TruthTable,
    digest_tables,
    doubt_truth,
    read_truth,
    read_truths,
    write_truth,
)

__all__ = [
    "DATASETS",
    "ISSUES",
    "METADATA",
    "SCHEMA_VERSION",
    "Acceptance",
    "Truth",
    "TruthTable",
    "annex_file",
    "decode_rows",
    "decode_schema",
    "decode_stage",
    "digest_tables",
    "doubt_truth",
    "encode_annex",
    "encode_issues",
    "encode_stage",
    "merge_files",
    "read_packed",
    "read_rows",
    "read_source",
    "read_stage",
    "read_table",
    "read_truth",
    "read_truths",
    "write_annex",
    "write_packed",
    "write_truth",
]
