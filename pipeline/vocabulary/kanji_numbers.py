"""Numbers that are written with kanji; those up to 99 are read: 三, 十二, 二十."""

_DIGITS = "一二三四五六七八九"
KANJI_NUMERALS = f"〇零{_DIGITS}十百千"
KANJI_NUMBER = rf"(?:[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}])"
"""A pattern of a number up to 99."""


def read_kanji_number(text: str) -> int:
    """Read a text that the pattern matches."""
    tens, has_ten, ones = text.rpartition("十")
    high = (_DIGITS.find(tens) + 1 if tens else 1) if has_ten else 0
    return high * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
