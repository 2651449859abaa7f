"""Escape the characters of a text that a terminal would obey instead of show."""

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
