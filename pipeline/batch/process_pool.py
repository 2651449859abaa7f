"""Worker processes of this machine: one that dies costs the annex it worked on, nothing else.

Other pools do not do this. That of concurrent.futures breaks as a whole when a process dies, and
cannot kill one that hangs. That of pebble kills it, but not the processes that it has started to
read pages. multiprocessing, which both use, starts no process within a worker of Dask.
"""

import contextlib
import os
import pickle
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from typing import IO, Any, Generic, TypeVar

from msgspec import Struct

from pipeline.batch.page_progress import PagePipe, Watch
from pipeline.batch.resource_limits import MEGABYTES, Limits
from pipeline.batch.worker import START_CODE, Answer
from pipeline.errors import OUT_OF_MEMORY, AnnexError, CrashedError, OutOfMemoryError, TooSlowError

_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1"}
"""Arrow's own memory pool keeps 20 MB more; threads of NumPy's take 20 ms to start and have nothing
to do."""
_POLL = 1.0
"""Seconds between two checks for processes that have died; judgement: short beside an annex."""

Item = TypeVar("Item")
Value = TypeVar("Value")


class LostItem(Struct, Generic[Item], frozen=True):
    """An item whose process ended before it answered."""

    item: Item
    error: AnnexError
    """Why the process ended, and what to do."""


class Worker:
    """One worker process; a new one is started when it has ended."""

    def __init__(self, limits: Limits, pages: int | None = None) -> None:
        """Prepare a process, which is started by its first call.

        Args:
            pages: The end of a `PagePipe` to which it reports pages; None: it reports none.
        """
        self._limits = limits
        self._pages = pages
        self._process: subprocess.Popen[bytes] | None = None
        self.item: Any = None
        """The item it is working on; None: it is idle."""

    def call(self, work: Callable[[Any], Any], item: Any) -> None:
        """Let the process call `work(item)`; `answer` returns the result."""
        message = pickle.dumps((work, item))
        try:
            self._send(message)
        except BrokenPipeError:  # it was killed while it was idle
            self.close()
            self._send(message)
        self.item = item

    def _send(self, message: bytes) -> None:
        if self._process is None:
            self._process = self._start()
        pipe = _pipe(self._process.stdin)
        pipe.write(message)
        pipe.flush()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            # -P: a folder `pipeline` where besshi was started must not be taken for besshi.
            # -S: the process is told the path; to look for it again takes 3 ms.
            [sys.executable, "-P", "-S", "-c", START_CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_ENVIRONMENT | os.environ,
            start_new_session=True,  # Ctrl-C reaches the main process only, which ends the others
            pass_fds=() if self._pages is None else (self._pages,),
        )
        pipe = _pipe(process.stdin)
        told = (sys.path, os.getpid(), self._limits, self._pages)
        pipe.write(b"".join(map(pickle.dumps, told)))
        return process

    @property
    def answers(self) -> IO[bytes]:
        """The pipe from which its answer is read."""
        return _pipe(self._process.stdout if self._process else None)

    def kill_if_ended(self) -> bool:
        """Whether the process has ended; if so, the processes that it started are killed.

        They hold the pipe open too: without this, the answer of a process that was killed would be
        waited for until they end.
        """
        if self._process is None or self._process.poll() is None:
            return False
        _kill(self._process)
        return True

    def answer(self) -> Any:
        """The value of the call, or a `LostItem`.

        Raises:
            Exception: Whatever the work raised.
        """
        item, self.item = self.item, None
        try:
            answer: Answer = pickle.load(self.answers)
        except (EOFError, pickle.UnpicklingError):
            return LostItem(item, _explain_exit(self.close(), self._limits))
        if isinstance(answer.raised, MemoryError):
            return LostItem(item, OutOfMemoryError(OUT_OF_MEMORY))
        if answer.raised is not None:
            raise answer.raised
        return answer.value

    def close(self) -> int:
        """End the process and all processes that it has started.

        Returns:
            Its exit status, as `subprocess` gives it.
        """
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(BrokenPipeError):
            _pipe(process.stdin).close()
        if self.item is not None:
            _kill(process)
        status = process.wait()
        _kill(process)
        _pipe(process.stdout).close()
        return status


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process was started without this pipe")
    return pipe


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _explain_exit(status: int, limits: Limits) -> AnnexError:
    """Why a process ended, by its exit status."""
    if status == -signal.SIGALRM:
        allowed = f"{limits.seconds:g} seconds a page"
        return TooSlowError(f"took longer than {allowed}; give more with --timeout")
    if status == -signal.SIGKILL:
        advice = "most likely because memory ran out; try fewer --jobs"
        return CrashedError(f"its process was killed from outside, {advice}")
    how = f"by {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    # Libraries that get no memory call abort(), but some end in other ways if the limit is low.
    if status == -signal.SIGABRT or 0 < limits.megabytes < MEGABYTES:
        advice = "as libraries do when memory runs out; give more with --memory, or report the file"
        return CrashedError(f"its process ended {how}, {advice}")
    return CrashedError(f"its process ended {how}; please report it with the file")


