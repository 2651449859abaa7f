"""What a run is pointed at: PDFs, or the files that the stage before left."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath

from pipeline.errors import InputError
from pipeline.files import (
    File,
    absolute,
    digest,
    find_file,
    find_files,
    is_remote,
    list_files,
    local_path,
    with_ending,
)
from pipeline.vocabulary.printable import printable

_LONGEST = 240  # bytes of an id: file systems take 255, and .parquet or a page's number follows
_HIDDEN = (".", "_")  # first characters of files that pyarrow and pandas, as Hive does, do not read

CORRECTIONS = Path("corrections")
"""Where corrections are where nobody says otherwise: in the project, beside raw_pdfs."""


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one annex."""

    annex: str
    file: File
    known: File | None = None
    """The file beside a PDF, in which a person says what they know."""
    corrections: File | None = None
    """The file in which readers say what is wrong in its records."""
    misnamed: str = ""
    """Why the file's name can be no annex's id; `annex` is then one made for its error."""

    @property
    def files(self) -> tuple[File, File | None, File | None]:
        """All that its records depend on."""
        return self.file, self.known, self.corrections


@dataclass(frozen=True, slots=True)
class Found:
    """What is there."""

    sources: list[Source]
    """In the order of their annexes."""
    folders: tuple[str, ...]
    """The folders that were searched, as absolute addresses."""
    skipped: tuple[str, ...] = ()
    """The folders below them that were not (`storage.list_files`), likewise."""


def find_annexes(paths: Iterable[str]) -> Found:
    """The PDFs that files and folders name, folders searched to the bottom.

    Raises:
        InputError: A path is missing, nothing is there, or two files have one name.
    """
    return _check_names(find_pdfs(paths))


def find_pdfs(paths: Iterable[str]) -> Found:
    """`find_annexes` where several PDFs may have one name: each is a source of its own.

    Raises:
        InputError: A path is missing, or nothing is there.
    """
    return _find(paths, ".pdf", "PDF", ".yml")


def add_corrections(found: Found, folder: str | None) -> Found:
    """Give each annex the file of its corrections, if there is one.

    Args:
        found: The annexes.
        folder: Where their files are (`<annex>.yml`); None: `corrections`, if that is there.

    Raises:
        InputError: There is no such folder, or a file in it has another ending.
    """
    if folder is None and not CORRECTIONS.is_dir():
        return found
    address = folder or str(CORRECTIONS)
    listed = find_files(address)
    for file in listed:  # it would not be read, and nobody would notice
        if _fits(address, file.address, ".yaml", deep=True):
            raise InputError(f"{file.address}: corrections are in <annex>.yml; rename it")
    files = {_annex_id(f.address)[0]: f for f in listed if _fits(address, f.address, ".yml", False)}
    sources = [replace(source, corrections=files.get(source.annex)) for source in found.sources]
    return replace(found, sources=sources)


def find_stage_files(folder: str) -> Found:
    """The files that the stage before left in a folder.

    Raises:
        InputError: There are none, or two have one name.
    """
    return _check_names(_find([folder], ".json", "stage file", None))


def _check_names(found: Found) -> Found:
    for one, other in pairwise(found.sources):
        if one.annex == other.annex:
            raise InputError(
                f"{other.file.address} and {one.file.address} have one name, "
                "which is the annex's id; rename one"
            )
    return found


def _find(paths: Iterable[str], ending: str, kind: str, beside: str | None) -> Found:
    found: dict[str, Source] = {}
    folders: list[str] = []
    skipped: list[str] = []
    for path in paths:
        listing = list_files(path)
        files = listing.files
        named = _is_file(path, files)
        # Other files of besshi stand in folders within the stage's.
        deep = beside is not None
        inside = [f for f in files if named or _fits(path, f.address, ending, deep)]
        if not named:
            folders.append(absolute(path))
            skipped.extend(map(absolute, listing.skipped))
            if not inside:
                raise InputError(f"{path}: holds no {kind} (*{ending}); name a folder that does")
        others = {file.address: file for file in files}
        for file in inside:
            annex, misnamed = _annex_id(file.address)
            source = Source(annex, file, _beside(file, beside, others), misnamed=misnamed)
            found.setdefault(absolute(file.address), source)
    sources = sorted(found.values(), key=lambda source: source.annex)
    return Found(sources, tuple(folders), tuple(skipped))


def _is_file(path: str, files: list[File]) -> bool:
    return len(files) == 1 and absolute(files[0].address) == absolute(path)


def _fits(folder: str, address: str, ending: str, deep: bool) -> bool:
    inside = absolute(address)[len(absolute(folder).rstrip("/")) + 1 :]
    return address.lower().endswith(ending) and (deep or "/" not in inside)


def _beside(file: File, ending: str | None, others: dict[str, File]) -> File | None:
    """What has the same name with another ending."""
    if ending is None:
        return None
    address = with_ending(file.address, ending)
    if address in others:
        return others[address]
    return find_file(address)


def _annex_id(address: str) -> tuple[str, str]:
    """The id of the annex in a file, and why the file's name cannot be it, if so."""
    name = PurePosixPath(address).stem if is_remote(address) else local_path(address).stem
    why = _fault(name)
    if not why:
        return name, ""
    spelt = printable(name).replace("\\", "%")[: _LONGEST // 4]  # the rest tells it from others
    return f"{spelt.lstrip(''.join(_HIDDEN))}~{digest(os.fsencode(name))[:8]}", why


def _fault(name: str) -> str:
    try:
        size = len(name.encode())
    except UnicodeEncodeError:  # as archives from Japanese Windows leave behind
        return "is not UTF-8"
    if printable(name) != name:  # no record, page or terminal could show it as it is
        return f"has characters that nobody sees ({printable(name)})"
    if size > _LONGEST:
        return f"is {size} bytes long, {_LONGEST} are possible"
    if name.startswith(_HIDDEN):
        return f"begins with {name[0]}, and what reads folders of Parquet files passes over such"
    return ""
