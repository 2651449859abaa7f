"""What must go on: brackets that close, dates in one style, numbers that follow each other."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log

from pipeline.normalize.ocr_repair.characters import Sign, Text, may_be
from pipeline.vocabulary.character_widths import full_form, half_form, is_full
from pipeline.vocabulary.line_marks import classify_line_start, read_ordinal

_START = 6  # characters that hold the mark of a line

_DATE = re.compile(r"(?:[0-9０-９]{1,4}[年月日]){2,3}")
_NUMBER = re.compile(r"[0-9０-９]+")
_BESIDE = 0.8  # how sure a width is by what stands beside it

_CLOSES = dict(zip("（「『【〔《〈([［", "）」』】〕》〉)]］", strict=True))


def close_brackets(texts: Sequence[Text]) -> list[Text]:
    """Give two brackets that close each other one kind and one width: the surer one's."""
    return [_closed(text) for text in texts]


def _closed(text: Text) -> Text:
    told = list(text)
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign.text in _CLOSES:
            opened.append(index)
        elif sign.text in _CLOSES.values() and opened:
            first = opened.pop()
            _agree(told, first, index)
    return told


def _agree(text: Text, first: int, last: int) -> None:
    """Make the less sure of two brackets fit the other, where it may be that."""
    opening, closing = text[first], text[last]
    if _CLOSES[opening.text] == closing.text:
        return
    opens = {close: bracket for bracket, close in _CLOSES.items()}
    sure = max(opening.sure, closing.sure)
    if closing.sure <= opening.sure and _CLOSES[opening.text] in may_be(closing):
        text[last] = closing.made("bracket", _CLOSES[opening.text], sure)
    elif opens[closing.text] in may_be(opening) and opening.sure < 1.0:
        text[first] = opening.made("bracket", opens[closing.text], sure)


def settle_dates(texts: Sequence[Text]) -> list[Text]:
    """Give equally long numbers of one date one width: that of the surer ones.

    Numbers of one figure and of two may differ: ３月17日 is how many offices type them.
    """
    return [_dated(text) for text in texts]


def _dated(text: Text) -> Text:
    told = list(text)
    for date in _DATE.finditer("".join(sign.text for sign in text)):
        numbers: dict[int, list[int]] = defaultdict(list)
        for number in _NUMBER.finditer(date[0]):
            numbers[len(number[0])] += range(
                date.start() + number.start(), date.start() + number.end()
            )
        for places in numbers.values():
            full = sum(_weight(text[i]) * (1 if is_full(text[i].text) else -1) for i in places)
            form = full_form if full > 0 else half_form
            for index in places:
                other = form(text[index].text)
                if other and other != text[index].text and text[index].sure < 1.0:
                    told[index] = text[index].made("date", other, max(text[index].sure, _BESIDE))
    return told


def settle_marks(texts: Sequence[Text]) -> list[Text]:
    """Give a mark between two Latin letters or figures of half width that width: page?id=3."""
    return [_marked(text) for text in texts]


def _marked(text: Text) -> Text:
    told = list(text)
    for index, sign in enumerate(text[1:-1], start=1):
        half = half_form(sign.text)
        beside = text[index - 1].text + text[index + 1].text
        between = beside.isascii() and beside.isalnum()
        if between and half and half != sign.text and not half.isalnum() and sign.sure < 1.0:
            told[index] = sign.made("latin", half, max(sign.sure, _BESIDE))
    return told


def _weight(sign: Sign) -> float:
    sure = min(sign.sure, 0.999)
    return log(sure / (1 - sure)) if sure > 0.5 else 0.0


def continue_marks(texts: Sequence[Text]) -> list[Text]:
    """Read the mark of an item so that it follows the one before: ② behind ①."""
    return [_continued(text) for text in texts]


def _continued(text: Text) -> Text:
    told = list(text)
    last: dict[str, int] = {}
    for start in _line_starts(text):
        head = "".join(sign.text for sign in told[start : start + _START])
        kind, number = classify_line_start(head), read_ordinal(head)
        if number is None or number != last.get(kind, number - 1) + 1:
            sign = told[start]
            for other in may_be(sign) if sign.doubted else "":
                kind_, number_ = (
                    classify_line_start(other + head[1:]),
                    read_ordinal(other + head[1:]),
                )
                if number_ is not None and number_ == last.get(kind_, -1) + 1:
                    told[start] = sign.made("numbering", other, max(sign.sure, 1 - sign.sure))
                    kind, number = kind_, number_
                    break
        if number is not None:
            last[kind] = number
    return told


def _line_starts(text: Sequence[Sign]) -> Iterator[int]:
    """The first characters of lines, white space aside."""
    line = -1
    for index, sign in enumerate(text):
        if sign.line != line and sign.text.strip():
            yield index
            line = sign.line


def continue_numbers(column: Sequence[Text]) -> list[Text]:
    """Read the number of a record so that it stands between those of its neighbours.

    Args:
        column: The printed numbers of a table, record by record.
    """
    numbers = [_number(text) for text in column]
    told = list(column)
    for index in range(1, len(column) - 1):
        before, after = numbers[index - 1], numbers[index + 1]
        if before is not None and after == before + 2 and numbers[index] != before + 1:
            told[index] = _renumbered(column[index], str(before + 1))
    return told


def _number(text: Text) -> int | None:
    written = "".join(sign.text for sign in text).strip()
    return int(written) if written.isdecimal() else None


def _renumbered(text: Text, number: str) -> Text:
    """The text with another number of as many figures, where all that changes is doubtful."""
    inked = [index for index, sign in enumerate(text) if sign.text.strip()]
    if len(inked) != len(number):
        return text
    made = dict(zip(inked, number, strict=True))
    changed = [index for index in inked if text[index].text != made[index]]
    if not all(text[index].doubted for index in changed):
        return text
    return [
        sign.made("numbering", made[i], max(sign.sure, 1 - sign.sure)) if i in changed else sign
        for i, sign in enumerate(text)
    ]
