"""Headers that name versions of one document: 第２版 and 第３版, 現行方針 and 改定方針（案）."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.model import VERSION_ROLES, Role
from pipeline.vocabulary.eras import ERA, YEARS_BEFORE
from pipeline.vocabulary.folding import KEPT_HEADERS, fold
from pipeline.vocabulary.header_words import (
    AFTER_WORDS,
    CONTAINS_WORD,
    IS_WORD,
    RoleMatch,
    match_role,
    strip_header,
)

_DATE = re.compile(
    rf"(?:(?P<era>{ERA})(?P<year>\d{{1,2}}|元)|(?P<western>\d{{4}}))"
    r"(?:年度?|[/.-])(?:(?P<month>\d{1,2})(?:月|[/.-])?)?(?:(?P<day>\d{1,2})日?)?"
    r"(?:時点|現在|付け?|公表|作成|改訂)?(?:版|案)?"
)
_EDITION = re.compile(r"(?:第|ver\.?|version|v)?(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:版|案)?")
# Drafts of one document, the first one first: 素案 and 計画（案）.
_DRAFTS = ("骨子", "骨子案", "たたき台", "素案", "中間案", "原案", "案", "計画案", "最終案", "成案")
_NAMES_EDITION = re.compile(r"版|案|ver|^v\d", re.IGNORECASE)
# 前回 and 今回 are meetings and years as often (前回の状況); their drafts are words of the list.
_OLD = re.compile("(?:現行|現|旧|従前|当初)の?(?P<of>.+)")
_NEW = re.compile("(?:改[正定訂]|変更|修正|見直し|新|次期)の?(?P<of>.+?)案?")

Version = tuple[str, tuple[int, ...]]
"""`date`, `edition` or `draft`, and numbers that grow from version to version."""


@lru_cache(KEPT_HEADERS)
def read_version(header: str) -> Version | None:
    """Read the version that a header names; None: it names none."""
    text = fold(header)
    date = _DATE.fullmatch(text)
    if date is not None and (date["month"] or "版" in text or "案" in text):
        year = int(date["western"] or 0)
        if date["era"]:
            year = YEARS_BEFORE[date["era"]] + (1 if date["year"] == "元" else int(date["year"]))
        return "date", (year, int(date["month"] or 0), int(date["day"] or 0))
    draft = text.replace("(", "").replace(")", "")
    if draft in _DRAFTS:
        return "draft", (_DRAFTS.index(draft),)
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
    for older, newer in [*_find_dated(headers), *_find_named(headers)]:
        others = {match.role for i, match in enumerate(found) if match and i not in (older, newer)}
        if not others & VERSION_ROLES:
            found[older] = RoleMatch(Role.ORIGINAL_TEXT, CONTAINS_WORD, AFTER_WORDS)
            found[newer] = RoleMatch(Role.REVISION, CONTAINS_WORD, AFTER_WORDS)
            break
    return found


def _find_dated(headers: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The older and the newer of two headers that are dates, editions or drafts."""
    versions = {i: v for i, h in enumerate(headers) if (v := read_version(h)) is not None}
    if len(versions) != 2 or len({kind for kind, _ in versions.values()}) != 1:
        return
    older, newer = sorted(versions, key=lambda index: versions[index])
    if versions[older] != versions[newer]:
        yield older, newer


def _find_named(headers: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of headers that call one document old and new: 現行方針 and 改定方針（案）.

    旧番号 and 新番号 are no such pair: 番号 heads a column of its own.
    """
    bare = list(map(strip_header, headers))
    for older, old in enumerate(map(_OLD.fullmatch, bare)):
        for newer, new in enumerate(map(_NEW.fullmatch, bare)):
            if old and new and old["of"] == new["of"] and not _heads_column(old["of"]):
                yield older, newer


def _heads_column(word: str) -> bool:
    """Whether a word is the header of something else than a version."""
    match = match_role(word)
    return match is not None and match.manner == IS_WORD and match.role not in VERSION_ROLES


def match_editions(headers: Sequence[str]) -> list[RoleMatch]:
    """The roles of two headers that number editions (第２版); days, drafts stand in any line."""
    versions = [version for header in headers if (version := read_version(header)) is not None]
    if any(kind != "edition" for kind, _ in versions):
        return []
    return [match for match in match_versions(headers, [None] * len(headers)) if match is not None]
