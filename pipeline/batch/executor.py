"""Decides where work is done: in this process, in processes of this machine, or on a cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from msgspec import Struct, field

from pipeline.batch.page_progress import Watch, report_here
from pipeline.batch.process_pool import LostItem, Processes
from pipeline.batch.resource_limits import Limits

Item = TypeVar("Item")
Value = TypeVar("Value")


class BatchOptions(Struct, frozen=True):
    """How a run is carried out; its results are the same for any options."""

    jobs: int = 1
    """Number of processes; 0: in this process, without limits."""
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    """Whether annexes that are up to date are processed again."""
    cluster: str | None = None
    """Address of a Dask scheduler; `local`: start one here; None: no cluster."""


class Executor:
    """Makes calls where the options say; its processes stay until it is closed."""

    def __init__(self, options: BatchOptions, watch: Watch | None = None) -> None:
        """Start no process yet.

        Args:
            watch: Called with the pages that calls reach; on a cluster it is not.
        """
        self._options = options
        self._watch = watch
        self._processes = Processes(options.jobs, options.limits, watch)

    def execute(
        self, work: Callable[[Item], Value], items: Sequence[Item]
    ) -> Iterator[Value | LostItem[Item]]:
        """Call `work` for every item; values come in the order in which they are finished.

        Args:
            work: A function at the top level of a module.

        Raises:
            InputError: The cluster cannot be used.
            Exception: Whatever `work` raised.
        """
        options = self._options
        if not items:  # no cluster is started for nothing
            return iter(())
        if options.cluster is not None:
            from pipeline.batch.dask_cluster import run_on_cluster

            return run_on_cluster(work, items, options.cluster, options.jobs, options.limits)
        if options.jobs == 0:
            return self._run_here(work, items)
        return self._processes.run(work, items)

    def _run_here(self, work: Callable[[Item], Value], items: Sequence[Item]) -> Iterator[Value]:
        with report_here(self._watch):
            yield from map(work, items)

    def call(self, work: Callable[[Item], Value], item: Item) -> Value:
        """Call `work` once, in a process that has imported already what it needs.

        If that process cannot do it, within its limits, this one does.

        Raises:
            Exception: Whatever `work` raised.
        """
        if self._options.cluster is None and self._options.jobs > 0:
            with suppress(Exception):
                (outcome,) = self._processes.run(work, [item])
                if not isinstance(outcome, LostItem):
                    return outcome
        return work(item)

    def close(self) -> None:
        """End its processes."""
        self._processes.close()
