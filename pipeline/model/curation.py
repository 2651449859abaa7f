"""What people say of an annex: its spec in the `.yml` beside the PDF, and their corrections."""

from msgspec import Struct, field

EXTRA = "extra"
"""What a person writes for a header that has no role."""
CORRECTED = "correction"
"""The `step` of a corrected field's receipt; that receipt keeps the text that was read."""


class AnnexSpec(Struct, frozen=True):
    """What besshi need not guess in one annex."""

    file: str
    """The address of the `.yml`, for messages."""
    roles: dict[str, str] = field(default_factory=dict)
    """Printed header, as the person wrote it → one of ROLES, or EXTRA."""
    pages: tuple[int, ...] | None = None
    """The pages on which tables are read, from 1, in order; None: all."""
    records: int | tuple[int, ...] | None = None
    """Number of records: in all, or of each table; None: not stated."""

    def reads(self, page: int) -> bool:
        """Whether tables are read on a page (from 1)."""
        return self.pages is None or page in self.pages


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
