"""Gives back the memory of files that a process maps and has read."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

_DONT_NEED = 4  # madvise(2): MADV_DONTNEED
_DICTIONARY = "system.dic"  # of SudachiPy


def release_dictionary() -> None:
    """Take SudachiPy's dictionary, up to 143 MB, out of the memory of this process."""
    release_mapped(_DICTIONARY)


def release_mapped(name: str) -> None:
    """Take the pages of mapped files out of the memory of this process.

    A page comes back as soon as it is read again, mostly from the system's cache. Works on Linux
    only; on other systems the pages stay until the system needs room.

    Args:
        name: Of the files, without their folder. Mappings that can be written stay as they are.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError):
        for mapping in Path("/proc/self/maps").read_bytes().splitlines():
            addresses, permissions, *_ = mapping.split()
            if mapping.endswith(b"/" + name.encode()) and b"w" not in permissions:
                start, end = (int(address, 16) for address in addresses.split(b"-"))
                length = ctypes.c_size_t(end - start)
                ctypes.CDLL(None).madvise(ctypes.c_void_p(start), length, _DONT_NEED)
