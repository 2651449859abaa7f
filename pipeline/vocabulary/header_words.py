"""Find the role that a printed header names, by the words of header_words.yml."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from msgspec import Struct

from pipeline.errors import DataError
from pipeline.model import EXTRA, ROLES, TEXT_ROLES, VERSION_ROLES, Role
from pipeline.vocabulary.character_repairs import repair_text
from pipeline.vocabulary.data_files import read_data
from pipeline.vocabulary.english_headers import read_english
from pipeline.vocabulary.folding import KEPT_HEADERS, fold
from pipeline.vocabulary.speaker_headers import read_speaker

_NOTE = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]|※.*$|\*\d*$")
_ABOUT = re.compile(r"(?:等の?|の)?(?:具体的な?|主な)?(?:内容|概要|要旨|要約|要点|趣旨|事項)$|等$")
"""What a header may say of a text behind the word for it: 質疑内容, 要望等の要旨."""
_NAMED_ALONE = TEXT_ROLES - {Role.REVISION}
"""Roles of words that a header may name so; 改正の趣旨 says what a revision is for."""
_VERSION_NOTED = {Role.DISPOSITION, Role.CATEGORY, *VERSION_ROLES}
"""Roles of headers whose note may tell a version."""
_NAMED_WITH_OTHERS = _NAMED_ALONE | {Role.CATEGORY, Role.SUBMITTER}
"""Roles of words that a header may name before 等: 論点等."""
_REASON = re.compile(r"(?:及び|並びに|と|[・、/])(?:その)?(?:理由|根拠)$")
"""What a header may say behind the word for a text that gives its reason: 意見及びその理由."""
_WORDING = re.compile(r"(.+?)の?(?:記載|記述|表現|表記|文[言章]|本文|規定|内容)(?:内容|事項)?")
"""The words of a version: 修正後の記載内容 is the revision, although 記載内容 alone is not."""
_PLACE = re.compile(r"(?:該当|対象)(?:頁|ページ|箇所)(?:・|、|/|及び|又は)")
"""A place in several words: 該当頁・項目 is no group; but 該当箇所・意見 is no place."""
_PLACE_WORD = "該当箇所"
_PAGE_WORDS = {"頁", "ページ"}  # no place by themselves, but with a part of the text: 頁・項目
_AND = re.compile(r"[・、/]|及び|又は")
_IN_BRACKETS = re.compile(r"[(\[【〔]([^)\]】〕]+)[)\]】〕]$")
_IN_ENGLISH = re.compile(r"(?<=[^\x00-\x7f])/?[a-z][a-z'’/&.]{3,}$")
"""What a header in two languages says again: 意見 Comment."""
_ZERO = re.compile(r"n0(?=\.?$)")
"""What a recogniser reads, or an author types, for No."""
_SPECKS = ".,・'"
"""What a recogniser reads for dirt before a header."""
_HONORIFIC = re.compile(
    r"[ごお御](?=意見|質問|指摘|回答|提案|要望|質疑|発言|照会|答え|問い|問合|懸念)|主な"
)


IS_WORD, ENDS_IN_WORD, CONTAINS_WORD = 0, 1, 2
"""How a header matches a word of the vocabulary, the best manner first."""
AFTER_WORDS = 1000
"""A rank; those of the vocabulary's words are smaller."""
_WORST = {"=": IS_WORD, "~": ENDS_IN_WORD}
"""The sign before a word → the worst manner in which it may match."""


class RoleMatch(Struct, frozen=True):
    """A role that a header names; a match with smaller numbers is better."""

    role: str
    """One of ROLES; EXTRA where the header is known and its column has none of them."""
    manner: int
    """One of IS_WORD, ENDS_IN_WORD, CONTAINS_WORD."""
    rank: int
    """The word's place in its role's list, from 0."""

    @property
    def column_role(self) -> Role | None:
        """The role of its column; None where it has none of ROLES."""
        return None if self.role == EXTRA else Role(self.role)


@cache
def _words() -> dict[str, list[tuple[str, int, int]]]:
    """Word → (role, worst manner that counts, rank) of each of its entries."""
    entries = read_data(__package__, "header_words.yml")
    unknown = set(entries) - {*ROLES, EXTRA}
    if unknown:
        raise DataError(f"header_words.yml: no such role: {', '.join(sorted(unknown))}")
    found = defaultdict(list)
    for role, words in entries.items():
        for rank, word in enumerate(words):
            worst = _WORST.get(word[0], CONTAINS_WORD)
            found[fold_header(word.lstrip("=~"))].append((role, worst, rank))
    return dict(found)


@cache
def _lengths() -> dict[str, list[int]]:
    """Last character → the lengths of the words that end in it, the longest first."""
    found = defaultdict(set)
    for word in _words():
        found[word[-1]].add(len(word))
    return {last: sorted(lengths, reverse=True) for last, lengths in found.items()}


