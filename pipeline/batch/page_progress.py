"""Tells the process that started a run which pages its worker processes have reached.

It is for a display only: a worker never waits for a reader, and what a full pipe does not take is
left out.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipeline.batch.resource_limits import allow_page

_ROOM = 65_536
"""Bytes that are read at once; standard: what a pipe of Linux holds (pipe(7))."""


class ReachedPage(NamedTuple):
    """How far an annex has been read."""

    annex: str
    page: int
    """Number of the page that has been parsed, from 1."""
    pages: int
    """Number of all pages of the annex."""


Watch = Callable[[Sequence[ReachedPage]], None]
"""Called with what was reached since the last call, also if that is nothing."""

reporters: list[Callable[[ReachedPage], object]] = []
"""Where this process reports to; empty: nobody watches."""


def report_page(annex: str, page: int, pages: int) -> None:
    """Report a page that has been parsed, if somebody watches."""
    for report in reporters:
        report(ReachedPage(annex, page, pages))


def follow_pages(annex: str) -> Callable[[int, int], None]:
    """What to call with each page of an annex that has been parsed, and with the number of pages.

    The annex gets time for its next page, and who watches hears of this one.
    """

    def on_page(page: int, pages: int) -> None:
        allow_page(page)
        report_page(annex, page, pages)

    return on_page


def report_to_pipe(write_end: int) -> None:
    """In a worker process: report all pages to a `PagePipe`.

    Args:
        write_end: Its file descriptor, which this process has inherited.
    """

    def report(reached: ReachedPage) -> None:
        with contextlib.suppress(OSError):  # it is full, or nobody reads any more
            os.write(write_end, msgspec.json.encode(reached) + b"\n")  # in one piece: it is short

    reporters[:] = [report]


@contextlib.contextmanager
def report_here(watch: Watch | None) -> Iterator[None]:
    """Report the pages that this process itself parses to `watch`; None: to nobody."""
    if watch is None:
        yield
        return
    reporters.append(report := lambda reached: watch([reached]))
    try:
        yield
    finally:
        reporters.remove(report)


class PagePipe:
    """A pipe into which worker processes write the pages that they have reached."""

    def __init__(self) -> None:
        self._read_end, self.write_end = os.pipe()
        for end in (self._read_end, self.write_end):
            os.set_blocking(end, False)
        self._rest = b""

    def receive(self) -> list[ReachedPage]:
        """What was written since the last call."""
        try:
            self._rest += os.read(self._read_end, _ROOM)
        except BlockingIOError:
            return []
        *lines, self._rest = self._rest.split(b"\n")
        return [msgspec.json.decode(line, type=ReachedPage) for line in lines]

    def close(self) -> None:
        """Close both ends."""
        os.close(self._read_end)
        os.close(self.write_end)
