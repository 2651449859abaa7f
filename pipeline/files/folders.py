"""Folders of results, in which every file is there completely or not at all."""

import contextlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.files.addresses import connect, is_remote, local_path
from pipeline.files.atomic import (
    is_leftover,
    lock_folder,
    remove_file,
    remove_leftovers,
    temporary_name,
    write_content,
)

_ATOMIC = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"}
"""Protocols of stores that show an object only when it is complete. Elsewhere a file is written
under a temporary name and renamed."""
_DAY = 86_400.0
"""Seconds; judgement: the clocks of machines differ by less, and no file takes as long to write."""


class Folder(Protocol):
    """A folder of files, each with a name such as `records/a.parquet`."""

    address: str

    def sizes(self, kind: str) -> dict[str, int]:
        """Name → bytes of the files directly in one of its folders ("": itself); {} if missing."""
        ...

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """Name → content; files that are missing are left out."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file in one step."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        ...

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Lock it against other runs, if the file system can (see `atomic.lock_folder`)."""
        ...

    def remove_leftovers(self, kinds: Sequence[str]) -> None:
        """Remove what killed runs left half written in some of its folders; lock it first."""
        ...


class LocalFolder:
    """A folder on this machine, or on a file system that it has mounted."""

    def __init__(self, path: Path | str) -> None:
        self.address = str(path)
        self._root = Path(path)

    def sizes(self, kind: str) -> dict[str, int]:
        """As `Folder.sizes`."""
        try:
            entries = os.scandir(self._root / kind)
        except FileNotFoundError:
            return {}
        files = {}
        with entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # somebody has removed it meanwhile
                    if entry.is_file():
                        files[_join(kind, entry.name)] = entry.stat().st_size
        return files

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """As `Folder.read`."""
        found = {}
        for name in names:
            try:
                found[name] = (self._root / name).read_bytes()
            except (FileNotFoundError, IsADirectoryError):
                continue
        return found

    def write(self, name: str, data: bytes) -> None:
        """As `Folder.write`."""
        write_content(self._root / name, data)

    def remove(self, name: str) -> None:
        """As `Folder.remove`."""
        remove_file(self._root / name)

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """As `Folder.lock`."""
        return lock_folder(self._root)

    def remove_leftovers(self, kinds: Sequence[str]) -> None:
        """As `Folder.remove_leftovers`."""
        for kind in kinds:
            remove_leftovers(self._root / kind, age=0.0)


class RemoteFolder:
    """A folder on a file system that fsspec knows: `s3://…`, `gs://…`, `memory://…` …"""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs, root = connect(address)
        self._root = root.rstrip("/")
        protocols = self._fs.protocol
        self._is_atomic = bool(
            _ATOMIC & {*([protocols] if isinstance(protocols, str) else protocols)}
        )

    def sizes(self, kind: str) -> dict[str, int]:
        """As `Folder.sizes`."""
        self._fs.invalidate_cache()  # others may have written there
        try:
            found = self._fs.ls(_join(self._root, kind), detail=True)
        except FileNotFoundError:
            return {}
        files = (info for info in found if info["type"] == "file")
        return {_join(kind, _last(info["name"])): int(info["size"]) for info in files}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """As `Folder.read`; an object store gets one request for all."""
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
        if self._is_atomic:
            self._fs.pipe_file(path, data)
            return
        temporary = f"{parent}/{temporary_name()}"
        self._fs.pipe_file(temporary, data)
        self._fs.mv(temporary, path)

    def remove(self, name: str) -> None:
        """As `Folder.remove`."""
        try:
            self._fs.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Locks nothing, since object stores have no locks; two runs write the same bytes."""
        return contextlib.nullcontext()

    def remove_leftovers(self, kinds: Sequence[str]) -> None:
        """As `Folder.remove_leftovers`, if unchanged for a day: others may be writing there."""
        if self._is_atomic:
            return
        for name in (name for kind in kinds for name in self.sizes(kind)):
            if is_leftover(_last(name)) and self._is_old(name):
                self.remove(name)

    def _is_old(self, name: str) -> bool:
        """Whether a file has not changed for a day; False if the file system does not say."""
        try:
            changed = self._fs.modified(f"{self._root}/{name}").timestamp()
        except (NotImplementedError, AttributeError, OSError):
            return False
        return bool(time.time() - changed > _DAY)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def open_folder(address: str) -> Folder:
    """The folder at an address; it need not exist yet.

    Raises:
        InputError: No installed package knows such addresses.
    """
    return RemoteFolder(address) if is_remote(address) else LocalFolder(local_path(address))


def cache_folder() -> Path | None:
    """The folder of what only saves time: `BESSHI_CACHE`, or `besshi` in the user's cache folder.

    Returns:
        None if the variable is empty: nothing is cached.
    """
    if (named := os.environ.get("BESSHI_CACHE")) is not None:
        return Path(named) if named else None
    own = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) / "besshi"
