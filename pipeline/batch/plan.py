"""What a run over many annexes has to do."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.batch.discovery import Found, Source
from pipeline.batch.executor import Options
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.hash_cache import Digests, open_digests
from pipeline.batch.manifest import Entry, check_stage, find_whole, read_manifest, remove_annex
from pipeline.batch.process_annex import move_entry
from pipeline.batch.tasks import Job, Task, annex_key
from pipeline.files import absolute, below, is_remote, local_path, open_folder
from pipeline.vocabulary.printable import printable


@dataclass(frozen=True, slots=True)
class Batch:
    """What a run has to do."""

    job: Job
    options: Options
    tasks: list[Task]
    """Annexes of which it is not sure that they are done."""
    entries: dict[str, Entry]
    """All that the folder holds: kept up to date as annexes are done."""
    unchanged: list[str]
    """Annexes of this run that are done."""
    removed: list[str]
    """Annexes whose source is gone from a folder of this run; so are their files."""
    digests: Digests
    seen: float
    """When the sources were listed, in seconds since the epoch."""


def plan(stage: str, found: Found, out: str, options: Options) -> Batch:
    """Find out what is to be done, and take away what has no source any more.

    Args:
        stage: `run`, `extract`, `segment` or `normalize`.
        found: The sources.
        out: The folder to write to.
        options: How.
    """
    folder, digests, seen = open_folder(out), open_digests(out), time.time()
    entries = read_manifest(folder)
    job = Job(stage, out, fingerprint(stage))
    check_stage(out, entries.values(), job.last_stage)
    whole = set(find_whole(folder, entries.values()))
    tasks, unchanged = [], []
    for source in found.sources:
        place = _place(source.file.address, out)
        entry = entries.get(source.annex) if source.annex in whole and not options.force else None
        if entry is None or entry.key != _key(job, source, digests):
            tasks.append(Task(source, place, entry))
            continue
        unchanged.append(source.annex)
        entries[source.annex] = move_entry(job, entry, place)
    removed = _find_gone(found, entries.values(), out)
    for annex in removed:
        remove_annex(folder, entries.pop(annex))
    if options.cluster is None:  # its workers have one core each
        job = replace(job, page_jobs=max(1, options.jobs // max(len(tasks), 1)))
    return Batch(job, options, tasks, entries, unchanged, removed, digests, seen)


def _key(job: Job, source: Source, digests: Digests) -> str | None:
    """The key of an annex whose files have been read before and have not changed since."""
    hashes = [digests.get(file) for file in source.files]
    known = [sha256 for sha256 in hashes if sha256]
    return annex_key(job, known) if len(known) == len(hashes) else None


def _place(address: str, out: str) -> str:
    """Where a source is, seen from the results: the same wherever both are moved together."""
    if is_remote(address) or is_remote(out):
        return printable(absolute(address))
    return printable(os.path.relpath(local_path(address), local_path(out)))


def _find_gone(found: Found, entries: Iterable[Entry], out: str) -> list[str]:
    """The annexes that came from a folder which is searched and holds them no more."""
    there = {source.annex for source in found.sources}

    def is_searched(address: str) -> bool:
        inside = any(below(address, folder) for folder in found.folders)
        return inside and not any(below(address, folder) for folder in found.skipped)

    return [
        entry.annex
        for entry in entries
        if entry.annex not in there and is_searched(_address(entry.source, out))
    ]


def _address(place: str, out: str) -> str:
    """The absolute address of what `_place` gave."""
    if is_remote(place) or is_remote(out):
        return place
    return os.path.normpath(local_path(absolute(out)) / place)
