"""What an annex leaves in the folder of results, within bounds."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from pipeline.batch.discovery import Source
from pipeline.batch.manifest import Entry, begin_entry, data_files, describe, write_entry
from pipeline.batch.tasks import Job, Task
from pipeline.errors import AnnexError, CrashedError, OutOfMemoryError, TooLargeError, TooSlowError
from pipeline.files import open_folder
from pipeline.model import Extracted, Issue, Normalized, Segmented
from pipeline.stages import unexpected

Made = Extracted | Segmented | Normalized

# Another try may end otherwise although nothing changed that besshi can see.
_PASSING = {
    "internal",
    *(e.code for e in (AnnexError, CrashedError, OutOfMemoryError, TooSlowError)),
}
_OUTPUT = 500_000_000
"""Bytes that an annex may write: a hundred times what 400 pages do."""
_ISSUES = 10_000
"""Warnings that are kept of an annex: one for each record of the longest one known."""
_MESSAGE = 2000
"""Characters of an issue's message: 20 lines of a terminal. It may quote the document."""


def failed(
    job: Job, annex: str, issues: tuple[Issue, ...], hashes: tuple[str, str] = ("", "")
) -> Made:
    """What a job leaves of an annex that it could not do.

    Args:
        job: What was to be done.
        annex: Its id.
        issues: Among them the error.
        hashes: Of its PDF and of what is known about it; empty: they could not be read.
    """
    source, parameters = hashes
    if job.last_stage == "normalize":
        return Normalized(annex, source, issues=issues, failed=True, parameters_sha256=parameters)
    kind = Extracted if job.last_stage == "extract" else Segmented
    return kind(annex, source, issues=issues, parameters_sha256=parameters)


def bug(job: Job, source: Source, error: Exception) -> Issue:
    """A failure of besshi's own, as it is told of an annex."""
    return unexpected(job.first_stage, source.file.address, error)


def leave(job: Job, task: Task, key: str, made: Made) -> Entry:
    """Put the files of an annex into the folder of results, and last its entry.

    Args:
        job: What was done.
        task: For which annex.
        key: Of `annex_key`; empty: it is to be done again in any case.
        made: What came of it.

    Raises:
        OSError: They cannot be written.
    """
    annex, folder = task.source.annex, open_folder(job.out)
    made, contents = _encode_within_bounds(job, task.source, made)
    begin_entry(folder, annex, job.last_stage, task.place)
    for name in data_files(annex, job.last_stage):
        if name in contents:
            folder.write(name, contents[name])
        else:  # what it had before it failed
            folder.remove(name)
    passing = any(issue.level == "error" and issue.code in _PASSING for issue in made.issues)
    entry = Entry(
        annex=annex,
        stage=job.last_stage,
        key="" if passing else key,
        source=task.place,
        source_sha256=made.source_sha256,
        parameters_sha256=made.parameters_sha256,
        pages=len(made.pages),
        records=_count_records(made),
        issues=tuple(made.issues),
        files=describe(contents),
    )
    write_entry(folder, entry)
    return entry


def _encode_within_bounds(job: Job, source: Source, made: Made) -> tuple[Made, dict[str, bytes]]:
    """What is left of an annex, and its files: none of an annex that has too much to write."""
    made = replace(made, issues=_keep_within_bounds(made.issues))
    try:
        contents = _encode(source.annex, made)
        size = sum(map(len, contents.values()))
        if size <= _OUTPUT:
            return made, contents
        issue = _too_much(job.last_stage, source, size)
    except Exception as error:  # a bug must cost its annex only
        issue = bug(job, source, error)
    hashes = made.source_sha256, made.parameters_sha256
    made = failed(job, source.annex, (*made.issues, issue), hashes)
    return made, _encode(source.annex, made)


def _count_records(made: Made) -> int:
    if isinstance(made, Segmented):
        return sum(len(table.rows) for table in made.tables)
    return len(made.records) if isinstance(made, Normalized) else 0


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
    from pipeline.files.parquet import encode_annex
    from pipeline.files.stage_json import encode_stage

    if isinstance(made, Normalized):
        return encode_annex(made)
    return {f"{annex}.json": encode_stage(made)}
