"""Limits on the time and memory of one annex. The system enforces them, on native code too."""

import resource
import signal
import sys
import time

from msgspec import Struct

SECONDS = 60.0
"""Seconds for a page; judgement: six times what the slowest page, a scan, takes on one core."""
_SAVED_PAGES = 10
"""Pages whose unused time may be saved up; judgement: the work for the annex as a whole takes less,
even for 10,000 pages. Without this limit, 10,000 empty pages would give the next page a week."""
_MAX_TIMED_PAGES = 240
"""Pages whose time an annex may take in all (four hours); judgement: enough for 2,000 scanned
pages, since each takes at most a sixth of its time."""
MEGABYTES = 4000
"""Megabytes for a process; judgement: ten times what 400 pages take, five times what scans take."""
LEAST_MEGABYTES = 300
"""Megabytes for a process; measured: with less, its libraries cannot be loaded, and each says so in
its own words or crashes."""
_MAPPED_MEGABYTES = 260
"""Megabytes of files that a process maps, its libraries and SudachiPy's dictionary, which the
system's limit does not count; measured: in a process that had read a scan and a text layer."""


class Limits(Struct, frozen=True):
    """The limits of one annex."""

    seconds: float = SECONDS
    """For each page, plus the same once for the annex as a whole."""
    megabytes: int = MEGABYTES
    """For each process that works on it; 0: no limit."""


class _Clock(Struct):
    """The clock of the current annex."""

    began: float
    """In seconds of `time.monotonic`."""
    seconds: float
    """For each page."""


_clock: list[_Clock] = []


def limit_memory(limits: Limits) -> None:
    """Make this process and those it starts raise MemoryError before they fill the machine."""
    if limits.megabytes and sys.platform == "linux":  # other systems do not enforce RLIMIT_DATA
        allowed = max(limits.megabytes - _MAPPED_MEGABYTES, limits.megabytes // 2)
        size = allowed * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def start_clock(limits: Limits) -> None:
    """Let the system kill this process (SIGALRM) if the annex takes too long."""
    _clock[:] = [_Clock(time.monotonic(), limits.seconds)]
    allow_page(1)


def allow_page(number: int) -> None:
    """Give the annex the time of its pages up to the one after `number`, if a clock runs.

    A file may claim any number of pages, so only a page that has been read extends the time.
    """
    for clock in _clock:
        pages = min(number + 1, _MAX_TIMED_PAGES)
        left = clock.began + clock.seconds * pages - time.monotonic()
        left = min(left, clock.seconds * _SAVED_PAGES)
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))  # 0 would stop the clock


def stop_clock() -> None:
    """Stop the clock."""
    _clock.clear()
    signal.setitimer(signal.ITIMER_REAL, 0)
