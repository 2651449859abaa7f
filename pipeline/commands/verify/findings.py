"""What verify finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.checks import Fault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: a line of the output."""

    file: str
    """Its name in the folder, or the address of a PDF."""
    what: str
    where: str = ""
    """A record's id or a page; empty: the file as a whole."""
    level: str = "error"
    """`warning`: there may be a good reason, look."""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.level, self.file, self.where, self.what) if part)


def in_file(file: str, faults: Iterable[Fault]) -> Iterator[Finding]:
    """Faults of a file's rows."""
    for fault in faults:
        yield Finding(file, fault.what, fault.where)
