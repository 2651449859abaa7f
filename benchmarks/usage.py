"""What a command takes: time, and the memory of its processes."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000
_EVERY = 0.2
"""Seconds between two looks at the memory, which take a hundredth of that."""
_COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Otherwise each command would compile its modules anew, where that is set."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took, those that it started included."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of all processes."""
    largest: float
    """Megabytes: the peak of the largest process, its own or one that it started."""
    private: float = 0.0
    """Megabytes: the peak of what one process filled itself, without the files that it maps."""
    own: float = 0.0
    """Megabytes: the peak of its own process."""

    def best(self, other: "Usage") -> "Usage":
        """The least of each."""
        return Usage(*map(min, astuple(self), astuple(other)))


def measure(command: Sequence[str | Path], cache: Path, allowed: Sequence[int] = (0,)) -> Usage:
    """Run a command and say what it took.

    Args:
        command: The program and its arguments.
        cache: Where besshi keeps what it remembers of files.
        allowed: The exit statuses that are no failure.

    Raises:
        CalledProcessError: It failed.
    """
    print("running:", *(str(part)[-60:] for part in command[-5:]), file=sys.stderr)
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=said, env={**os.environ, **_COMPILED_ONCE, "BESSHI_CACHE": str(cache)},
        )  # fmt: skip
        watch = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            said.seek(0)
            raise subprocess.CalledProcessError(
                process.returncode, process.args, stderr=said.read()[-2000:]
            )
    largest = used.ru_maxrss * 1024 / MEGABYTE
    return Usage(wall, used.ru_utime + used.ru_stime, largest, watch.private, watch.own)


class _Watch(threading.Thread):
    """Looks at the memory of a process, and of those that it starts, until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._stopped = threading.Event()
        self.private = self.own = 0.0
        self.start()

    def run(self) -> None:
        while not self._stopped.wait(_EVERY):
            # A process that has just ended has no figures any more.
            with suppress(OSError, IndexError, psutil.Error):
                self.own = max(self.own, read_memory(self._root.pid, "VmHWM"))
                for process in (self._root, *self._root.children(recursive=True)):
                    self.private = max(self.private, read_memory(process.pid, "RssAnon"))

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def read_memory(pid: int, what: str) -> float:
    """Megabytes of a process: its peak (`VmHWM`), or what it has filled itself (`RssAnon`).

    Raises:
        OSError, IndexError: There is no such process any more.
    """
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split(f"{what}:")[1].split()[0]) * 1024 / MEGABYTE
