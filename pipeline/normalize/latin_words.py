"""What an annex's own lines tell about the Latin words at its line ends: one word, or two."""

import re
from collections.abc import Container, Iterable

from msgspec import Struct

from pipeline.model import Line
from pipeline.normalize.tokenizer import measure_known_word

# Two neighbouring words, or one.
_WORDS = re.compile(r"([A-Za-z0-9]+)(?: (?=([A-Za-z0-9]+)))?")
# Letters; judgement: a few small ones are a word by chance (Cohen's / d, may / be), JIS is not.
_LEAST_WORD = 6
_LEAST_JOINED = 3  # characters; judgement: A4 stands in an annex that has plan A and 4 parks, too
_LAST_WORD, _FIRST_WORD = re.compile("[A-Za-z0-9]+$"), re.compile("[A-Za-z0-9]+")
# No.1, or No. 1: an abbreviation before a number.
_COUNTED, _LAST_COUNTED = re.compile(r"([A-Za-z]+\. ?)(?=[0-9])"), re.compile(r"[A-Za-z]+\.$")
_LAST_COMPOUND = re.compile("(?:[A-Za-z]+-)*[A-Za-z0-9]+$")  # Wi-F / i


class LatinWords(Struct, frozen=True):
    """What stands between two lines that end and begin in Latin words."""

    moved: bool
    """The annex's program moves whole words to the next line (see `wraps_words`)."""
    seen: Container[str] = frozenset()
    """From `list_words`."""

    def find_known_joint(self, before: str, after: str) -> str | None:
        """What is between two words elsewhere in the annex: PD / CA is PDCA, Plan / 2030 are two.

        Where they stand nowhere in it, the dictionary may know one word of them: Trans / formation.
        None: nothing tells, or they stand in it in both ways.
        """
        if (counted := _LAST_COUNTED.search(before)) and after[:1].isdigit():
            ways = [space for space in ("", " ") if counted[0] + space in self.seen]
            return ways[0] if len(ways) == 1 else None
        left, right = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if left is None or right is None or (left[0] + right[0]).isdigit():
            return None
        whole = left[0] + right[0]
        one = len(whole) >= _LEAST_JOINED and whole in self.seen
        two = f"{left[0]} {right[0]}" in self.seen
        if one == two:
            compound = _LAST_COMPOUND.search(before) or left
            parted = any(_is_parted(word, right[0]) for word in (left[0], compound[0]))
            return "" if not one and parted else None
        return "" if one else " "


def _is_parted(left: str, right: str) -> bool:
    """Whether the dictionary has a word of two parts, and not each of them."""
    whole = left + right
    long = len(whole) >= (_LEAST_WORD if whole.islower() else _LEAST_JOINED)
    return long and _is_known(whole) and not (_is_known(left) and _is_known(right))


def _is_known(word: str) -> bool:
    is_word = word.replace("-", "").isalpha()
    return is_word and measure_known_word("", word[0], word[1:]) == len(word)


def list_words(lines: Iterable[Line]) -> set[str]:
    """The Latin words within lines, pairs that a space parts, and what stands before numbers."""
    text = "\n".join([line.text for line in lines])
    found = set(_WORDS.findall(text))
    pairs = {f"{one} {other}" for one, other in found if other}
    return {word for word, _ in found} | pairs | set(_COUNTED.findall(text))
