"""Something that is wrong in the data, and the message about it."""

import msgspec
from msgspec import Struct

_SHOWN = 300  # characters of a row; judgement: three lines of a terminal


class CheckError(ValueError):
    """Data break a rule."""


class Fault(Struct, frozen=True):
    """One thing that is wrong."""

    where: str
    """A record's id, or the number of a page or table."""
    what: str
    row: object = None
    """The struct that has the fault; None: no single one has it."""

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.where}: {self.what}"
        shown = msgspec.json.encode(self.row, enc_hook=list).decode()
        cut = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        return f"{self.where}: {self.what}; row: {cut}"
