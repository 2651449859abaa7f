"""Repair by sequence: numbers follow each other."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.normalize.ocr_repair.characters import Character, FieldText, find_alternatives
from pipeline.vocabulary.line_marks import LineStart, classify_line_start, read_ordinal

_START = 6  # characters; judgement: the mark of a line is no longer


def continue_marks(texts: Sequence[FieldText]) -> list[FieldText]:
    """Read the mark of an item so that it follows the one before: ② behind ①."""
    return [_continue_marks(text) for text in texts]


def _continue_marks(text: FieldText) -> FieldText:
    repaired = list(text)
    last: dict[LineStart, int] = {}
    for start in _find_line_starts(text):
        head = "".join(character.text for character in repaired[start : start + _START])
        kind, number = classify_line_start(head), read_ordinal(head)
        if number is None or number != last.get(kind, number - 1) + 1:
            other = _find_next_mark(repaired[start], head[1:], last)
            if other:
                repaired[start] = _renumber(repaired[start], other)
                head = other + head[1:]
                kind, number = classify_line_start(head), read_ordinal(head)
        if number is not None:
            last[kind] = number
    return repaired


def _find_next_mark(character: Character, behind: str, last: Mapping[LineStart, int]) -> str:
    """Find the reading of a mark with which it follows the one before; "": there is none.

    Args:
        character: The first character of a line.
        behind: The characters behind it.
        last: Kind of mark → the last number that such a mark had.
    """
    for other in find_alternatives(character) if character.doubted else "":
        number = read_ordinal(other + behind)
        if number is not None and number == last.get(classify_line_start(other + behind), -1) + 1:
            return other
    return ""


def _renumber(character: Character, text: str) -> Character:
    return character.read_as("numbering", text, max(character.confidence, 1 - character.confidence))


def _find_line_starts(text: Sequence[Character]) -> Iterator[int]:
    """The indexes of the first characters of the lines, white space skipped."""
    line = -1
    for index, character in enumerate(text):
        if character.line != line and character.text.strip():
            yield index
            line = character.line


def continue_numbers(column: Sequence[FieldText]) -> list[FieldText]:
    """Read the number of a record so that it fits between those of its neighbours.

    Args:
        column: The printed numbers of a table, record by record.
    """
    numbers = [_read_number(text) for text in column]
    repaired = list(column)
    for index in range(1, len(column) - 1):
        before, after = numbers[index - 1], numbers[index + 1]
        if before is not None and after == before + 2 and numbers[index] != before + 1:
            repaired[index] = _renumber_text(column[index], str(before + 1))
    return repaired


def _read_number(text: FieldText) -> int | None:
    written = "".join(character.text for character in text).strip()
    return int(written) if written.isdecimal() else None


def _renumber_text(text: FieldText, number: str) -> FieldText:
    """Write another number of as many digits, where all characters that change are doubted."""
    inked = [index for index, character in enumerate(text) if character.text.strip()]
    if len(inked) != len(number):
        return text
    digits = dict(zip(inked, number, strict=True))
    changed = [index for index in inked if text[index].text != digits[index]]
    if not all(text[index].doubted for index in changed):
        return text
    repaired = list(text)
    for index in changed:
        repaired[index] = _renumber(text[index], digits[index])
    return repaired
