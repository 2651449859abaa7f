"""What a recogniser cannot see but a reader knows: repairs that need only the line.

Each step takes a line and gives it back, changed only where its knowledge speaks, with a receipt
on each character that it changed. The steps know how large the type is (`Type`), since much of
what looks alike differs in size: ょ and よ, ④ and 4, ＜ and く.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log
from statistics import fmean
from unicodedata import category

from pipeline.extract.ocr.engine.calibration import calibrate
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import settle_widths
from pipeline.extract.ocr.repair.font_metrics import Type, measure_type
from pipeline.extract.ocr.repair.spacing import set_line
from pipeline.model import Repair
from pipeline.vocabulary.character_widths import EVEN, is_ideograph, is_katakana
from pipeline.vocabulary.header_words import match_role
from pipeline.vocabulary.lookalikes import lookalikes

Step = Callable[[Sequence[Character], Type], list[Character]]

_SIGNS = ("No", "Nl", "So", "Sm")  # Unicode categories of ④, Ⅳ, ○ and ×
_LEAST = 0.0005  # chance of what the recogniser did not think of
# Lengths in em.
_HEARD = 0.5  # share of the recogniser's opinion that counts where size tells more
_SIZE = 0.08  # standard deviation of an ink's width and height together (tests' lines)
_LARGER = 0.25  # by which a large kana's size lies over the threshold at most
_BROAD = 0.75  # a Latin letter or figure is narrower, but for W and M; ○ and ④ are not
_TALL = 0.8  # and lower
_NUMERAL = 1.1  # the strokes of one Roman numeral stand within
_ITEM = 1.2  # from an item's mark to its text; a plain space in a proportional font is narrow
_UNIT_WIDTH = (0.6, 1.05)  # ink of ㎡
_UNIT_HEIGHT = 0.62  # m alone has 0.42-0.55
_RAISED = 0.6  # of a figure's height: its 2
_SURE_UNIT = 0.9  # ㎥ looks nearly like it, and is rarer
_STROKE = 0.155  # a 1 has a flag or a foot and is wider, but for those of monospaced fonts
_DASH = 0.55  # - is shorter, － longer
_HALFWAY = 0.2  # from the middle of the line: a point stands 0.35 below it
_THIN = 0.25  # no dash is higher
_RULE = (0.2, 1.02)  # what is narrower and higher is a piece of a ruling
_HEADER = 12  # characters
_HEADER_HEARD = 0.01  # chance from which a known header is believed
_SURE_LETTER = 0.9  # confidence from which an I is one, however thick
_COUNTED = "一二三八千"  # these begin items too
_UNUSED = "卜"  # divination: no office writes of it
_TWIN_HEARD = 0.02  # chance from which a twin beside katakana on one side is believed


def repair_lines(
    lines: Sequence[Sequence[Character]],
    sizes: Sequence[float],
    margins: Sequence[float | None],
) -> list[list[Character]]:
    """Repair the lines of one page, and put them back as they were set (see `set_line`).

    Args:
        lines: As recognised.
        sizes: What the height of their ink says of their type's size, in pixels.
        margins: Where the lines around begin, in pixels from each line's left; None: not known.
    """
    types = [
        replace(kind, margin=margin)
        for kind, margin in zip(measure_type(lines, sizes), margins, strict=True)
    ]
    repaired = [repair_line(line, kind) for line, kind in zip(lines, types, strict=True)]
    settled = settle_widths(repaired, types)
    return [set_line(calibrate(line), kind) for line, kind in zip(settled, types, strict=True)]


def repair_line(line: Sequence[Character], kind: Type) -> list[Character]:
    """Repair one line, step by step, but for the widths, which the page tells."""
    steps: tuple[Step, ...] = (
        drop_rulings,
        join_units,
        join_numerals,
        tell_numerals,
        enlarge_figures,
        tell_small_kana,
        tell_katakana,
        tell_points,
        tell_dashes,
        spell_unlearned,
        spell_headers,
    )
    repaired = list(line)
    for step in steps:
        repaired = step(repaired, kind)
    return repaired


def _made(character: Character, step: str, text: str) -> Character:
    """A character read as another one."""
    if text == character.text:
        return character
    sure = max(character.probability_of(text), character.confidence)
    return replace(
        character,
        text=text,
        confidence=sure,
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair(step, character.text, text)),
    )


def drop_rulings(line: Sequence[Character], kind: Type) -> list[Character]:
    """Drop pieces of rulings at a line's ends: thin ink that is higher than the type."""
    return [
        character
        for index, character in enumerate(line)
        if not (index in (0, len(line) - 1) and len(line) > 1 and _is_ruling(character, kind))
    ]


