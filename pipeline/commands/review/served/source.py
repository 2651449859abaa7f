"""Finds what an annex in a folder of results was made from, and reads that once more."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.manifest import ManifestEntry, read_manifest
from pipeline.batch.page_progress import follow_pages
from pipeline.batch.plan import absolute_source
from pipeline.batch.process_pool import run_in_own_process
from pipeline.batch.resource_limits import Limits
from pipeline.batch.tasks import Job, Task
from pipeline.commands.review.pictures import find_pdf
from pipeline.errors import DataError, InputError
from pipeline.files import digest, look_up_file, open_folder, read_file, with_suffix
from pipeline.files.stage_json import decode_stage
from pipeline.model import Segmented
from pipeline.stages import extract_file, segment_extracted, stop_if_failed


class Source(Struct, frozen=True):
    """What an annex was made from."""

    files: AnnexFiles
    job: Job
    """What made it."""
    relative: str | None
    """Where its main file is, as its entry in the manifest says; None: it has none (a draft)."""

    @property
    def task(self) -> Task:
        """The task of making it once more."""
        return Task(self.files, self.relative or "", None)


def find_source(folder: Path, annex: str, pdfs: Sequence[Path]) -> Source:
    """Find the PDF, or the stage file, that the results of an annex were made from.

    Raises:
        InputError: It is not there any more.
    """
    entry = read_manifest(open_folder(str(folder))).get(annex)
    if entry is not None and entry.source.endswith(".json"):
        return _find_stage_file(folder, entry)
    pdf, _ = find_pdf(folder, annex, pdfs)
    main_file = look_up_file(str(pdf))
    if main_file is None:
        raise InputError(f"{pdf}: is not there any more; put it back")
    files = AnnexFiles(annex, main_file, look_up_file(with_suffix(str(pdf), ".yml")))
    job = Job("run", str(folder), fingerprint("run"))
    return Source(files, job, entry.source if entry else None)


def _find_stage_file(folder: Path, entry: ManifestEntry) -> Source:
    address = absolute_source(entry.source, str(folder))
    main_file = look_up_file(address)
    if main_file is None:
        raise InputError(f"{address}: is not there any more; do `make run`")
    job = Job("normalize", str(folder), fingerprint("normalize"))
    return Source(AnnexFiles(entry.annex, main_file), job, entry.source)


class Reading(Struct, frozen=True):
    """What was read from a source."""

    segmented: Segmented
    hashes: tuple[str, str]
    """Of the main file and of the spec as they were then; a missing one hashed as empty."""


def read_source(source: Source, limits: Limits) -> Reading:
    """What segment finds in an annex: from its stage file, or read from its PDF again.

    Args:
        limits: Of reading a PDF, which is done in a process of its own.

    Raises:
        AnnexError: The PDF cannot be read.
        DataError: It is no stage file.
    """
    address, spec = source.files.main_file.address, source.files.spec
    hashes = digest(read_file(address)), digest(read_file(spec.address) if spec else b"")
    if source.job.stage == "run":
        segmented = run_in_own_process(_read_pdf, Path(address), address, limits)
        changed = segmented.header.source_sha256 != hashes[0]
    else:
        data = read_file(address)
        segmented, changed = decode_stage(address, data, Segmented), digest(data) != hashes[0]
    stop_if_failed(segmented.header)
    if changed:
        raise DataError(f"{address}: has changed while it was read; start again")
    if segmented.header.annex != source.files.annex:
        raise DataError(f"{address}: is about another annex; do `make run`")
    return Reading(segmented, hashes)


def _read_pdf(path: Path) -> Segmented:
    return segment_extracted(extract_file(path, on_page=follow_pages(path.stem)))
