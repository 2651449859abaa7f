"""Read characters as the forms that are typed, where the recogniser sees rare ones alike."""

import re
from collections.abc import Sequence
from statistics import fmean

from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.vocabulary.character_widths import full_form, half_form, is_ideograph, is_kana

_HYPHENS, _MINUS, _POINT = "\u2010\u2013ｰ", "-", "・"
_DASHES = (*_HYPHENS, _MINUS, "－")
_LONG = 1.5  # width over height; judgement: a point is round, a blurred hyphen has 1.8 and more
_MIN_PROBABILITY = 0.05  # of - for a dash; judgement: it is typed twenty times as often
_DOT = 0.3  # em, both sides; judgement: the largest dot, a 。 in bold type
_UNSURE = 0.55  # of a dot; measured: of 12,382 on 20 scans, none has less; of 11 specks, 7 have
_LOW = 0.6  # em; judgement: a line of text is higher, but for a dash
_ODD = 0.4  # mean confidence; measured: on the same scans, 9 low lines have less, none was text
_ROOM = 1.1  # em between letters around a dot; judgement: 1 without it, 1.15 in narrow type
# em, the ink of a line's first character; measured: of 34,670 characters on 7 scans, two that begin
# a line are wider, 部 and 時, each with the dot of a lost 一.
_WIDE = 1.1
_HALF_LOST = 0.5  # confidence; judgement: what stood there may have been dirt
_SESAME = "ヽ"  # in a line of its own, the marks beside an emphasised word
_ITEMS = frozenset("○●◎◇◆□■△▲▽▼☆★※")
_STOPS = frozenset("。、．，")
_IN_ADDRESS = frozenset("./-_@:")
_POINTS = frozenset(".．")
_ISO = re.compile("IS0[0-9]{4}")  # 14001, 9001 and others, none of which begins with 0
_LETTERS = re.compile("[A-Za-z]{2}")


def read_marks(line: Sequence[Character]) -> list[Character]:
    """Read a doubtful U+2010, U+2013 or ｰ as -: a ｰ stands among half-width kana.

    A long ・ alone marks no item: it is the hyphen of a cell, a few pixels large. An l outside
    words, units and addresses is the numeral I: in Gothic type both have one shape. A doubtful 0
    that ends a word is its O.
    """
    read = list(line)
    if len(line) == 1 and line[0].text == _POINT and line[0].shape > _LONG:
        lone = line[0]
        return [lone.read_as("mark", _MINUS)] if lone.probability_of(_MINUS) else read
    texts = ["", *(character.text for character in line), ""]
    for index, character in enumerate(line):
        text, before, after = character.text, texts[index], texts[index + 2]
        kana = any("｡" <= other <= "ﾟ" for other in (before, after))
        word = any(other.isascii() and other.isalnum() for other in (before, after))
        if text in _HYPHENS and not kana and character.probability_of(_MINUS) > _MIN_PROBABILITY:
            read[index] = character.read_as("mark", _MINUS)
        elif text == "0" and _LETTERS.fullmatch("".join(texts[max(index - 1, 0) : index + 1])):
            behind = "".join(texts[max(index - 1, 0) : index + 6])
            ends = not after.isdigit() or _ISO.match(behind)
            if character.probability_of("O") > _MIN_PROBABILITY and ends:
                read[index] = character.read_as("numeral", "O")
        elif text == "l" and before not in _IN_ADDRESS and not word:
            read[index] = character.read_as("numeral", "I")
    return read


def drop_specks(line: Sequence[Character], em: float) -> list[Character]:
    """Drop dots that the recogniser takes for dirt, and lines of what hangs out of the line above.

    A dot alone is the stop that did not fit into the line above, or it is dirt; so is one between
    kanji or kana that leave no room for it, and one before the mark of an item; in an address it is
    a point, however faint, and a 。 behind kana ends a sentence. The ends of g and of a wavy
    underline are a low line that reads as nothing. A line of ヽ is the marks of an emphasised word.
    """
    height = max((c.bottom for c in line), default=0) - min((c.top for c in line), default=0)
    alone = len(line) == 1 and line[0].text not in _STOPS and line[0].shape < _LONG
    is_dirt = alone and (line[0].text == _POINT or _is_dot(line[0], em))
    is_dirt = is_dirt or {c.text for c in line} == {_SESAME}
    if is_dirt or (height < _LOW * em and fmean([c.confidence for c in line] or [0.0]) < _ODD):
        return []
    line = _doubt_wide(line, em)
    if len(line) > 1 and line[-1].text == _POINT and line[-2].text in _STOPS:
        line = line[:-1]
    around = zip([None, *line], line, [*line[1:], None], strict=False)
    return [
        dot
        for before, dot, after in around
        if not _is_dot(dot, em)
        or (measure_sureness(dot) >= _UNSURE and _has_room(before, after, em))
        or (before and not after and dot.text == "。" and is_kana(before.text))
        or (before and after and (before.text + after.text).isascii() and dot.text in _POINTS)
    ]


def _doubt_wide(line: Sequence[Character], em: float) -> list[Character]:
    """Doubt a first character wider than type: its ink has the rest of a lost thin stroke.

    Of the 一 of 一部, a 1-bit scan may leave a dot.
    """
    wide = [c for c in line[:1] if _LOW < (c.bottom - c.top) / em < _WIDE < (c.x1 - c.x0) / em]
    doubted = [replace(c, confidence=min(c.confidence, _HALF_LOST)) for c in wide]
    return [*doubted, *line[len(doubted) :]]


def _has_room(before: Character | None, after: Character | None, em: float) -> bool:
    """Whether a dot may stand between two characters, the first or last of a line aside."""
    if not before or not after:
        return not after or after.text not in _ITEMS
    letters = all(is_ideograph(c.text) or is_kana(c.text) for c in (before, after))
    return not letters or after.middle - before.middle > _ROOM * em


def _is_dot(character: Character, em: float) -> bool:
    sides = character.x1 - character.x0, character.bottom - character.top
    return character.text in _POINTS or max(sides) < _DOT * em


def measure_sureness(character: Character) -> float:
    """The probability of a character in either of its widths, and of a dash as any hyphen, 0-1."""
    text = character.text
    # In order: a sum of floats depends on it.
    alike = _DASHES if text in _DASHES else dict.fromkeys((text, full_form(text), half_form(text)))
    return sum(character.probability_of(form) for form in alike if form)
