"""Shows how far a run is: a line that changes on a terminal, a new line now and then elsewhere."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from pipeline.batch.page_progress import ReachedPage
from pipeline.commands.terminal import clear_status, is_terminal, print_message, show_status

_REDRAWN = 0.2
"""Seconds between two states of the line on a terminal; judgement: a reader follows."""
REPEATED = 10.0
"""Seconds between two lines where no terminal is; judgement: a log shows that the run lives."""
_SURE = 3.0
"""Seconds of work from which the time left is told; judgement: before, it is a guess."""
_MINUTE = 60.0
_HOUR = 3600.0


class ProgressDisplay:
    """The state of a run, told on stderr.

    Annexes count by the size of their files: that is known before they are opened, and a file of
    400 pages is larger than one of 3.
    """

    def __init__(
        self, stage: str, sizes: Mapping[str, int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to watch a run.

        Args:
            sizes: Annex → bytes of its file.
            clock: Tells the time in seconds.
        """
        self._stage = stage
        self._sizes = {annex: max(size, 1) for annex, size in sizes.items()}
        self._all_bytes = sum(self._sizes.values())
        self._finished_bytes = 0
        self._clock = clock
        self._began = self._told = clock()
        self._finished: set[str] = set()
        self._reading: dict[str, ReachedPage] = {}

    def watch(self, reached: Sequence[ReachedPage]) -> None:
        """Take note of pages that have been read."""
        for page in reached:
            if page.annex not in self._finished:  # news of it may come later than its result
                self._reading.pop(page.annex, None)
                self._reading[page.annex] = page
        self._tell()

    def finish(self, annex: str) -> None:
        """Take note of an annex that is done."""
        self._finished.add(annex)
        self._finished_bytes += self._sizes.get(annex, 0)
        self._reading.pop(annex, None)
        self._tell()

    def close(self) -> None:
        """Leave the terminal as it was."""
        clear_status()

    def _tell(self) -> None:
        now = self._clock()
        on_terminal = is_terminal()
        if now - self._told < (_REDRAWN if on_terminal else REPEATED):
            return
        self._told = now
        (show_status if on_terminal else print_message)(self._describe(now - self._began))

    def _describe(self, elapsed: float) -> str:
        line = f"{self._stage}: {len(self._finished)} of {len(self._sizes)} annexes"
        if self._reading:
            annex, page, pages = next(reversed(self._reading.values()))
            line = f"{line}, {annex} page {page} of {pages}"
        share = self._share()
        if elapsed >= _SURE and share > 0:
            line = f"{line}, about {_describe_time(elapsed * (1 - share) / share)} left"
        return line

    def _share(self) -> float:
        """The share of the work that is done, 0–1."""
        done: float = self._finished_bytes
        for annex, page, pages in self._reading.values():
            done += self._sizes.get(annex, 0) * page / max(pages, page)
        return min(done / self._all_bytes, 1.0)


@contextmanager
def showing_progress(command: str, annexes: Iterable[str]) -> Iterator[ProgressDisplay]:
    """Show how far a command is that takes about as long for each annex."""
    with closing(ProgressDisplay(command, dict.fromkeys(annexes, 1))) as display:
        yield display


def _describe_time(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{max(round(seconds), 1)} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{seconds / _HOUR:.1f} h"
