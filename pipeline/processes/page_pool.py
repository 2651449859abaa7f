"""What comes back from the other processes that read an annex's pages."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pipeline.errors import CrashedError

T = TypeVar("T")


def wait_for(future: "Future[T]") -> T:
    """What another process made of some pages.

    Raises:
        CrashedError: It was ended from outside.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CrashedError(
            "a process that read its pages was ended, most likely for want of memory; "
            "try with fewer --jobs"
        ) from error
