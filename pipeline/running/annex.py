"""The function of one annex: the same in this process, in another and on another machine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from pipeline.errors import (
    AnnexError,
    BesshiError,
    CorrectionError,
    CrashedError,
    DataError,
    KnownError,
    OutOfMemoryError,
    TooLargeError,
    TooSlowError,
)
from pipeline.model import Extracted, Issue, Normalized, Segmented
from pipeline.printing import printable
from pipeline.runner import unexpected
from pipeline.running.limits import allow_page
from pipeline.running.manifest import Entry, begin_entry, data_files, describe, write_entry
from pipeline.running.sources import Source
from pipeline.storage import File, digest, open_folder, read_file

Read = TypeVar("Read", Extracted, Segmented)

# Another try may end otherwise although nothing changed that besshi can see.
_PASSING = {e.code for e in (AnnexError, CrashedError, OutOfMemoryError, TooSlowError)}
_PASSING.add("internal")
_CODES = (AnnexError.code, KnownError.code, CorrectionError.code)
"""Of the errors in each of a source's files."""

_OUTPUT = 500_000_000
"""Bytes that an annex may write: a hundred times what 400 pages do."""
_ISSUES = 10_000
"""Warnings that are kept of an annex: one for each record of the longest one known."""
_MESSAGE = 2000
"""Characters of an issue's message: 20 lines of a terminal. It may quote the document."""


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

    @property
    def first_stage(self) -> str:
        """The one that an annex fails in whose files cannot be used."""
        return "extract" if self.stage == "run" else self.stage

    @property
    def last_stage(self) -> str:
        """The one whose files are written."""
        return "normalize" if self.stage == "run" else self.stage


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
    hashes: tuple[str, ...]
    """Of each of the source's files, or of nothing; none: one could not be read."""
    worked: bool
    """False: the entry was right already."""


def annex_key(job: Job, hashes: Iterable[str]) -> str:
    """A hash of all that an annex's files depend on.

    Args:
        job: What is done.
        hashes: Of each of the source's files.
    """
    return digest(job.stage, job.code, *hashes)


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
    content = Content(said[0] or b"", *said[1:])
    return Done(_write(job, task, key, _work(job, source, content)), hashes, worked=True)


def do_annex_elsewhere(job: Job, task: Task) -> Done:
    """`do_annex` on a machine that may not have what the one that asks has.

    Raises:
        BesshiError: It has not.
    """
    from pipeline.running.code import fingerprint

    if fingerprint(job.stage) != job.code:
        raise BesshiError(
            "a worker of the cluster has another besshi, Python or package than the machine that "
            "asks; install the same requirements.lock on all"
        )
    return do_annex(job, task)


def _work(job: Job, source: Source, content: "Content") -> "Made":
    try:
        return _STAGES[job.stage].work(job, source, content)
    except (BesshiError, MemoryError):
        raise
    except Exception as error:  # what the stages need cannot even be imported
        return _STAGES[job.stage].failed(source.annex, "", issues=(_bug(job, source, error),))


def _bug(job: Job, source: Source, error: Exception) -> Issue:
    return unexpected(job.first_stage, source.file.address, error)


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


def lose_annex(job: Job, task: Task, error: AnnexError) -> Done:
    """Say of an annex what ended the process that worked on it.

    Args:
        job: What was to be done.
        task: For which annex.
        error: What happened, and what to do.
    """
    return _fail(job, task, error.code, f"{task.source.file.address}: {error}")


def _fail(job: Job, task: Task, code: str, message: str) -> Done:
    issue = Issue("error", job.first_stage, code, printable(message))  # a name need not be UTF-8
    made = _STAGES[job.stage].failed(task.source.annex, "", issues=(issue,))
    return Done(_write(job, task, "", made), (), worked=True)


Made = Extracted | Segmented | Normalized


@dataclass(frozen=True, slots=True)
class Content:
    """What is in the files of a source; None: there is no such file."""

    data: bytes
    known: bytes | None
    corrections: bytes | None


