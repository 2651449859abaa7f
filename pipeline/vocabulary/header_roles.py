"""What printed headers mean in one annex: what a person said, then the words of the vocabulary.

Every stage that reads headers asks here, so that a role given in the `.yml` counts in ruled tables,
in tables without rulings and on scans alike.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.model import EXTRA, AnnexSpec
from pipeline.vocabulary.header_words import (
    CONTAINS_WORD,
    ENDS_IN_WORD,
    IS_WORD,
    RoleMatch,
    fold_header,
    match_role,
    strip_header,
)

LONGEST_HEADER = 40
"""Characters; judgement: the longest word of the vocabulary has 9, notes in brackets may follow."""
_NOTE_ENDS = ")）]】〕"
_NOTE_MARK = "※"
_LONGEST_NOTE = 2  # sentences; judgement: what a header explains; a record's text may begin so too
_BEFORE_ALL_WORDS = -1  # a rank; those of the vocabulary's words count from 0


class HeaderRoles(Struct, frozen=True):
    """The roles of headers in one annex; without any given it is the vocabulary."""

    given: Mapping[str, str] = field(default_factory=dict)
    """Folded header → one of ROLES, or EXTRA, as a person said."""

    @staticmethod
    def from_spec(spec: AnnexSpec | None) -> "HeaderRoles":
        """The roles of an annex; None: nothing was said about it."""
        roles = spec.roles if spec is not None else {}
        return HeaderRoles({fold_header(header): role for header, role in roles.items()})

    def find_given(self, header: str) -> str | None:
        """The role that a person gave to a header, or EXTRA; None where nothing was said."""
        return self.given.get(fold_header(header)) if self.given else None

    def match(self, header: str, worst: int = CONTAINS_WORD) -> RoleMatch | None:
        """The role that a header asks for; None where neither a person nor a word says one.

        Args:
            header: As printed.
            worst: The worst manner in which it may match a word. A text that only contains one may
                be a title, or a value: 意見及び対応一覧.
        """
        match = self.choose(header, match_role(header))
        return match if match is not None and match.manner <= worst else None

    def choose(self, header: str, by_words: RoleMatch | None) -> RoleMatch | None:
        """The role that a person gave to a header, before the one that words say."""
        role = self.find_given(header)
        return by_words if role is None else RoleMatch(role, IS_WORD, _BEFORE_ALL_WORDS)

    def is_extra(self, header: str) -> bool:
        """Whether a header is known to have no role; one that ends otherwise may have one."""
        match = self.match(header, ENDS_IN_WORD)
        return match is not None and match.role == EXTRA

    def is_prose(self, text: str) -> bool:
        """Whether a text is a sentence or too long for a header; one that a person named is not."""
        if not _is_long(text) or self.find_given(text) is not None:
            return False
        # A note may be a sentence of its own: （原文のまま。）, ※簡潔に書いてください。
        is_short = text.count("。") <= _LONGEST_NOTE
        has_note = is_short and (text[-1] in _NOTE_ENDS or _NOTE_MARK in text)
        return not has_note or _is_long(strip_header(text))


def _is_long(text: str) -> bool:
    return "。" in text or len(text) > LONGEST_HEADER


VOCABULARY_ROLES = HeaderRoles()
"""Where no person said anything."""
