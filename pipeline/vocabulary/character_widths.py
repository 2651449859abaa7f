"""Full- and half-width forms of one character, and the room that they take."""

_OFFSET = 0xFEE0
"""From an ASCII character to its full-width form."""
_FIRST, _LAST = "！", "～"
_OPENING = frozenset("([{（［｛「『【〔《〈＜")
_CLOSING = frozenset(")]}）］｝」』】〕》〉＞")
_ANGLES = frozenset("＜＞")  # as broad as their box
_LOW = frozenset(",.，．、。")


def full_form(text: str) -> str | None:
    """The full-width form of a character that has two; None: it has one only."""
    if len(text) == 1 and "!" <= text <= "~":
        return chr(ord(text) + _OFFSET)
    return text if is_full(text) else None


def half_form(text: str) -> str | None:
    """The half-width form of a character that has two; None: it has one only."""
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
    """Whether a character belongs to a run of katakana; the ヶ of 三ヶ月 does not."""
    return len(text) == 1 and ("ァ" <= text <= "ヴ" or text == "ー")


def reaches(text: str, full: float, half: float) -> tuple[float, float]:
    """How far a character's box reaches to the left and right of the middle of its ink, in em.

    Args:
        text: One character.
        full: Width of a full-width character.
        half: Width of a half-width one.
    """
    if text.isascii():
        if text in _LOW or text == ":":
            return (0.3 * half, 0.7 * half) if half <= EVEN else (_THIN, _THIN)
        narrow = is_bracket(text) and full_form(text) not in _ANGLES
        side = _NARROW if narrow and half > EVEN else half / 2
        return side, side
    if text in _ANGLES:
        return full / 2, full / 2
    if text in _OPENING:
        return full - _SIDE, _SIDE
    if text in _CLOSING:
        return _SIDE, full - _SIDE
    if text in _LOW:
        return _LEFT, full - _LEFT
    return full / 2, full / 2


EVEN = 0.53  # em; where digits are wider, half-width characters are not all of one width
_NARROW = 0.17  # em from the middle of such a font's bracket to either side
_LEFT = 0.18  # em from the left side of a full-width point's or comma's box to its middle
_THIN = 0.14  # em from the middle of such a font's point or colon to either side
_SIDE = 0.24  # em from the middle of a bracket's ink to the box's side on its text's side
