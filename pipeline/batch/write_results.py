"""What an annex leaves in the folder of results, within bounds."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from pipeline.batch.discovery import Source
from pipeline.batch.manifest import Entry, begin_entry, data_files, describe, write_entry
from pipeline.batch.tasks import Job, Task
from pipeline.errors import AnnexError, CrashedError, OutOfMemoryError, TooLargeError, TooSlowError
from pipeline.files import open_folder
from pipeline.model import AnnexHeader, Extracted, Issue, Normalized, Segmented, Stage
from pipeline.stages import Result, describe_internal_error, fail_annex

# Another try may end otherwise although nothing changed that besshi can see.
_PASSING = {
    "internal",
    *(e.code for e in (AnnexError, CrashedError, OutOfMemoryError, TooSlowError)),
}
MAX_OUTPUT = 500_000_000
"""Bytes that an annex may write: a hundred times what 400 pages do."""
_ISSUES = 10_000
"""Warnings that are kept of an annex: one for each record of the longest one known."""
_MESSAGE = 2000
"""Characters of an issue's message: 20 lines of a terminal. It may quote the document."""


RESULT_OF: dict[Stage, type[Result]] = {
    Stage.EXTRACT: Extracted,
    Stage.SEGMENT: Segmented,
    Stage.NORMALIZE: Normalized,
}
"""Stage → what it makes of an annex."""


def fail_job(job: Job, header: AnnexHeader, code: str, message: str) -> Result:
    """What a job makes of an annex that it could not do.

    Args:
        job: What was to be done.
        header: The annex.
        code: Of the error.
        message: What happened, where, and what to do.
    """
    return fail_annex(RESULT_OF[job.last_stage], header, code, message, job.first_stage)


def fail_unforeseen(job: Job, header: AnnexHeader, source: Source, error: Exception) -> Result:
    """What a job makes of an annex that met an error of besshi's own."""
    message = describe_internal_error(source.file.address, job.first_stage, error)
    return fail_job(job, header, "internal", message)


def write_results(job: Job, task: Task, key: str, result: Result) -> Entry:
    """Put the files of an annex into the folder of results, and last its entry.

    Args:
        job: What was done.
        task: For which annex.
        key: Of `annex_key`; empty: it is to be done again in any case.
        result: What came of it.

    Raises:
        OSError: They cannot be written.
    """
    annex, folder = task.source.annex, open_folder(job.out)
    result, contents = _encode_within_bounds(job, task.source, result)
    begin_entry(folder, annex, job.last_stage, task.place)
    for name in data_files(annex, job.last_stage):
        if name in contents:
            folder.write(name, contents[name])
        else:  # what it had before it failed
            folder.remove(name)
    header = result.header
    passing = any(issue.is_error and issue.code in _PASSING for issue in header.issues)
    entry = Entry(
        annex=annex,
        stage=job.last_stage,
        key="" if passing else key,
        source=task.place,
        source_sha256=header.source_sha256,
        parameters_sha256=header.parameters_sha256,
        pages=len(result.pages),
        records=_count_records(result),
        issues=header.issues,
        files=describe(contents),
    )
    write_entry(folder, entry)
    return entry


def _encode_within_bounds(
    job: Job, source: Source, result: Result
) -> tuple[Result, dict[str, bytes]]:
    """What is left of an annex, and its files: none of an annex that has too much to write."""
    header = replace(result.header, issues=_keep_within_bounds(result.header.issues))
    try:
        result = replace(result, header=header)
        contents = _encode(source.annex, result)
        size = sum(map(len, contents.values()))
        if size <= MAX_OUTPUT:
            return result, contents
        result = _fail_too_large(job, header, source, size)
    except Exception as error:  # an error of besshi's own must cost its annex only
        result = fail_unforeseen(job, header, source, error)
    return result, _encode(source.annex, result)


def _count_records(result: Result) -> int:
    if isinstance(result, Segmented):
        return sum(len(table.rows) for table in result.tables)
    return len(result.records) if isinstance(result, Normalized) else 0


def _keep_within_bounds(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The errors and the first warnings, their messages cut where they quote too much."""
    errors = [issue for issue in issues if issue.is_error]
    kept = [*islice((issue for issue in issues if not issue.is_error), _ISSUES), *errors]
    return tuple(
        issue
        if len(issue.message) <= _MESSAGE
        else replace(issue, message=f"{issue.message[:_MESSAGE]}…")
        for issue in kept
    )


def _fail_too_large(job: Job, header: AnnexHeader, source: Source, size: int) -> Result:
    message = (
        f"{source.file.address}: would write {size // 1_000_000} MB, {MAX_OUTPUT // 1_000_000} are "
        "possible; cut the PDF into parts"
    )
    kind = RESULT_OF[job.last_stage]
    return fail_annex(kind, header, TooLargeError.code, message, job.last_stage)


def _encode(annex: str, result: Result) -> dict[str, bytes]:
    from pipeline.files.parquet import encode_annex
    from pipeline.files.stage_json import encode_stage

    if isinstance(result, Normalized):
        return encode_annex(result)
    return {f"{annex}.json": encode_stage(result)}
