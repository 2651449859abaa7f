"""How much work something is, counted: the same on every machine, however busy it is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Calls:
    """Calls of functions, Python's own and those written in C."""

    def __init__(self) -> None:
        self.count = 0


class TooMuchWorkError(BaseException):
    """No `except Exception` takes it for what becomes of an annex."""


@contextmanager
def counted_calls(most: int = sys.maxsize) -> Iterator[Calls]:
    """Count the calls in this process's thread until the block ends.

    Args:
        most: More of them end the block, so that what would go on for hours fails its test.
    """
    calls = Calls()

    def watch(_: FrameType, event: str, __: object) -> None:
        if event in ("call", "c_call"):
            calls.count += 1
            if calls.count > most:
                raise TooMuchWorkError(f"more than {most:,} calls")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield calls
    finally:
        sys.setprofile(before)
