"""What annexes print where a table goes on over the page: （次頁へ続く）, ［続き］, ※前頁の続き."""

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from pipeline.model import remove_white_space
from pipeline.vocabulary.folding import fold_width


class Continuation(StrEnum):
    """Which way a mark points."""

    FROM_BEFORE = "from_before"
    """（前頁から続く）, （続き）."""
    GOES_ON = "goes_on"
    """（次頁へ続く）, （続く）."""


class ContinuationMark(Struct, frozen=True):
    """A mark in a line's text."""

    start: int
    """How many characters stand before it."""
    end: int
    kind: Continuation
    names_page: bool
    """It says 頁 or ページ. Other marks (続き) are words of running text too."""


_KEPT = 4096  # characters cached; judgement: an annex uses one or two thousand different ones
_PAGE = r"の?(?:頁|ペ[ー-]ジ|葉|枚目|シ[ー-]ト)"
_ON = r"(?:継?続き?く?|つづき?く?)"
_FROM = rf"前{_PAGE}(?:(?:から|より)の?|の)?"
_TO = rf"(?:以[下降])?[次翌]{_PAGE}(?:[へヘに]|と)?"
_OPEN, _CLOSE = r"[(\[〔【〈<《{]", r"[)\]〕】〉>》}]"
_SIGN = r"[-―─~・.…※*→⇒▶►➡▼↓]"


def _in_brackets(words: str) -> str:
    return rf"{_OPEN}{_SIGN}*(?:{words})(?:{_SIGN}|。)*{_CLOSE}"


def _behind_signs(words: str) -> str:
    return rf"{_SIGN}+(?:{words})(?:{_SIGN}|。)*"


_PAGE_BEFORE = rf"{_FROM}{_ON}|前{_PAGE}(?:から|より)"
_PAGE_AFTER = rf"{_TO}{_ON}|以[下降]次{_PAGE}|次{_PAGE}[へヘに]"
_BEFORE = r"(?:(?:no\.?|意見|質問)?\d{0,4}の)?(?:続き?|つづき)|cont(?:inued|'?d\.?)"
_AFTER = r"(?:以下|次[へに])?(?:続く|つづく)|tobecontinued"
# By kind: what names the page, and what needs its bracket to be a mark. All for folded texts.
_MARKS = tuple(
    (kind, names_page, re.compile(words, re.IGNORECASE))
    for kind, names_page, words in (
        (
            Continuation.FROM_BEFORE,
            True,
            f"{_in_brackets(_PAGE_BEFORE)}|{_behind_signs(_PAGE_BEFORE)}",
        ),
        (Continuation.GOES_ON, True, f"{_in_brackets(_PAGE_AFTER)}|{_behind_signs(_PAGE_AFTER)}"),
        (Continuation.FROM_BEFORE, False, _in_brackets(_BEFORE)),
        (Continuation.GOES_ON, False, _in_brackets(_AFTER)),
    )
)
_BARE = (
    (Continuation.FROM_BEFORE, re.compile(rf"{_FROM}{_ON}{_SIGN}*")),
    (Continuation.GOES_ON, re.compile(rf"{_TO}{_ON}{_SIGN}*")),
)
# Each way begins with a character, not with a set: then Python looks for these before all else.
_HINT = re.compile(r"続|つづ|頁|⾴|ペ|葉|枚目|シ[ー-]|cont|Cont|CONT")


def may_hold_mark(text: str) -> bool:
    """Whether a text has a character that each mark has one of; most lines have none."""
    return _HINT.search(text) is not None


def find_continuation_mark(text: str) -> ContinuationMark | None:
    """Find the mark that a line is, begins with or ends with; None without one."""
    if not may_hold_mark(text):
        return None
    folded = "".join(map(_fold_character, remove_white_space(text)))
    for kind, names_page, pattern in _MARKS:
        for match in pattern.finditer(folded):
            if match.start() == 0 or match.end() == len(folded):
                return _place_mark(text, match.start(), match.end(), kind, names_page)
    for kind, pattern in _BARE:
        if pattern.fullmatch(folded):
            return _place_mark(text, 0, len(folded), kind, names_page=True)
    return None


@lru_cache(_KEPT)
def _fold_character(character: str) -> str:
    """A character folded to one other at most."""
    folded = fold_width(character)
    return folded if len(folded) == 1 else character


def _place_mark(
    text: str, start: int, end: int, kind: Continuation, names_page: bool
) -> ContinuationMark:
    """The mark in a text; `start` and `end` do not count white space."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return ContinuationMark(places[start], places[end - 1] + 1, kind, names_page)
