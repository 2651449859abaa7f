"""Repair the width of numbers and Latin words by the habits of the document.

Some authors type ３月17日, one digit in full width and more in half width; others keep to one
width, or number the items of a list in another. How often numbers of a kind have full width is
estimated from all numbers of the document at once (expectation maximisation), and weighed with what
the recogniser saw of each. Words are treated as numbers are, and so is ％, which many authors
type in full width behind half-width digits.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log
from statistics import fmean

from msgspec import Struct

from pipeline.model.log_odds import probability
from pipeline.normalize.ocr_repair.characters import FieldText, measure_odds, set_width

_NUMBER = re.compile(r"[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+")
_PAIR = re.compile("[(（][^()（）]*[)）]")
_UNIT = frozenset("年月日")
_POINTS = frozenset(".．")
# Log-odds that a habit may have, in general and of words, which authors copy more often, and those
# of a character that no habit changes (Ａ１00 is typed too); measured: of 1-3, 0-3 and 3-8, the
# fewest widths are wrong, on 160 scans of 80 annexes.
_MOST, _MOST_OF_WORDS, _SURE = 4.0, 1.0, 4.0
_ROUNDS = 8  # judgement: enough for the habits to settle

_Kind = tuple[bool, str]
"""Whether a number has several digits, and where it stands."""


class _Number(Struct, frozen=True):
    """A number, a word or a pair of brackets."""

    text: int
    """Index of its text."""
    digits: range
    """Indices of its digits in the text, and of the point behind them; or of both brackets."""
    kind: _Kind
    odds: float
    """The mean log-odds of full width that the recogniser sees."""


def settle_numbers(texts: Sequence[FieldText]) -> list[FieldText]:
    """Give each doubtful number the width that numbers of its kind have in the document."""
    numbers = [number for index, text in enumerate(texts) for number in _find(text, index)]
    habits = _estimate_habits(numbers)
    settled = [list(text) for text in texts]
    for number in numbers:
        odds = number.odds + habits[number.kind]
        text = settled[number.text]
        for index in number.digits:
            if abs(measure_odds(text[index])) < _SURE:
                text[index] = set_width("habit", text[index], odds)
    return settled


def _find(text: FieldText, index: int) -> Iterator[_Number]:
    spelled = "".join(character.text for character in text)
    for found in _NUMBER.finditer(spelled):
        start, end = found.span()
        kind = end - start > 1, _find_place(text, start, end)
        behind = end + (spelled[end : end + 1] in _POINTS)
        yield _Number(index, range(start, behind), kind, fmean(map(measure_odds, text[start:end])))
    for found in _PAIR.finditer(spelled):
        start, last = found.start(), found.end() - 1
        number = spelled[:start].rstrip()[-1:].isdigit()
        place = "brackets_behind_number" if number else "brackets"
        odds = fmean((measure_odds(text[start]), measure_odds(text[last])))
        yield _Number(index, range(start, last + 1, last - start), (False, place), odds)


def _find_place(text: FieldText, start: int, end: int) -> str:
    """Where a number stands: widths differ between these places, and seldom within one."""
    before = text[start - 1] if start else None
    after = text[end].text if end < len(text) else ""
    is_word = text[start].text.isalpha()
    if before is None and not after:
        return "word alone" if is_word else "cell"
    if is_word:
        return "word"
    if after in _UNIT:
        return "date"
    return "start" if before is None or before.line != text[start].line else "text"


def _estimate_habits(numbers: Sequence[_Number]) -> Mapping[_Kind, float]:
    """The log-odds of full width for each kind of number."""
    habits: dict[_Kind, float] = defaultdict(float)
    for _ in range(_ROUNDS):
        kinds: dict[_Kind, list[float]] = defaultdict(list)
        for number in numbers:
            kinds[number.kind].append(probability(number.odds + habits[number.kind]))
        for kind, shares in kinds.items():
            share = (sum(shares) + 1) / (len(shares) + 2)
            most = _MOST_OF_WORDS if kind[1] == "word" else _MOST
            habits[kind] = max(-most, min(most, log(share / (1 - share))))
    return habits
