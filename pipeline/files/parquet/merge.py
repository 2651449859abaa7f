"""The files of many annexes to one."""

from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files.parquet.read import decode_table
from pipeline.files.parquet.schemas import DATASETS, file_metadata

# Bytes in memory of the rows that a reader of merged files takes at once: some 10 MB on disk.
_ROW_GROUP = 64_000_000


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
    schema = DATASETS[kind].with_metadata(file_metadata(hashes))
    with pq.ParquetWriter(to, schema) as writer:
        waiting: list[pa.Table] = []
        for name, content in contents:
            waiting.append(decode_table(name, content, schema))
            if sum(table.nbytes for table in waiting) >= _ROW_GROUP:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        writer.write_table(pa.concat_tables([schema.empty_table(), *waiting]).combine_chunks())
