"""Forms of a text in which differences of typing disappear, to compare by; never to keep."""

import unicodedata

from pipeline.model import remove_white_space


def fold_width(text: str) -> str:
    """Full-width and half-width forms as one (Unicode NFKC: ④ becomes 4 and Ⅲ becomes III)."""
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """`fold_width` without white space."""
    return remove_white_space(fold_width(text))
