"""Atomic writes on this machine: a file is there completely or not at all, even after a crash.

A file is written beside its final path under a temporary name ending in `.part`, synced to the disk
and renamed. The folder is synced too: if a loss of power undid the rename, an old file would stand
beside newer ones.
"""

import contextlib
import fcntl
import os
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from pipeline.errors import BusyError

_PREFIX, _PART = ".besshi-", ".part"  # the prefix spares the `.part` files of other programs
_ABANDONED = 3600.0
"""Seconds; judgement: no file of besshi takes a hundredth of that to be written."""


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file in one step: `write` fills a temporary file, which is then renamed to `path`.

    The first call for a folder also removes abandoned temporary files from it.

    Raises:
        OSError: The file cannot be written; the error names `path`.
    """
    try:
        make_folder(path.parent)
        _remove_leftovers_once(path.parent)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_PART, dir=path.parent)
        os.close(handle)
        _fill(Path(name), path, write)
    except OSError as error:
        if error.errno is None:
            raise
        # The error of a full disk names no file; other errors name the temporary one.
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_content(path: Path, content: bytes | str) -> None:
    """Write a file in one step (`write_atomically`); a text is written in UTF-8."""
    data = content.encode() if isinstance(content, str) else content
    write_atomically(path, lambda temporary: temporary.write_bytes(data))


def _fill(temporary: Path, path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # only their owner may read files of mkstemp
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, and sync them, so that they survive a loss of power."""
    if folder.is_dir():
        return
    if not folder.parent.exists():  # if a file is in the way, the error names its path
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Write to the disk which files a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems cannot do this
            os.fsync(handle)
    finally:
        os.close(handle)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there, and sync its folder."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def is_leftover(name: str) -> bool:
    """Whether a name is one that files have while they are written."""
    return name.startswith(_PREFIX) and name.endswith(_PART)


def temporary_name() -> str:
    """A new name of a file that is being written."""
    return f"{_PREFIX}{uuid.uuid4().hex}{_PART}"


@cache  # a folder of results may hold a hundred thousand files
def _remove_leftovers_once(folder: Path) -> None:
    remove_leftovers(folder)


def remove_leftovers(folder: Path, age: float = _ABANDONED) -> None:
    """Remove temporary files that killed processes left behind.

    Args:
        folder: Its own files are removed, not those in folders inside it.
        age: Only files are removed that nobody has written to for so many seconds.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in [Path(entry) for entry in os.scandir(folder) if is_leftover(entry.name)]:
            with contextlib.suppress(OSError):  # it is gone already, or belongs to somebody else
                if time.time() - path.stat().st_mtime >= age:
                    path.unlink()


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes; make it if it is missing.

    The system unlocks it when the process ends, for whatever reason. On a file system without locks
    (some network ones) nothing is locked: two runs then do the same work and write the same bytes.

    Raises:
        BusyError: Another process has locked it.
    """
    make_folder(folder)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"{folder}: another besshi is writing here; wait until it has finished, "
                "or name another --out"
            ) from error
        except OSError:
            pass
        yield
    finally:
        os.close(handle)
