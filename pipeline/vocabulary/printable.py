"""Texts as a terminal shows them: what it would obey is escaped, and a kanji takes two columns."""

import unicodedata

# Unicode categories: controls (ANSI escapes, a line end in a file's name), marks that reverse the
# order of text, halves of characters that are not UTF-8, and Unicode's line ends.
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    r"""Text on one line, with all that a terminal would obey escaped (`\x1b`, `\u202e`)."""
    if text.isprintable():  # as nearly every text is
        return text
    return "".join(_escape(character) for character in text)


def printable_lines(text: str) -> str:
    """As `printable`, for text whose line ends are intended."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _escape(character: str) -> str:
    if unicodedata.category(character) not in _OBEYED:
        return character
    return character.encode("unicode_escape").decode()


def measure_width(text: str) -> int:
    """The columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def cut_to_width(text: str, width: int) -> str:
    """A text that takes at most so many columns; if it had to be cut, it ends in an ellipsis."""
    if measure_width(text) <= width:
        return text
    while text and measure_width(text) > width - 1:
        text = text[:-1]
    return text + "…"