def _is_ruling(character: Character, kind: Type) -> bool:
    narrow = character.x1 - character.x0 < _RULE[0] * kind.em
    return narrow and character.bottom - character.top > _RULE[1] * kind.em


def join_units(line: Sequence[Character], kind: Type) -> list[Character]:
    """Read ㎡, which the recogniser has not learned, where an m behind a figure is too high."""
    joined: list[Character] = []
    for index, character in enumerate(line):
        before = joined[-1] if joined else None
        if before and character.text in "2²２" and _is_unit(before, character, kind):
            joined[-1] = _unit(before, character)
        elif character.text in "mｍ" and _is_unit(character, character, kind):
            counted = index > 0 and _half(line[index - 1].text).isdigit()
            joined.append(_unit(character, character) if counted else character)
        else:
            joined.append(character)
    return joined


def _is_unit(first: Character, last: Character, kind: Type) -> bool:
    """Whether ink that begins with an m is a ㎡: within one em, its 2 small and raised."""
    width, top = last.x1 - first.x0, min(first.top, last.top)
    height = max(first.bottom, last.bottom) - top
    one = _UNIT_WIDTH[0] * kind.em < width < _UNIT_WIDTH[1] * kind.em
    small = last is first or last.bottom - last.top < _RAISED * height
    return first.text in "mｍ" and one and small and height > _UNIT_HEIGHT * kind.em


def _unit(first: Character, last: Character) -> Character:
    found = first.text if last is first else first.text + last.text
    top, bottom = min(first.top, last.top), max(first.bottom, last.bottom)
    receipt = Repair("unit", found, "㎡")
    return Character("㎡", first.x0, top, last.x1, bottom, _SURE_UNIT, repairs=(receipt,))


def join_numerals(line: Sequence[Character], kind: Type) -> list[Character]:
    """Make one numeral of the strokes of a Roman one: V, I within one em are Ⅵ."""
    joined: list[Character] = []
    index = 0
    while index < len(line):
        for end in range(min(index + 4, len(line)), index + 1, -1):
            one = _numeral(line[index:end], kind)
            if one is not None:
                joined.append(one)
                index = end
                break
        else:
            joined.append(line[index])
            index += 1
    return joined


_STROKES = {"1": "I", "l": "I", "|": "I", "Ｉ": "I", "Ｖ": "V", "川": "III"}
_ROMAN = frozenset("IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")


def _numeral(strokes: Sequence[Character], kind: Type) -> Character | None:
    first, last = strokes[0], strokes[-1]
    if last.x1 - first.x0 > _NUMERAL * kind.em:
        return None
    letters = [_letters(stroke.text) for stroke in strokes]
    if not all(set(spelled) <= set("IVX") for spelled in letters):
        return None
    # All strokes of Ⅲ, or Ⅲ and a part of it once more.
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


def _letters(text: str) -> str:
    """A stroke or a Roman numeral in Latin letters."""
    spelled = {one: letters for letters, one in lookalikes().numerals.items()}
    return _STROKES.get(text) or spelled.get(text, text)


