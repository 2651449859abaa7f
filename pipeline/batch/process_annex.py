"""Processes one annex: the same code in this process, in another one and on another machine."""

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.manifest import ManifestEntry, write_entry
from pipeline.batch.page_progress import follow_pages
from pipeline.batch.tasks import Job, Task, TaskResult, annex_key
from pipeline.batch.write_results import fail_job, fail_unforeseen, write_results
from pipeline.errors import AnnexError, BesshiError, CorrectionError, DataError, SpecError
from pipeline.files import digest, open_folder, read_file
from pipeline.model import AnnexHeader, Extracted, Normalized, Segmented
from pipeline.stages import StageResult
from pipeline.vocabulary.printable import printable

StageInput = TypeVar("StageInput", Extracted, Segmented)

_CODES = (AnnexError.code, SpecError.code, CorrectionError.code)
"""The error code for each of an annex's files (`AnnexFiles.all_files`)."""


class AnnexContent(Struct, frozen=True):
    """The content of an annex's files."""

    data: bytes
    """Of the main file."""
    sha256: str
    """Of `data`."""
    spec: bytes | None
    """None: there is no such file."""
    corrections: bytes | None
    """None: there is no such file."""


def process_annex(job: Job, task: Task) -> TaskResult:
    """Process an annex unless it is up to date: write its files, then its entry in the manifest.

    Raises:
        DataError: An input is not the stage file that it should be.
        OSError: The results cannot be written.
    """
    if (refused := _refuse_files(job, task)) is not None:
        return refused
    files = task.files
    contents = []
    for file, code in zip(files.all_files, _CODES, strict=True):
        try:
            contents.append(read_file(file.address) if file else None)
        except OSError as error:
            what = f"cannot be read ({error.strerror or error}); check its permissions"
            return _fail(job, task, code, f"{(file or files.main_file).address}: {what}")
    hashes = tuple(digest(content or b"") for content in contents)
    key = annex_key(job, hashes)
    if task.entry is not None and task.entry.key == key:
        entry = update_source(job, task.entry, task.relative_source)
        return TaskResult(entry, hashes, processed=False)
    data, *others = contents
    result = _run_stages(job, files, AnnexContent(data or b"", hashes[0], *others))
    return TaskResult(write_results(job, task, key, result), hashes, processed=True)


def process_annex_on_cluster(job: Job, task: Task) -> TaskResult:
    """As `process_annex`, on a machine that may have another besshi than the one that asks.

    Raises:
        BesshiError: It has another one.
    """
    from pipeline.batch.fingerprint import fingerprint

    if fingerprint(job.stage) != job.code:
        raise BesshiError(
            "a worker of the cluster has another version of besshi, Python or a package than the "
            "machine that started the run; install the same requirements.lock on all"
        )
    return process_annex(job, task)


def update_source(job: Job, entry: ManifestEntry, source: str) -> ManifestEntry:
    """The entry of an annex that is up to date, rewritten if its main file has moved.

    Args:
        source: Where the main file is now, seen from the folder of results.
    """
    if entry.source == source:
        return entry
    moved = replace(entry, source=source)
    write_entry(open_folder(job.out), moved)
    return moved


def worker_lost(job: Job, task: Task, error: AnnexError) -> TaskResult:
    """Fail an annex whose worker process ended before it answered."""
    return _fail(job, task, error.code, f"{task.files.main_file.address}: {error}")


def _refuse_files(job: Job, task: Task) -> TaskResult | None:
    """Fail an annex whose files must not be opened, or whose name cannot be its id."""
    files = task.files
    if files.name_problem:
        what = f"its name, which is the annex's id, {files.name_problem}; rename it"
        return _fail(job, task, AnnexError.code, f"{files.main_file.address}: {what}")
    for file, code in zip(files.all_files, _CODES, strict=True):
        if file is not None and file.not_a_file:
            what = f"is {file.not_a_file}; put the file itself there, or remove it"
            return _fail(job, task, code, f"{file.address}: {what}")
    return None


def _fail(job: Job, task: Task, code: str, message: str) -> TaskResult:
    header = AnnexHeader(task.files.annex, "")
    result = fail_job(job, header, code, printable(message))  # a file's name need not be UTF-8
    return TaskResult(write_results(job, task, "", result), (), processed=True)


def _run_stages(job: Job, files: AnnexFiles, content: AnnexContent) -> StageResult:
    try:
        return _STAGES[job.stage](job, files, content)
    except (BesshiError, MemoryError):
        raise
    except Exception as error:  # for example a module that the stages need cannot be imported
        return fail_unforeseen(job, AnnexHeader(files.annex, ""), files, error)


def _extract(job: Job, files: AnnexFiles, content: AnnexContent) -> Extracted:
    from pipeline.stages import PdfContent, extract_content

    file = files.main_file.address
    pdf = PdfContent(files.annex, file, content.data, content.spec, content.sha256)
    return extract_content(pdf, job.page_jobs, follow_pages(files.annex))


def _segment(job: Job, files: AnnexFiles, content: AnnexContent) -> Segmented:
    from pipeline.files.stage_json import decode_stage
    from pipeline.stages import segment_extracted

    extracted = decode_stage(files.main_file.address, content.data, Extracted)
    return segment_extracted(_check_annex_id(files, extracted))


def _normalize(job: Job, files: AnnexFiles, content: AnnexContent) -> Normalized:
    from pipeline.files.stage_json import decode_stage

    segmented = decode_stage(files.main_file.address, content.data, Segmented)
    return _correct_and_normalize(_check_annex_id(files, segmented), files, content)


def _check_annex_id(files: AnnexFiles, content: StageInput) -> StageInput:
    """The content of a stage file, which must be named after its annex: all results will be.

    Raises:
        DataError: It belongs to an annex with another id.
    """
    if content.header.annex != files.annex:
        raise DataError(
            f"{files.main_file.address}: is the stage file of {content.header.annex!r}; "
            "name it after that"
        )
    return content


def _run(job: Job, files: AnnexFiles, content: AnnexContent) -> Normalized:
    from pipeline.stages import segment_extracted

    # No variable keeps what a stage has read: an annex's pages take the most memory.
    return _correct_and_normalize(segment_extracted(_extract(job, files, content)), files, content)


def _correct_and_normalize(
    segmented: Segmented, files: AnnexFiles, content: AnnexContent
) -> Normalized:
    from pipeline.stages import normalize_segmented

    file = files.corrections.address if files.corrections else ""
    return normalize_segmented(segmented, file, content.corrections)


_STAGES: dict[str, Callable[[Job, AnnexFiles, AnnexContent], StageResult]] = {
    "run": _run,
    "extract": _extract,
    "segment": _segment,
    "normalize": _normalize,
}
