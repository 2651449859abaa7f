"""Recognised characters, as a font of a known kind would set them."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.vocabulary.character_widths import full_form, is_katakana, reaches

EM = 40.0  # pixels
MONOSPACED = TypeMetrics(EM, 1.0)
KANJI = "個人情報保護制度"


def type_out(
    text: str, kind: TypeMetrics = MONOSPACED, confidence: float = 0.99
) -> list[Character]:
    """A line whose ink stands where a font of this kind puts it; white space leaves a gap."""
    characters, x, seen = [], 0.0, 0.0
    for text_ in text:
        full = kind.kana if is_katakana(text_) or "ぁ" <= text_ <= "ん" else 1.0
        left, right = (side * kind.em for side in reaches(text_, full))
        if text_.strip():
            width = 0.36 * kind.em if text_.isascii() or full_form(text_) else 0.9 * kind.em
            middle = x + left
            box = middle - width / 2, 0.1 * kind.em, middle + width / 2, 0.9 * kind.em
            characters.append(Character(text_, *box, confidence, space=seen))
        seen = 0.0 if text_.strip() else 0.99
        x += left + right
    return characters


def spell(line_: Sequence[Character]) -> str:
    return "".join(character.text for character in line_)
