"""Checks the files of many entries of a manifest, on several processes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pipeline.batch.manifest import (
    MANIFEST_FOLDER,
    ManifestEntry,
    WrittenFile,
    data_files,
    entry_file,
)
from pipeline.batch.process_pool import LostItem, run_in_processes
from pipeline.batch.resource_limits import Limits
from pipeline.commands.verify.datasets import check_annex_files
from pipeline.commands.verify.findings import Finding
from pipeline.errors import DataError
from pipeline.files import Folder, digest, open_folder
from pipeline.files.stage_json import decode_stage
from pipeline.model import Extracted, Segmented

SHARE = 4_000_000
"""Bytes of files that a process checks at a time; judgement: a second or two, so that starting a
process pays and all end together."""
_LIMITS = Limits(3600.0, 0)
"""Of a share; judgement: far more than the largest part takes."""
STAGE_FILES: Mapping[str, type[Extracted] | type[Segmented]] = {
    "extract": Extracted,
    "segment": Segmented,
}
"""Stage → the type in its files."""


def verify_entries(address: str, entries: Sequence[ManifestEntry], jobs: int) -> Iterator[Finding]:
    """Find what is wrong with the files of entries, in their order.

    Args:
        jobs: Number of processes; 0: this one.
    """
    shares = list(enumerate(_share_out(entries)))
    check = partial(_verify_share, address)
    results = (
        run_in_processes(check, shares, min(jobs, len(shares)), _LIMITS)
        if jobs and len(shares) > 1
        else map(check, shares)
    )
    findings: dict[int, list[Finding]] = {}
    for outcome in results:
        if isinstance(outcome, LostItem):
            number, share = outcome.item
            names = f"{share[0].annex} to {share[-1].annex}"
            what = f"the files of {names} cannot be checked: {outcome.error}"
            outcome = number, [Finding(MANIFEST_FOLDER, what)]
        findings.update([outcome])
    for number in sorted(findings):
        yield from findings[number]


def _share_out(entries: Sequence[ManifestEntry]) -> Iterator[list[ManifestEntry]]:
    """Entries with about as many bytes."""
    share, size = list[ManifestEntry](), 0
    for entry in entries:
        share.append(entry)
        size += sum(file.size for file in entry.files.values())
        if size >= SHARE:
            yield share
            share, size = [], 0
    if share:
        yield share


def _verify_share(
    address: str, share: tuple[int, Sequence[ManifestEntry]]
) -> tuple[int, list[Finding]]:
    number, entries = share
    folder = open_folder(address)
    return number, [finding for entry in entries for finding in _verify_entry(folder, entry)]


def is_stage(entry: ManifestEntry) -> bool:
    """Whether an entry is of a stage before the last."""
    return entry.stage in STAGE_FILES


def _verify_entry(folder: Folder, entry: ManifestEntry) -> Iterator[Finding]:
    if not entry.done:
        what = "was being written when a run was stopped; do the run again"
        yield Finding(entry_file(entry.annex), what)
        return
    contents = folder.read(list(entry.files))
    yield from _compare_files(entry, contents)
    if is_stage(entry):
        yield from check_stage_file(entry, contents)
    else:
        yield from check_annex_files(entry, contents, merged=entry.is_part)


def _compare_files(entry: ManifestEntry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    for name, written in entry.files.items():
        data = contents.get(name)
        if data is None:
            yield Finding(name, "is missing; do `besshi run` again")
        else:
            yield from compare_file(name, written, data)


def compare_file(name: str, written: WrittenFile, data: bytes) -> Iterator[Finding]:
    """Compare a file with what its entry or mark says was written."""
    if len(data) != written.size:
        yield Finding(name, f"has {len(data)} bytes, {written.size} were written")
    elif digest(data) != written.sha256:
        yield Finding(name, "has changed since it was written: the SHA-256 differs")


def check_stage_file(entry: ManifestEntry, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Check the stage file of a manifest entry.

    Args:
        contents: Name → content of its file, if it is there.
    """
    (name,) = data_files(entry.annex, entry.stage)
    if name not in entry.files:
        yield Finding(entry_file(entry.annex), "names no stage file")
    if name not in contents:
        return
    try:
        content = decode_stage(name, contents[name], STAGE_FILES[entry.stage])
    except DataError as error:
        yield Finding(name, str(error).removeprefix(f"{name}: "))
        return
    header = content.header
    expected = (entry.annex, entry.source_sha256, entry.parameters_sha256, entry.issues)
    if (header.annex, header.source_sha256, header.parameters_sha256, header.issues) != expected:
        yield Finding(name, "differs from its entry in annex, PDF, .yml or issues")
