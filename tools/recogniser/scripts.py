"""The characters by script, and which of two widths belong together."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tools.recogniser.charset import CHARACTERS, INDEX, is_kanji

FULL_WIDTH: Mapping[str, str] = {
    **{chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c + 0xFEE0) in INDEX},
    " ": "\u3000",
}
"""The full-width form of each ASCII character that has one."""
HALF_WIDTH: Mapping[str, str] = {full: half for half, full in FULL_WIDTH.items() if half != " "}

_FULL_TABLE, _HALF_TABLE = str.maketrans(dict(FULL_WIDTH)), str.maketrans(dict(HALF_WIDTH))

KANJI = tuple(c for c in CHARACTERS if is_kanji(c) or c in "々〆〇仝")
# standard: the first 2,965 kanji of JIS X 0208 are level 1; in cp932 they run from 889F to 9872.
_LEVEL_1_BYTES = (b"\x88\x9f", b"\x98\x72")
LEVEL_1 = tuple(
    c for c in KANJI if _LEVEL_1_BYTES[0] <= c.encode("cp932", "ignore") <= _LEVEL_1_BYTES[1]
)
"""The kanji of everyday use."""
BARS = frozenset("￣￤＿_|｜")
"""Characters that look like the remains of rulings."""

# Ranges of code points of a script, and how often a character is drawn from it; standard: Unicode's
# blocks; judgement: the weights, by how often offices use a script and how often it is misread.
_SCRIPTS: tuple[tuple[float, tuple[tuple[int, int], ...]], ...] = (
    (4, ((0x3041, 0x309E),)),  # hiragana
    (6, ((0x30A1, 0x30FE),)),  # katakana
    (2, ((0xFF61, 0xFF9F),)),  # half-width katakana
    (4, ((0x21, 0x7E),)),  # ASCII
    (4, ((0xFF01, 0xFF5E),)),  # full-width ASCII
    (5, ((0x2460, 0x2473), (0x3251, 0x325F), (0x32B1, 0x32BF))),  # circled numbers
    (5, ((0x2160, 0x2179),)),  # Roman numerals
    (3, ((0x3001, 0x301F), (0x2010, 0x203B))),  # punctuation
    (1.5, ((0x2190, 0x22BF),)),  # arrows, mathematics
    (3, ((0x25A0, 0x266F),)),  # shapes
    (3, ((0x3220, 0x3250), (0x3280, 0x32B0), (0x3300, 0x33FF), (0x2103, 0x212B))),  # enclosed
    (0.7, ((0x391, 0x3C9),)),  # Greek
    (0.5, ((0x401, 0x451),)),  # Cyrillic
)
_OFTEN = (
    "、。，．・：；？！゛゜´｀¨＾￣＿ヽヾゝゞ〃仝々〆〇ー―‐／＼～∥｜…‥‘’“”（）〔〕［］｛｝〈〉《》「」『』【】"
    "＋－±×÷＝≠＜＞≦≧∞∴♂♀°′″℃￥＄￠￡％＃＆＊＠§☆★○●◎◇◆□■△▲▽▼※〒→←↑↓〓"
)
_OFTEN_WEIGHT = 8  # judgement: the symbols that annexes use most
_SETS = (
    *(
        tuple(c for c in CHARACTERS if any(low <= ord(c) <= high for low, high in ranges))
        for _, ranges in _SCRIPTS
    ),
    tuple(c for c in _OFTEN if c in INDEX),
)
_WEIGHTS = (*(weight for weight, _ in _SCRIPTS), _OFTEN_WEIGHT)


def widen(text: str) -> str:
    """Write the ASCII of a text in full width."""
    return text.translate(_FULL_TABLE)


def narrow(text: str) -> str:
    """Write the full-width ASCII of a text in half width; ideographic spaces stay."""
    return text.translate(_HALF_TABLE)


def draw_script(rng: Random) -> tuple[str, ...]:
    """The characters of a script that is no kanji."""
    return rng.choices(_SETS, _WEIGHTS)[0]


def draw_character(rng: Random) -> str:
    """Any character: a kanji of any level, one of everyday use, or one of another script."""
    kind = rng.random()
    if kind < 0.65:
        return rng.choice(KANJI if kind < 0.45 else LEVEL_1)
    return rng.choice(draw_script(rng))
