"""Ask about the characters beside a character of a line."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character


def has_letter_beside(line: Sequence[Character], index: int) -> bool:
    """Whether a neighbour is a Latin letter."""
    neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return any(map(str.isalpha, map(to_half_width, neighbours)))


def has_alphanumeric_beside(line: Sequence[Character], index: int) -> bool:
    """Whether a neighbour is a Latin letter or a digit."""
    neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return any(map(str.isalnum, map(to_half_width, neighbours)))


def to_half_width(text: str) -> str:
    """The half-width form of an ASCII character; "" for all other characters."""
    half = chr(ord(text) - 0xFEE0) if "！" <= text <= "～" else text
    return half if half.isascii() else ""
