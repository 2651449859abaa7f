"""Files of this machine that are there whole or not at all, whatever ends process or machine.

A file is written beside its place under a name ending in `.part`, synced to the disk and renamed;
the folder is synced too, since a rename that is lost with the power would leave what was there
before beside files that are newer.
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

_PREFIX, _PART = ".besshi-", ".part"  # others may have hidden files of that ending
_OLD = 3600.0  # seconds; no file of besshi takes a hundredth of that to be written


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then put it there in one step.

    The first time in a folder, it is swept of what nobody writes to any more.

    Raises:
        OSError: It cannot be written; the error names `path`.
    """
    try:
        make_folder(path.parent)
        _sweep_once(path.parent)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_PART, dir=path.parent)
        os.close(handle)
        _fill(Path(name), path, write)
    except OSError as error:
        if error.errno is None:
            raise
        # A full disk's error names no file, others' the one beside.
        raise OSError(error.errno, error.strerror, str(path)) from error


def _fill(beside: Path, path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.chmod(0o644)  # mkstemp's files are their owner's alone
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a loss of power."""
    if folder.is_dir():
        return
    if not folder.parent.exists():  # a file in the way is named by the folder below it
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Let the disk know which files a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems do not know this
            os.fsync(handle)
    finally:
        os.close(handle)


def remove_file(path: Path) -> None:
    """Take a file away for good, if it is there."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def is_left_over(name: str) -> bool:
    """Whether a file's name is one that files have while they are written."""
    return name.startswith(_PREFIX) and name.endswith(_PART)


def part_name() -> str:
    """Such a name that no other file has."""
    return f"{_PREFIX}{uuid.uuid4().hex}{_PART}"


@cache  # a folder of results may hold a hundred thousand files
def _sweep_once(folder: Path) -> None:
    sweep(folder)


def sweep(folder: Path, age: float = _OLD) -> None:
    """Take away what processes that were ended left beside their files.

    Args:
        folder: Swept itself, not the folders in it.
        age: Seconds since a file was last written to, from which on nobody writes to it any more.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in folder.iterdir():
            if is_left_over(path.name):
                with contextlib.suppress(OSError):  # gone already, or not ours
                    if time.time() - path.stat().st_mtime >= age:
                        path.unlink()


@contextlib.contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Hold a folder, so that no other process claims it meanwhile; made where it is missing.

    The system lets go of it with the process, whatever ends that. A file system without locks
    (some network ones) holds nothing: two runs then do the same work and write the same bytes.

    Raises:
        BusyError: Another process holds it.
    """
    make_folder(folder)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"{folder}: another besshi writes here; wait until it has ended, "
                "or name another --out"
            ) from error
        except OSError:
            pass
        yield
    finally:
        os.close(handle)
