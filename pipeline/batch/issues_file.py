"""Writes `issues.parquet`: the issues of all annexes of a folder, with a mark of completeness."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.batch.executor import Executor
from pipeline.batch.manifest import MANIFEST_FOLDER, ManifestEntry, WrittenFile, combine_hashes
from pipeline.files import Folder, digest
from pipeline.files.strict_json import NotJsonError, decode_json
from pipeline.model import Issue

ISSUES_FILE = "issues.parquet"
ISSUES_MARK_FILE = f"{MANIFEST_FOLDER}/issues"
"""Stands beside the entries, without their `.json`: an annex may be called `issues`."""


class IssuesMark(msgspec.Struct, frozen=True, rename={"content_key": "told"}):
    """Written after `issues.parquet`: without it the next run writes that file again."""

    content_key: str
    """A hash of everything that the file is made from; its JSON key is `told`."""
    file: WrittenFile


def write_issues(
    folder: Folder,
    entries: Iterable[ManifestEntry],
    code: str,
    executor: Executor,
    force: bool = False,
) -> None:
    """Write the issues of annexes, unless the file is up to date.

    Args:
        code: The fingerprint of the code that writes it.
        executor: Encodes the file where Arrow is imported already, which takes a quarter second.
        force: Whether an existing file is checked by its hash, not by its size alone.
    """
    ordered = sorted(entries, key=lambda entry: entry.annex)
    issues = {entry.annex: entry.issues for entry in ordered}
    hashes = combine_hashes(ordered)
    content_key = digest(code, *hashes, msgspec.json.encode(issues))
    if _is_up_to_date(folder, content_key, force):
        return
    data = executor.call(_encode, (issues, hashes))
    mark = IssuesMark(content_key, WrittenFile(len(data), digest(data)))
    folder.remove(ISSUES_MARK_FILE)
    folder.write(ISSUES_FILE, data)
    folder.write(ISSUES_MARK_FILE, msgspec.json.encode(mark))


def _encode(arguments: tuple[Mapping[str, Sequence[Issue]], tuple[str, str]]) -> bytes:
    from pipeline.files.parquet import encode_issues

    return encode_issues(*arguments)


def _is_up_to_date(folder: Folder, content_key: str, check_content: bool) -> bool:
    mark, size = read_mark(folder), folder.sizes("").get(ISSUES_FILE)
    if mark is None or (mark.content_key, mark.file.size) != (content_key, size):
        return False
    if not check_content:
        return True
    return digest(folder.read([ISSUES_FILE]).get(ISSUES_FILE, b"")) == mark.file.sha256


def read_mark(folder: Folder) -> IssuesMark | None:
    """The mark in a folder; None: it is missing or damaged."""
    data = folder.read([ISSUES_MARK_FILE]).get(ISSUES_MARK_FILE, b"")
    try:
        return decode_json(data, IssuesMark)
    except NotJsonError:
        return None
