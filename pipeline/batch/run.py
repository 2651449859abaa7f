"""Carries out a planned run and finishes it."""

from collections.abc import Generator
from contextlib import closing
from functools import partial

from pipeline.batch.executor import Executor
from pipeline.batch.issues_file import write_issues
from pipeline.batch.page_progress import Watch
from pipeline.batch.plan import Batch
from pipeline.batch.process_annex import process_annex, process_annex_on_cluster, worker_lost
from pipeline.batch.process_pool import LostItem
from pipeline.batch.tasks import TaskResult
from pipeline.files import open_folder


def run_batch(batch: Batch, watch: Watch | None = None) -> Generator[TaskResult, None, None]:
    """Process the annexes of a batch, and write the issues of all annexes after the last result.

    The hashes of the files that were read are saved now and then, and when it ends.

    Raises:
        BesshiError: As `process_batch`.
        OSError: As `process_batch`.
    """
    with closing(Executor(batch.options, watch)) as executor:
        try:
            for result in _process(batch, executor):
                batch.hash_cache.save_now_and_then()
                yield result
        finally:  # a run that is stopped has read files too
            batch.hash_cache.save()
        if batch.job.last_stage == "normalize":
            folder, entries = open_folder(batch.job.out), batch.entries.values()
            write_issues(folder, entries, batch.job.code, executor, batch.options.force)


def process_batch(batch: Batch, watch: Watch | None = None) -> Generator[TaskResult, None, None]:
    """Process the annexes of a batch; results come in the order in which they are finished.

    Raises:
        BesshiError: An input is no data of this besshi, or a cluster cannot be used.
        OSError: The results cannot be written.
    """
    with closing(Executor(batch.options, watch)) as executor:
        yield from _process(batch, executor)


def _process(batch: Batch, executor: Executor) -> Generator[TaskResult, None, None]:
    files_of = {task.files.annex: task.files for task in batch.tasks}
    work = process_annex if batch.options.cluster is None else process_annex_on_cluster
    for outcome in executor.execute(partial(work, batch.job), batch.tasks):
        if isinstance(outcome, LostItem):
            result = worker_lost(batch.job, outcome.item, outcome.error)
        else:
            result = outcome
        annex = result.entry.annex
        batch.entries[annex] = result.entry
        for file, sha256 in zip(files_of[annex].all_files, result.hashes, strict=False):
            batch.hash_cache.remember(file, sha256, batch.listed_at)
        yield result
