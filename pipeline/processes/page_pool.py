"""Results from the worker processes that read an annex's pages."""

from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import CrashedError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


def wait_for_result(future: "Future[T]") -> T:
    """Wait for a worker process and return its result.

    Raises:
        CrashedError: Something outside besshi ended the process.
    """
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CrashedError(
            "a process that read its pages was ended, most likely for want of memory; "
            "try with fewer --jobs"
        ) from error