def tell_numerals(line: Sequence[Character], kind: Type) -> list[Character]:
    """Read I and V that are too wide for letters as the numerals Ⅱ, Ⅲ and Ⅳ."""
    told = list(line)
    for index, character in enumerate(line):
        widths = _WIDER.get(character.text, ())
        width, height = character.x1 - character.x0, character.bottom - character.top
        thin = 0 < width < _STROKE * kind.em and kind.half > EVEN
        if character.text == "1" and thin and not _among_figures(line, index):
            told[index] = _made(character, "roman_numeral", "I")
        for numeral, least, heard in widths:
            large = width > least * height > 0 and not _among_letters(line, index)
            doubted = heard > 0 or character.confidence < _SURE_LETTER
            if large and doubted and character.probability_of(numeral) >= heard:
                told[index] = _made(character, "roman_numeral", numeral)
    return told


# Width to height: an I has less than 0.3 with its serifs, Ⅱ 0.55, Ⅲ 0.85, a V 0.9, Ⅳ 1.05. V and Ⅳ
# differ by so little that the recogniser must have thought of the numeral.
_WIDER = {"I": (("Ⅱ", 0.4, 0.0), ("Ⅲ", 0.7, 0.0)), "V": (("Ⅳ", 0.98, 0.001), ("Ⅵ", 1.0, 0.02))}


def enlarge_figures(line: Sequence[Character], kind: Type) -> list[Character]:
    """Read what is too large for a Latin letter or figure as what is as large: ④, ○, ＜."""
    return [
        character if _among_figures(line, index) else _enlarged(character, kind)
        for index, character in enumerate(line)
    ]


def _among_letters(line: Sequence[Character], index: int) -> bool:
    """Whether a Latin letter stands beside."""
    beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return any(map(str.isalpha, map(_half, beside)))


def _among_figures(line: Sequence[Character], index: int) -> bool:
    """Whether a Latin letter or figure stands beside."""
    beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
    return any(map(str.isalnum, map(_half, beside)))


def _enlarged(character: Character, kind: Type) -> Character:
    width, height = (character.x1 - character.x0), (character.bottom - character.top)
    broad = width > _BROAD * kind.em
    if character.text == "く" and broad and character.probability_of("<") > _TWIN_HEARD:
        return _made(character, "size", "＜")
    figure = character.text.isascii() and character.text.isalnum() and character.text not in "WMmw"
    if not (figure and broad and height > _TALL * kind.em):
        return character
    if character.text in "O0o":
        return _made(character, "size", "○")
    large = (
        text
        for text, chance in character.others
        if text and category(text[0]) in _SIGNS and chance > _TWIN_HEARD
    )
    return _made(character, "size", next(large, character.text))


def tell_small_kana(line: Sequence[Character], kind: Type) -> list[Character]:
    """Tell ょ from よ by the size of the ink, and a little by what the recogniser thought."""
    return [_sized_kana(character, kind) for character in line]


def _sized_kana(character: Character, kind: Type) -> Character:
    known = lookalikes()
    small = known.large.get(character.text, character.text)
    if small not in known.small:
        return character
    large, between = known.small[small]
    size = (character.x1 - character.x0 + character.bottom - character.top) / kind.em
    heard = log(
        max(character.probability_of(small), _LEAST) / max(character.probability_of(large), _LEAST)
    )
    # What is larger than any large one has something else in its box.
    seen = (between - size) / _SIZE if size - between < _LARGER else 0.0
    odds = _HEARD * heard + seen
    return _made(character, "small_kana", small if odds > 0 else large)


def tell_katakana(line: Sequence[Character], kind: Type) -> list[Character]:
    """Tell カ from 力, ベ from べ and ー from 一 by the run that they stand in."""
    told = list(line)
    for index, character in enumerate(line):
        made = _by_run(told, index, kind)
        told[index] = _made(character, "katakana", made)
    return told