class Processes:
    """Worker processes that stay for the next calls until they are closed."""

    def __init__(self, jobs: int, limits: Limits, watch: Watch | None = None) -> None:
        """Start none yet.

        Args:
            watch: Called with the pages that calls reach, at least once a second while they run.
        """
        self._watch = watch
        self._pages = None if watch is None else PagePipe()
        write_end = None if self._pages is None else self._pages.write_end
        self._workers = [Worker(limits, write_end) for _ in range(jobs)]

    def run(
        self, work: Callable[[Item], Value], items: Iterable[Item]
    ) -> Generator[Value | LostItem[Item], None, None]:
        """Call `work` for every item; values come as they are finished.

        Args:
            work: A function at the top level of a module; it, items and values are pickled.
            items: Its arguments; the next one is taken when a process becomes free.

        Raises:
            Exception: Whatever `work` raised.
        """
        waiting = iter(items)
        with selectors.DefaultSelector() as busy:
            try:
                for worker, item in zip(self._workers, waiting, strict=False):
                    _assign(busy, worker, work, item)
                while busy.get_map():
                    ready = _find_ready(busy)
                    if self._watch is not None and self._pages is not None:
                        self._watch(self._pages.receive())
                    for worker in ready:
                        busy.unregister(worker.answers)
                        yield worker.answer()
                        for item in waiting:
                            _assign(busy, worker, work, item)
                            break
            finally:
                for worker in self._workers:
                    if worker.item is not None:  # its answer would be taken for that of another
                        worker.close()

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.close()
        if self._pages is not None:
            self._pages.close()


def run_in_processes(
    work: Callable[[Item], Value],
    items: Iterable[Item],
    jobs: int,
    limits: Limits,
    watch: Watch | None = None,
) -> Generator[Value | LostItem[Item], None, None]:
    """Call `work` for every item in processes that end with the last value (`Processes.run`)."""
    with contextlib.closing(Processes(jobs, limits, watch)) as processes:
        yield from processes.run(work, items)


def run_in_own_process(
    work: Callable[[Item], Value], item: Item, file: str, limits: Limits, watch: Watch | None = None
) -> Value:
    """Call `work` once in a process of its own, within limits.

    Args:
        work: A function at the top level of a module.
        file: The PDF that the call is about, for messages.

    Raises:
        AnnexError: The process ended before it answered.
        Exception: Whatever `work` raised.
    """
    (outcome,) = run_in_processes(work, [item], 1, limits, watch)
    if isinstance(outcome, LostItem):
        raise type(outcome.error)(f"{file}: {outcome.error}")
    return outcome


def _find_ready(busy: selectors.BaseSelector) -> list[Worker]:
    """The workers that have answered, and those that have died and never will."""
    ready = [key.data for key, _ in busy.select(_POLL)]
    return ready + [
        key.data
        for key in busy.get_map().values()
        if key.data not in ready and key.data.kill_if_ended()
    ]


def _assign(
    busy: selectors.BaseSelector, worker: Worker, work: Callable[[Any], Any], item: Any
) -> None:
    worker.call(work, item)
    busy.register(worker.answers, selectors.EVENT_READ, worker)
