"""Something that is wrong in the data, and how it is told."""

from dataclasses import dataclass

import msgspec

_SHOWN = 300  # characters of a row: three lines of a terminal


class CheckError(ValueError):
    """Data are not as they must be."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    where: str
    """A record's id, or a page or a table by its number."""
    what: str
    row: object = None
    """The dataclass in which it is; None: none in particular."""

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.where}: {self.what}"
        shown = msgspec.json.encode(self.row).decode()
        cut = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        return f"{self.where}: {self.what}; row: {cut}"
