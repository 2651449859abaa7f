"""besshi from Python: `import besshi` hands this on.

In: a PDF, or a folder of results. Out: the datasets of docs/data.md as pandas DataFrames.
"""

import warnings
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import BesshiError, InputError, no_results

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Annexes", "BesshiError", "open", "read"]

_Contents = Callable[[str], Iterable[tuple[str, bytes]]]
"""From a dataset to the name and content of each of its Parquet files."""


class Annexes:
    """What besshi read in one PDF or in many.

    Each dataset is a pandas DataFrame with the columns of docs/data.md; it is made when it is first
    asked for. Maps are dictionaries, lists are lists, and what is missing is pandas' NA.
    """

    def __init__(self, source: str, contents: _Contents) -> None:
        self._source = source
        self._contents = contents

    def __repr__(self) -> str:
        return f"<besshi.Annexes of {self._source}>"

    @cached_property
    def records(self) -> "pd.DataFrame":
        """One row for each record, in reading order."""
        return self._read("records")

    @cached_property
    def tokens(self) -> "pd.DataFrame":
        """One row for each morpheme of a field."""
        return self._read("tokens")

    @cached_property
    def pages(self) -> "pd.DataFrame":
        """One row for each page: the account of its glyphs."""
        return self._read("pages")

    @cached_property
    def breaks(self) -> "pd.DataFrame":
        """One row for each line break inside a field: whether it was kept, and why."""
        return self._read("breaks")

    @cached_property
    def receipts(self) -> "pd.DataFrame":
        """One row for each repair or correction."""
        return self._read("receipts")

    @cached_property
    def issues(self) -> "pd.DataFrame":
        """One row for each thing that a person should know."""
        return self._read("issues")

    def _read(self, kind: str) -> "pd.DataFrame":
        from pipeline.files.parquet.frames import decode_frame

        return decode_frame(kind, self._contents(kind))


def read(pdf: str | Path, corrections: str | Path | None = None, jobs: int = 1) -> Annexes:
    """Read one PDF in this process, without limits of time and memory. Nothing is written.

    Args:
        pdf: The PDF; the `.yml` beside it is read too, if it is there.
        corrections: The file of its corrections; None: there is none.
        jobs: Number of processes for its pages.

    Raises:
        InputError: `pdf` is an address of another machine.
        AnnexError: The PDF cannot be read; the message says why and what to do.
        OSError: A file cannot be opened.
    """
    from pipeline.files import is_remote, local_path, read_file
    from pipeline.files.parquet import encode_annex, encode_issues
    from pipeline.stages import extract_file, normalize_segmented, segment_extracted, stop_if_failed

    if is_remote(str(pdf)):
        raise InputError(f"{pdf}: is no file of this machine; download it, or use `besshi run`")
    right = read_file(str(corrections)) if corrections is not None else None
    segmented = segment_extracted(extract_file(local_path(str(pdf)), jobs))
    normalized = normalize_segmented(segmented, str(corrections or ""), right)
    header = normalized.header
    stop_if_failed(header)
    hashes = header.source_sha256, header.parameters_sha256
    files = {name.partition("/")[0]: data for name, data in encode_annex(normalized).items()}
    files["issues"] = encode_issues({header.annex: header.issues}, hashes)
    return Annexes(str(pdf), lambda kind: [(str(pdf), files[kind])])


def open(folder: str | Path = "parsed") -> Annexes:  # noqa: A001  (as users call it: besshi.open)
    """Open what `besshi run` or `besshi compact` wrote into a folder.

    Args:
        folder: Its path, or an address that fsspec knows. A warning names annexes of which it does
            not hold all files.

    Raises:
        InputError: besshi has written nothing there, or it is a file.
        DataError: (from a dataset) A file in it is of another besshi, or damaged.
    """
    from pipeline.batch.issues_file import ISSUES_FILE
    from pipeline.batch.manifest import find_incomplete, read_manifest
    from pipeline.files import is_remote, local_path, open_folder

    if not is_remote(str(folder)) and local_path(str(folder)).is_file():
        raise InputError(f"{folder}: is no folder; besshi.read reads a single PDF")
    results = open_folder(str(folder))
    entries = read_manifest(results)
    if not any(entry.has_records for entry in entries.values()):
        raise no_results(folder)
    if names := find_incomplete(results, entries):
        text = f"{folder}: incomplete results for {', '.join(names)}; do `besshi run` again"
        warnings.warn(text, stacklevel=2)

    def contents(kind: str) -> Iterable[tuple[str, bytes]]:
        names = [ISSUES_FILE] if kind == "issues" else sorted(results.sizes(kind))
        found = results.read([name for name in names if name.endswith(".parquet")])
        return sorted(found.items())

    return Annexes(str(folder), contents)
