"""The worker processes that read an annex's pages: each has the PDF open."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import CrashedError
from pipeline.processes.parent_death import die_with_parent

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")


def open_pool(jobs: int, open_pdf: Callable[[bytes], object], data: bytes) -> "ProcessPoolExecutor":
    """Start processes that open a PDF, for calls of `read_opened`.

    Args:
        open_pdf: Opens the PDF, once in each process.
    """
    from concurrent.futures import ProcessPoolExecutor  # a short PDF does not wait for it

    own = open_pdf, data, os.getpid()
    return ProcessPoolExecutor(jobs, initializer=_open, initargs=own)


_OPENED: list[Any] = []
"""In a pool process: the PDF that it has open."""


def _open(open_pdf: Callable[[bytes], object], data: bytes, parent: int) -> None:
    die_with_parent(parent)
    _OPENED.append(open_pdf(data))


def read_opened(read: Callable[..., T], *args: object) -> T:
    """In a pool process: call a function with the PDF that it has open, and with `args`."""
    return read(_OPENED[0], *args)


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
