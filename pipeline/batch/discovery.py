"""Finds the annexes that a run is given: PDFs, or the files that the previous stage wrote."""

import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import InputError
from pipeline.files import (
    File,
    absolute,
    digest,
    find_files,
    is_remote,
    is_web,
    list_files,
    local_path,
    look_up_file,
    web_stem,
    with_suffix,
)
from pipeline.vocabulary.printable import printable

_MAX_ID_BYTES = 240
"""Bytes of an id; judgement: file systems take 255, and `.parquet` or a page's number follows."""
_HIDDEN = (".", "_")
"""First characters of file names that pyarrow and pandas skip, as Hive does."""

CORRECTIONS = Path("corrections")
"""The default folder of corrections: in the project, beside `raw_pdfs`."""


class AnnexFiles(Struct, frozen=True):
    """The files of one annex."""

    annex: str
    main_file: File
    """The PDF; for a later stage, the stage file."""
    spec: File | None = None
    """The `.yml` beside a PDF, in which a person says what they know."""
    corrections: File | None = None
    """The file in which readers say what is wrong in its records."""
    name_problem: str = ""
    """Why the file's name cannot be an annex id; `annex` is then an id made up for the error."""

    @property
    def all_files(self) -> tuple[File, File | None, File | None]:
        """All files that its records depend on."""
        return self.main_file, self.spec, self.corrections


class FoundAnnexes(Struct, frozen=True):
    """The result of a search."""

    annexes: list[AnnexFiles]
    """Sorted by annex id."""
    folders: tuple[str, ...]
    """The folders that were searched, as absolute addresses."""
    skipped: tuple[str, ...] = ()
    """The folders below them that were not searched (`files.list_files`), as absolute addresses."""


def find_annexes(paths: Iterable[str]) -> FoundAnnexes:
    """Find the PDFs that files and folders name; folders are searched to the bottom.

    Raises:
        InputError: A path is missing, there is no PDF, or two PDFs have the same name.
    """
    return _check_names(find_pdfs(paths))


def find_pdfs(paths: Iterable[str]) -> FoundAnnexes:
    """As `find_annexes`, but several PDFs may have the same name; each has its own `AnnexFiles`.

    Raises:
        InputError: A path is missing, there is no PDF, or the file beside one has another ending.
    """
    return _find(paths, ".pdf", "PDF", ".yml")


def add_corrections(found: FoundAnnexes, folder: str | None) -> FoundAnnexes:
    """Give each annex its file of corrections, if there is one.

    Args:
        folder: Where these files are (`<annex>.yml`); None: `corrections`, if that folder exists.

    Raises:
        InputError: The folder does not exist, or a file in it has another ending.
    """
    if folder is None and not CORRECTIONS.is_dir():
        return found
    address = folder or str(CORRECTIONS)
    listed = find_files(address)
    for file in listed:  # such a file would not be read, and nobody would notice
        if _is_candidate(address, file.address, ".yaml", deep=True):
            raise InputError(f"{file.address}: corrections are in <annex>.yml; rename it")
    by_annex = {
        _annex_id(file.address)[0]: file
        for file in listed
        if _is_candidate(address, file.address, ".yml", deep=False)
    }
    annexes = [replace(files, corrections=by_annex.get(files.annex)) for files in found.annexes]
    return replace(found, annexes=annexes)


def find_stage_files(folder: str) -> FoundAnnexes:
    """Find the files that the previous stage wrote into a folder.

    Raises:
        InputError: There are none, or two have the same name.
    """
    return _check_names(_find([folder], ".json", "stage file", None))


def _check_names(found: FoundAnnexes) -> FoundAnnexes:
    for one, other in pairwise(found.annexes):
        if one.annex == other.annex:
            raise InputError(
                f"{other.main_file.address} and {one.main_file.address} have the same name, "
                "which is the annex's id; rename one"
            )
    return found


def _find(
    paths: Iterable[str], ending: str, kind: str, companion_ending: str | None
) -> FoundAnnexes:
    found: dict[str, AnnexFiles] = {}
    folders: list[str] = []
    skipped: list[str] = []
    for path in paths:
        listing = list_files(path)
        is_file = _is_file(path, listing.files)
        # Stage files are searched at the top only: the folders below hold other files of besshi.
        deep = companion_ending is not None
        candidates = [
            f for f in listing.files if is_file or _is_candidate(path, f.address, ending, deep)
        ]
        if not is_file:
            folders.append(absolute(path))
            skipped.extend(map(absolute, listing.skipped))
            if not candidates:
                raise InputError(f"{path}: holds no {kind} (*{ending}); name a folder that does")
        listed = {file.address: file for file in listing.files}
        for file in candidates:
            annex, problem = _annex_id(file.address)
            companion = _find_companion(file, companion_ending, listed, look=is_file)
            files = AnnexFiles(annex, file, companion, name_problem=problem)
            found.setdefault(absolute(file.address), files)
    annexes = sorted(found.values(), key=lambda files: files.annex)
    return FoundAnnexes(annexes, tuple(folders), tuple(skipped))


def _is_file(path: str, files: list[File]) -> bool:
    return len(files) == 1 and absolute(files[0].address) == absolute(path)


def _is_candidate(folder: str, address: str, ending: str, deep: bool) -> bool:
    if not address.lower().endswith(ending):
        return False
    return deep or "/" not in absolute(address)[len(absolute(folder).rstrip("/")) + 1 :]


def _find_companion(
    file: File, ending: str | None, listed: dict[str, File], look: bool
) -> File | None:
    """The file of the same name with another ending.

    Args:
        ending: The other ending; None: there is no such file.
        listed: Address → file, of all that was listed.
        look: Whether the listing is of the main file alone. A listing of its folder is enough in an
            object store, where one request for each annex takes hours. On disk a folder of that
            name is no file that is listed, but an error.

    Raises:
        InputError: There is one with an ending that is not read.
    """
    if ending is None:
        return None
    other = with_suffix(file.address, ".yaml")  # it would not be read, and nobody would notice
    if other in listed or (look and not is_remote(other) and look_up_file(other)):
        raise InputError(f"{other}: what is known of an annex is in <annex>.yml; rename it")
    address = with_suffix(file.address, ending)
    if address in listed:
        return listed[address]
    return look_up_file(address) if look or not is_remote(address) else None


def _annex_id(address: str) -> tuple[str, str]:
    """The annex id that a file's name gives, and why the name cannot be the id ("": it can)."""
    if is_web(address):
        name = web_stem(address)
    else:
        name = PurePosixPath(address).stem if is_remote(address) else local_path(address).stem
    problem = _find_name_problem(name)
    if not problem:
        return name, ""
    # A quarter of the length shows the name; the hash behind it tells it from similar names.
    spelt = printable(name).replace("\\", "%")[: _MAX_ID_BYTES // 4]
    return f"{spelt.lstrip(''.join(_HIDDEN))}~{digest(os.fsencode(name))[:8]}", problem


def _find_name_problem(name: str) -> str:
    try:
        size = len(name.encode())
    except UnicodeEncodeError:  # archives from Japanese Windows leave such names behind
        return "is not UTF-8"
    if printable(name) != name:  # no record, page or terminal could show it as it is
        return f"has invisible characters ({printable(name)})"
    if size > _MAX_ID_BYTES:
        return f"is {size} bytes long; the limit is {_MAX_ID_BYTES}"
    if name.startswith(_HIDDEN):
        return f"begins with {name[0]}, and readers of Parquet folders skip such files"
    return ""
