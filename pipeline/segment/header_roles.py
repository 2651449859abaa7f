"""What printed headers mean in one annex: what a person said, then the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import EXTRA, Known
from pipeline.vocabulary.header_words import RoleMatch, fold_header, match_role

_GIVEN = -1  # a rank before all words of the vocabulary


@dataclass(frozen=True, slots=True)
class Naming:
    """The roles that a person gave to headers; without them it is the vocabulary."""

    given: Mapping[str, str] = field(default_factory=dict)
    """Folded header → one of ROLES, or EXTRA."""

    @staticmethod
    def of(known: Known | None) -> "Naming":
        """The naming of an annex."""
        roles = known.roles if known is not None else {}
        return Naming({fold_header(header): role for header, role in roles.items()})

    def role_given(self, header: str) -> str | None:
        """The role that a person gave to a header, or EXTRA; None where nothing was said."""
        return self.given.get(fold_header(header)) if self.given else None

    def knows(self, header: str, by_words: RoleMatch | None) -> bool:
        """Whether a text is known to be a header: a person said so, or its words do."""
        return by_words is not None or self.role_given(header) is not None

    def match(self, header: str, by_words: RoleMatch | None) -> RoleMatch | None:
        """The role that a header asks for: what a person gave, before what its words say."""
        role = self.role_given(header)
        return by_words if role is None else RoleMatch(role, 0, _GIVEN)

    def is_extra(self, header: str) -> bool:
        """Whether a header is known to have no role."""
        match = self.match(header, match_role(header))
        return match is not None and match.role == EXTRA


VOCABULARY = Naming()
"""Where no person said anything."""
