"""Where files are read and written: a folder here, or one on any file system of fsspec.

Every file is there whole or not at all. fsspec is known here only.
"""

import contextlib
import hashlib
import os
import re
import stat
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import InputError
from pipeline.writing import claim, remove_file, sweep, write_whole

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)::?//")
# These show an object once it is there in full; anywhere else a file is renamed into its place.
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"}
_LOCAL = "file://"
_DAY = 86_400.0  # seconds; clocks of machines differ by less


def cache_folder() -> Path | None:
    """Where besshi keeps what it may forget: what `BESSHI_CACHE` says, else the user's own cache.

    Returns:
        None where the variable is empty: nothing is to be kept.
    """
    if (named := os.environ.get("BESSHI_CACHE")) is not None:
        return Path(named) if named else None
    own = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) / "besshi"


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


class Folder(Protocol):
    """A place for files, each with a name such as `records/a.parquet`."""

    address: str

    def sizes(self, kind: str) -> dict[str, int]:
        """Name → bytes of the files right in one of its folders ("": in itself), if it is there."""
        ...

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The content of files; those that are missing are left out."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put a file there in one step."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        ...

    def claim(self) -> contextlib.AbstractContextManager[None]:
        """Hold it against other runs, where the file system can (see `writing.claim`)."""
        ...

    def sweep(self, kinds: Sequence[str]) -> None:
        """Take away what dead runs left half written in some of its folders, once it is claimed."""
        ...


class LocalFolder:
    """A folder of this machine, or one that it has mounted."""

    def __init__(self, path: Path | str) -> None:
        self.address = str(path)
        self._root = Path(path)

    def sizes(self, kind: str) -> dict[str, int]:
        """As `Folder.sizes`."""
        try:
            with os.scandir(self._root / kind) as entries:
                files = {e.name: e.stat().st_size for e in entries if e.is_file()}
        except FileNotFoundError:
            return {}
        return {_join(kind, name): size for name, size in files.items()}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """As `Folder.read`."""
        found = {}
        for name in names:
            try:
                found[name] = (self._root / name).read_bytes()
            except FileNotFoundError:
                continue
        return found

    def write(self, name: str, data: bytes) -> None:
        """As `Folder.write`."""
        write_whole(self._root / name, lambda beside: beside.write_bytes(data))

    def remove(self, name: str) -> None:
        """As `Folder.remove`."""
        remove_file(self._root / name)

    def claim(self) -> contextlib.AbstractContextManager[None]:
        """As `Folder.claim`."""
        return claim(self._root)

    def sweep(self, kinds: Sequence[str]) -> None:
        """As `Folder.sweep`."""
        for kind in kinds:
            sweep(self._root / kind, age=0.0)


class RemoteFolder:
    """A folder on a file system of fsspec: `s3://…`, `gs://…`, `memory://…` …"""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs, root = _connect(address)
        self._root = root.rstrip("/")
        protocols = self._fs.protocol
        self._whole = bool(_WHOLE & {*([protocols] if isinstance(protocols, str) else protocols)})

    def sizes(self, kind: str) -> dict[str, int]:
        """As `Folder.sizes`."""
        self._fs.invalidate_cache()  # others write there too
        try:
            found = self._fs.ls(_join(self._root, kind), detail=True)
        except FileNotFoundError:
            return {}
        files = (info for info in found if info["type"] == "file")
        return {_join(kind, _last(info["name"])): int(info["size"]) for info in files}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """As `Folder.read`; object stores are asked for many at once."""
        paths = {f"{self._root}/{name}": name for name in names}
        found = self._fs.cat(list(paths), on_error="return") if paths else {}
        for content in found.values():
            if isinstance(content, Exception) and not isinstance(content, FileNotFoundError):
                raise content
        kept = ((path, data) for path, data in found.items() if isinstance(data, bytes))
        return {paths[path]: data for path, data in kept}

    def write(self, name: str, data: bytes) -> None:
        """As `Folder.write`."""
        path = f"{self._root}/{name}"
        parent = path.rpartition("/")[0]
        self._fs.makedirs(parent, exist_ok=True)
        if self._whole:
            self._fs.pipe_file(path, data)
            return
        beside = f"{parent}/.{uuid.uuid4().hex}.part"
        self._fs.pipe_file(beside, data)
        self._fs.mv(beside, path)

    def remove(self, name: str) -> None:
        """As `Folder.remove`."""
        try:
            self._fs.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return

    def claim(self) -> contextlib.AbstractContextManager[None]:
        """Holds nothing: object stores have no locks. Two runs write the same bytes."""
        return contextlib.nullcontext()

    def sweep(self, kinds: Sequence[str]) -> None:
        """As `Folder.sweep`: what has not changed for a day, since nobody can be kept out."""
        if self._whole:
            return
        for name in (name for kind in kinds for name in self.sizes(kind)):
            if _last(name).startswith(".") and name.endswith(".part") and self._is_old(name):
                self.remove(name)

    def _is_old(self, name: str) -> bool:
        """Whether nobody writes to a file any more: for a day; never where that is not told."""
        try:
            changed = self._fs.modified(f"{self._root}/{name}").timestamp()
        except (NotImplementedError, AttributeError, OSError):
            return False
        return bool(time.time() - changed > _DAY)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def is_remote(address: str) -> bool:
    """Whether an address is one for fsspec."""
    return bool(_SCHEME.match(address)) and not address.startswith(_LOCAL)


def local_path(address: str) -> Path:
    """The path of an address that is none for fsspec."""
    return Path(address.removeprefix(_LOCAL))


def open_folder(address: str) -> Folder:
    """A folder by its address; it need not be there yet.

    Raises:
        InputError: No package is installed that knows such addresses.
    """
    return RemoteFolder(address) if is_remote(address) else LocalFolder(local_path(address))


def _connect(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{address}: cannot be reached ({error}); pip install 'besshi[cluster]' "
            "and the package that the message names"
        ) from error
    return fs, str(path)


def find_files(address: str) -> list[File]:
    """The files below a folder, to the bottom, in the order of their addresses; or the file itself.

    Raises:
        InputError: There is nothing there.
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
    files = (Path(root, name) for root, _, names in os.walk(path) for name in names)
    return [_look_at(str(file), file) for file in files]


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
    fs, root = _connect(address)
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
        OSError: It cannot be read.
    """
    if not is_remote(address):
        return local_path(address).read_bytes()
    fs, path = _connect(address)
    data: bytes = fs.cat_file(path)
    return data


def digest(*parts: bytes | str) -> str:
    """SHA-256 of some parts, in hexadecimal: of the bytes alone if it is one part."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        if len(parts) > 1:  # so that no two lists of parts look alike
            made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


def below(address: str, folder: str) -> bool:
    """Whether an absolute address lies below another."""
    return address.startswith(folder.rstrip("/") + "/")


def absolute(address: str) -> str:
    """An address in the one form of all that lead to the same place, wherever besshi is started."""
    if is_remote(address):
        fs, path = _connect(address)
        return str(fs.unstrip_protocol(path)).rstrip("/")
    # Links stay: under DVC an annex may be one into its cache.
    return os.path.abspath(local_path(address))  # noqa: PTH100
