"""Checks a folder of results against its manifest, its files and the PDFs."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.batch.discovery import add_corrections, find_pdfs
from pipeline.batch.issues_file import ISSUES_FILE, ISSUES_MARK_FILE, read_mark
from pipeline.batch.manifest import (
    DATA_FOLDERS,
    MANIFEST_FOLDER,
    RUN_FOLDERS,
    ManifestEntry,
    combine_hashes,
    entry_file,
    read_manifest,
)
from pipeline.commands.verify.audit import Recount, recount_annexes
from pipeline.commands.verify.datasets import check_issues_file
from pipeline.commands.verify.entries import compare_file, is_stage, verify_entries
from pipeline.commands.verify.findings import Finding
from pipeline.commands.verify.inputs import compare_inputs, find_recount_inputs
from pipeline.errors import InputError, no_results
from pipeline.files import Folder, absolute, find_files, open_folder
from pipeline.files.atomic import is_leftover

_OWN = {ISSUES_FILE, ISSUES_MARK_FILE}
"""What a run writes besides the files of its annexes."""


def verify(
    address: str,
    pdfs: Sequence[str] = (),
    corrections: str | None = None,
    recount: Recount | None = None,
    jobs: int = 0,
) -> Iterator[Finding]:
    """Find everything that is wrong with a folder that `run`, a stage or `compact` wrote.

    Args:
        pdfs: Files and folders of the PDFs; (): the PDFs are not compared.
        corrections: The folder of corrections; None: `corrections`, if that folder exists.
        recount: How to count the PDFs' characters again with another parser; the counts are added
            to it. None: they are not counted again.
        jobs: Number of processes that check files; 0: this process does.

    Raises:
        InputError: No run has written there, there are no such PDFs, or there are no records to
            count again.
    """
    folder = open_folder(address)
    entries = read_manifest(folder)
    if not entries and not folder.sizes(MANIFEST_FOLDER):
        raise no_results(address)
    parts = any(entry.is_part for entry in entries.values())
    if pdfs and parts:
        raise InputError(f"{address}: holds parts; name the folder that they were merged from")
    if recount and any(map(is_stage, entries.values())):
        raise InputError(f"{address}: holds no records to count again; name the --out of a run")
    yield from _find_unlisted_files(address, entries)
    yield from verify_entries(address, [entries[annex] for annex in sorted(entries)], jobs)
    if not any(map(is_stage, entries.values())):
        yield from _verify_issues(folder, None if parts else entries)
    if pdfs:
        annexes = add_corrections(find_pdfs(pdfs), corrections).annexes
        yield from compare_inputs(entries, annexes, pdfs)
        if recount:
            inputs = list(find_recount_inputs(address, entries, annexes))
            yield from recount_annexes(inputs, recount)


def _find_unlisted_files(address: str, entries: Mapping[str, ManifestEntry]) -> Iterator[Finding]:
    """Find files that no entry names: they belong to no annex, but a reader takes them for data."""
    named = {name for entry in entries.values() for name in entry.files} | _OWN
    named |= {entry_file(annex) for annex in entries}
    data = ".json" if any(map(is_stage, entries.values())) else ".parquet"
    for kind in RUN_FOLDERS:
        for name in sorted(_list_folder(address, kind) - named):
            if is_leftover(name.rpartition("/")[2]):
                yield Finding(name, "was left by a run that was stopped; the next run removes it")
            elif kind == MANIFEST_FOLDER:
                yield Finding(name, "is no entry of this besshi; do `besshi run` again")
            elif kind or name.endswith(data):
                yield Finding(name, "is in no entry of the manifest; remove it")


def _list_folder(address: str, kind: str) -> set[str]:
    """The files of a folder; of a dataset also those below, which pandas and pyarrow read too."""
    if kind not in DATA_FOLDERS:
        return set(open_folder(address).sizes(kind))
    try:
        found = find_files(f"{address.rstrip('/')}/{kind}")
    except InputError:  # there is no such folder
        return set()
    start = len(absolute(address)) + 1
    return {absolute(file.address)[start:] for file in found}


def _verify_issues(
    folder: Folder, entries: Mapping[str, ManifestEntry] | None
) -> Iterator[Finding]:
    """Check `issues.parquet` against its mark and, unless they are parts (None), the entries."""
    data, mark = folder.read([ISSUES_FILE]).get(ISSUES_FILE), read_mark(folder)
    if data is None or mark is None:
        yield Finding(
            ISSUES_FILE if data is None else ISSUES_MARK_FILE, "is missing; do `besshi run` again"
        )
        return
    yield from compare_file(ISSUES_FILE, mark.file, data)
    hashes = None if entries is None else combine_hashes(entries.values())
    issues = None if entries is None else {a: entries[a].issues for a in sorted(entries)}
    yield from check_issues_file(ISSUES_FILE, data, hashes, issues)
