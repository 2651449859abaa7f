"""Results from the worker processes that read an annex's pages."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pipeline.errors import CrashedError

T = TypeVar("T")


def wait_for_result(future: "Future[T]") -> T:
    """Wait for a worker process and return its result.

    Raises:
        CrashedError: Something outside besshi ended the process.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CrashedError(
            "a process that read its pages was ended, most likely for want of memory; "
            "try with fewer --jobs"
        ) from error
