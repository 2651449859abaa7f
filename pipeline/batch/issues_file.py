"""`issues.parquet`: what is told of all annexes of a folder, and a mark that says it is whole."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from pipeline.batch.manifest import KIND, Entry, Written, join_hashes
from pipeline.files import Folder, digest

ISSUES = "issues.parquet"
MARK = f"{KIND}/issues"
"""Beside the entries, and without their ending: an annex may be called `issues`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Written after `issues.parquet`: a run that was ended before is completed."""

    told: str
    """A hash of what the file is made from."""
    file: Written


def write_issues(folder: Folder, entries: Iterable[Entry], code: str, force: bool = False) -> None:
    """Write what is told of annexes, unless it is there.

    Args:
        folder: Where to.
        entries: Of the annexes.
        code: The fingerprint of what writes it.
        force: Whether what is there is read, and not taken for whole by its size.
    """
    some = sorted(entries, key=lambda entry: entry.annex)
    issues = {entry.annex: entry.issues for entry in some}
    hashes = join_hashes(some)
    told = digest(code, *hashes, msgspec.json.encode(issues))
    if _is_there(folder, told, force):
        return
    from pipeline.files.parquet import encode_issues

    data = encode_issues(issues, hashes)
    folder.remove(MARK)
    folder.write(ISSUES, data)
    folder.write(MARK, msgspec.json.encode(Mark(told, Written(len(data), digest(data)))))


def _is_there(folder: Folder, told: str, read: bool) -> bool:
    mark = read_mark(folder)
    if mark is None or (mark.told, mark.file.size) != (told, folder.sizes("").get(ISSUES)):
        return False
    return not read or digest(folder.read([ISSUES]).get(ISSUES, b"")) == mark.file.sha256


def read_mark(folder: Folder) -> Mark | None:
    """The mark of a folder; None: it is missing, or damaged."""
    try:
        return msgspec.json.decode(folder.read([MARK]).get(MARK, b""), type=Mark)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
