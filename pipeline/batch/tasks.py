"""The parts of a run: one job, a task for each annex, and the result of each task."""

from collections.abc import Iterable

from msgspec import Struct

from pipeline.batch.discovery import AnnexFiles
from pipeline.batch.manifest import ManifestEntry
from pipeline.files import digest
from pipeline.model import Stage


class Job(Struct, frozen=True):
    """What a run does with each of its annexes."""

    stage: str
    """`run` for all stages, or one of them: `extract`, `segment`, `normalize`."""
    out: str
    """Address of the folder to write to."""
    code: str
    """The `fingerprint` on the machine where the run was started."""
    page_jobs: int = 1
    """Number of processes for the pages of one annex."""

    @property
    def first_stage(self) -> Stage:
        """The stage that is named in the error of an annex whose files cannot be used."""
        return Stage.EXTRACT if self.stage == "run" else Stage(self.stage)

    @property
    def last_stage(self) -> Stage:
        """The stage whose files are written."""
        return Stage.NORMALIZE if self.stage == "run" else Stage(self.stage)


class Task(Struct, frozen=True):
    """An annex to process, unless its entry turns out to be up to date."""

    files: AnnexFiles
    relative_source: str
    """Where its main file is, seen from the folder of results."""
    entry: ManifestEntry | None
    """Its entry, if the folder holds its results completely; None: process it in any case."""


class TaskResult(Struct, frozen=True):
    """What became of a task."""

    entry: ManifestEntry
    hashes: tuple[str, ...]
    """Of each of the annex's files, a missing one hashed as empty; (): one could not be read."""
    processed: bool
    """False: the entry was up to date already."""


def annex_key(job: Job, hashes: Iterable[str]) -> str:
    """A hash of everything that an annex's results depend on.

    Args:
        hashes: Of each of the annex's files.
    """
    return digest(job.stage, job.code, *hashes)
