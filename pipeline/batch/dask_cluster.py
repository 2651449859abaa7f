"""Processes annexes on the workers of a Dask cluster.

A worker of Dask hands each annex to a process of its own: one that hangs or dies costs that annex,
and is reported as on a single machine. If a whole worker is lost, no annex is: files are written
completely or not at all, and the scheduler gives the worker's annexes to others.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.batch.process_pool import LostItem, Worker
from pipeline.batch.resource_limits import Limits
from pipeline.errors import CrashedError, InputError
from pipeline.processes.signals import ignore_interrupts_in_children

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Value = TypeVar("Value")

LOCAL = "local"
QUEUED_PER_THREAD = 4
"""Calls at the scheduler for each thread of a worker; judgement: no thread waits for work, and the
scheduler's memory stays small."""
COUNT_INTERVAL = 5.0
"""Seconds between two counts of the workers' threads; judgement: workers that join a run soon have
work, and asking the scheduler takes some milliseconds."""
CONNECT_TIMEOUT = "30s"
"""judgement: longer than a scheduler takes to answer, short enough to notice a wrong address."""
_threads = threading.local()
"""Each thread of a worker has its own worker process."""


def run_on_cluster(
    work: Callable[[Item], Value], items: Iterable[Item], address: str, jobs: int, limits: Limits
) -> Iterator[Value | LostItem[Item]]:
    """Call `work` for every item on the workers of a cluster; values come as they are finished.

    Args:
        work: A function at the top level of a module that the workers have too.
        items: Its arguments; the next one is taken when a worker becomes free.
        address: Of the scheduler (`tcp://host:8786`); `local`: start one here, with its workers.
        jobs: Number of workers to start, if they are started here.

    Raises:
        InputError: Dask is not installed, or no scheduler answers.
        Exception: Whatever `work` raised.
    """
    try:
        from distributed import as_completed
    except ImportError as error:
        raise InputError(
            f"--cluster {address}: needs Dask ({error}); pip install 'besshi[cluster]'"
        ) from error
    waiting = iter(items)
    with ExitStack() as stack:
        client = connect(address, jobs, stack)
        items_of: dict[str, Item] = {}

        def submit(item: Item) -> "Future":
            future = client.submit(_call, work, item, limits, pure=False)
            items_of[future.key] = item
            return future

        room = _Room(client)
        coming = as_completed(map(submit, islice(waiting, room.count())))
        for future in coming:
            yield _collect(future, items_of.pop(future.key))
            coming.update(map(submit, islice(waiting, max(0, room.count() - len(items_of)))))


class _Room:
    """How many calls may be at the scheduler: workers join a run and leave it."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._room = 0
        self._counted = -math.inf

    def count(self) -> int:
        """The number of calls for all threads that the workers have now."""
        if time.monotonic() - self._counted >= COUNT_INTERVAL:
            threads = sum(self._client.nthreads().values())
            self._room = max(1, threads) * QUEUED_PER_THREAD
            self._counted = time.monotonic()
        return self._room


def connect(address: str, jobs: int, stack: ExitStack) -> "Client":
    """A client of a scheduler, which is started here if its address is `local`.

    Args:
        jobs: Number of workers to start, if they are started here.

    Raises:
        InputError: No scheduler answers.
    """
    from distributed import Client, LocalCluster

    if address == LOCAL:
        with ignore_interrupts_in_children():
            cluster: Any = LocalCluster(
                n_workers=max(jobs, 1),
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.ERROR,
            )
        address = stack.enter_context(cluster).scheduler_address
    try:
        return stack.enter_context(Client(address, timeout=CONNECT_TIMEOUT))
    except (OSError, ValueError) as error:
        raise InputError(
            f"--cluster {address}: no scheduler answers ({error}); start one with `dask scheduler`"
        ) from error


def _collect(future: Any, item: Any) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        return LostItem(item, CrashedError(f"every worker that processed it was lost ({error})"))
    finally:
        future.release()


def _call(work: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    """On a Dask worker: let this thread's own process make the call."""
    if not hasattr(_threads, "worker"):
        _threads.worker = Worker(limits)
    worker: Worker = _threads.worker
    worker.call(work, item)
    return worker.answer()
