"""Restore Roman numerals, which the recogniser often reads as Latin letters."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.extract.ocr.repair.neighbours import has_alphanumeric_beside, has_letter_beside
from pipeline.extract.ocr.repair.replacement import replace_text
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import EVEN
from pipeline.vocabulary.lookalikes import lookalikes

_MAX_STROKES = 4  # characters; judgement: no numeral up to Ⅹ has more letters (Ⅷ is VIII)
_MAX_WIDTH = 1.1  # em; judgement: the strokes of one Roman numeral stand within it
# em; judgement: a 1 has a flag or a foot and is wider, except in monospaced fonts.
_STROKE = 0.155
# Confidence from which an I stays a letter, whatever its width; judgement: the recogniser rarely
# errs from there on.
_CERTAIN_LETTER = 0.9
_STROKES = {"1": "I", "l": "I", "|": "I", "Ｉ": "I", "Ｖ": "V", "川": "III"}
_ROMAN = frozenset("IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")
# Letter → numerals, each with its minimum width to height and its minimum probability; judgement:
# an I has a ratio below 0.3 with its serifs, Ⅱ 0.55, Ⅲ 0.85, a V 0.9, Ⅳ 1.05. V and Ⅳ differ so
# little that the recogniser itself must have offered the numeral.
_WIDER_NUMERALS = {
    "I": (("Ⅱ", 0.4, 0.0), ("Ⅲ", 0.7, 0.0)),
    "V": (("Ⅳ", 0.98, 0.001), ("Ⅵ", 1.0, 0.02)),
}


def join_roman_numerals(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Join the strokes of a Roman numeral: V and I within one em are Ⅵ."""
    joined: list[Character] = []
    index = 0
    while index < len(line):
        for end in range(min(index + _MAX_STROKES, len(line)), index + 1, -1):
            one = _join_strokes(line[index:end], metrics)
            if one is not None:
                joined.append(one)
                index = end
                break
        else:
            joined.append(line[index])
            index += 1
    return joined


def _join_strokes(strokes: Sequence[Character], metrics: TypeMetrics) -> Character | None:
    first, last = strokes[0], strokes[-1]
    if last.x1 - first.x0 > _MAX_WIDTH * metrics.em:
        return None
    letters = [_spell(stroke.text) for stroke in strokes]
    if not all(set(spelled) <= set("IVX") for spelled in letters):
        return None
    # All strokes of Ⅲ, or Ⅲ and a part of it a second time.
    whole = lookalikes().numerals.get("".join(letters))
    numeral = whole or lookalikes().numerals.get(max(letters, key=len))
    if numeral is None or not any(stroke.text in _ROMAN for stroke in strokes):
        return None
    found = "".join(stroke.text for stroke in strokes)
    return Character(
        numeral,
        first.x0,
        min(stroke.top for stroke in strokes),
        last.x1,
        max(stroke.bottom for stroke in strokes),
        min(stroke.confidence for stroke in strokes),
        repairs=(Repair("roman_numeral", found, numeral),),
    )


def _spell(text: str) -> str:
    """Spell a stroke or a Roman numeral in Latin letters."""
    spelled = {one: letters for letters, one in lookalikes().numerals.items()}
    return _STROKES.get(text) or spelled.get(text, text)


def restore_roman_numerals(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Turn I and V that are too wide for letters into the numerals Ⅱ, Ⅲ, Ⅳ and Ⅵ.

    I and V beside Latin letters are left unchanged.
    """
    restored = list(line)
    for index, character in enumerate(line):
        widths = _WIDER_NUMERALS.get(character.text, ())
        width, height = character.x1 - character.x0, character.bottom - character.top
        thin = 0 < width < _STROKE * metrics.em and metrics.half > EVEN
        if character.text == "1" and thin and not has_alphanumeric_beside(line, index):
            restored[index] = replace_text(character, "roman_numeral", "I")
        for numeral, min_ratio, min_probability in widths:
            large = width > min_ratio * height > 0 and not has_letter_beside(line, index)
            doubted = min_probability > 0 or character.confidence < _CERTAIN_LETTER
            if large and doubted and character.probability_of(numeral) >= min_probability:
                restored[index] = replace_text(character, "roman_numeral", numeral)
    return restored
