"""The manifest: which annexes a folder holds completely, what they were made from, what came out.

Each annex has one small file, its entry. It is written first with the names of the files that are
about to be written, so that the next run finds them even if this one is killed. It is written again
last, to say that the files are complete. Many processes and machines can write at once: two of them
write the same file only if they do the same work.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec
from msgspec import Struct

from pipeline.errors import InputError
from pipeline.files import Folder, digest, open_folder
from pipeline.files.strict_json import NotJsonError, decode_json
from pipeline.model import Issue, Stage

MANIFEST_FOLDER = "manifest"
"""The folder of the entries."""

DATA_FOLDERS = ("records", "tokens", "pages", "breaks", "receipts")
"""The folders of the datasets."""

RUN_FOLDERS = ("", MANIFEST_FOLDER, *DATA_FOLDERS)
"""The folders that a run writes to ("": the folder of results); others may belong to other runs."""

COMPACT = "compact"
"""The `stage` of entries of merged parts."""


class WrittenFile(Struct, frozen=True):
    """A file as it was written."""

    size: int
    """Bytes."""
    sha256: str


class ManifestEntry(Struct, frozen=True):
    """What a folder of results holds of one annex, or of one merged part."""

    annex: str
    """The annex's id; of a part, its name."""
    stage: str
    """The last stage it went through: `extract`, `segment` or `normalize`; of a part `compact`."""
    key: str
    """A hash of everything that its files depend on; "": process it again in any case."""
    source: str
    """Where its PDF (for a later stage: its stage file) is, seen from the folder of results."""
    source_sha256: str
    """Hash of the PDF; "": it could not be read. Of a part: hash of its annexes' hashes."""
    parameters_sha256: str
    """Hash of what people said about it: spec and corrections. Of a part: as above."""
    pages: int
    records: int
    issues: tuple[Issue, ...]
    files: dict[str, WrittenFile]
    """Name in the folder → what was written; empty if the annex failed."""
    done: bool = True
    """An annex counts as complete only if its entry says `done: true`. False: its files are being
    written, or a run was killed while it wrote them."""
    doubtful: int = 0
    """Records that a person should look at (`DOUBTFUL`)."""

    @property
    def is_part(self) -> bool:
        """Whether it is of merged annexes."""
        return self.stage == COMPACT

    @property
    def has_records(self) -> bool:
        """Whether it went through the last stage."""
        return self.is_part or self.stage == Stage.NORMALIZE

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.is_error for issue in self.issues)


@contextmanager
def lock_results(out: str) -> Iterator[None]:
    """Lock a folder of results while it is written to; first remove what killed runs left there.

    Raises:
        BusyError: Another run has locked it.
    """
    folder = open_folder(out)
    with folder.lock():
        folder.remove_leftovers(RUN_FOLDERS)
        yield


def entry_file(annex: str) -> str:
    """The name of an annex's entry."""
    return f"{MANIFEST_FOLDER}/{annex}.json"


def data_files(annex: str, stage: str) -> list[str]:
    """The names of all files that an annex, or a part, may have in the folder of a stage."""
    if stage in ("extract", "segment"):
        return [f"{annex}.json"]
    return [f"{folder}/{annex}.parquet" for folder in DATA_FOLDERS]


def describe_files(contents: Mapping[str, bytes]) -> dict[str, WrittenFile]:
    """What an entry says about files: name → size and hash, from name → content."""
    return {name: WrittenFile(len(data), digest(data)) for name, data in contents.items()}


def begin_entry(folder: Folder, annex: str, stage: str, source: str) -> None:
    """Write an entry that says: the annex is not complete, but it may have these files."""
    files = {name: WrittenFile(0, "") for name in data_files(annex, stage)}
    entry = ManifestEntry(annex, stage, "", source, "", "", 0, 0, (), files, done=False)
    write_entry(folder, entry)


def write_entry(folder: Folder, entry: ManifestEntry) -> None:
    """Write an entry. If it says `done`, the files it names must be there already."""
    folder.write(entry_file(entry.annex), msgspec.json.format(msgspec.json.encode(entry)) + b"\n")


def read_manifest(folder: Folder) -> dict[str, ManifestEntry]:
    """Annex → its entry. An entry that cannot be read is left out: the annex is processed again."""
    names = [name for name in folder.sizes(MANIFEST_FOLDER) if name.endswith(".json")]
    entries = {}
    for name, data in folder.read(names).items():
        try:
            entry = decode_json(data, ManifestEntry)
        except NotJsonError:  # damaged, or not ours
            continue
        if name == entry_file(entry.annex) and _names_only_own_files(entry):
            entries[entry.annex] = entry
    return entries


def _names_only_own_files(entry: ManifestEntry) -> bool:
    """Whether an entry names only the annex's own files: others would be read or even removed."""
    return entry.files.keys() <= {*data_files(entry.annex, entry.stage)}


def check_stage(address: str, entries: Iterable[ManifestEntry], stage: str) -> None:
    """Make sure that one stage wrote everything in a folder: other stages use the same file names.

    Raises:
        InputError: Another stage has written there.
    """
    for entry in entries:
        if entry.stage != stage:
            raise InputError(
                f"{address}: holds what `besshi {entry.stage}` wrote; name another folder"
            )


def find_complete(folder: Folder, entries: Iterable[ManifestEntry]) -> Iterator[str]:
    """The annexes all of whose files are there with the size that was written.

    Files are not opened: a thousand annexes have five thousand.
    """
    all_entries = list(entries)
    folders = {folder_of(name) for entry in all_entries for name in entry.files}
    sizes = {name: size for kind in folders for name, size in folder.sizes(kind).items()}
    for entry in all_entries:
        if entry.done and all(sizes.get(name) == file.size for name, file in entry.files.items()):
            yield entry.annex


def find_incomplete(folder: Folder, entries: Mapping[str, ManifestEntry]) -> list[str]:
    """The annexes that a folder of results does not hold completely, sorted."""
    return sorted(entries.keys() - set(find_complete(folder, entries.values())))


def combine_hashes(entries: Iterable[ManifestEntry]) -> tuple[str, str]:
    """One hash of the PDFs of several annexes, and one of what people said about them."""
    ordered = sorted(entries, key=lambda entry: entry.annex)
    return digest("", *(e.source_sha256 for e in ordered)), digest(
        "", *(e.parameters_sha256 for e in ordered)
    )


def folder_of(name: str) -> str:
    """The folder in which a file of the results stands; "": the folder of results itself."""
    return name.rpartition("/")[0]


def remove_annex(folder: Folder, entry: ManifestEntry) -> None:
    """Remove an annex's files, and last its entry: if this is killed, the next run finishes it."""
    for name in entry.files:
        folder.remove(name)
    folder.remove(entry_file(entry.annex))
