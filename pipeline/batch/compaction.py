"""Merges the files of many annexes into few files of a size that is fast to read.

Each annex belongs to one part, which its id alone decides. So a part can be rewritten at any time,
as a whole and in one step: at every moment a reader sees the rows of each annex exactly once.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial

from msgspec import Struct

from pipeline.batch.executor import BatchOptions, Executor
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.issues_file import write_issues
from pipeline.batch.manifest import (
    COMPACT,
    ManifestEntry,
    WrittenFile,
    begin_entry,
    check_stage,
    combine_hashes,
    data_files,
    describe_files,
    find_complete,
    find_incomplete,
    folder_of,
    lock_results,
    read_manifest,
    write_entry,
)
from pipeline.batch.process_pool import LostItem
from pipeline.batch.resource_limits import Limits
from pipeline.errors import BesshiError, DataError, InputError, no_results
from pipeline.files import Folder, absolute, digest, open_folder

PART_SIZE = 128_000_000
"""Bytes of the largest file of a part, when the number of parts is chosen; judgement: Spark and
HDFS read 128 MB at once, and opening a file costs nothing beside that. A part grows with its
archive and may become many times larger: readers take it by row groups."""
_FILES_PER_REQUEST = 64
"""Files that are requested together; judgement: one by one an object store takes 20 ms for each."""
_PART_NAME = re.compile(r"part-(\d+)-of-(\d+)")
_PART_SECONDS = 3600.0
"""Seconds for a part; judgement: far more than writing the largest part takes."""


class Part(Struct, frozen=True):
    """Some annexes whose rows are merged into one file of each kind."""

    name: str
    annexes: tuple[ManifestEntry, ...]
    """Sorted by annex id."""

    @property
    def key(self) -> str:
        """A hash of everything that its files depend on."""
        files = (f"{n} {f.sha256}" for e in self.annexes for n, f in sorted(e.files.items()))
        return digest("part", *files)

    @property
    def hashes(self) -> tuple[str, str]:
        """One hash of its annexes' PDFs, and one of what people said about them."""
        return combine_hashes(self.annexes)


class Compacted(Struct, frozen=True):
    """What `compact` did, in numbers."""

    parts: int
    annexes: int
    unchanged: int
    """Parts that were up to date."""


def compact(source: str, out: str, parts: int | None, options: BatchOptions) -> Compacted:
    """Merge the files of a run.

    Args:
        parts: Number of files of each kind; None: as many as `out` has, or else by their size.

    Raises:
        InputError: No run has written there, or `out` has another number of parts.
        BusyError: Another besshi writes to `out`.
        DataError: Files are missing or from another besshi.
    """
    entries = _read_complete_entries(source)
    with lock_results(out):
        return _merge(source, out, parts, options, entries)


def _merge(
    source: str,
    out: str,
    parts: int | None,
    options: BatchOptions,
    entries: Sequence[ManifestEntry],
) -> Compacted:
    folder = open_folder(out)
    existing = read_manifest(folder)
    check_stage(out, existing.values(), COMPACT)
    count = _choose_part_count(source, folder, parts, entries)
    planned = _assign_to_parts(entries, count)
    complete = set(find_complete(folder, existing.values()))
    todo = [p for p in planned if p.name not in complete or existing[p.name].key != p.key]
    limited = BatchOptions(options.jobs, Limits(_PART_SECONDS, 0), options.force, options.cluster)
    with closing(Executor(limited)) as executor:
        for outcome in executor.execute(partial(write_part, source, out), todo):
            if isinstance(outcome, LostItem):
                raise BesshiError(f"{out}: {outcome.item.name} was not written: {outcome.error}")
        write_issues(folder, entries, fingerprint("run"), executor, force=True)
    return Compacted(count, len(entries), count - len(todo))


def _read_complete_entries(source: str) -> list[ManifestEntry]:
    folder = open_folder(source)
    entries = read_manifest(folder)
    if not entries:
        raise no_results(source)
    check_stage(source, entries.values(), "normalize")
    if missing := find_incomplete(folder, entries):
        raise DataError(f"{source}: files of {missing[0]} are missing; do `besshi run` again")
    return [entries[annex] for annex in sorted(entries)]


def _choose_part_count(
    source: str, folder: Folder, asked: int | None, entries: Sequence[ManifestEntry]
) -> int:
    """The number of parts. It never changes in a folder: else a row could stand in two parts.

    Raises:
        InputError: The folder has another number of parts, or holds something else.
    """
    if absolute(source) == absolute(folder.address):
        raise InputError(f"{folder.address}: holds the annexes themselves; name another --out")
    names = [name.rpartition("/")[2].removesuffix(".parquet") for name in folder.sizes("records")]
    counts = {int(match[2]) if (match := _PART_NAME.fullmatch(name)) else 0 for name in names}
    if 0 in counts:
        raise InputError(f"{folder.address}: holds annexes of a run; name another --out")
    if len(counts) > 1 or (counts and asked not in (None, *counts)):
        raise InputError(
            f"{folder.address}: is in {max(counts)} parts; "
            "name another --out for another number of parts"
        )
    return asked or max(counts, default=0) or _count_parts(entries)


def _count_parts(entries: Sequence[ManifestEntry]) -> int:
    sizes: dict[str, int] = {}
    for entry in entries:
        for name, file in entry.files.items():
            sizes[folder_of(name)] = sizes.get(folder_of(name), 0) + file.size
    return max(1, -(-max(sizes.values(), default=0) // PART_SIZE))


def _assign_to_parts(entries: Sequence[ManifestEntry], count: int) -> list[Part]:
    assigned: list[list[ManifestEntry]] = [[] for _ in range(count)]
    for entry in entries:
        assigned[int(digest(entry.annex)[:15], 16) % count].append(entry)
    width = len(str(count))
    return [
        Part(f"part-{i + 1:0{width}}-of-{count}", tuple(annexes))
        for i, annexes in enumerate(assigned)
    ]


def write_part(source: str, out: str, part: Part) -> ManifestEntry:
    """Write the files of a part, and last its entry."""
    folder, files = open_folder(out), dict[str, WrittenFile]()
    begin_entry(folder, part.name, COMPACT, source)
    for name in data_files(part.name, COMPACT):
        data = _merge_files(source, part, folder_of(name))
        folder.write(name, data)
        files |= describe_files({name: data})
    pages, records = (sum(getattr(e, n) for e in part.annexes) for n in ("pages", "records"))
    entry = ManifestEntry(
        part.name, COMPACT, part.key, source, *part.hashes, pages, records, (), files
    )
    write_entry(folder, entry)
    return entry


def _merge_files(source: str, part: Part, kind: str) -> bytes:
    from pipeline.files.parquet import merge_files

    try:
        with tempfile.TemporaryFile() as merged:  # nameless: a killed run leaves no file behind
            merge_files(_read_contents(source, part, kind), kind, part.hashes, merged)
            merged.seek(0)
            return merged.read()
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error


def _read_contents(source: str, part: Part, kind: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of a part's files of a kind; annexes that failed have none.

    Raises:
        DataError: A file is missing or has changed.
    """
    folder = open_folder(source)
    wanted = {n: f for e in part.annexes for n, f in e.files.items() if folder_of(n) == kind}
    names = list(wanted)
    for start in range(0, len(names), _FILES_PER_REQUEST):
        requested = names[start : start + _FILES_PER_REQUEST]
        found = folder.read(requested)
        for name in requested:
            if digest(found.get(name, b"")) != wanted[name].sha256:
                raise DataError(
                    f"{source}/{name}: has changed since it was written; do `besshi run` again"
                )
            yield name, found[name]
