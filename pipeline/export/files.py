"""Which records go where, and in which form."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from pipeline.errors import InputError
from pipeline.export.lines import write_csv, write_jsonl
from pipeline.store import read_rows, write_whole

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
    warnings: list[str] = []
    if form == "xlsx":
        from pipeline.export.workbook import write_workbook

        write_whole(out or WORKBOOK, lambda path: warnings.extend(write_workbook(path, rows)))
        return warnings
    write = write_csv if form == "csv" else write_jsonl
    if out is None:
        return write(sys.stdout.buffer, rows)
    write_whole(out, lambda path: warnings.extend(_fill(path, partial(write, rows=rows))))
    return warnings


def _fill(path: Path, write: "partial[Sequence[str]]") -> Sequence[str]:
    file: IO[bytes]
    with path.open("wb") as file:
        return write(file)


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
