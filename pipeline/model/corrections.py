"""A reader's correction of a record."""

from msgspec import Struct

CORRECTED = "correction"
"""The `step` of a corrected field's receipt; that receipt keeps the text that was read."""


class Correction(Struct, frozen=True):
    """The right text for one field that besshi reads wrongly."""

    record: str
    """The `record_id`."""
    field: str
    """The field's role, or its key in `extra`."""
    found: str
    """The text that besshi read when this was written; the correction holds for no other text."""
    right: str
    """The text that the field should have."""
    why: str
    who: str
