"""Work for processes of this machine, for machines of a cluster, or for this process alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.batch.process_pool import Loss, work_on
from pipeline.batch.resource_limits import Limits

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is to be done; its results are the same for any."""

    jobs: int = 1
    """Processes; 0: in this one, without limits."""
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    """Whether what is done is done again."""
    cluster: str | None = None
    """Address of a Dask scheduler; `local`: one here; None: no cluster."""


def hand_out(
    work: Callable[[Item], Value], items: Sequence[Item], options: Options
) -> Iterator[Value | Loss[Item]]:
    """Do the work for every item; values come as they are done.

    Args:
        work: A function of a module.
        items: What to do it for.
        options: How.

    Raises:
        InputError: There is no such cluster.
        Exception: What the work raised.
    """
    if not items:  # no cluster is started for that
        return iter(())
    if options.cluster is not None:
        from pipeline.batch.dask_cluster import work_on_cluster

        return work_on_cluster(work, items, options.cluster, options.jobs, options.limits)
    if options.jobs == 0:
        return map(work, items)
    return work_on(work, items, options.jobs, options.limits)