@lru_cache(KEPT_HEADERS)
def fold_header(text: str) -> str:
    """Fold a header for comparison: no white space or last colon, NFKC, one case, repaired.

    A typeset apostrophe is one from the keyboard: FSA’s response.
    """
    folded = fold(repair_text(text)).casefold().replace("’", "'")
    return _ZERO.sub("no", folded.rstrip(":"))


@lru_cache(KEPT_HEADERS)
def strip_header(header: str) -> str:
    """Fold a header (`fold_header`); take notes (in brackets, behind ※), 主な, ご, specks off.

    One that stands in brackets as a whole is no note: （誤）.
    """
    folded = fold_header(header).lstrip(_SPECKS) or fold_header(header)
    if (inner := _IN_BRACKETS.fullmatch(folded)) is not None:
        folded = inner[1]
    return _HONORIFIC.sub("", _NOTE.sub("", folded) or folded).rstrip(":")


@lru_cache(KEPT_HEADERS)
def match_role(header: str) -> RoleMatch | None:
    """Find the role that a header names; None where no word of the vocabulary fits.

    Of all words that fit, the one nearest to the header's end wins, then the longest: 主管課意見
    is an answer although it contains 意見.
    """
    folded = fold_header(header)
    bare = _REASON.sub("", _IN_ENGLISH.sub("", strip_header(header)))
    if (place := _PLACE.match(bare)) is not None:
        rest = match_role(bare[place.end() :])
        if rest is None or rest.manner == CONTAINS_WORD or rest.role not in TEXT_ROLES:
            folded = bare = _PLACE_WORD
    match = _match_wording(bare) or _match_words(folded, bare)
    if match is None or match.manner > IS_WORD:
        match = _match_english(bare) or _match_parts(bare) or match or _match_speaker(bare)
    # 評価書への反映（修正前） beside 評価書への反映（修正後）
    if match is None or match.role in _VERSION_NOTED:
        match = _match_version_note(folded) or match
    whole = _match_words(folded, _ABOUT.sub("", bare))
    if match is None:  # 措置等の内容 is no word, 措置 is one
        roles = _NAMED_WITH_OTHERS if bare.endswith("等") else _NAMED_ALONE
        is_word = whole is not None and whole.manner == IS_WORD and whole.role in roles
        return whole if is_word else None
    if match.manner < CONTAINS_WORD or match.role not in TEXT_ROLES:
        return match
    same = whole is not None and whole.role == match.role and whole.manner < CONTAINS_WORD
    return RoleMatch(match.role, ENDS_IN_WORD, match.rank) if same else match


def _match_wording(bare: str) -> RoleMatch | None:
    """The version whose words a header names: 修正後の記載内容."""
    wording = _WORDING.fullmatch(bare)
    return _match_version(wording[1]) if wording else None


def _match_parts(bare: str) -> RoleMatch | None:
    """The role of a header of several words (章・節) that all name it, or a place: 章・頁."""
    parts = _AND.split(bare)
    matches = [_match_words(part, part) for part in parts] if len(parts) > 1 else []
    known = [match for match in matches if match is not None and match.manner < CONTAINS_WORD]
    if len(known) < len(parts) or not known:
        return None
    roles = {match.role for match in known}
    if roles == {EXTRA, Role.CATEGORY} and not _PAGE_WORDS.isdisjoint(parts):
        return _match_words(_PLACE_WORD, _PLACE_WORD)
    return known[0] if len(roles) == 1 else None


def _match_speaker(bare: str) -> RoleMatch | None:
    role = read_speaker(bare)
    return RoleMatch(role, ENDS_IN_WORD, AFTER_WORDS) if role is not None else None


def _match_english(bare: str) -> RoleMatch | None:
    found = read_english(bare)
    return RoleMatch(found[0], ENDS_IN_WORD, AFTER_WORDS + 1 + found[1]) if found else None


def _match_version_note(folded: str) -> RoleMatch | None:
    """The version that a note behind a document's name tells: 第990回会合資料（変更後）."""
    note = _IN_BRACKETS.search(folded)
    return _match_version(note[1]) if note else None


def _match_version(word: str) -> RoleMatch | None:
    """The version that a word is; None where it is none."""
    match = _match_words(word, word)
    is_version = match is not None and match.manner == IS_WORD and match.role in VERSION_ROLES
    return match if is_version else None


def _match_words(folded: str, bare: str) -> RoleMatch | None:
    """The role of the word that a header is, else of the last and then longest one that it has."""
    words, lengths = _words(), _lengths()
    whole = [
        (-len(word), role, rank) for word in {folded, bare} for role, _, rank in words.get(word, ())
    ]
    if whole:
        _, role, rank = min(whole)
        return RoleMatch(role, IS_WORD, rank)
    for end in range(len(bare), 0, -1):
        manner = CONTAINS_WORD if end < len(bare) else ENDS_IN_WORD
        for length in lengths.get(bare[end - 1], ()):
            entries = words.get(bare[end - length : end], ()) if length <= end else ()
            found = [(role, rank) for role, worst, rank in entries if manner <= worst]
            if found:
                role, rank = min(found)
                return RoleMatch(role, manner, rank)
    return None
