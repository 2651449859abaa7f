"""What ends a command from outside: Ctrl-C, and SIGTERM as Ctrl-C does."""

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from pipeline.errors import Terminated

STOPPED = "stopped; what is written is whole, and the same command goes on from there"


def ended_by_sigterm() -> AbstractContextManager[None]:
    """SIGTERM ends what is inside as Ctrl-C does; else it would leave temporary files behind."""
    return _handled(signal.SIGTERM, _terminate)


def deaf_to_interrupts() -> AbstractContextManager[None]:
    """Processes started inside never hear of Ctrl-C, which a terminal sends to all of them.

    Whoever asks for their work ends them. A Ctrl-C that comes inside is lost.
    """
    return _handled(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _handled(sent: signal.Signals, handler: Any) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # signals are not for others
        yield
        return
    before = signal.signal(sent, handler)
    try:
        yield
    finally:
        signal.signal(sent, before)


def _terminate(*_: object) -> None:
    raise Terminated
