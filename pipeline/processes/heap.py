"""What the C library keeps of the memory that a process has freed."""

import ctypes
import sys
from contextlib import suppress

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # standard: of mallopt(3)
_LARGE = 4 << 20  # bytes; judgement: a picture of A4 at 200 dots per inch in grey has 3.9 million
_KEPT = 16 << 20  # bytes; judgement: what a band of a page needs, again and again


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
