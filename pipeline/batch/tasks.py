"""What a run is made of: a job, a task for each annex, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.batch.discovery import Source
from pipeline.batch.manifest import Entry
from pipeline.files import digest
from pipeline.model import Stage


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done for each annex of a run."""

    stage: str
    """`run` for all of them, or one: `extract`, `segment`, `normalize`."""
    out: str
    """Address of the folder to write to."""
    code: str
    """`fingerprint` where the run was started."""
    page_jobs: int = 1
    """Processes for the pages of one annex."""

    @property
    def first_stage(self) -> Stage:
        """The one that an annex fails in whose files cannot be used."""
        return Stage.EXTRACT if self.stage == "run" else Stage(self.stage)

    @property
    def last_stage(self) -> Stage:
        """The one whose files are written."""
        return Stage.NORMALIZE if self.stage == "run" else Stage(self.stage)


@dataclass(frozen=True, slots=True)
class Task:
    """An annex to be done, unless its entry says that it is."""

    source: Source
    place: str
    """Where the source is, seen from the folder of results."""
    entry: Entry | None
    """What the folder holds of it, whole; None: nothing, or it is to be done again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task."""

    entry: Entry
    hashes: tuple[str, ...]
    """Of each of the source's files, or of nothing; none: one could not be read."""
    worked: bool
    """False: the entry was right already."""


def annex_key(job: Job, hashes: Iterable[str]) -> str:
    """A hash of all that an annex's files depend on.

    Args:
        job: What is done.
        hashes: Of each of the source's files.
    """
    return digest(job.stage, job.code, *hashes)
