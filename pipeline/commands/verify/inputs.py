"""Compares results with the PDFs, specs and corrections that they should be made from."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.manifest import ManifestEntry, entry_file
from pipeline.commands.verify.compare import RecountInput
from pipeline.commands.verify.entries import STAGE_FILES
from pipeline.commands.verify.findings import Finding
from pipeline.curation.annex_spec import parse_annex_spec
from pipeline.curation.corrections import parse_corrections
from pipeline.errors import CorrectionError, SpecError
from pipeline.files import absolute, digest, read_file
from pipeline.stages import hash_parameters, hash_spec


def compare_inputs(
    entries: Mapping[str, ManifestEntry], annexes: Iterable[AnnexFiles], named: Iterable[str]
) -> Iterator[Finding]:
    """Compare the input files with the manifest.

    A folder may hold other PDFs too. They are findings only if a person named them one by one, or
    if they stand beside a PDF of the results: such a PDF may have come after the run.

    Args:
        entries: Annex → its manifest entry.
        annexes: The files that were found; several may have the same annex id.
        named: The paths that a person gave.
    """
    found: dict[str, list[AnnexFiles]] = {}
    for files in annexes:
        found.setdefault(files.annex, []).append(files)
    used_folders = set()
    for annex in sorted(entries):
        if annex not in found:
            yield Finding(entry_file(annex), "its PDF is in none of the given --pdfs")
            continue
        files, finding = _choose(entries[annex], found.pop(annex))
        used_folders.add(_folder(files))
        if finding is not None:
            yield finding
    named_files = {absolute(path) for path in named}
    for files in (files for others in found.values() for files in others):
        pdf = files.main_file.address
        if absolute(pdf) in named_files:
            yield Finding(pdf, "is not in the results; do `besshi run` again")
        elif _folder(files) in used_folders:
            what = "is not in the results, but PDFs beside it are; run it too, if it belongs there"
            yield Finding(pdf, what, level="warning")


def _folder(files: AnnexFiles) -> str:
    return absolute(files.main_file.address).rpartition("/")[0]


def _choose(
    entry: ManifestEntry, candidates: Sequence[AnnexFiles]
) -> tuple[AnnexFiles, Finding | None]:
    """Of the PDFs of its name, the one that an entry is about, and what is wrong with it."""
    compared = [(files, *_compare_files(entry, files)) for files in candidates]
    compared.sort(key=lambda one: (not one[1], one[2] is not None))  # the PDF that was read first
    files, same, finding = compared[0]
    if not same and len(candidates) > 1:
        first, *others = (files.main_file.address for files in candidates)
        what = f"is not the PDF that its records were made from, nor is {' or '.join(others)}"
        return files, Finding(first, what)
    return files, finding


def _compare_files(entry: ManifestEntry, files: AnnexFiles) -> tuple[bool, Finding | None]:
    """Whether it is the PDF that was read, and what is wrong with it."""
    pdf = files.main_file.address
    if wrong := next((f for f in files.all_files if f is not None and f.not_a_file), None):
        finding = None if entry.failed else Finding(wrong.address, f"is {wrong.not_a_file}")
        return entry.failed, finding
    try:
        data = read_file(pdf)
    except OSError as error:
        what = f"cannot be read ({error.strerror or error}); check its permissions"
        return False, Finding(pdf, what)
    sha256 = digest(data)
    if entry.source_sha256 and entry.source_sha256 != sha256:
        return False, Finding(pdf, "is not the PDF that its records were made from")
    if entry.parameters_sha256 and entry.parameters_sha256 != _hash_now(entry, files, sha256):
        what = "the .yml beside it or its corrections have changed since the results were written"
        return True, Finding(pdf, what)
    return True, None


def _hash_now(entry: ManifestEntry, files: AnnexFiles, source_sha256: str) -> str | None:
    """Hash of what people say about an annex now; None: their files are wrong or unreadable."""
    try:
        spec = None
        if (file := files.spec) is not None:
            spec = parse_annex_spec(file.address, read_file(file.address), source_sha256)
        parameters = hash_spec(spec)
        if files.corrections is None or entry.stage in STAGE_FILES:  # read from normalize on
            return parameters
        return hash_parameters(parameters, parse_corrections(read_file(files.corrections.address)))
    except (SpecError, CorrectionError, OSError):
        return None


def find_recount_inputs(
    address: str, entries: Mapping[str, ManifestEntry], annexes: Iterable[AnnexFiles]
) -> Iterator[RecountInput]:
    """The annexes with records, each with the PDF that these were made from.

    Args:
        entries: Annex → its manifest entry.
    """
    for files in annexes:
        entry, pdf = entries.get(files.annex), files.main_file
        if entry is None or entry.failed or not entry.done or pdf.not_a_file:
            continue
        with contextlib.suppress(OSError):  # `compare_inputs` reports it, and another PDF too
            if entry.source_sha256 == digest(read_file(pdf.address)):
                yield RecountInput(address, files.annex, pdf.address)
