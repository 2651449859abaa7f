"""From a printed header to a role, by the words of header_words.yml."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from pipeline.errors import DataError
from pipeline.model import EXTRA, ROLES
from pipeline.vocabulary.character_repairs import repair

_NOTE = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]|[※*]\d*$")
_KEPT = 1024  # headers whose meaning is kept: a long table prints its own on every page
_HONORIFIC = re.compile(r"[ご御](?=意見|質問|指摘|回答|提案|要望|質疑)")


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """A role that a header asks for; the smaller the better."""

    role: str
    """One of ROLES; EXTRA where the header is known and its column has none of them."""
    manner: int
    """0 the header is the word, 1 it ends in the word, 2 it contains the word."""
    rank: int
    """The word's place in its role's list, from 0."""


@cache
def _words() -> tuple[tuple[str, str, bool, int], ...]:
    """(word, role, only equal, rank) of every entry."""
    entries = yaml.safe_load(files(__package__).joinpath("header_words.yml").read_text("utf-8"))
    unknown = set(entries) - {*ROLES, EXTRA}
    if unknown:
        raise DataError(f"header_words.yml: no such role: {', '.join(sorted(unknown))}")
    return tuple(
        (fold_header(word.removeprefix("=")), role, word.startswith("="), rank)
        for role, words in entries.items()
        for rank, word in enumerate(words)
    )


@lru_cache(_KEPT)
def fold_header(text: str) -> str:
    """What headers are compared by: no white space, NFKC, one case, characters repaired."""
    return "".join(unicodedata.normalize("NFKC", repair(text)).split()).casefold()


@lru_cache(_KEPT)
def bare_header(header: str) -> str:
    """A header as headers are compared: without white space, notes in brackets, honorifics."""
    folded = fold_header(header)
    return _HONORIFIC.sub("", _NOTE.sub("", folded) or folded).rstrip(":：")


@lru_cache(_KEPT)
def match_role(header: str) -> RoleMatch | None:
    """The role a header asks for; None where no word of the vocabulary fits.

    Of all words that fit, the one that reaches nearest to the header's end wins, then the
    longest: 主管課意見 is an answer although it contains 意見.
    """
    folded, bare = fold_header(header), bare_header(header)
    found: list[tuple[int, int, int, str, int]] = []
    for word, role, only_equal, rank in _words():
        if bare == word or folded == word:
            found.append((0, 0, -len(word), role, rank))
        elif not only_equal and (at := bare.rfind(word)) >= 0:
            after = len(bare) - at - len(word)
            found.append((1 if after == 0 else 2, after, -len(word), role, rank))
    if not found:
        return None
    manner, _, _, role, rank = min(found)
    return RoleMatch(role, manner, rank)
