"""Repair by sequence: the numbers of records follow each other."""

from collections.abc import Sequence

from pipeline.normalize.ocr_repair.characters import FieldText


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
        confidence = max(text[index].confidence, 1 - text[index].confidence)
        repaired[index] = text[index].read_as("numbering", digits[index], confidence)
    return repaired