def _by_run(line: Sequence[Character], index: int, kind: Type) -> str:
    """What the character of a twin pair is, by the characters beside it."""
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
    if after == "ー" and kana != "ー":  # no kanji is drawn out
        return kana
    likely = line[index].probability_of(kana) > _TWIN_HEARD
    if left and (right or kana == "ー"):
        return kana if likely or right or not is_ideograph(after) else text
    if not index and after and twin not in _COUNTED and _is_apart(line, kind):
        return kana
    if left or right:
        hiragana = "ぁ" <= twin <= "ん"
        if hiragana and left:  # データへの
            return text
        return kana if likely or twin in known.rare else text
    if twin == _UNUSED:
        return kana
    inside = before != "" and after != "" and not _half(before) and not _half(after)
    if "ぁ" <= twin <= "ん":
        return twin if _is_hiragana(before) and _is_hiragana(after) else text
    return twin if inside and line[index].probability_of(twin) > _TWIN_HEARD / 2 else text


def _is_apart(line: Sequence[Character], kind: Type) -> bool:
    """Whether a line's first character is an item's mark, white space behind it."""
    return line[1].middle - line[0].middle > _ITEM * kind.em


def _is_hiragana(text: str) -> bool:
    return text != "" and "ぁ" <= text <= "ん"


def tell_points(line: Sequence[Character], kind: Type) -> list[Character]:
    """Tell ・ from . by its height in the line."""
    whole = [c for c in line if is_ideograph(c.text) and c.bottom - c.top > _TALL * kind.em]
    if not whole:
        return list(line)
    middle = fmean((c.top + c.bottom) / 2 for c in whole)
    return [
        _made(c, "point", "・")
        if c.text in ".．･·"
        and abs((c.top + c.bottom) / 2 - middle) < _HALFWAY * kind.em
        and 0 < c.bottom - c.top < _THIN * kind.em
        and not _among_figures(line, index)
        else c
        for index, c in enumerate(line)
    ]


def tell_dashes(line: Sequence[Character], kind: Type) -> list[Character]:
    """Tell - and － from 一 by place and length: alone in a cell, or between figures."""
    told = list(line)
    for index, character in enumerate(line):
        beside = [line[i].text for i in (index - 1, index + 1) if 0 <= i < len(line)]
        figures = len(beside) == 2 and all(map(str.isalnum, map(_half, beside)))
        thin = character.bottom - character.top < _THIN * kind.em
        if character.text in "一二ー-－―‐" and thin and (figures or len(line) == 1):
            short = character.x1 - character.x0 < _DASH * kind.em
            if short or character.text in "一二" or figures:
                told[index] = _made(character, "dash", "-" if short else "－")
    return told


def _half(text: str) -> str:
    """A figure or Latin letter in half width; "" for all else."""
    half = chr(ord(text) - 0xFEE0) if "！" <= text <= "～" else text
    return half if half.isascii() else ""


def spell_unlearned(line: Sequence[Character], kind: Type) -> list[Character]:
    """Spell words whose kanji the recogniser has hardly learned: 進捗."""
    told = list(line)
    for before, read, _, made in lookalikes().unlearned:
        for index in range(1, len(line)):
            if line[index - 1].text == before and line[index].text in read:
                told[index] = _made(line[index], "unlearned", made)
    return told


def spell_headers(line: Sequence[Character], kind: Type) -> list[Character]:
    """Read a line so that it is a header that is known: 誤, where it looks like 器.

    A header is a few characters without a sentence around them, and a table hangs on it.
    """
    text = "".join(character.text for character in line)
    if len(line) > _HEADER or _is_header(text):
        return list(line)
    for index, character in enumerate(line):
        for other, chance in character.others:
            if chance > _HEADER_HEARD and _is_header(text[:index] + other + text[index + 1 :]):
                return [*line[:index], _made(character, "header", other), *line[index + 1 :]]
    return list(line)


def _is_header(text: str) -> bool:
    match = match_role(text)
    return match is not None and match.manner == 0
