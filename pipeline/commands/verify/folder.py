"""A folder of results against its manifest, and against the PDFs that it was made from."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.batch.discovery import Source, add_corrections, find_pdfs
from pipeline.batch.issues_file import ISSUES, MARK, read_mark
from pipeline.batch.manifest import (
    COMPACT,
    DATA,
    FOLDERS,
    KIND,
    Entry,
    Written,
    entry_file,
    join_hashes,
    read_manifest,
)
from pipeline.commands.verify.audit import Recount, count_again
from pipeline.commands.verify.compare import Audited
from pipeline.commands.verify.datasets import find_in_annex, find_in_issues
from pipeline.commands.verify.findings import Finding
from pipeline.commands.verify.stage_files import STAGE_FILES, find_in_stage_file
from pipeline.curation.annex_spec import parse_annex_spec
from pipeline.curation.corrections import parse_corrections
from pipeline.errors import CorrectionError, InputError, SpecError
from pipeline.files import Folder, absolute, digest, find_files, open_folder, read_file
from pipeline.files.atomic import is_left_over
from pipeline.stages import hash_corrected, hash_spec

_OWN = {ISSUES, MARK}
"""What a run writes besides the files of its annexes."""


def verify(
    address: str,
    pdfs: Sequence[str] = (),
    corrections: str | None = None,
    recount: Recount | None = None,
) -> Iterator[Finding]:
    """All that is wrong with a folder that `run`, a stage or `compact` wrote.

    Args:
        address: The folder.
        pdfs: Files and folders of the PDFs; none: they are not compared.
        corrections: The folder of the corrections; None: `corrections`, if that is there.
        recount: How to count the PDFs' characters once more, with another parser; it is told how
            many there were. None: not at all.

    Raises:
        InputError: No run has written there, or there are no such PDFs, or there are no records
            to count again.
    """
    folder = open_folder(address)
    entries = read_manifest(folder)
    if not entries and not folder.sizes(KIND):
        raise InputError(f"{address}: no run has written here; name the --out of a run")
    parts = any(map(_is_part, entries.values()))
    if pdfs and parts:
        raise InputError(f"{address}: holds parts; compare the folder that they were merged from")
    if recount and any(map(_is_stage, entries.values())):
        raise InputError(f"{address}: holds no records to count again; name the --out of a run")
    yield from _find_beside(address, entries)
    for annex in sorted(entries):
        yield from _verify_entry(folder, entries[annex])
    if not any(map(_is_stage, entries.values())):
        yield from _verify_issues(folder, None if parts else entries)
    if pdfs:
        sources = add_corrections(find_pdfs(pdfs), corrections).sources
        yield from _compare_sources(entries, sources, pdfs)
        if recount:
            yield from count_again(_find_audited(address, entries, sources), recount)


def _is_part(entry: Entry) -> bool:
    return entry.stage == COMPACT


def _is_stage(entry: Entry) -> bool:
    return entry.stage in STAGE_FILES


def _verify_entry(folder: Folder, entry: Entry) -> Iterator[Finding]:
    if not entry.done:
        what = "was being written when a run was ended; do it again"
        yield Finding(entry_file(entry.annex), what)
        return
    contents = folder.read(list(entry.files))
    yield from _compare_files(entry, contents)
    if _is_stage(entry):
        yield from find_in_stage_file(entry, contents)
    else:
        yield from find_in_annex(entry, contents, merged=_is_part(entry))


def _find_beside(address: str, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Files that no entry names: they belong to no annex, and a reader would take them for data."""
    named = {name for entry in entries.values() for name in entry.files} | _OWN
    named |= {entry_file(annex) for annex in entries}
    data = ".json" if any(map(_is_stage, entries.values())) else ".parquet"
    for kind in FOLDERS:
        for name in sorted(_list(address, kind) - named):
            if is_left_over(name.rpartition("/")[2]):
                yield Finding(name, "was left by a run that was ended; the next run removes it")
            elif kind == KIND:
                yield Finding(name, "is no entry of this besshi; do `besshi run` again")
            elif kind or name.endswith(data):
                yield Finding(name, "is named by no entry of the manifest; remove it")


def _list(address: str, kind: str) -> set[str]:
    """The files of a folder; of a dataset also those below, which pandas and pyarrow read too."""
    if kind not in DATA:
        return set(open_folder(address).sizes(kind))
    try:
        found = find_files(f"{address.rstrip('/')}/{kind}")
    except InputError:  # there is no such folder
        return set()
    start = len(absolute(address)) + 1
    return {absolute(file.address)[start:] for file in found}


