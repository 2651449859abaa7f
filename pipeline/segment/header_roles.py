"""The roles of printed headers in one annex: the spec first, then the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import EXTRA, Known
from pipeline.vocabulary.header_words import IS_WORD, RoleMatch, fold_header, match_role

_BEFORE_ALL_WORDS = -1  # a rank; those of the vocabulary's words count from 0


@dataclass(frozen=True, slots=True)
class HeaderRoles:
    """The roles that the annex's spec gives to headers; for all others the vocabulary decides."""

    given: Mapping[str, str] = field(default_factory=dict)
    """Folded header → one of ROLES, or EXTRA."""

    @staticmethod
    def from_spec(known: Known | None) -> "HeaderRoles":
        """Read the roles of an annex's spec; None: it has no spec."""
        roles = known.roles if known is not None else {}
        return HeaderRoles({fold_header(header): role for header, role in roles.items()})

    def find_given(self, header: str) -> str | None:
        """The role that the spec gives to a header, or EXTRA; None where it gives none."""
        return self.given.get(fold_header(header)) if self.given else None

    def is_header(self, text: str, by_words: RoleMatch | None) -> bool:
        """Whether a text is known to be a header, by the spec or by its words."""
        return by_words is not None or self.find_given(text) is not None

    def choose(self, header: str, by_words: RoleMatch | None) -> RoleMatch | None:
        """The role of a header: the one that the spec gives, else the one of its words."""
        role = self.find_given(header)
        return by_words if role is None else RoleMatch(role, IS_WORD, _BEFORE_ALL_WORDS)

    def is_extra(self, header: str) -> bool:
        """Whether a header is known to have no role."""
        match = self.choose(header, match_role(header))
        return match is not None and match.role == EXTRA


VOCABULARY_ROLES = HeaderRoles()
"""For an annex without a spec."""
