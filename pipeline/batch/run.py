"""A run over many annexes, from its plan to what is said of it in the end."""

from collections.abc import Generator
from functools import partial

from pipeline.batch.executor import hand_out
from pipeline.batch.issues_file import write_issues
from pipeline.batch.plan import Batch
from pipeline.batch.process_annex import do_annex, do_annex_elsewhere, worker_lost
from pipeline.batch.process_pool import Loss
from pipeline.batch.tasks import Done
from pipeline.files import open_folder


def carry_out(batch: Batch) -> Generator[Done, None, None]:
    """Do what is to be done; it comes as it is done.

    Raises:
        BesshiError: A source is no data of this besshi, or a cluster cannot be used.
        OSError: The results cannot be written.
    """
    sources = {task.source.annex: task.source for task in batch.tasks}
    work = do_annex if batch.options.cluster is None else do_annex_elsewhere
    for made in hand_out(partial(work, batch.job), batch.tasks, batch.options):
        done = worker_lost(batch.job, made.item, made.error) if isinstance(made, Loss) else made
        batch.entries[done.entry.annex] = done.entry
        for file, sha256 in zip(sources[done.entry.annex].files, done.hashes, strict=False):
            batch.digests.keep(file, sha256, batch.seen)
        yield done


def conclude(batch: Batch) -> None:
    """Write what is told of all annexes together, and remember what was read."""
    batch.digests.save()
    if batch.job.last_stage == "normalize":
        folder, entries = open_folder(batch.job.out), batch.entries.values()
        write_issues(folder, entries, batch.job.code, batch.options.force)
