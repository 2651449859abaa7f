"""How much a command says."""

from dataclasses import dataclass

STDOUT = "-"
"""What stands for stdout where a folder is named."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """How much a command that processes annexes says of them."""

    quiet: bool = False
    """Errors only."""
    verbose: bool = False
    """A line for each annex, and the warnings of unchanged ones too."""
    as_json: bool = False
    """The closing summary goes to stdout, as a JSON object."""