def _write(job: Job, task: Task, key: str, made: Made) -> Entry:
    """Put the files of an annex there, and last its entry."""
    annex, folder = task.source.annex, open_folder(job.out)
    made = replace(made, issues=_keep_within_bounds(made.issues))
    issue = None
    try:
        contents = _encode(annex, made)
        size = sum(map(len, contents.values()))
        if size > _OUTPUT:
            issue = _too_much(job.last_stage, task.source, size)
    except Exception as error:  # a bug must cost its annex only
        issue = _bug(job, task.source, error)
    if issue is not None:
        issues = (*made.issues, issue)
        failed, hashes = _STAGES[job.stage].failed, (made.source_sha256, made.parameters_sha256)
        made = failed(annex, hashes[0], issues=issues, parameters_sha256=hashes[1])
        contents = _encode(annex, made)
    begin_entry(folder, annex, job.last_stage, task.place)
    for name in data_files(annex, job.last_stage):
        if name in contents:
            folder.write(name, contents[name])
        else:  # what it had before it failed
            folder.remove(name)
    if any(issue.level == "error" and issue.code in _PASSING for issue in made.issues):
        key = ""
    records = len(made.records) if isinstance(made, Normalized) else 0
    if isinstance(made, Segmented):
        records = sum(len(table.rows) for table in made.tables)
    issues = tuple(made.issues)
    hashes = made.source_sha256, made.parameters_sha256
    files = describe(contents)
    entry = Entry(
        annex, job.last_stage, key, task.place, *hashes, len(made.pages), records, issues, files
    )
    write_entry(folder, entry)
    return entry


def _keep_within_bounds(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The errors and the first warnings, their messages cut where they quote too much."""
    errors = [issue for issue in issues if issue.level == "error"]
    kept = [*islice((issue for issue in issues if issue.level != "error"), _ISSUES), *errors]
    return tuple(
        issue
        if len(issue.message) <= _MESSAGE
        else replace(issue, message=f"{issue.message[:_MESSAGE]}…")
        for issue in kept
    )


def _too_much(stage: str, source: Source, size: int) -> Issue:
    message = (
        f"{source.file.address}: would write {size // 1_000_000} MB, {_OUTPUT // 1_000_000} are "
        "possible; cut the PDF into parts"
    )
    return Issue("error", stage, TooLargeError.code, message)


def _encode(annex: str, made: Made) -> dict[str, bytes]:
    from pipeline.store import encode_annex, encode_stage

    if isinstance(made, Normalized):
        return encode_annex(made)
    return {f"{annex}.json": encode_stage(made)}


def _extract(job: Job, source: Source, content: Content) -> Extracted:
    from pipeline.runner import extract_content

    file, known = source.file.address, content.known
    return extract_content(source.annex, file, content.data, known, job.page_jobs, allow_page)


def _segment(job: Job, source: Source, content: Content) -> Segmented:
    from pipeline.runner import segment_extracted
    from pipeline.store import decode_stage

    extracted = decode_stage(source.file.address, content.data, Extracted)
    return segment_extracted(_of_its_name(source, extracted))


def _normalize(job: Job, source: Source, content: Content) -> Normalized:
    from pipeline.store import decode_stage

    segmented = decode_stage(source.file.address, content.data, Segmented)
    return _correct_and_normalize(_of_its_name(source, segmented), source, content)


def _of_its_name(source: Source, content: Read) -> Read:
    """The content of a stage file, which must be named after its annex: so are all that follow.

    Raises:
        DataError: It is another's.
    """
    if content.annex != source.annex:
        file = source.file.address
        raise DataError(f"{file}: is the stage file of {content.annex!r}; name it after that")
    return content


def _run(job: Job, source: Source, content: Content) -> Normalized:
    from pipeline.runner import segment_extracted

    # Nothing holds on to what a stage has read: the pages of an annex take the most memory.
    return _correct_and_normalize(
        segment_extracted(_extract(job, source, content)), source, content
    )


def _correct_and_normalize(segmented: Segmented, source: Source, content: Content) -> Normalized:
    from pipeline.runner import normalize_segmented

    file = source.corrections.address if source.corrections else ""
    return normalize_segmented(segmented, file, content.corrections)


@dataclass(frozen=True, slots=True)
class _Stage:
    work: Callable[[Job, Source, Content], Made]
    failed: Callable[..., Made]
    """What the stage leaves of an annex that it could not do."""


_STAGES = {
    "run": _Stage(_run, partial(Normalized, failed=True)),
    "extract": _Stage(_extract, Extracted),
    "segment": _Stage(_segment, Segmented),
    "normalize": _Stage(_normalize, partial(Normalized, failed=True)),
}
