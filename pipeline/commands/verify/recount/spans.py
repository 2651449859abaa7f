"""The texts of characters, and of marked content that says what it stands for, a second time."""

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import normalize

_UNMAPPED = re.compile(r"\(cid:\d+\)|")
"""How pdfminer writes a glyph without a Unicode value."""
_LETTER = re.compile("[一-龠ぁ-んァ-ヶー]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_VOICED = re.compile("[ぁ-ヿ][\u3099\u309a]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def clean_text(text: str) -> str:
    """As besshi writes it: U+FFFD for a glyph that the PDF says no character of, "" for no ink."""
    if _UNMAPPED.fullmatch(text):
        return "\ufffd"
    seen = _UNSEEN.sub("", _CONTROL.sub("\ufffd", text))
    composed = _VOICED.sub(lambda pair: normalize("NFC", pair[0]), seen)
    return _LIGATURE.sub(lambda one: normalize("NFKC", one[0]), composed)


def decode_text(text: bytes) -> str:
    """A text string (PDF 32000-1, 7.9.2.2)."""
    for mark, codec in ((b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if text.startswith(mark):
            return text[len(mark) :].decode(codec, "ignore")
    return text.decode("latin-1")


def respell(texts: Sequence[str], actual: str) -> list[str]:
    """The texts of characters that together stand for something else.

    What agrees at either end stays; what is between is cut into equal parts. Where most of it is
    kanji and kana, and they are not as many as the rest, all stays.
    """
    actual = _UNSEEN.sub("", actual)
    left: list[str] = []
    right: list[str] = []
    middle = list(texts)
    while middle and actual.startswith(middle[0]):
        left.append(middle.pop(0))
        actual = actual[len(left[-1]) :]
    while middle and actual.endswith(middle[-1]):
        right.insert(0, middle.pop())
        actual = actual[: len(actual) - len(right[0])]
    letters = len(_LETTER.findall("".join(middle)))
    if 2 * letters > len(middle) != len(actual.strip()):
        return list(texts)
    if actual and not middle and left:
        left[-1] += actual
    elif actual and not middle and right:
        right[0] = actual + right[0]
    size = len(middle)
    cuts = [-(-len(actual) * place // max(size, 1)) for place in range(size + 1)]
    return [*left, *(actual[a:b] for a, b in pairwise(cuts)), *right]
