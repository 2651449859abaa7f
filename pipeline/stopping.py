"""What ends a command from outside: Ctrl-C, and SIGTERM as Ctrl-C does."""

import contextlib
import signal
import threading
from collections.abc import Iterator

from pipeline.errors import Terminated

STOPPED = "stopped; what is written is whole, and the same command goes on from there"


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends what is inside as Ctrl-C does; else it would leave temporary files behind."""
    if threading.current_thread() is not threading.main_thread():  # signals are not for others
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes started inside never hear of Ctrl-C, which a terminal sends to all of them.

    Whoever asks for their work ends them. A Ctrl-C that comes inside is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _terminate(*_: object) -> None:
    raise Terminated
