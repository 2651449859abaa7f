"""Headers that name versions of one document: 2024年5月21日版 and 2024年5月31日版, 第２版."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.model import Role
from pipeline.vocabulary.eras import ERA, YEARS_BEFORE
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_words import AFTER_WORDS, CONTAINS_WORD, RoleMatch

_KEPT = 1024  # headers cached; judgement: a long table prints its few headers on every page
_DATE = re.compile(
    rf"(?:(?P<era>{ERA})(?P<year>\d{{1,2}}|元)|(?P<western>\d{{4}}))"
    r"(?:年度?|[/.-])(?:(?P<month>\d{1,2})(?:月|[/.-])?)?(?:(?P<day>\d{1,2})日?)?"
    r"(?:時点|現在|付け?|公表|作成|改訂)?(?:版|案)?"
)
_EDITION = re.compile(r"(?:第|ver\.?|version|v)?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:版|案)?")
_NAMES_EDITION = re.compile(r"版|案|ver|^v\d", re.IGNORECASE)

Version = tuple[str, tuple[int, ...]]
"""`date` or `edition`, and numbers that grow from version to version."""


@lru_cache(_KEPT)
def read_version(header: str) -> Version | None:
    """Read the version that a header names; None: it names none."""
    text = fold(header)
    date = _DATE.fullmatch(text)
    if date is not None and (date["month"] or "版" in text or "案" in text):
        year = int(date["western"] or 0)
        if date["era"]:
            year = YEARS_BEFORE[date["era"]] + (1 if date["year"] == "元" else int(date["year"]))
        return "date", (year, int(date["month"] or 0), int(date["day"] or 0))
    edition = _EDITION.fullmatch(text.casefold())
    if edition is not None and _NAMES_EDITION.search(text):
        return "edition", tuple(map(int, edition["number"].split(".")))
    return None


def match_versions(
    headers: Sequence[str], matches: Sequence[RoleMatch | None]
) -> list[RoleMatch | None]:
    """Give the older of two versions the role of the original, the newer that of the revision.

    Args:
        headers: Of all columns.
        matches: The roles that their words name; a version has none.
    """
    found = list(matches)
    versions = {i: v for i, h in enumerate(headers) if (v := read_version(h)) is not None}
    taken = {match.role for i, match in enumerate(matches) if match and i not in versions}
    kinds = {kind for kind, _ in versions.values()}
    if len(versions) != 2 or len(kinds) != 1 or taken & {Role.ORIGINAL_TEXT, Role.REVISION}:
        return found
    older, newer = sorted(versions, key=lambda index: versions[index])
    if versions[older] != versions[newer]:
        found[older] = RoleMatch(Role.ORIGINAL_TEXT, CONTAINS_WORD, AFTER_WORDS)
        found[newer] = RoleMatch(Role.REVISION, CONTAINS_WORD, AFTER_WORDS)
    return found


def match_editions(headers: Sequence[str]) -> list[RoleMatch]:
    """The roles of two headers that number editions (第２版); days may stand in any line."""
    versions = [version for header in headers if (version := read_version(header)) is not None]
    if any(kind == "date" for kind, _ in versions):
        return []
    return [match for match in match_versions(headers, [None] * len(headers)) if match is not None]
