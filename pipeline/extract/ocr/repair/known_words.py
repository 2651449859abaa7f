"""Correct words that are known: headers, and the numeral I."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.vocabulary.header_words import IS_WORD, match_role

_MAX_HEADER = 12  # characters; judgement: headers are not longer
# Probability from which a known header is accepted; judgement: low, since the word supports it.
_MIN_HEADER_PROBABILITY = 0.01


def read_numerals(line: Sequence[Character]) -> list[Character]:
    """Read an l that is neither part of a word nor a unit as the numeral I.

    In Gothic type both have one shape.
    """
    read = list(line)
    for index, character in enumerate(line):
        before = line[index - 1].text if index else ""
        after = line[index + 1].text if index + 1 < len(line) else ""
        if character.text == "l" and not (_is_latin(before) or _is_latin(after)):
            read[index] = character.read_as("numeral", "I")
    return read


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def correct_headers(line: Sequence[Character]) -> list[Character]:
    """Correct one character of a line if that makes it a known header: 誤 instead of 器.

    A header is a few characters without a sentence around them, and a whole table depends on it.
    Long lines and lines that are a known header already are left unchanged.
    """
    text = "".join(character.text for character in line)
    if len(line) > _MAX_HEADER or _is_header(text):
        return list(line)
    for index, character in enumerate(line):
        for other, chance in character.others:
            if chance > _MIN_HEADER_PROBABILITY and _is_header(
                text[:index] + other + text[index + 1 :]
            ):
                return [*line[:index], character.read_as("header", other), *line[index + 1 :]]
    return list(line)


def _is_header(text: str) -> bool:
    match = match_role(text)
    return match is not None and match.manner == IS_WORD
