"""Files as they are found and read, on this machine or another."""

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.files.addresses import connect, is_remote, local_path


@dataclass(frozen=True, slots=True)
class File:
    """A file as a listing shows it."""

    address: str
    """As a person would write it."""
    size: int
    """Bytes."""
    version: str
    """Changes whenever the content does: local times and numbers, or what a store says of it."""
    changed: float = 0.0
    """When that last happened, in seconds since the epoch; 0: a store that has no such doubt."""
    instead: str = ""
    """What is there in a file's place, which must not be opened: it might never end."""


def find_files(address: str) -> list[File]:
    """The files below a folder, to the bottom, in the order of their addresses; or the file itself.

    Raises:
        InputError: There is nothing there.
        OSError: A folder cannot be listed.
    """
    found = _find_remote(address) if is_remote(address) else _find_local(local_path(address))
    if found is None:
        raise InputError(f"{address}: there is no such file or folder; check the path")
    return sorted(found, key=lambda file: file.address)


def find_file(address: str) -> File | None:
    """What has an address, be it a file or not (`File.instead`); None: there is nothing."""
    if is_remote(address):
        found = _find_remote(address)
        return found[0] if found else None
    path = local_path(address)
    return _look_at(address, path) if os.path.lexists(path) else None


def _find_local(path: Path) -> list[File] | None:
    if not os.path.lexists(path):
        return None
    if not path.is_dir():
        return [_look_at(str(path), path)]
    # Links to folders are not followed: they may lead round in a circle, or out into the system.
    walk = os.walk(path, onerror=_stop)
    files = (Path(root, name) for root, _, names in walk for name in names)
    return [_look_at(str(file), file) for file in files]


def _stop(error: OSError) -> None:
    raise error  # were such a folder taken for empty, its annexes would pass for gone


def _look_at(address: str, path: Path) -> File:
    """A file of this machine, or what stands in its place."""
    try:
        found = path.stat()
    except OSError as error:
        return File(address, 0, "", instead=f"a link that leads nowhere ({error.strerror})")
    if stat.S_ISDIR(found.st_mode):
        return File(address, 0, "", instead="a folder")
    if not stat.S_ISREG(found.st_mode):
        return File(address, 0, "", instead="a pipe, a socket or a device")
    version = f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{found.st_ino}"
    return File(address, found.st_size, version, max(found.st_mtime, found.st_ctime))


def _find_remote(address: str) -> list[File] | None:
    fs, root = connect(address)
    fs.invalidate_cache()
    found: Mapping[str, Mapping[str, Any]] = fs.find(root, detail=True)
    return [
        File(fs.unstrip_protocol(path), int(info["size"] or 0), _remote_version(info))
        for path, info in found.items()
    ] or None


def _remote_version(info: Mapping[str, Any]) -> str:
    """What a store says of an object: its hash, its time and its size, under one name or other."""
    told = ("ETag", "etag", "md5Hash", "LastModified", "mtime", "updated", "created", "size")
    return "-".join(str(info[key]) for key in told if key in info)


def read_file(address: str) -> bytes:
    """The content of a file.

    Raises:
        OSError: It cannot be read, or is no file: a pipe might never end.
    """
    if not is_remote(address):
        local = local_path(address)
        if local.exists() and not local.is_file():
            raise OSError(errno.EINVAL, "is no file but a folder, a pipe or a device", address)
        return local.read_bytes()
    fs, path = connect(address)
    data: bytes = fs.cat_file(path)
    return data
