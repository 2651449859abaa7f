"""Distinguish kana from their look-alikes: small from large kana, katakana from kanji."""

from collections.abc import Sequence
from math import log

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.extract.ocr.repair.neighbours import to_half_width
from pipeline.extract.ocr.repair.replacement import replace_text
from pipeline.vocabulary.character_widths import is_ideograph, is_katakana
from pipeline.vocabulary.lookalikes import lookalikes

_MIN_PROBABILITY = 0.0005  # judgement: probability of a reading that the recogniser did not offer
# Share of the recogniser's opinion that counts; judgement: the size shows more.
_MODEL_WEIGHT = 0.5
# Standard deviation of an ink's width and height together, in em; measured: on the lines of the
# tests.
_SIZE_NOISE = 0.08
# em; judgement: the most by which the size of a large kana exceeds the threshold.
_MAX_EXCESS = 0.25
_ITEM_GAP = 1.2  # em from an item mark to its text; judgement: a plain space may be narrow
# Probability from which a look-alike is accepted beside katakana on one side; judgement: the
# neighbour supports it.
_MIN_TWIN_PROBABILITY = 0.02
# The same for a kanji inside a word; judgement: half of it, since both neighbours support it.
_MIN_TWIN_INSIDE = 0.01
_ITEM_KANJI = "一二三八千"  # kanji that begin items too
_UNUSED_KANJI = "卜"  # divination: no office writes about it


def distinguish_small_kana(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Distinguish ょ from よ by the size of the ink, and partly by the recogniser's opinion."""
    return [_choose_size(character, metrics) for character in line]


def _choose_size(character: Character, metrics: TypeMetrics) -> Character:
    known = lookalikes()
    small = known.large.get(character.text, character.text)
    if small not in known.small:
        return character
    large, between = known.small[small]
    size = (character.x1 - character.x0 + character.bottom - character.top) / metrics.em
    model_odds = log(
        max(character.probability_of(small), _MIN_PROBABILITY)
        / max(character.probability_of(large), _MIN_PROBABILITY)
    )
    # Ink larger than any large kana includes something else, so its size shows nothing.
    size_odds = (between - size) / _SIZE_NOISE if size - between < _MAX_EXCESS else 0.0
    odds = _MODEL_WEIGHT * model_odds + size_odds
    return replace_text(character, "small_kana", small if odds > 0 else large)


def distinguish_katakana(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Distinguish カ from 力, ベ from べ and ー from 一 by the characters around them."""
    repaired = list(line)
    for index, character in enumerate(line):
        chosen = _choose_by_neighbours(repaired, index, metrics)
        repaired[index] = replace_text(character, "katakana", chosen)
    return repaired


def _choose_by_neighbours(line: Sequence[Character], index: int, metrics: TypeMetrics) -> str:
    """Choose between katakana and its look-alike by the neighbouring characters."""
    known = lookalikes()
    text = line[index].text
    kana = known.katakana.get(text, text)
    twin = known.twins.get(kana)
    if twin is None:
        return text
    before = line[index - 1].text if index else ""
    after = line[index + 1].text if index + 1 < len(line) else ""
    left, right = is_katakana(before), is_katakana(after)
    if after in known.katakana and index + 2 < len(line):  # 力一ド
        right = right or is_katakana(line[index + 2].text)
    if after == "ー" and kana != "ー":  # ー never follows a kanji
        return kana
    likely = line[index].probability_of(kana) > _MIN_TWIN_PROBABILITY
    if left and (right or kana == "ー"):
        return kana if likely or right or not is_ideograph(after) else text
    if not index and after and twin not in _ITEM_KANJI and _is_item_mark(line, metrics):
        return kana
    if left or right:
        hiragana = "ぁ" <= twin <= "ん"
        if hiragana and left:  # データへの
            return text
        return kana if likely or twin in known.rare else text
    if twin == _UNUSED_KANJI:
        return kana
    inside = before != "" and after != "" and not to_half_width(before) and not to_half_width(after)
    if "ぁ" <= twin <= "ん":
        return twin if _is_hiragana(before) and _is_hiragana(after) else text
    return twin if inside and line[index].probability_of(twin) > _MIN_TWIN_INSIDE else text


def _is_item_mark(line: Sequence[Character], metrics: TypeMetrics) -> bool:
    """Whether a line's first character is an item mark with white space after it."""
    return line[1].middle - line[0].middle > _ITEM_GAP * metrics.em


def _is_hiragana(text: str) -> bool:
    return text != "" and "ぁ" <= text <= "ん"
