"""A folder of results against its manifest, and against the PDFs that it was made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.errors import CorrectionError, InputError, KnownError
from pipeline.extract import parse_known
from pipeline.normalize import parse_corrections
from pipeline.runner import hash_corrected, hash_known
from pipeline.running.manifest import (
    FOLDERS,
    KIND,
    Entry,
    entry_file,
    join_hashes,
    kind_of,
    read_manifest,
)
from pipeline.running.sources import PART_NAME, Source, add_corrections, find_annexes
from pipeline.storage import Folder, digest, open_folder, read_file
from pipeline.verifying.datasets import find_in_annex, find_in_issues
from pipeline.verifying.findings import Finding

_ISSUES = "issues.parquet"
_OWN = {_ISSUES, f"{KIND}/issues"}
"""What a run writes besides the files of its annexes."""


def verify(
    address: str, pdfs: Sequence[str] = (), corrections: str | None = None
) -> Iterator[Finding]:
    """All that is wrong with a folder that `run`, a stage or `compact` wrote.

    Args:
        address: The folder.
        pdfs: Files and folders of the PDFs; none: they are not compared.
        corrections: The folder of the corrections; None: `corrections`, if that is there.

    Raises:
        InputError: No run has written there, or there are no such PDFs.
    """
    folder = open_folder(address)
    entries = read_manifest(folder)
    if not entries and not folder.sizes(KIND):
        raise InputError(f"{address}: no run has written here; name the --out of a run")
    yield from _find_beside(folder, entries)
    for annex in sorted(entries):
        entry = entries[annex]
        contents = folder.read(list(entry.files))
        yield from _compare_files(entry, contents)
        yield from find_in_annex(entry, contents, merged=_is_part(entry))
    if not any(map(_is_stage, entries.values())):
        yield from _verify_issues(folder, entries)
    if pdfs:
        yield from _compare_sources(
            entries, add_corrections(find_annexes(pdfs), corrections).sources
        )


def _is_part(entry: Entry) -> bool:
    return PART_NAME.fullmatch(entry.annex) is not None


def _find_beside(folder: Folder, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Files that no entry names: they belong to no annex, and a reader would take them for data."""
    named = {name for entry in entries.values() for name in entry.files} | _OWN
    named |= {entry_file(annex) for annex in entries}
    for kind in FOLDERS:
        for name in sorted(folder.sizes(kind).keys() - named):
            if name.endswith(".part"):
                yield Finding(name, "was left by a run that was ended; the next run removes it")
            elif kind == KIND:
                yield Finding(name, "is no entry of this besshi; do `besshi run` again")
            elif kind:
                yield Finding(name, "is named by no entry of the manifest; remove it")


def _compare_files(entry: Entry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    for name, written in entry.files.items():
        data = contents.get(name)
        if data is None:
            yield Finding(name, "is missing; do `besshi run` again")
        elif len(data) != written.size:
            yield Finding(name, f"has {len(data)} bytes, {written.size} were written")
        elif digest(data) != written.sha256:
            yield Finding(name, "is not as it was written: its SHA-256 is another")


def _verify_issues(folder: Folder, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    data = folder.read([_ISSUES]).get(_ISSUES)
    if data is None:
        yield Finding(_ISSUES, "is missing; do `besshi run` again")
        return
    parts = any(map(_is_part, entries.values()))
    hashes = None if parts else join_hashes(entries.values())
    issues = None if parts else {a: entries[a].issues for a in sorted(entries)}
    yield from find_in_issues(_ISSUES, data, hashes, issues)


def _compare_sources(entries: Mapping[str, Entry], sources: Iterable[Source]) -> Iterator[Finding]:
    there = {source.annex: source for source in sources}
    for annex in sorted(entries.keys() - there.keys()):
        yield Finding(entry_file(annex), "its PDF is in none of the given --pdfs")
    for annex, source in there.items():
        file = source.file.address
        if annex not in entries:
            yield Finding(file, "is not in the results; do `besshi run` again")
            continue
        entry, data = entries[annex], read_file(file)
        if entry.source_sha256 and entry.source_sha256 != digest(data):
            yield Finding(file, "is not the PDF that its records were made from")
        elif entry.parameters_sha256 and entry.parameters_sha256 != _hash(entry, source, data):
            what = (
                "the .yml beside it says other things than when it was read, or its corrections do"
            )
            yield Finding(file, what)


def _hash(entry: Entry, source: Source, data: bytes) -> str | None:
    """Of what is known and corrected of an annex now; None: it is not to be understood."""
    try:
        known = None
        if (file := source.known) is not None:
            known = parse_known(file.address, read_file(file.address), data)
        hashed = hash_known(known)
        if source.corrections is None or _is_stage(entry):  # the stages before do not read them
            return hashed
        return hash_corrected(hashed, parse_corrections(read_file(source.corrections.address)))
    except (KnownError, CorrectionError):
        return None


def _is_stage(entry: Entry) -> bool:
    return any(kind_of(name) == "" for name in entry.files)
