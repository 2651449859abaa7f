"""Reads records of a run and writes them in another format."""

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.manifest import read_manifest
from pipeline.commands.export.comments import encode_comments
from pipeline.commands.export.forms import FILES
from pipeline.commands.export.lines import encode_csv
from pipeline.commands.export.package import encode_package
from pipeline.commands.export.sheets import RecordRow
from pipeline.commands.line_formats import encode_jsonl
from pipeline.errors import InputError
from pipeline.files import open_folder
from pipeline.files.atomic import write_atomically, write_content
from pipeline.files.parquet import read_rows, read_table


def export_records(
    folder: Path,
    form: str,
    annexes: Sequence[str],
    out: Path | None,
    split: bool,
    labels: str,
) -> Sequence[str]:
    """Write the records of a run in another format.

    Args:
        form: `xlsx`, `csv`, `jsonl`, `comments` or `package`.
        annexes: Their ids; (): all.
        out: The file to write to, for `package` the folder; None: as `FILES` says, else stdout.
        split: For `comments`: whether each item of a list gets a row of its own.
        labels: For `xlsx` and `csv`: the language of the headers.

    Returns:
        Warnings: what could not be written exactly as it is.

    Raises:
        InputError: There are no records, there is no such annex, or a package would lack one.
        DataError: A file in it is no Parquet file.
    """
    paths = _choose_files(folder, annexes)
    if form == "package":
        return _write_package(folder, paths, annexes, out or FILES[form])
    rows = [row for path in paths for row in read_rows(path)]
    if annexes:  # a file of `besshi compact` holds others too
        rows = [row for row in rows if row["annex"] in annexes]
    if form == "xlsx":
        from pipeline.commands.export.workbook import write_workbook

        warnings: list[str] = []
        write_atomically(
            out or FILES[form], lambda path: warnings.extend(write_workbook(path, rows, labels))
        )
        return warnings
    data, said = _encode(form, rows, split, labels)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        write_content(out, data)
    return said


def _encode(
    form: str, rows: Sequence[RecordRow], split: bool, labels: str
) -> tuple[bytes, Sequence[str]]:
    if form == "comments":
        return encode_comments(rows, split)
    if form == "jsonl":
        return encode_jsonl(rows), ()
    data, warning = encode_csv(rows, labels)
    return data, [warning] if warning else []


def _write_package(
    folder: Path, paths: Sequence[Path], annexes: Sequence[str], out: Path
) -> Sequence[str]:
    names = [path.stem for path in paths]
    manifest = read_manifest(open_folder(str(folder)))
    if missing := sorted(set(names) - manifest.keys()):
        raise InputError(
            f"{folder}: the manifest lacks {', '.join(missing)}, and a package would, too; do "
            "`besshi run` again"
        )
    entries = [manifest[name] for name in names]
    if annexes and any(entry.is_part for entry in entries):
        raise InputError(
            f"{folder}: `besshi compact` has merged its annexes; make the package of some from the "
            "folder of `besshi run`"
        )
    files, warnings = encode_package(folder, entries)
    for name, data in files.items():  # the description comes last: then all it names is there
        write_content(out / name, data)
    return warnings


def _choose_files(folder: Path, annexes: Sequence[str]) -> list[Path]:
    """The files that hold the records of annexes (of all: ()), sorted by name."""
    files = sorted((folder / "records").glob("*.parquet"))
    if not files:
        raise InputError(f"{folder}: holds no records; `besshi summary {folder}` says why")
    named = [path for path in files if path.stem in annexes]
    if len(named) == len(set(annexes)):
        return named or files
    # A file of `besshi compact` holds many annexes, some perhaps without a record.
    tables = [read_table(folder / kind, ["annex"]) for kind in ("records", "pages")]
    known = {annex for table in tables for annex in table["annex"]}
    if unknown := sorted(set(annexes) - known):
        raise InputError(
            f"{folder}: has no annex {', '.join(unknown)}; it has {', '.join(sorted(known))}"
        )
    return files
