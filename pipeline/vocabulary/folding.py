"""Forms of a text in which differences of typing disappear, to compare by; never to keep."""

import unicodedata
from functools import lru_cache

from pipeline.model import remove_white_space

# Texts cached; judgement: several rules ask for one line, one after the other. It cannot change a
# record.
_KEPT = 1024


def fold_width(text: str) -> str:
    """Full-width and half-width forms as one (Unicode NFKC: ④ becomes 4 and Ⅲ becomes III)."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """`fold_width` without white space."""
    return remove_white_space(fold_width(text))
