"""What a person knows about an annex and says in the file beside its PDF."""

from dataclasses import dataclass, field

EXTRA = "extra"
"""What a person writes where a header has no role."""


@dataclass(frozen=True, slots=True)
class AnnexSpec:
    """What besshi should not have to guess in one annex."""

    file: str
    """The file that says it, for messages."""
    roles: dict[str, str] = field(default_factory=dict)
    """Printed header, as the person wrote it → one of ROLES, or EXTRA."""
    pages: tuple[int, ...] | None = None
    """The pages to read tables on, in order; None: all."""
    records: int | tuple[int, ...] | None = None
    """How many records there are: in all, or in each table; None: not said."""

    def reads(self, page: int) -> bool:
        """Whether tables are to be read on a page."""
        return self.pages is None or page in self.pages
