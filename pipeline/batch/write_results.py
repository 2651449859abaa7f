"""Writes the results of an annex into the folder of results, within bounds."""

from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.manifest import (
    ManifestEntry,
    begin_entry,
    data_files,
    describe_files,
    write_entry,
)
from pipeline.batch.tasks import Job, Task
from pipeline.errors import (
    OUT_OF_MEMORY,
    AnnexError,
    CrashedError,
    OutOfMemoryError,
    TooLargeError,
    TooSlowError,
)
from pipeline.files import open_folder
from pipeline.model import DOUBTFUL, AnnexHeader, Extracted, Issue, Normalized, Segmented, Stage
from pipeline.stages import StageResult, describe_internal_error, fail_annex

_PASSING_CODES = {
    "internal",
    *(e.code for e in (AnnexError, CrashedError, OutOfMemoryError, TooSlowError)),
}
"""Codes of errors that may not occur next time, although besshi can see no change: such an annex is
processed again by every run."""
MAX_OUTPUT = 500_000_000
"""Bytes that an annex may write; judgement: a hundred times what 400 pages write."""
_MAX_WARNINGS = 10_000
"""Warnings that are kept of an annex; judgement: one for each record of the longest one known."""
_MAX_MESSAGE = 2000
"""Characters of an issue's message, which may quote the document; judgement: 20 lines of a
terminal."""


RESULT_OF: dict[Stage, type[StageResult]] = {
    Stage.EXTRACT: Extracted,
    Stage.SEGMENT: Segmented,
    Stage.NORMALIZE: Normalized,
}
"""Stage → the type of its result."""


def fail_job(job: Job, header: AnnexHeader, code: str, message: str) -> StageResult:
    """The result of a job for an annex that it could not process.

    Args:
        message: What happened, where, and what to do.
    """
    return fail_annex(RESULT_OF[job.last_stage], header, code, message, job.first_stage)


def fail_unforeseen(
    job: Job, header: AnnexHeader, files: AnnexFiles, error: Exception
) -> StageResult:
    """The result of a job for an annex that met a bug in besshi."""
    message = describe_internal_error(files.main_file.address, job.first_stage, error)
    return fail_job(job, header, "internal", message)


def write_results(job: Job, task: Task, key: str, result: StageResult) -> ManifestEntry:
    """Write the files of an annex into the folder of results, and last its entry.

    Args:
        key: From `annex_key`; "": the next run processes the annex again in any case.
        result: The result of the last stage.

    Raises:
        OSError: They cannot be written.
    """
    annex, folder = task.files.annex, open_folder(job.out)
    result, contents = _encode_within_bounds(job, task.files, result)
    begin_entry(folder, annex, job.last_stage, task.relative_source)
    for name in data_files(annex, job.last_stage):
        if name in contents:
            folder.write(name, contents[name])
        else:  # a file from before the annex failed
            folder.remove(name)
    header = result.header
    may_pass = any(issue.is_error and issue.code in _PASSING_CODES for issue in header.issues)
    entry = ManifestEntry(
        annex=annex,
        stage=job.last_stage,
        key="" if may_pass else key,
        source=task.relative_source,
        source_sha256=header.source_sha256,
        parameters_sha256=header.parameters_sha256,
        pages=len(result.pages),
        records=_count_records(result),
        issues=header.issues,
        files=describe_files(contents),
        doubtful=_count_doubtful(result),
    )
    write_entry(folder, entry)
    return entry


def _encode_within_bounds(
    job: Job, files: AnnexFiles, result: StageResult
) -> tuple[StageResult, dict[str, bytes]]:
    """The result and its files; the failed result, without files, if there is too much to write."""
    header = replace(result.header, issues=_limit_issues(result.header.issues))
    try:
        result = replace(result, header=header)
        contents = _encode(files.annex, result)
        size = sum(map(len, contents.values()))
        if size <= MAX_OUTPUT:
            return result, contents
        result = _fail_too_large(job, header, files, size)
    except MemoryError:
        message = f"{files.main_file.address}: {OUT_OF_MEMORY}"
        result = fail_job(job, header, OutOfMemoryError.code, message)
    except Exception as error:  # a bug of besshi must cost its annex only, not the run
        result = fail_unforeseen(job, header, files, error)
    return result, _encode(files.annex, result)


def _count_doubtful(result: StageResult) -> int:
    """The records that a person should look at, known after the last stage only."""
    if not isinstance(result, Normalized):
        return 0
    return sum(not DOUBTFUL.isdisjoint(record.flags) for record in result.records)


def _count_records(result: StageResult) -> int:
    if isinstance(result, Segmented):
        return sum(len(table.rows) for table in result.tables)
    return len(result.records) if isinstance(result, Normalized) else 0


def _limit_issues(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The first warnings, then all errors; messages that quote too much are cut."""
    errors = [issue for issue in issues if issue.is_error]
    warnings = islice((issue for issue in issues if not issue.is_error), _MAX_WARNINGS)
    return tuple(
        issue
        if len(issue.message) <= _MAX_MESSAGE
        else replace(issue, message=f"{issue.message[:_MAX_MESSAGE]}…")
        for issue in (*warnings, *errors)
    )


def _fail_too_large(job: Job, header: AnnexHeader, files: AnnexFiles, size: int) -> StageResult:
    message = (
        f"{files.main_file.address}: would write {size // 1_000_000} MB, more than the limit of "
        f"{MAX_OUTPUT // 1_000_000} MB; cut the PDF into parts"
    )
    kind = RESULT_OF[job.last_stage]
    return fail_annex(kind, header, TooLargeError.code, message, job.last_stage)


def _encode(annex: str, result: StageResult) -> dict[str, bytes]:
    from pipeline.files.parquet import encode_annex
    from pipeline.files.stage_json import encode_stage

    if isinstance(result, Normalized):
        return encode_annex(result)
    return {f"{annex}.json": encode_stage(result)}
