"""Restore symbols by their size and position: ㎡, ④, ○, ＜, ・, - and －."""

from collections.abc import Sequence
from statistics import fmean
from unicodedata import category

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.extract.ocr.repair.neighbours import has_alphanumeric_beside, to_half_width
from pipeline.extract.ocr.repair.replacement import replace_text
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import is_ideograph

# em; judgement: ink that is narrower and higher than this is a fragment of a ruling.
_RULING_FRAGMENT = (0.2, 1.02)
_UNIT_WIDTH = (0.6, 1.05)  # em; judgement: the width of the ink of ㎡
_UNIT_HEIGHT = 0.62  # em; judgement: m alone has 0.42-0.55
_RAISED = 0.6  # share of the unit's height; judgement: the height of its 2
_UNIT_CONFIDENCE = 0.9  # judgement: ㎥ looks nearly like ㎡, but is rarer
_SYMBOL_CATEGORIES = ("No", "Nl", "So", "Sm")  # Unicode categories of ④, Ⅳ, ○ and ×
# em; judgement: Latin letters and digits are narrower, except W and M; ○ and ④ are not.
_BROAD = 0.75
_TALL = 0.8  # em; judgement: Latin letters and digits are lower
# Probability from which the recogniser's other reading is accepted; judgement: size supports it.
_MIN_PROBABILITY = 0.02
_DASH = 0.55  # em; judgement: a - is shorter, a － longer
# em from the middle of the line to a ・; judgement: a point stands 0.35 below the middle.
_MIDDLE = 0.2
_THIN = 0.25  # em; judgement: no dash and no point is higher


def drop_ruling_fragments(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Drop fragments of rulings at a line's ends: narrow ink that is higher than the type."""
    return [
        character
        for index, character in enumerate(line)
        if not (
            index in (0, len(line) - 1)
            and len(line) > 1
            and _is_ruling_fragment(character, metrics)
        )
    ]


def _is_ruling_fragment(character: Character, metrics: TypeMetrics) -> bool:
    narrow = character.x1 - character.x0 < _RULING_FRAGMENT[0] * metrics.em
    return narrow and character.bottom - character.top > _RULING_FRAGMENT[1] * metrics.em


def restore_square_metres(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Restore ㎡, which the recogniser was not trained with, from an m that is too high.

    An m of normal height is left unchanged. So is an m without a 2 if no digit stands before it.
    """
    joined: list[Character] = []
    for index, character in enumerate(line):
        before = joined[-1] if joined else None
        if before and character.text in "2²２" and _is_unit(before, character, metrics):
            joined[-1] = _make_unit(before, character)
        elif character.text in "mｍ" and _is_unit(character, character, metrics):
            counted = index > 0 and to_half_width(line[index - 1].text).isdigit()
            joined.append(_make_unit(character, character) if counted else character)
        else:
            joined.append(character)
    return joined


def _is_unit(first: Character, last: Character, metrics: TypeMetrics) -> bool:
    """Whether ink that begins with an m is a ㎡: within one em, with a small raised 2."""
    width, top = last.x1 - first.x0, min(first.top, last.top)
    height = max(first.bottom, last.bottom) - top
    one = _UNIT_WIDTH[0] * metrics.em < width < _UNIT_WIDTH[1] * metrics.em
    small = last is first or last.bottom - last.top < _RAISED * height
    return first.text in "mｍ" and one and small and height > _UNIT_HEIGHT * metrics.em


def _make_unit(first: Character, last: Character) -> Character:
    found = first.text if last is first else first.text + last.text
    top, bottom = min(first.top, last.top), max(first.bottom, last.bottom)
    receipt = Repair("unit", found, "㎡")
    return Character("㎡", first.x0, top, last.x1, bottom, _UNIT_CONFIDENCE, repairs=(receipt,))


def restore_large_symbols(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Turn characters too large for a Latin letter or digit into larger symbols: ④, ○, ＜.

    Characters beside a Latin letter or digit are left unchanged.
    """
    return [
        character if has_alphanumeric_beside(line, index) else _enlarge(character, metrics)
        for index, character in enumerate(line)
    ]


def _enlarge(character: Character, metrics: TypeMetrics) -> Character:
    width, height = (character.x1 - character.x0), (character.bottom - character.top)
    broad = width > _BROAD * metrics.em
    if character.text == "く" and broad and character.probability_of("<") > _MIN_PROBABILITY:
        return replace_text(character, "size", "＜")
    is_alphanumeric = (
        character.text.isascii() and character.text.isalnum() and character.text not in "WMmw"
    )
    if not (is_alphanumeric and broad and height > _TALL * metrics.em):
        return character
    if character.text in "O0o":
        return replace_text(character, "size", "○")
    large = (
        text
        for text, chance in character.others
        if text and category(text[0]) in _SYMBOL_CATEGORIES and chance > _MIN_PROBABILITY
    )
    return replace_text(character, "size", next(large, character.text))


def distinguish_middle_dots(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Distinguish ・ from . by its height in the line.

    A line without whole kanji, and a point beside a Latin letter or digit, are left unchanged.
    """
    whole = [c for c in line if is_ideograph(c.text) and c.bottom - c.top > _TALL * metrics.em]
    if not whole:
        return list(line)
    middle = fmean((c.top + c.bottom) / 2 for c in whole)
    return [
        replace_text(c, "point", "・")
        if c.text in ".．･·"
        and abs((c.top + c.bottom) / 2 - middle) < _MIDDLE * metrics.em
        and 0 < c.bottom - c.top < _THIN * metrics.em
        and not has_alphanumeric_beside(line, index)
        else c
        for index, c in enumerate(line)
    ]


def distinguish_dashes(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Distinguish - and － from 一 by position and length: alone in a cell, or between digits."""
    repaired = list(line)
    for index, character in enumerate(line):
        neighbours = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        between_digits = len(neighbours) == 2 and all(
            map(str.isalnum, map(to_half_width, neighbours))
        )
        thin = character.bottom - character.top < _THIN * metrics.em
        if character.text in "一二ー-－―‐" and thin and (between_digits or len(line) == 1):
            short = character.x1 - character.x0 < _DASH * metrics.em
            if short or character.text in "一二" or between_digits:
                repaired[index] = replace_text(character, "dash", "-" if short else "－")
    return repaired
