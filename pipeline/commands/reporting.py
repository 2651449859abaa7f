"""How much a command says."""

from msgspec import Struct

STDOUT = "-"
"""What stands for stdout where a folder is named."""


class Reporting(Struct, frozen=True):
    """How much a command that processes annexes says of them."""

    quiet: bool = False
    """Errors only."""
    verbose: bool = False
    """A line for each annex, and the warnings of unchanged ones too."""
    as_json: bool = False
    """The closing summary goes to stdout, as a JSON object."""
