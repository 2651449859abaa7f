"""Text that a terminal shows and does not obey."""

import unicodedata

# Controls (ANSI escapes, a line's end in a file's name), marks that turn the order of what is
# shown, halves of characters that are not UTF-8, and line ends of Unicode.
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    r"""Text on one line, with all that a terminal would obey spelt out (`\x1b`, `\u202e`)."""
    if text.isprintable():  # as nearly all is
        return text
    return "".join(_spell(character) for character in text)


def printable_lines(text: str) -> str:
    """As `printable`, of text whose line ends are meant."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _spell(character: str) -> str:
    if unicodedata.category(character) not in _OBEYED:
        return character
    return character.encode("unicode_escape").decode()
