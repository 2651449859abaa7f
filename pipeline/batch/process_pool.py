"""Worker processes of this machine: what ends one of them costs the annex it had, nothing else.

concurrent.futures' pool breaks as a whole when a process dies, and cannot end one that is stuck;
pebble's ends it but not those that it has started, which read its pages. multiprocessing, beneath
both, starts none within a worker of Dask.
"""

import contextlib
import os
import pickle
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

from pipeline.batch.resource_limits import Limits
from pipeline.batch.worker import START, Answer
from pipeline.errors import OUT_OF_MEMORY, AnnexError, CrashedError, OutOfMemoryError, TooSlowError

_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system"}  # its own keeps 20 MB more
_WATCH = 1.0  # seconds between two looks for processes that ended

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Loss(Generic[Item]):
    """A process ended before it had answered."""

    item: Item
    """What it was working on."""
    error: AnnexError
    """What ended the process."""


class Worker:
    """One process, which is started anew when it has ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self.item: Any = None
        """What it is working on."""

    def call(self, work: Callable[[Any], Any], item: Any) -> None:
        """Give it something to do."""
        message = pickle.dumps((work, item))
        try:
            self._send(message)
        except BrokenPipeError:  # it was ended while it had nothing to do
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
            # -P: a folder named pipeline where besshi was started is not besshi.
            [sys.executable, "-P", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_ENVIRONMENT | os.environ,
            start_new_session=True,  # Ctrl-C is for the process that asks; it ends the others
        )
        pipe = _pipe(process.stdin)
        pipe.write(b"".join(map(pickle.dumps, (sys.path, os.getpid(), self._limits))))
        return process

    @property
    def answers(self) -> IO[bytes]:
        """Where its answer comes from."""
        return _pipe(self._process.stdout if self._process else None)

    def ended(self) -> bool:
        """Whether it ended; if so, so does what it had started.

        A process that it started has its end of the pipe too: without this the answer of one that
        was killed would be waited for until that process ends.
        """
        if self._process is None or self._process.poll() is None:
            return False
        _kill(self._process)
        return True

    def answer(self) -> Any:
        """What it made of its item: a value, or the `Loss` of it.

        Raises:
            Exception: What the work raised.
        """
        item, self.item = self.item, None
        try:
            answer: Answer = pickle.load(self.answers)
        except (EOFError, pickle.UnpicklingError):
            return Loss(item, _explain(self.close(), self._limits))
        if isinstance(answer.raised, MemoryError):
            return Loss(item, OutOfMemoryError(OUT_OF_MEMORY))
        if answer.raised is not None:
            raise answer.raised
        return answer.value

    def close(self) -> int:
        """End the process and all that it has started.

        Returns:
            Its exit status, as subprocess has it.
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


def _explain(status: int, limits: Limits) -> AnnexError:
    """What ended a process."""
    if status == -signal.SIGALRM:
        allowed = f"{limits.seconds:g} seconds a page"
        return TooSlowError(f"took longer than {allowed}; give more with --timeout")
    if status == -signal.SIGKILL:
        advice = "most likely for want of memory; try with fewer --jobs"
        return CrashedError(f"its process was ended from outside, {advice}")
    if status == -signal.SIGABRT:
        advice = "as libraries do for want of memory; give more with --memory, or report the file"
        return CrashedError(f"its process gave up (SIGABRT), {advice}")
    how = f"by {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    return CrashedError(f"its process ended {how}; please report it with the file")


def work_on(
    work: Callable[[Item], Value], items: Iterable[Item], jobs: int, limits: Limits
) -> Generator[Value | Loss[Item], None, None]:
    """Do the work for every item on some processes; values come as they are done.

    Args:
        work: A function of a module; it and its items and values go through pickle.
        items: Taken as processes become free.
        jobs: How many processes.
        limits: Of each item.

    Raises:
        Exception: What the work raised.
    """
    waiting = iter(items)
    crew = [Worker(limits) for _ in range(jobs)]
    with selectors.DefaultSelector() as busy:
        try:
            for worker, item in zip(crew, waiting, strict=False):
                _begin(busy, worker, work, item)
            while busy.get_map():
                for worker in _ready(busy):
                    busy.unregister(worker.answers)
                    yield worker.answer()
                    for item in waiting:
                        _begin(busy, worker, work, item)
                        break
        finally:
            for worker in crew:
                worker.close()


def do_apart(work: Callable[[Item], Value], item: Item, file: str, limits: Limits) -> Value:
    """Do one thing in a process of its own, within limits.

    Args:
        work: A function of a module.
        item: What to do it for.
        file: The PDF that it is about, for messages.
        limits: Of it.

    Raises:
        AnnexError: What ended the process.
        Exception: What the work raised.
    """
    (made,) = work_on(work, [item], 1, limits)
    if isinstance(made, Loss):
        raise type(made.error)(f"{file}: {made.error}")
    return made


def _ready(busy: selectors.BaseSelector) -> list[Worker]:
    """Those that have answered, and those that never will."""
    ready = [key.data for key, _ in busy.select(_WATCH)]
    return ready + [
        key.data for key in busy.get_map().values() if key.data not in ready and key.data.ended()
    ]


def _begin(
    busy: selectors.BaseSelector, worker: Worker, work: Callable[[Any], Any], item: Any
) -> None:
    worker.call(work, item)
    busy.register(worker.answers, selectors.EVENT_READ, worker)
