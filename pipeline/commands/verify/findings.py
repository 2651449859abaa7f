"""The findings of `besshi verify`."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pipeline.checks import Fault


class Finding(Struct, frozen=True):
    """One thing that is wrong: a line of the output."""

    file: str
    """The file's name in the folder, or the address of a PDF."""
    what: str
    where: str = ""
    """A record's id or a page; "": the file as a whole."""
    level: str = "error"
    """`error`; or `warning` if there may be a good reason, so that a person should look."""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.level, self.file, self.where, self.what) if part)


def in_file(file: str, faults: Iterable[Fault]) -> Iterator[Finding]:
    """The faults of a file's rows as findings."""
    for fault in faults:
        yield Finding(file, fault.what, fault.where)
