"""Read the numbers that annexes print beside their records."""

import re

from pipeline.vocabulary.folding import fold

_NUMBER = re.compile(
    r"[(\[]?(?:no\.?|№|第|意見|質問|[a-z]-?)?(?:\d{1,4}[-－‐–.])*(\d{1,6})(?:番|号|項)?[)\]]?\.?",
    re.IGNORECASE,
)


_DIGITS = re.compile(r"\d+")
_JOINT = r"[~〜\-‐–—,、・]"
_OPEN, _GOES_ON = re.compile(rf"{_JOINT}$"), re.compile(rf"^{_JOINT}")


def read_printed_number(text: str) -> int | None:
    """Read a text that is a number (3, No.3, 第３号, (3), 2-3: its last part); None: it is none."""
    match = _NUMBER.fullmatch(fold(text))
    return int(match[1]) if match else None


def read_number_form(text: str) -> str:
    """How a number is written, whatever it counts: 2024-003 and 2024-12 alike, 3 otherwise."""
    return _DIGITS.sub("0", fold(text))


def is_one_number(above: str, below: str) -> bool:
    """Whether two lines are one number: 11～ above 13, 2024- above 01, or 11 above ～13."""
    return bool(_OPEN.search(fold(above)) or _GOES_ON.search(fold(below)))
