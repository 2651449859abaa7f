"""Writes the results of an annex that was corrected, as the next run would write them."""

from pathlib import Path

from pipeline.batch.executor import BatchOptions, Executor
from pipeline.batch.issues_file import write_issues
from pipeline.batch.manifest import lock_results, read_manifest
from pipeline.batch.tasks import annex_key
from pipeline.batch.write_results import write_results
from pipeline.commands.annex.draft import make_draft, write_records
from pipeline.commands.annex.project import Project
from pipeline.commands.review.served.source import Source
from pipeline.files import digest, open_folder
from pipeline.files.truths import write_truth
from pipeline.model import Normalized, Segmented


def write_corrected(
    source: Source, hashes: tuple[str, str], normalized: Normalized, corrections: bytes
) -> None:
    """Write the results of an annex into their folder.

    Args:
        hashes: Of its files, as they were read.
        corrections: The content of the annex's file of corrections.

    Raises:
        BusyError: A run is writing into the folder.
        OSError: They cannot be written.
    """
    out = source.job.out
    with lock_results(out):
        if source.relative is None:  # a draft has a folder of its own, without a manifest
            write_records(normalized, Path(out))
            return
        key = annex_key(source.job, (*hashes, digest(corrections)))
        write_results(source.job, source.task, key, normalized)
        folder = open_folder(out)
        here = Executor(BatchOptions(jobs=0))
        write_issues(folder, read_manifest(folder).values(), source.job.code, here)


def write_draft(
    project: Project, segmented: Segmented, normalized: Normalized, corrections: bytes
) -> None:
    """Write the draft of an annex again, if it has one.

    Args:
        corrections: The content of the annex's file of corrections.
    """
    draft = project.draft(normalized.header.annex)
    if draft.exists():
        write_truth(draft, make_draft(segmented, normalized, corrections))
