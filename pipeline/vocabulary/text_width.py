"""The width of texts in columns of a terminal, in which a Japanese character takes two."""

from unicodedata import east_asian_width


def measure_width(text: str) -> int:
    """The columns that a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def cut_to_width(text: str, width: int) -> str:
    """A text that takes at most so many columns; if it had to be cut, it ends in an ellipsis."""
    if measure_width(text) <= width:
        return text
    while text and measure_width(text) > width - 1:
        text = text[:-1]
    return text + "…"