def _compare_files(entry: Entry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    for name, written in entry.files.items():
        data = contents.get(name)
        if data is None:
            yield Finding(name, "is missing; do `besshi run` again")
        else:
            yield from _compare_file(name, written, data)


def _compare_file(name: str, written: Written, data: bytes) -> Iterator[Finding]:
    if len(data) != written.size:
        yield Finding(name, f"has {len(data)} bytes, {written.size} were written")
    elif digest(data) != written.sha256:
        yield Finding(name, "is not as it was written: its SHA-256 is another")


def _verify_issues(folder: Folder, entries: Mapping[str, Entry] | None) -> Iterator[Finding]:
    """`issues.parquet` against its mark and, where they are its annexes', against the entries."""
    data, mark = folder.read([ISSUES]).get(ISSUES), read_mark(folder)
    if data is None or mark is None:
        yield Finding(ISSUES if data is None else MARK, "is missing; do `besshi run` again")
        return
    yield from _compare_file(ISSUES, mark.file, data)
    hashes = None if entries is None else join_hashes(entries.values())
    issues = None if entries is None else {a: entries[a].issues for a in sorted(entries)}
    yield from find_in_issues(ISSUES, data, hashes, issues)


def _compare_sources(
    entries: Mapping[str, Entry], sources: Iterable[Source], named: Iterable[str]
) -> Iterator[Finding]:
    """The PDFs against what the manifest says of them.

    A folder may hold other PDFs too. Those are told of that somebody named one by one, and those
    that stand beside a PDF of the results: it may have come after the run.
    """
    there: dict[str, list[Source]] = {}
    for source in sources:
        there.setdefault(source.annex, []).append(source)
    beside = set()
    for annex in sorted(entries):
        if annex not in there:
            yield Finding(entry_file(annex), "its PDF is in none of the given --pdfs")
            continue
        source, finding = _choose(entries[annex], there.pop(annex))
        beside.add(_folder(source))
        if finding is not None:
            yield finding
    asked = {absolute(path) for path in named}
    for source in (source for others in there.values() for source in others):
        file = source.file.address
        if absolute(file) in asked:
            yield Finding(file, "is not in the results; do `besshi run` again")
        elif _folder(source) in beside:
            what = "is not in the results, but PDFs beside it are; run it too, if it belongs there"
            yield Finding(file, what, level="warning")


def _folder(source: Source) -> str:
    return absolute(source.file.address).rpartition("/")[0]


def _choose(entry: Entry, sources: Sequence[Source]) -> tuple[Source, Finding | None]:
    """The PDF that an entry is about, of those that have its name, and what is wrong with it."""
    compared = [(source, *_compare_source(entry, source)) for source in sources]
    compared.sort(key=lambda one: (not one[1], one[2] is not None))  # the same one, if it is there
    source, same, finding = compared[0]
    if not same and len(sources) > 1:
        first, *others = (source.file.address for source in sources)
        what = f"is not the PDF that its records were made from, nor is {' or '.join(others)}"
        return source, Finding(first, what)
    return source, finding


def _compare_source(entry: Entry, source: Source) -> tuple[bool, Finding | None]:
    """Whether it is the PDF that was read, and what is wrong with it."""
    file = source.file.address
    if wrong := next((f for f in source.files if f is not None and f.instead), None):
        finding = None if entry.failed else Finding(wrong.address, f"is {wrong.instead}")
        return entry.failed, finding
    try:
        data = read_file(file)
    except OSError as error:
        what = f"cannot be read ({error.strerror or error}); check its rights"
        return False, Finding(file, what)
    sha256 = digest(data)
    if entry.source_sha256 and entry.source_sha256 != sha256:
        return False, Finding(file, "is not the PDF that its records were made from")
    if entry.parameters_sha256 and entry.parameters_sha256 != _hash(entry, source, sha256):
        what = "the .yml beside it says other things than when it was read, or its corrections do"
        return True, Finding(file, what)
    return True, None


def _find_audited(
    address: str, entries: Mapping[str, Entry], sources: Iterable[Source]
) -> Iterator[Audited]:
    """The annexes that have records, of the PDFs that these were made from."""
    for source in sources:
        entry, file = entries.get(source.annex), source.file
        if entry is None or entry.failed or not entry.done or file.instead:
            continue
        with contextlib.suppress(OSError):  # told before, as is that a PDF is another
            if entry.source_sha256 == digest(read_file(file.address)):
                yield Audited(address, source.annex, file.address)


def _hash(entry: Entry, source: Source, source_sha256: str) -> str | None:
    """Of what is known and corrected of an annex now; None: it is not to be understood."""
    try:
        known = None
        if (file := source.known) is not None:
            known = parse_annex_spec(file.address, read_file(file.address), source_sha256)
        hashed = hash_spec(known)
        if source.corrections is None or _is_stage(entry):  # the stages before do not read them
            return hashed
        return hash_corrected(hashed, parse_corrections(read_file(source.corrections.address)))
    except (SpecError, CorrectionError, OSError):
        return None
