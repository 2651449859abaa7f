"""The function of one annex: the same in this process, in another and on another machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from pipeline.errors import (
    AnnexError,
    BesshiError,
    CrashedError,
    KnownError,
    OutOfMemoryError,
    TooSlowError,
)
from pipeline.model import Extracted, Issue, Normalized, Segmented
from pipeline.runner import unexpected
from pipeline.running.code import fingerprint
from pipeline.running.limits import allow_page
from pipeline.running.manifest import Entry, describe, entry_file, write_entry
from pipeline.running.sources import Source
from pipeline.storage import File, Folder, digest, open_folder, read_file

# Another try may end otherwise although nothing changed that besshi can see.
_PASSING = {e.code for e in (AnnexError, CrashedError, OutOfMemoryError, TooSlowError)}
_PASSING.add("internal")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done for each annex of a run."""

    stage: str
    """`run` for all of them, or one: `extract`, `segment`, `normalize`."""
    out: str
    """Address of the folder to write to."""
    code: str
    """`fingerprint` where the run was started."""
    page_jobs: int = 1
    """Processes for the pages of one annex."""


@dataclass(frozen=True, slots=True)
class Task:
    """An annex to be done, unless its entry says that it is."""

    source: Source
    place: str
    """Where the source is, seen from the folder of results."""
    entry: Entry | None
    """What the folder holds of it, whole; None: nothing, or it is to be done again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task."""

    entry: Entry
    sha256: str | None
    """Of the annex's file; None: it could not be read."""
    known_sha256: str | None
    """Of the file beside it, or of nothing."""
    worked: bool
    """False: the entry was right already."""


def annex_key(job: Job, sha256: str, known_sha256: str) -> str:
    """A hash of all that an annex's files depend on."""
    return digest(job.stage, job.code, sha256, known_sha256)


def do_annex(job: Job, task: Task) -> Done:
    """Do an annex unless it is done: its files, then its entry in the manifest.

    Raises:
        BesshiError: This machine has another besshi than the one that asks.
        OSError: The results cannot be written.
    """
    if fingerprint(job.stage) != job.code:
        raise BesshiError(
            "a worker of the cluster has another besshi, Python or package than the machine that "
            "asks; install the same requirements.lock on all"
        )
    source = task.source
    try:
        data = read_file(source.file.address)
    except OSError as error:
        return _unreadable(job, task, source.file, AnnexError.code, error)
    try:
        known = read_file(source.known.address) if source.known else None
    except OSError as error:
        return _unreadable(job, task, source.known or source.file, KnownError.code, error)
    hashes = digest(data), digest(known or b"")
    key = annex_key(job, *hashes)
    if task.entry is not None and task.entry.key == key:
        return Done(move_entry(job, task.entry, task.place), *hashes, worked=False)
    entry = _write(job, task, key, _STAGES[job.stage].work(job, source, data, known))
    return Done(entry, *hashes, worked=True)


def move_entry(job: Job, entry: Entry, place: str) -> Entry:
    """The entry of an annex that is done, with the place where its file is now."""
    if entry.source == place:
        return entry
    moved = replace(entry, source=place)
    write_entry(open_folder(job.out), moved)
    return moved


def _unreadable(job: Job, task: Task, file: File, code: str, error: OSError) -> Done:
    what = f"cannot be read ({error.strerror or error}); check its rights"
    return _fail(job, task, code, f"{file.address}: {what}")


def lose_annex(job: Job, task: Task, error: AnnexError) -> Done:
    """Say of an annex what ended the process that worked on it.

    Args:
        job: What was to be done.
        task: For which annex.
        error: What happened, and what to do.
    """
    return _fail(job, task, error.code, f"{task.source.file.address}: {error}")


def _fail(job: Job, task: Task, code: str, message: str) -> Done:
    stage = "extract" if job.stage == "run" else job.stage
    issue = Issue("error", stage, code, message)
    made = _STAGES[job.stage].failed(task.source.annex, "", issues=(issue,))
    return Done(_write(job, task, "", made), None, None, worked=True)


Content = Extracted | Segmented | Normalized


def _write(job: Job, task: Task, key: str, made: Content) -> Entry:
    """Put the files of an annex there, and last its entry."""
    annex, folder = task.source.annex, open_folder(job.out)
    try:
        contents = _encode(annex, made)
    except Exception as error:  # a bug must cost its annex only
        stage = "normalize" if job.stage == "run" else job.stage
        issues = (*made.issues, unexpected(stage, annex, error))
        failed, hashes = _STAGES[job.stage].failed, (made.source_sha256, made.parameters_sha256)
        made = failed(annex, hashes[0], issues=issues, parameters_sha256=hashes[1])
        contents = _encode(annex, made)
    folder.remove(entry_file(annex))  # not done until all is there
    for name, data in contents.items():
        folder.write(name, data)
    if isinstance(made, Normalized) and made.failed:
        _remove_files(folder, annex)
    if any(issue.level == "error" and issue.code in _PASSING for issue in made.issues):
        key = ""
    records = len(made.records) if isinstance(made, Normalized) else 0
    if isinstance(made, Segmented):
        records = sum(len(table.rows) for table in made.tables)
    issues = tuple(made.issues)
    hashes = made.source_sha256, made.parameters_sha256
    files = describe(contents)
    entry = Entry(annex, key, task.place, *hashes, len(made.pages), records, issues, files)
    write_entry(folder, entry)
    return entry


def _remove_files(folder: Folder, annex: str) -> None:
    """Take away what an annex had before it failed."""
    from pipeline.store import DATASETS, annex_file

    for kind in DATASETS:
        folder.remove(annex_file(kind, annex))


def _encode(annex: str, made: Content) -> dict[str, bytes]:
    from pipeline.store import encode_annex, encode_stage

    if isinstance(made, Normalized):
        return encode_annex(made)
    return {f"{annex}.json": encode_stage(made)}


def _extract(job: Job, source: Source, data: bytes, known: bytes | None) -> Extracted:
    from pipeline.runner import extract_content

    file = source.file.address
    return extract_content(source.annex, file, data, known, job.page_jobs, allow_page)


def _segment(job: Job, source: Source, data: bytes, known: bytes | None) -> Segmented:
    from pipeline.runner import segment_extracted
    from pipeline.store import decode_stage

    return segment_extracted(decode_stage(source.file.address, data, Extracted))


def _normalize(job: Job, source: Source, data: bytes, known: bytes | None) -> Normalized:
    from pipeline.runner import normalize_segmented
    from pipeline.store import decode_stage

    return normalize_segmented(decode_stage(source.file.address, data, Segmented))


def _run(job: Job, source: Source, data: bytes, known: bytes | None) -> Normalized:
    from pipeline.runner import normalize_segmented, segment_extracted

    # Nothing holds on to what a stage has read: the pages of an annex take the most memory.
    return normalize_segmented(segment_extracted(_extract(job, source, data, known)))


@dataclass(frozen=True, slots=True)
class _Stage:
    work: Callable[[Job, Source, bytes, bytes | None], Content]
    failed: Callable[..., Content]
    """What the stage leaves of an annex that it could not do."""


_STAGES = {
    "run": _Stage(_run, partial(Normalized, failed=True)),
    "extract": _Stage(_extract, Extracted),
    "segment": _Stage(_segment, Segmented),
    "normalize": _Stage(_normalize, partial(Normalized, failed=True)),
}
