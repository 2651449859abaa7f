"""The function of one annex: the same in this process, in another and on another machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.batch.discovery import Source
from pipeline.batch.manifest import Entry, write_entry
from pipeline.batch.resource_limits import allow_page
from pipeline.batch.tasks import Done, Job, Task, annex_key
from pipeline.batch.write_results import fail_job, fail_unforeseen, write_results
from pipeline.errors import AnnexError, BesshiError, CorrectionError, DataError, SpecError
from pipeline.files import File, digest, open_folder, read_file
from pipeline.model import AnnexHeader, Extracted, Normalized, Segmented
from pipeline.stages import Result
from pipeline.vocabulary.printable import printable

Read = TypeVar("Read", Extracted, Segmented)

_CODES = (AnnexError.code, SpecError.code, CorrectionError.code)
"""Of the errors in each of a source's files."""


def do_annex(job: Job, task: Task) -> Done:
    """Do an annex unless it is done: its files, then its entry in the manifest.

    Raises:
        DataError: A stage file is none.
        OSError: The results cannot be written.
    """
    if (refused := _refuse(job, task)) is not None:
        return refused
    source = task.source
    said = []
    for file, code in zip(source.files, _CODES, strict=True):
        try:
            said.append(read_file(file.address) if file else None)
        except OSError as error:
            return _unreadable(job, task, file or source.file, code, error)
    hashes = tuple(digest(content or b"") for content in said)
    key = annex_key(job, hashes)
    if task.entry is not None and task.entry.key == key:
        return Done(move_entry(job, task.entry, task.place), hashes, worked=False)
    content = Content(said[0] or b"", hashes[0], *said[1:])
    result = _work(job, source, content)
    return Done(write_results(job, task, key, result), hashes, worked=True)


def do_annex_elsewhere(job: Job, task: Task) -> Done:
    """`do_annex` on a machine that may not have what the one that asks has.

    Raises:
        BesshiError: It has not.
    """
    from pipeline.batch.fingerprint import fingerprint

    if fingerprint(job.stage) != job.code:
        raise BesshiError(
            "a worker of the cluster has another besshi, Python or package than the machine that "
            "asks; install the same requirements.lock on all"
        )
    return do_annex(job, task)


def _work(job: Job, source: Source, content: "Content") -> Result:
    try:
        return _STAGES[job.stage](job, source, content)
    except (BesshiError, MemoryError):
        raise
    except Exception as error:  # what the stages need cannot even be imported
        return fail_unforeseen(job, AnnexHeader(source.annex, ""), source, error)


def move_entry(job: Job, entry: Entry, place: str) -> Entry:
    """The entry of an annex that is done, with the place where its file is now."""
    if entry.source == place:
        return entry
    moved = replace(entry, source=place)
    write_entry(open_folder(job.out), moved)
    return moved


def _refuse(job: Job, task: Task) -> Done | None:
    """Fail an annex whose files must not be opened, or whose name cannot be its id."""
    source = task.source
    if source.misnamed:
        what = f"its name, which is the annex's id, {source.misnamed}; rename it"
        return _fail(job, task, AnnexError.code, f"{source.file.address}: {what}")
    for file, code in zip(source.files, _CODES, strict=True):
        if file is not None and file.instead:
            what = f"is {file.instead}; put the file itself there, or remove it"
            return _fail(job, task, code, f"{file.address}: {what}")
    return None


def _unreadable(job: Job, task: Task, file: File, code: str, error: OSError) -> Done:
    what = f"cannot be read ({error.strerror or error}); check its rights"
    return _fail(job, task, code, f"{file.address}: {what}")


def worker_lost(job: Job, task: Task, error: AnnexError) -> Done:
    """Say of an annex what ended the process that worked on it.

    Args:
        job: What was to be done.
        task: For which annex.
        error: What happened, and what to do.
    """
    return _fail(job, task, error.code, f"{task.source.file.address}: {error}")


def _fail(job: Job, task: Task, code: str, message: str) -> Done:
    header = AnnexHeader(task.source.annex, "")
    result = fail_job(job, header, code, printable(message))  # a name need not be UTF-8
    return Done(write_results(job, task, "", result), (), worked=True)


@dataclass(frozen=True, slots=True)
class Content:
    """What is in the files of a source; None: there is no such file."""

    data: bytes
    sha256: str
    """Of `data`."""
    spec: bytes | None
    corrections: bytes | None


def _extract(job: Job, source: Source, content: Content) -> Extracted:
    from pipeline.stages import extract_content

    return extract_content(
        source.annex,
        source.file.address,
        content.data,
        content.spec,
        job.page_jobs,
        allow_page,
        content.sha256,
    )


def _segment(job: Job, source: Source, content: Content) -> Segmented:
    from pipeline.files.stage_json import decode_stage
    from pipeline.stages import segment_extracted

    extracted = decode_stage(source.file.address, content.data, Extracted)
    return segment_extracted(_of_its_name(source, extracted))


def _normalize(job: Job, source: Source, content: Content) -> Normalized:
    from pipeline.files.stage_json import decode_stage

    segmented = decode_stage(source.file.address, content.data, Segmented)
    return _correct_and_normalize(_of_its_name(source, segmented), source, content)


def _of_its_name(source: Source, content: Read) -> Read:
    """The content of a stage file, which must be named after its annex: so are all that follow.

    Raises:
        DataError: It is another's.
    """
    if content.header.annex != source.annex:
        file = source.file.address
        raise DataError(
            f"{file}: is the stage file of {content.header.annex!r}; name it after that"
        )
    return content


def _run(job: Job, source: Source, content: Content) -> Normalized:
    from pipeline.stages import segment_extracted

    # Nothing holds on to what a stage has read: the pages of an annex take the most memory.
    return _correct_and_normalize(
        segment_extracted(_extract(job, source, content)), source, content
    )


def _correct_and_normalize(segmented: Segmented, source: Source, content: Content) -> Normalized:
    from pipeline.stages import normalize_segmented

    file = source.corrections.address if source.corrections else ""
    return normalize_segmented(segmented, file, content.corrections)


_STAGES: dict[str, Callable[[Job, Source, Content], Result]] = {
    "run": _run,
    "extract": _extract,
    "segment": _segment,
    "normalize": _normalize,
}
