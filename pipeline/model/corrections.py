"""What a reader found wrong in a record."""

from dataclasses import dataclass

CORRECTED = "correction"
"""The step of a corrected field's receipt, which keeps the text that was read."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field that is to have another text than the one besshi reads."""

    record: str
    """Its `record_id`."""
    field: str
    """Its role, or its key in `extra`."""
    found: str
    """The text that besshi read when this was written: the correction holds for no other."""
    right: str
    why: str
    who: str
