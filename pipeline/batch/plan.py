"""Finds out which annexes a run has to process."""

import os
import time
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.discovery import AnnexFiles, FoundAnnexes
from pipeline.batch.executor import BatchOptions
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.hash_cache import HashCache, open_hash_cache
from pipeline.batch.manifest import (
    ManifestEntry,
    check_stage,
    find_complete,
    read_manifest,
    remove_annex,
)
from pipeline.batch.process_annex import update_source
from pipeline.batch.tasks import Job, Task, annex_key
from pipeline.files import absolute, is_below, is_remote, local_path, open_folder
from pipeline.vocabulary.printable import printable


class Batch(Struct, frozen=True):
    """A planned run."""

    job: Job
    options: BatchOptions
    tasks: list[Task]
    """The annexes that may be out of date."""
    entries: dict[str, ManifestEntry]
    """Annex → its entry, for all annexes of the folder; updated as annexes are processed."""
    unchanged: list[str]
    """The annexes of this run that are up to date."""
    removed: list[str]
    """The annexes whose files are gone from a folder of this run; their results are removed too."""
    hash_cache: HashCache
    listed_at: float
    """When the input files were listed, in seconds since the epoch."""


def plan(stage: str, found: FoundAnnexes, out: str, options: BatchOptions) -> Batch:
    """Plan a run, and remove the results of annexes whose files are gone.

    Args:
        stage: `run`, `extract`, `segment` or `normalize`.
    """
    folder, hash_cache, listed_at = open_folder(out), open_hash_cache(out), time.time()
    entries = read_manifest(folder)
    job = Job(stage, out, fingerprint(stage))
    check_stage(out, entries.values(), job.last_stage)
    complete = set(find_complete(folder, entries.values()))
    tasks, unchanged = [], []
    for files in found.annexes:
        source = _relative_source(files.main_file.address, out)
        entry = entries.get(files.annex) if files.annex in complete and not options.force else None
        if entry is None or entry.key != _cached_key(job, files, hash_cache):
            tasks.append(Task(files, source, entry))
            continue
        unchanged.append(files.annex)
        entries[files.annex] = update_source(job, entry, source)
    removed = _find_gone(found, entries.values(), out)
    for annex in removed:
        remove_annex(folder, entries.pop(annex))
    if options.cluster is None:  # its workers have one core each
        job = replace(job, page_jobs=max(1, options.jobs // max(len(tasks), 1)))
    return Batch(job, options, tasks, entries, unchanged, removed, hash_cache, listed_at)


def _cached_key(job: Job, files: AnnexFiles, hash_cache: HashCache) -> str | None:
    """The key of an annex whose files need not be read; None: at least one has to be."""
    hashes = [hash_cache.get(file) for file in files.all_files]
    cached = [sha256 for sha256 in hashes if sha256]
    return annex_key(job, cached) if len(cached) == len(hashes) else None


def _relative_source(address: str, out: str) -> str:
    """Where a file is, seen from the results: it stays the same if both are moved together."""
    if is_remote(address) or is_remote(out):
        return printable(absolute(address))
    return printable(os.path.relpath(local_path(address), local_path(out)))


def absolute_source(source: str, out: str) -> str:
    """The absolute address of what `_relative_source` returned."""
    if is_remote(source) or is_remote(out):
        return source
    return os.path.normpath(local_path(absolute(out)) / source)


def _find_gone(found: FoundAnnexes, entries: Iterable[ManifestEntry], out: str) -> list[str]:
    """The annexes that came from a searched folder and are not in it any more."""
    present = {files.annex for files in found.annexes}

    def is_searched(address: str) -> bool:
        inside = any(is_below(address, folder) for folder in found.folders)
        return inside and not any(is_below(address, folder) for folder in found.skipped)

    return [
        entry.annex
        for entry in entries
        if entry.annex not in present and is_searched(absolute_source(entry.source, out))
    ]
