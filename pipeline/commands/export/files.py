"""Reads records of a run and writes them in another format."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.commands.export.lines import encode_csv
from pipeline.commands.export.sheets import RecordRow
from pipeline.commands.line_formats import encode_jsonl
from pipeline.errors import InputError
from pipeline.files.atomic import write_atomically
from pipeline.files.parquet import read_rows

WORKBOOK = Path("records.xlsx")


def export_records(
    folder: Path, form: str, annexes: Sequence[str], out: Path | None
) -> Sequence[str]:
    """Write the records of a run in another format.

    Args:
        folder: The folder that the run wrote.
        form: `xlsx`, `csv` or `jsonl`.
        annexes: Their ids; (): all.
        out: The file to write to; None: `records.xlsx` for `xlsx`, stdout for the others.

    Returns:
        Warnings: what could not be written exactly as it is.

    Raises:
        InputError: No run has written the folder, or it has no such annex.
        DataError: A file in it is no Parquet file.
    """
    rows = list(_read(folder, annexes))
    if form == "xlsx":
        from pipeline.commands.export.workbook import write_workbook

        warnings: list[str] = []
        write_atomically(out or WORKBOOK, lambda path: warnings.extend(write_workbook(path, rows)))
        return warnings
    data, warning = encode_csv(rows) if form == "csv" else (encode_jsonl(rows), None)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomically(out, lambda path: path.write_bytes(data))
    return [warning] if warning else []


def _read(folder: Path, annexes: Sequence[str]) -> Iterator[RecordRow]:
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
