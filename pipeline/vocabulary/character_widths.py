"""Full- and half-width forms of one character, and the space that they take."""

_OFFSET = 0xFEE0
"""From an ASCII character to its full-width form; standard: Unicode, block FF00."""
_FIRST, _LAST = "！", "～"
_OPENING = frozenset("([{（［｛「『【〔《〈＜")
_CLOSING = frozenset(")]}）］｝」』】〕》〉＞")
_ANGLES = frozenset("＜＞")  # their ink is as wide as their box
_LOW = frozenset(",.，．、。")

_HALF = 0.5  # em; judgement: the width of a half-width character; others change no reading
# In em, from the middle of a character's ink to a side of its box.
_LEFT = 0.18  # judgement: left side of a full-width point or comma
_SIDE = 0.24  # judgement: the side of a full-width bracket that faces its text
_POINT_SHARES = (0.3, 0.7)  # of a half-width point's box; judgement: its ink stands at the left


def full_form(text: str) -> str | None:
    """The full-width form of a character that has two; None: it has only one."""
    if len(text) == 1 and "!" <= text <= "~":
        return chr(ord(text) + _OFFSET)
    return text if is_full(text) else None


def half_form(text: str) -> str | None:
    """The half-width form of a character that has two; None: it has only one."""
    if is_full(text):
        return chr(ord(text) - _OFFSET)
    return text if full_form(text) else None


def is_full(text: str) -> bool:
    """Whether a character is the full-width form of an ASCII one."""
    return len(text) == 1 and _FIRST <= text <= _LAST


def is_bracket(text: str) -> bool:
    """Whether a character is a bracket, of either width."""
    return text in _OPENING or text in _CLOSING


def is_ideograph(text: str) -> bool:
    """Whether a character is a kanji: as wide as the type is large in every font."""
    return len(text) == 1 and "一" <= text <= "龠"


def is_kana(text: str) -> bool:
    """Whether a character is a kana: as wide as a kanji, or less in a proportional font."""
    return len(text) == 1 and ("ぁ" <= text <= "ん" or "ァ" <= text <= "ヶ" or text == "ー")


def is_katakana(text: str) -> bool:
    """Whether a character can stand in a run of katakana; the ヶ of 三ヶ月 cannot."""
    return len(text) == 1 and ("ァ" <= text <= "ヴ" or text == "ー")


def reaches(text: str, full: float) -> tuple[float, float]:
    """How far a character's box reaches to the left and right of the middle of its ink, in em.

    Args:
        text: One character.
        full: Width of a full-width character, in em.
    """
    if text.isascii():
        shares = _POINT_SHARES if text in _LOW or text == ":" else (0.5, 0.5)
        return shares[0] * _HALF, shares[1] * _HALF
    if text in _ANGLES:
        return full / 2, full / 2
    if text in _OPENING:
        return full - _SIDE, _SIDE
    if text in _CLOSING:
        return _SIDE, full - _SIDE
    if text in _LOW:
        return _LEFT, full - _LEFT
    return full / 2, full / 2
