"""Decides where work is done: in this process, in processes of this machine, or on a cluster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.batch.process_pool import LostItem, run_in_processes
from pipeline.batch.resource_limits import Limits

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a run is carried out; its results are the same for any options."""

    jobs: int = 1
    """Number of processes; 0: in this process, without limits."""
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    """Whether annexes that are up to date are processed again."""
    cluster: str | None = None
    """Address of a Dask scheduler; `local`: start one here; None: no cluster."""


def execute(
    work: Callable[[Item], Value], items: Sequence[Item], options: BatchOptions
) -> Iterator[Value | LostItem[Item]]:
    """Call `work` for every item; values come in the order in which they are finished.

    Args:
        work: A function at the top level of a module.
        items: Its arguments, one for each call.
        options: Where the calls are made, and within which limits.

    Raises:
        InputError: The cluster cannot be used.
        Exception: Whatever `work` raised.
    """
    if not items:  # no cluster is started for nothing
        return iter(())
    if options.cluster is not None:
        from pipeline.batch.dask_cluster import run_on_cluster

        return run_on_cluster(work, items, options.cluster, options.jobs, options.limits)
    if options.jobs == 0:
        return map(work, items)
    return run_in_processes(work, items, options.jobs, options.limits)
