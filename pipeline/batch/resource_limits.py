"""What one annex may take of time and memory, held by the system: it stops native code too."""

import resource
import signal
import sys
import time
from dataclasses import dataclass

SECONDS = 60.0
"""For a page: six times what the slowest, a scanned one, takes on one core."""
_SAVED = 10
"""Pages whose time may be saved up for what comes after them: what is done for the annex as a whole
takes less for 10,000 pages. Without it, 10,000 empty pages would give the next a week."""
_ANNEX = 240
"""Pages whose time an annex may take in all, four hours: enough for 2,000 scanned pages, since each
takes a sixth of its time at most."""
MEGABYTES = 4000
"""For a process: ten times what 400 pages take, and more than five times what scans do."""
_MAPPED = 260
"""Megabytes of files that a process maps, which the system's limit does not count: its libraries
and SudachiPy's dictionary, measured in one that had read a scan and a text layer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one annex."""

    seconds: float = SECONDS
    """For each page, and once more for the annex itself."""
    megabytes: int = MEGABYTES
    """For each process that works on it; 0: as much as there is."""


@dataclass(slots=True)
class _Clock:
    """When the annex at hand began, in seconds of the system's clock."""

    began: float
    seconds: float


_clock: list[_Clock] = []


def limit_memory(limits: Limits) -> None:
    """Let this process and those it starts fail with MemoryError rather than fill the machine."""
    if limits.megabytes and sys.platform == "linux":  # others do not count what is mapped
        filled = max(limits.megabytes - _MAPPED, limits.megabytes // 2)
        size = filled * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def begin_annex(limits: Limits) -> None:
    """Let the system end this process (SIGALRM) if the annex takes too long."""
    _clock[:] = [_Clock(time.monotonic(), limits.seconds)]
    allow_page(1)


def allow_page(number: int) -> None:
    """Give time for the annex's pages up to this one and the next; none where no clock runs.

    How many pages there are is known only when they have been read.
    """
    for clock in _clock:
        pages = min(number + 1, _ANNEX)
        left = clock.began + clock.seconds * pages - time.monotonic()
        left = min(left, clock.seconds * _SAVED)
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))


def end_annex() -> None:
    """Stop the clock."""
    _clock.clear()
    signal.setitimer(signal.ITIMER_REAL, 0)
