"""Which characters a layout program keeps together at a line's end (JIS X 4051, kinsoku shori)."""

import re
from collections.abc import Iterable
from math import log1p

from msgspec import Struct

from pipeline.vocabulary.punctuation import (
    CLOSING,
    LATIN_STOPS,
    MIDDLE,
    OPENING,
    PREFIXED,
    SMALL,
    STOPS,
)

# A run that programs do not break: Latin words, numbers with the sign behind them, addresses.
# LibreOffice does not part a wide bracket between two of them either: Q&A（Vol.4）, ６％（18人）.
# standard: UAX #14 takes signs of class AI (→ × ³) for letters: m3/s→m³/s.
_LATIN_RUN = re.compile(
    r"(?:[←-↔×÷]?[!-~]+(?:[（［｛][!-~]+|[←-↔×÷¹²³][!-~]*)*(?:(?<=\d)[％‰℃])?|[０-９][％‰℃])"
    r"(?:(?<=[％‰℃])[（［｛][0-9][!-~]*)?"
)
_GOES_WITH_NEXT = OPENING | PREFIXED


class Kinsoku(Struct, frozen=True):
    """The characters that a document's program never lets start a line."""

    no_start: frozenset[str]
    middle_odds: float = 0.0
    """Log-odds that the author put a MIDDLE character (・ ：) at a line's start."""

    @staticmethod
    def observe(
        starts: Iterable[tuple[str, bool]], full: float, inner: int, length: float
    ) -> "Kinsoku":
        """Learn from a document's lines which characters its program keeps from starting one.

        No author begins a line with 。 or ー: one such line shows that the program allows it.
        Authors do begin lines with ・ and ：. If the program allowed them at a line's start too,
        chance would have put some of those inside the text there, behind full lines. The likelier
        of the two (Poisson) is taken.

        Args:
            starts: The first character of each line, and whether the line before it is full.
            full: How many characters short of the edge a line may be and still count as full.
            inner: How many characters of MIDDLE stand inside the lines.
            length: Characters on a line, on average.
        """
        starts = list(starts)
        seen = {character for character, _ in starts}
        strict = ((STOPS | CLOSING) - LATIN_STOPS, LATIN_STOPS, SMALL)
        banned = [characters for characters in strict if not characters & seen]
        middle = [follows for character, follows in starts if character in MIDDLE]
        by_author = (len(middle) + 1) * full / length
        by_wrap = inner / length
        middle_odds = by_wrap - sum(middle) * log1p(by_wrap / by_author)
        # A program that lets 、 start a line keeps nothing from it.
        if middle_odds > 0 and strict[0] in banned:
            return Kinsoku(frozenset().union(*banned, MIDDLE), middle_odds)
        return Kinsoku(frozenset().union(*banned))

    def first_unit(self, text: str) -> int:
        """How many leading characters of a line the program could not part (at least 1)."""
        at = 0
        while at < len(text) - 1 and (text[at] in _GOES_WITH_NEXT or text[at].isspace()):
            at += 1
        run = _LATIN_RUN.match(text, at)
        at = run.end() if run else at + 1
        while at < len(text) and text[at] in self.no_start:
            at += 1
            # LibreOffice does not part a stop from a Latin word set close to it: 10/8、11/12.
            run = _LATIN_RUN.match(text, at)
            at = run.end() if run else at
        return at
