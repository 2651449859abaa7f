"""Lists and reads files, on this machine or elsewhere."""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from pipeline.errors import InputError
from pipeline.files.addresses import connect, is_remote, local_path
from pipeline.files.web import is_web, look_up_web, read_web

_ENVIRONMENT = "pyvenv.cfg"
"""In the folder of each Python environment; one with matplotlib holds PDFs."""
_SKIPPED = {"node_modules", "__pycache__"}


class File(Struct, frozen=True):
    """A file as a listing shows it."""

    address: str
    """As a person would write it."""
    size: int
    """Bytes."""
    version: str
    """Changes whenever the content does: local times and numbers, or what a store says about it."""
    changed_at: float = 0.0
    """When the content last changed, in seconds since the epoch; 0: in a store, where `version` is
    enough."""
    not_a_file: str = ""
    """What the address holds instead of a regular file ("a folder"); "": it is a regular file.
    Nothing else may be opened: reading a pipe might never end."""


class Listing(Struct, frozen=True):
    """The result of a search."""

    files: list[File]
    """Sorted by address."""
    skipped: list[str]
    """The folders that were not entered, since they hold files of programs, not of people."""


def list_files(address: str) -> Listing:
    """List the files of a folder and of all folders below, or look up a file.

    A folder below is skipped if its name begins with a dot, if it is a Python environment, or if it
    is `node_modules` or `__pycache__`. The folder at the address itself is never skipped.

    Raises:
        InputError: There is nothing at the address, or it cannot be reached.
        OSError: A folder cannot be listed.
    """
    if is_web(address):
        size, version = look_up_web(address)
        return Listing([File(address, size, version)], [])
    found = _list_remote(address) if is_remote(address) else _list_local(local_path(address))
    if found is None:
        raise InputError(f"{address}: there is no such file or folder; check the path")
    return Listing(sorted(found.files, key=lambda file: file.address), found.skipped)


def find_files(address: str) -> list[File]:
    """As `list_files`, but the files alone.

    Raises:
        InputError: There is nothing at the address, or it cannot be reached.
        OSError: A folder cannot be listed.
    """
    return list_files(address).files


def look_up_file(address: str) -> File | None:
    """What is at an address, a file or not (`File.not_a_file`); None: there is nothing.

    A web server may answer with a page for whatever it does not have: nothing is looked up there.
    """
    if is_web(address):
        return None
    if is_remote(address):
        found = _list_remote(address)
        return found.files[0] if found and found.files else None
    path = local_path(address)
    return _look_at(address, path) if os.path.lexists(path) else None


def _list_local(path: Path) -> Listing | None:
    if not os.path.lexists(path):
        return None
    if not path.is_dir():
        return Listing([_look_at(str(path), path)], [])
    found = Listing([], [])
    # Links to folders are not followed: they may lead in a circle, or out into the system.
    for root, folders, names in os.walk(path, onerror=_stop):
        folder = Path(root)
        if folder != path and (_ENVIRONMENT in names or _is_skipped(folder.name)):
            found.skipped.append(str(folder))
            folders.clear()
            continue
        found.files.extend(_look_at(str(folder / name), folder / name) for name in names)
    return found


def _is_skipped(folder: str) -> bool:
    return folder.startswith(".") or folder in _SKIPPED


def _stop(error: OSError) -> None:
    raise error  # if the folder were taken for empty, its annexes would be taken for gone


def _look_at(address: str, path: Path) -> File:
    """A file on this machine, or what is there instead."""
    try:
        found = path.stat()
    except OSError as error:
        return File(address, 0, "", not_a_file=f"a link that leads nowhere ({error.strerror})")
    if stat.S_ISDIR(found.st_mode):
        return File(address, 0, "", not_a_file="a folder")
    if not stat.S_ISREG(found.st_mode):
        return File(address, 0, "", not_a_file="a pipe, a socket or a device")
    version = f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{found.st_ino}"
    return File(address, found.st_size, version, max(found.st_mtime, found.st_ctime))


def _list_remote(address: str) -> Listing | None:
    fs, root = connect(address)
    fs.invalidate_cache()
    try:
        found: Mapping[str, Mapping[str, Any]] = fs.find(root, detail=True)
    except FileNotFoundError:
        return None
    except Exception as error:  # each store has errors of its own for a host that does not answer
        raise InputError(
            f"{address}: cannot be reached ({error}); check the address, the network and the "
            "rights to read there"
        ) from error
    if not found:
        return None
    top = PurePosixPath(root)
    paths = [PurePosixPath(path) for path in found]
    environments = {path.parent for path in paths if path.name == _ENVIRONMENT}
    listing = Listing([], [])
    skipped: set[str] = set()
    for path, info in found.items():
        folders = [f for f in PurePosixPath(path).parents if f != top and top in f.parents]
        inside = [f for f in folders if f in environments or _is_skipped(f.name)]
        skipped.update(str(fs.unstrip_protocol(str(folder))) for folder in inside)
        if not inside:
            size = int(info["size"] or 0)
            listing.files.append(File(fs.unstrip_protocol(path), size, _remote_version(info)))
    listing.skipped.extend(sorted(skipped))
    return listing


def _remote_version(info: Mapping[str, Any]) -> str:
    """What a store says about an object: hash, time and size, whichever names it uses."""
    keys = ("ETag", "etag", "md5Hash", "LastModified", "mtime", "updated", "created", "size")
    return "-".join(str(info[key]) for key in keys if key in info)


def read_file(address: str) -> bytes:
    """The content of a file.

    Raises:
        OSError: It cannot be read, or is not a regular file: a pipe might never end.
    """
    if not is_remote(address):
        local = local_path(address)
        if local.exists() and not local.is_file():
            raise OSError(errno.EINVAL, "is not a file but a folder, a pipe or a device", address)
        return local.read_bytes()
    if is_web(address):
        return read_web(address)
    fs, path = connect(address)
    data: bytes = fs.cat_file(path)
    return data
