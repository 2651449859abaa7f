"""Read the numbers that annexes print beside their records."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.model import Line
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.kanji_numbers import KANJI_NUMBER, read_kanji_number
from pipeline.vocabulary.punctuation import opens_bracket

# What may stand before a number: a word for what it counts, or the letter of its chapter (B-3).
_BEFORE = (
    r"no\.?|№|#|第|意見|質問|質疑|設問|問い?|要望|指摘|提案|事項|[a-z]{1,4}[-‐–]?|[ア-ン][-‐–.]"
)
# The numbers of its chapter: 2-, 2(, (2)-.
_CHAPTER = r"\d{1,4}(?:[-‐–.の]|(?=\())|\(\d{1,4}\)[-‐–.]?(?=[\d(])"
_NUMBER = re.compile(
    rf"[(\[<【〔]?(?:{_BEFORE})?(?:{_CHAPTER})*\(?(\d{{1,6}}|{KANJI_NUMBER})\)?(?:番|号|項)?"
    r"[)\]>】〕]?\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_JOINT = r"[~〜\-‐–—,、・]"
_OPEN, _GOES_ON = re.compile(rf"{_JOINT}$"), re.compile(rf"^{_JOINT}")


def read_printed_number(text: str) -> int | None:
    """Read a text that is a number (3, No.3, 問三, (3), 2-(3): its last part); None: it is none."""
    match = _NUMBER.fullmatch(fold(text))
    if match is None:
        return None
    return int(match[1]) if match[1].isdecimal() else read_kanji_number(match[1])


def read_number_form(text: str) -> str:
    """How a number is written, whatever it counts: 2024-003 and 2024-12 alike, 3 otherwise."""
    return _DIGITS.sub("0", fold(text))


def is_one_number(above: str, below: str) -> bool:
    """Whether two lines are one number: 11～ above 13, 2024- above 01, 11 above ～13, (1 on 0)."""
    goes_on = _OPEN.search(fold(above)) or _GOES_ON.search(fold(below))
    return bool(goes_on) or opens_bracket(above, below)


def is_word_of_number(above: str, below: str) -> bool:
    """Whether a line is the word before the number on the next one: 意見 above 1."""
    word = fold(above)
    return _DIGITS.search(word) is None and read_printed_number(above + below) is not None


def _count_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether two lines are one number that a column too narrow for it cut: 8, 9, 1 / 0.

    At a page's top the next number tells: 1 / 2, 1 / 3.

    Args:
        above: The last two numbers down to the upper line.
        below: The lower line and the next two.
    """
    number = read_printed_number(above[-1] + below[0]) if above else None
    if number is None or not (above[-1] + below[0]).isdecimal():
        return False
    if len(above) > 1:
        before = read_printed_number(above[-2])
        return before is not None and int(above[-1]) != before + 1 == number
    following = "".join(below[1:3])
    return following.isdecimal() and read_printed_number(following) == number + 1


class PrintedNumber(NamedTuple):
    """A number in a column of numbers."""

    text: str
    first: Line
    """Where it begins."""
    whole: Line
    """As high as all its lines."""


def join_numbers(lines: Sequence[Line]) -> list[PrintedNumber]:
    """The numbers that some lines begin (11; 意見 | 1; 10- | 1), but for the end of a range."""
    numbers: list[PrintedNumber] = []
    for place, line in enumerate(lines):
        above = numbers[-1].text if numbers else ""
        cut = place > 0 and is_one_number(lines[place - 1].text, line.text)
        near = [own.text for own in lines[place : place + 3]]
        if place and line.top - lines[place - 1].bottom < line.size:
            cut = cut or _count_on([own.text for own in numbers[-2:]], near)
        is_whole = read_printed_number(above + line.text) is not None
        if numbers and (is_word_of_number(above, line.text) or (cut and is_whole)):
            begun = numbers.pop()
            whole = replace(begun.whole, bottom=line.bottom)
            numbers.append(PrintedNumber(above + line.text, begun.first, whole))
        elif not cut:
            numbers.append(PrintedNumber(line.text, line, line))
    return numbers
