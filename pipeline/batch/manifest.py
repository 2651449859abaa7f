"""The manifest: which annexes a folder holds whole, made from what, and what came of each.

One small file an annex: written first to say which files are about to be there, so that whoever
comes after a run that was ended finds them, and last to say that they are there whole. Many
processes and machines can write at once, since no two write the same file unless they do the same
work.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from pipeline.errors import InputError
from pipeline.files import Folder, digest, open_folder
from pipeline.model import Issue

KIND = "manifest"
"""The folder of the entries."""

DATA = ("records", "tokens", "pages", "breaks", "receipts")
"""The folders of the datasets."""

FOLDERS = ("", KIND, *DATA)
"""The folders that a run writes to; others below may be those of other runs."""

COMPACT = "compact"
"""What the entries of parts have for their stage."""


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
    stage: str
    """The last it went through: `extract`, `segment` or `normalize`; of a part `compact`."""
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
    done: bool = True
    """False: the files are being written, or were so when the run was ended."""

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.is_error for issue in self.issues)


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


def data_files(annex: str, stage: str) -> list[str]:
    """The names of all files that an annex, or a part, may have in a folder of a stage."""
    if stage in ("extract", "segment"):
        return [f"{annex}.json"]
    return [f"{kind}/{annex}.parquet" for kind in DATA]


def describe(contents: Mapping[str, bytes]) -> dict[str, Written]:
    """What an entry says of files."""
    return {name: Written(len(data), digest(data)) for name, data in contents.items()}


def begin_entry(folder: Folder, annex: str, stage: str, source: str) -> None:
    """Say that an annex is not there whole, and which files it may have all the same."""
    files = {name: Written(0, "") for name in data_files(annex, stage)}
    write_entry(folder, Entry(annex, stage, "", source, "", "", 0, 0, (), files, done=False))


def write_entry(folder: Folder, entry: Entry) -> None:
    """Say that an annex is done: its files are there."""
    folder.write(entry_file(entry.annex), msgspec.json.format(msgspec.json.encode(entry)) + b"\n")


def read_manifest(folder: Folder) -> dict[str, Entry]:
    """Annex → its entry. An entry that cannot be read is none: the annex is done again."""
    names = [name for name in folder.sizes(KIND) if name.endswith(".json")]
    entries = {}
    for name, data in folder.read(names).items():
        try:
            entry = msgspec.json.decode(data, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # another's, or damaged
            continue
        if name == entry_file(entry.annex) and _names_its_own(entry):
            entries[entry.annex] = entry
    return entries


def _names_its_own(entry: Entry) -> bool:
    """Whether an entry names no file but the annex's: others would be read, and removed with it."""
    return entry.files.keys() <= {*data_files(entry.annex, entry.stage)}


def check_stage(address: str, entries: Iterable[Entry], stage: str) -> None:
    """Make sure that a folder holds what one stage wrote, since others' files have the same names.

    Raises:
        InputError: It holds something else.
    """
    for entry in entries:
        if entry.stage != stage:
            what = f"holds what `besshi {entry.stage}` wrote"
            raise InputError(f"{address}: {what}; name another folder")


def find_whole(folder: Folder, entries: Iterable[Entry]) -> Iterator[str]:
    """The annexes of which every file is there as it was written, by its size.

    Files are not opened: a thousand annexes have five thousand.
    """
    some = list(entries)
    kinds = {kind_of(name) for entry in some for name in entry.files}
    there = {name: size for kind in kinds for name, size in folder.sizes(kind).items()}
    for entry in some:
        if entry.done and all(there.get(name) == file.size for name, file in entry.files.items()):
            yield entry.annex


def find_unfinished(folder: Folder, entries: Mapping[str, Entry]) -> list[str]:
    """The annexes that a folder of results has begun and does not hold whole."""
    return sorted(entries.keys() - set(find_whole(folder, entries.values())))


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
    """Take away an annex: last what says that it is there, so that an ended run is completed."""
    for name in entry.files:
        folder.remove(name)
    folder.remove(entry_file(entry.annex))
