"""Signals that stop a command: Ctrl-C, and SIGTERM, which has the same effect."""

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from pipeline.errors import Terminated

STOPPED_MESSAGE = "stopped; the written results are complete; run the same command to continue"


def treat_sigterm_as_interrupt() -> AbstractContextManager[None]:
    """Make SIGTERM end the block as Ctrl-C does.

    By default SIGTERM ends the process at once and leaves temporary files behind.
    """
    return _handled(signal.SIGTERM, _terminate)


def ignore_interrupts_in_children() -> AbstractContextManager[None]:
    """Make processes that start in the block ignore Ctrl-C, which a terminal sends to all of them.

    The caller ends those processes. A Ctrl-C that arrives inside the block is lost.
    """
    return _handled(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _handled(sent: signal.Signals, handler: Any) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # Python allows no other thread
        yield
        return
    before = signal.signal(sent, handler)
    try:
        yield
    finally:
        signal.signal(sent, before)


def _terminate(*_: object) -> None:
    raise Terminated
