"""Merges the Parquet files of many annexes into one."""

from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files.parquet.read import decode_table
from pipeline.files.parquet.schemas import DATASETS, file_metadata

_ROW_GROUP = 64_000_000
"""Bytes in memory of a row group, which readers take at once; judgement: about 10 MB on disk."""


def merge_files(
    contents: Iterable[tuple[str, bytes]], kind: str, hashes: tuple[str, str], to: IO[bytes]
) -> None:
    """Write the rows of many Parquet files of one kind into one file.

    Args:
        contents: Name and content of each; only a row group of them is in memory at a time.
        hashes: Of the annexes' PDFs, and of what people said about them.

    Raises:
        DataError: A file was not written by this besshi.
    """
    schema = DATASETS[kind].with_metadata(file_metadata(hashes))
    with pq.ParquetWriter(to, schema) as writer:
        waiting: list[pa.Table] = []
        size = 0  # counted on: ten thousand small tables wait for one row group
        for name, content in contents:
            waiting.append(table := decode_table(name, content, schema))
            size += table.nbytes
            if size >= _ROW_GROUP:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting, size = [], 0
        writer.write_table(pa.concat_tables([schema.empty_table(), *waiting]).combine_chunks())
