"""Characters that tables are typed with: where the strokes of each of them run."""

import unicodedata
from functools import cache

LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"
LEVEL, UPRIGHT = frozenset((LEFT, RIGHT)), frozenset((UP, DOWN))
_CROSSING = LEVEL | UPRIGHT
_WORDS = {
    "LEFT": {LEFT}, "RIGHT": {RIGHT}, "UP": {UP}, "DOWN": {DOWN},
    "HORIZONTAL": LEVEL, "VERTICAL": UPRIGHT,
}  # fmt: skip
"""Words in Unicode's names of these characters: BOX DRAWINGS LIGHT DOWN AND RIGHT."""
# What keyboards have in place of them. A prolonged sound mark is the key beside the digits.
_LIKE_LEVEL = frozenset("-=－＝‐–—―−ー")
_LIKE_UPRIGHT = frozenset("|｜¦￤￨")
_LIKE_CROSSING = frozenset("+＋")


@cache
def find_arms(text: str) -> frozenset[str]:
    """The sides of its box to which a character's strokes run from the middle.

    Returns:
        Some of left, right, up and down; nothing for what no table is typed with.
    """
    if text in _LIKE_LEVEL:
        return LEVEL
    if text in _LIKE_UPRIGHT:
        return UPRIGHT
    if text in _LIKE_CROSSING:
        return _CROSSING
    if len(text) != 1 or not "\u2500" <= text <= "\u257f":
        return frozenset()
    words = unicodedata.name(text).split()
    if "DIAGONAL" in words:
        return frozenset()
    return frozenset(arm for word in words for arm in _WORDS.get(word, ()))


def is_joint(text: str) -> bool:
    """Whether a level and an upright stroke meet in a character: a corner, a crossing, or +."""
    arms = find_arms(text)
    return bool(arms & LEVEL) and bool(arms & UPRIGHT)
