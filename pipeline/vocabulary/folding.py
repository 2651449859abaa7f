"""Forms of a text in which differences of typing disappear, to compare by; never to keep."""

import unicodedata
from functools import lru_cache

from pipeline.model import remove_white_space

# What is cached; it cannot change a record.
_KEPT = 1024  # judgement: several rules ask for one line, one after the other
KEPT_HEADERS = 1024  # judgement: a long table prints its few headers on every page
KEPT_TEXTS = 4096  # judgement: the short texts of a long annex, a few hundred kB


def fold_width(text: str) -> str:
    """Full-width and half-width forms as one (Unicode NFKC: ④ becomes 4 and Ⅲ becomes III)."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """`fold_width` without white space."""
    return remove_white_space(fold_width(text))
