"""Gives freed memory back to the system, and that of files which a process maps."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # standard: of mallopt(3)
_LARGE = 4 << 20  # bytes; judgement: a picture of A4 at 200 dots per inch in grey has 3.9 million
_KEPT = 16 << 20  # bytes; judgement: what a band of a page needs, again and again
_DONT_NEED = 4  # madvise(2): MADV_DONTNEED
_DICTIONARY = "system.dic"  # of SudachiPy


def map_large_blocks() -> None:
    """Take blocks as large as the picture of a page from the system, and give them back when freed.

    By itself, glibc soon takes them from its heap, where smaller blocks above them hold them. Works
    on Linux with glibc only.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library
            library = ctypes.CDLL(None)
            library.mallopt(_MMAP_THRESHOLD, _LARGE)
            library.mallopt(_TRIM_THRESHOLD, _KEPT)


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
