"""The files of many annexes merged into few that are of a size to read.

An annex belongs to one part, which its name alone decides. So a part can be written anew at any
time, whole and in one step: whoever reads sees the rows of each annex once, before and after.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.batch.executor import Options, hand_out
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.issues_file import write_issues
from pipeline.batch.manifest import (
    COMPACT,
    Entry,
    Written,
    begin_entry,
    check_stage,
    claim_results,
    data_files,
    describe,
    find_unfinished,
    find_whole,
    join_hashes,
    kind_of,
    read_manifest,
    write_entry,
)
from pipeline.batch.process_pool import Loss
from pipeline.batch.resource_limits import Limits
from pipeline.errors import BesshiError, DataError, InputError
from pipeline.files import Folder, absolute, digest, open_folder

# Spark and HDFS take 128 MB at once, and opening a file costs nothing beside reading as much. A
# part grows with its archive, and may do so many times over: readers take it by row groups.
PART = 128_000_000
"""Bytes of the largest file of a part, when the number of parts is chosen."""
_AT_ONCE = 64  # files asked for together: of an object store, one by one they take 20 ms each
_PART_NAME = re.compile(r"part-(\d+)-of-(\d+)")
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Part:
    """Some annexes whose rows stand in one file of each kind."""

    name: str
    annexes: tuple[Entry, ...]
    """In the order of their names."""

    @property
    def key(self) -> str:
        """A hash of all that its files depend on."""
        said = (f"{n} {f.sha256}" for e in self.annexes for n, f in sorted(e.files.items()))
        return digest("part", *said)

    @property
    def hashes(self) -> tuple[str, str]:
        """Of its annexes' PDFs and of what is known about them."""
        return join_hashes(self.annexes)


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was merged."""

    parts: int
    annexes: int
    unchanged: int
    """Parts in which nothing had changed."""


def compact(source: str, out: str, parts: int | None, options: Options) -> Compacted:
    """Merge the files of a run.

    Args:
        source: Address of the folder that the run wrote.
        out: Address of the folder to write to.
        parts: How many files of each kind; None: as many as there are, else by their size.
        options: How.

    Raises:
        InputError: No run has written there, or `out` has another number of parts.
        BusyError: Another besshi writes to `out`.
        DataError: Files are missing or from another besshi.
    """
    entries = _read_whole(source)
    with claim_results(out):
        return _merge(source, out, parts, options, entries)


def _merge(
    source: str, out: str, parts: int | None, options: Options, entries: Sequence[Entry]
) -> Compacted:
    folder = open_folder(out)
    there = read_manifest(folder)
    check_stage(out, there.values(), COMPACT)
    count = _choose(source, folder, parts, entries)
    planned = _deal(entries, count)
    whole = set(find_whole(folder, there.values()))
    todo = [p for p in planned if p.name not in whole or there[p.name].key != p.key]
    for done in hand_out(partial(write_part, source, out), todo, _without_haste(options)):
        if isinstance(done, Loss):
            raise BesshiError(f"{out}: {done.item.name} is not written: {done.error}")
    write_issues(folder, entries, fingerprint("run"), force=True)
    return Compacted(count, len(entries), count - len(todo))


def _without_haste(options: Options) -> Options:
    return Options(options.jobs, Limits(_HOUR, 0), options.force, options.cluster)


def _read_whole(source: str) -> list[Entry]:
    folder = open_folder(source)
    entries = read_manifest(folder)
    if not entries:
        raise InputError(f"{source}: no run has written here; do `besshi run PDF… --out {source}`")
    check_stage(source, entries.values(), "normalize")
    if missing := find_unfinished(folder, entries):
        raise DataError(f"{source}: files of {missing[0]} are missing; do `besshi run` again")
    return [entries[annex] for annex in sorted(entries)]


def _choose(source: str, folder: Folder, asked: int | None, entries: Sequence[Entry]) -> int:
    """How many parts: their number never changes, since no row may stand in two.

    Raises:
        InputError: The folder is in another number of parts, or holds something else.
    """
    if absolute(source) == absolute(folder.address):
        raise InputError(f"{folder.address}: holds the annexes themselves; name another --out")
    names = [name.rpartition("/")[2].removesuffix(".parquet") for name in folder.sizes("records")]
    found = {int(match[2]) if (match := _PART_NAME.fullmatch(name)) else 0 for name in names}
    if 0 in found:
        raise InputError(f"{folder.address}: holds annexes of a run; name another --out")
    if len(found) > 1 or (found and asked not in (None, *found)):
        raise InputError(
            f"{folder.address}: is in {max(found)} parts; "
            "name another --out for another number of parts"
        )
    return asked or max(found, default=0) or _count_parts(entries)


def _count_parts(entries: Sequence[Entry]) -> int:
    sizes: dict[str, int] = {}
    for entry in entries:
        for name, file in entry.files.items():
            sizes[kind_of(name)] = sizes.get(kind_of(name), 0) + file.size
    return max(1, -(-max(sizes.values(), default=0) // PART))


def _deal(entries: Sequence[Entry], count: int) -> list[Part]:
    dealt: list[list[Entry]] = [[] for _ in range(count)]
    for entry in entries:
        dealt[int(digest(entry.annex)[:15], 16) % count].append(entry)
    width = len(str(count))
    return [
        Part(f"part-{i + 1:0{width}}-of-{count}", tuple(annexes)) for i, annexes in enumerate(dealt)
    ]


def write_part(source: str, out: str, part: Part) -> Entry:
    """Write the files of a part, and last its entry."""
    folder, files = open_folder(out), dict[str, Written]()
    begin_entry(folder, part.name, COMPACT, source)
    for name in data_files(part.name, COMPACT):
        data = _merge_files(source, part, kind_of(name))
        folder.write(name, data)
        files |= describe({name: data})
    pages, records = (sum(getattr(e, n) for e in part.annexes) for n in ("pages", "records"))
    entry = Entry(part.name, COMPACT, part.key, source, *part.hashes, pages, records, (), files)
    write_entry(folder, entry)
    return entry


def _merge_files(source: str, part: Part, kind: str) -> bytes:
    from pipeline.files.parquet import merge_files

    try:
        with tempfile.TemporaryFile() as merged:  # nameless: a killed run leaves none behind
            merge_files(_contents(source, part, kind), kind, part.hashes, merged)
            merged.seek(0)
            return merged.read()
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error


def _contents(source: str, part: Part, kind: str) -> Iterator[tuple[str, bytes]]:
    """The files of a kind of a part's annexes; those that failed have none."""
    folder = open_folder(source)
    wanted = {n: f for e in part.annexes for n, f in e.files.items() if kind_of(n) == kind}
    names = list(wanted)
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        found = folder.read(some)
        for name in some:
            if digest(found.get(name, b"")) != wanted[name].sha256:
                raise DataError(f"{source}/{name}: is not as it was written; do `besshi run` again")
            yield name, found[name]
