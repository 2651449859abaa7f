"""Which records go where, and in which form."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.commands.export.lines import encode_csv, encode_jsonl
from pipeline.errors import InputError
from pipeline.files.atomic import write_whole
from pipeline.files.parquet import read_rows

WORKBOOK = Path("records.xlsx")
Row = Mapping[str, Any]


def export_records(
    folder: Path, form: str, annexes: Sequence[str], out: Path | None
) -> Sequence[str]:
    """Write the records of a run in another form.

    Args:
        folder: The folder that the run wrote.
        form: `xlsx`, `csv` or `jsonl`.
        annexes: Their ids; none: all.
        out: The file to write to; None: `records.xlsx` for `xlsx`, stdout for the others.

    Returns:
        What could not be written as it is.

    Raises:
        InputError: Nothing was run into the folder, or no such annex.
        DataError: A file in it is no Parquet file.
    """
    rows = list(_read(folder, annexes))
    if form == "xlsx":
        from pipeline.commands.export.workbook import write_workbook

        warnings: list[str] = []
        write_whole(out or WORKBOOK, lambda path: warnings.extend(write_workbook(path, rows)))
        return warnings
    data, warning = encode_csv(rows) if form == "csv" else (encode_jsonl(rows), None)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        write_whole(out, lambda path: path.write_bytes(data))
    return [warning] if warning else []


def _read(folder: Path, annexes: Sequence[str]) -> Iterator[Row]:
    files = {path.stem: path for path in sorted((folder / "records").glob("*.parquet"))}
    if not files:
        raise InputError(f"{folder}: holds no records; do `besshi run PDF… --out {folder}`")
    unknown = sorted(set(annexes) - set(files))
    if unknown:
        raise InputError(
            f"{folder}: has no annex {', '.join(unknown)}; it has {', '.join(sorted(files))}"
        )
    for annex in sorted(set(annexes)) or files:
        yield from read_rows(files[annex])
