"""The manifest: which annexes a folder holds whole, made from what, and what came of each.

One small file an annex, written last of all that belongs to it: what it names is there whole, and
what it does not name is not done. Many processes and machines can write at once, since no two
write the same file unless they do the same work.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from pipeline.model import Issue
from pipeline.storage import Folder, digest, open_folder

KIND = "manifest"
"""The folder of the entries."""

FOLDERS = ("", KIND, "records", "tokens", "pages", "breaks", "receipts")
"""The folders that a run writes to; others below may be those of other runs."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an annex."""

    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What there is of one annex."""

    annex: str
    key: str
    """A hash of all that its files depend on; empty: to be done again in any case."""
    source: str
    """Where its PDF (of a later stage: its stage file) is, seen from the folder."""
    source_sha256: str
    """Of the PDF; empty: it could not be read. Of a part: of those of its annexes."""
    parameters_sha256: str
    """Of what a person knows about it and corrected in it; of a part as above."""
    pages: int
    records: int
    issues: tuple[Issue, ...]
    files: dict[str, Written]
    """Name in the folder → what was written; none of an annex that failed."""

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.level == "error" for issue in self.issues)


@contextmanager
def claim_results(out: str) -> Iterator[None]:
    """Hold a folder of results while it is written to, and clear it of what dead runs left.

    Raises:
        BusyError: Another run holds it.
    """
    folder = open_folder(out)
    with folder.claim():
        folder.sweep(FOLDERS)
        yield


def entry_file(annex: str) -> str:
    """The name of an annex's entry."""
    return f"{KIND}/{annex}.json"


def describe(contents: Mapping[str, bytes]) -> dict[str, Written]:
    """What an entry says of files."""
    return {name: Written(len(data), digest(data)) for name, data in contents.items()}


def write_entry(folder: Folder, entry: Entry) -> None:
    """Say that an annex is done: its files are there."""
    folder.write(entry_file(entry.annex), msgspec.json.format(msgspec.json.encode(entry)) + b"\n")


def read_manifest(folder: Folder) -> dict[str, Entry]:
    """Annex → its entry. An entry that cannot be read is none: the annex is done again."""
    names = [name for name in folder.sizes(KIND) if name.endswith(".json")]
    entries = {}
    for data in folder.read(names).values():
        try:
            entry = msgspec.json.decode(data, type=Entry)
        except msgspec.DecodeError:  # of another version, or damaged
            continue
        entries[entry.annex] = entry
    return entries


def find_whole(folder: Folder, entries: Iterable[Entry]) -> Iterator[str]:
    """The annexes of which every file is there as it was written, by its size.

    Files are not opened: a thousand annexes have five thousand.
    """
    some = list(entries)
    kinds = {kind_of(name) for entry in some for name in entry.files}
    there = {name: size for kind in kinds for name, size in folder.sizes(kind).items()}
    for entry in some:
        if all(there.get(name) == file.size for name, file in entry.files.items()):
            yield entry.annex


def join_hashes(entries: Iterable[Entry]) -> tuple[str, str]:
    """One hash of the PDFs of several annexes, and one of what is known about them."""
    some = sorted(entries, key=lambda entry: entry.annex)
    return digest("", *(e.source_sha256 for e in some)), digest(
        "", *(e.parameters_sha256 for e in some)
    )


def kind_of(name: str) -> str:
    """The folder of a file in the folder; empty: the folder itself."""
    return name.rpartition("/")[0]


def remove_annex(folder: Folder, entry: Entry) -> None:
    """Take away an annex: first what says that it is there."""
    folder.remove(entry_file(entry.annex))
    for name in entry.files:
        folder.remove(name)
