"""Folders of results, in which every file is there whole or not at all."""

import contextlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.files.addresses import connect, is_remote, local_path
from pipeline.files.atomic import claim, is_left_over, part_name, remove_file, sweep, write_whole

# These show an object once it is there in full; anywhere else a file is renamed into its place.
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"}
_DAY = 86_400.0  # seconds; clocks of machines differ by less


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
            entries = os.scandir(self._root / kind)
        except FileNotFoundError:
            return {}
        files = {}
        with entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # somebody took it away meanwhile
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
        self._fs, root = connect(address)
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
        beside = f"{parent}/{part_name()}"
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
            if is_left_over(_last(name)) and self._is_old(name):
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


def open_folder(address: str) -> Folder:
    """A folder by its address; it need not be there yet.

    Raises:
        InputError: No package is installed that knows such addresses.
    """
    return RemoteFolder(address) if is_remote(address) else LocalFolder(local_path(address))
