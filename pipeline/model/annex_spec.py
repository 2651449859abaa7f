"""What a person says about an annex in the `.yml` beside its PDF."""

from msgspec import Struct, field

EXTRA = "extra"
"""What a person writes for a header that has no role."""


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
