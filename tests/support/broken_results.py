"""Results that are changed after a run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from pipeline.batch.issues_file import ISSUES_FILE, ISSUES_MARK_FILE, read_mark
from pipeline.batch.manifest import describe_files, read_manifest, write_entry
from pipeline.files import LocalFolder
from pipeline.files.parquet import read_rows
from tests.support.pdfs import OTA

ANNEX = OTA.stem


def seal(folder: Path) -> None:
    """Let the manifest take files as they are now: what is wrong in them is left to find."""
    out = LocalFolder(folder)
    for entry in read_manifest(out).values():
        written = describe_files(out.read(list(entry.files)))
        write_entry(out, replace(entry, files=written))
    mark = read_mark(out)
    assert mark
    data = out.read([ISSUES_FILE])
    changed = msgspec.structs.replace(mark, file=describe_files(data)[ISSUES_FILE])
    out.write(ISSUES_MARK_FILE, msgspec.json.encode(changed))


def change_rows(
    folder: Path, kind: str, change: Callable[[list[dict[str, Any]]], object], annex: str = ANNEX
) -> None:
    """Write a file anew with other rows, and seal it."""
    path = folder / kind / f"{annex}.parquet"
    rows = read_rows(path)
    change(rows)
    for row in rows:
        if "extra" in row:
            row["extra"] = list(row["extra"].items())
    pq.write_table(pa.Table.from_pylist(rows, pq.read_schema(path)), path)
    seal(folder)
