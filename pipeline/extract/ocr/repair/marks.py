"""Read marks as the forms that are typed, where the recogniser sees rare ones that look alike."""

from collections.abc import Sequence
from unicodedata import normalize

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import set_width
from pipeline.extract.ocr.repair.replacement import replace_text

_HYPHEN, _MINUS, _POINT = "\u2010", "-", "・"
_LONG = 1.5  # width over height; judgement: a point is round, a blurred hyphen has 1.8 and more
# Probability from which a U+2010 is the hyphen of the keyboard; judgement: that one is typed at
# least twenty times as often.
_MIN_PROBABILITY = 0.05
# em of white on both sides of a full-width colon; judgement: in its box of one em it has 0.45, a
# half-width one 0.2, and with a space behind it 0.2 and 0.7.
_COLON_ROOM = 0.38
_COLON_ODDS = 4.0  # log-odds of full width; judgement: 50 to 1
_DOT = 0.3  # em, both sides; judgement: the largest dot, a 。 in bold type
# Confidence of a dot; measured: of 2,549 on 41 scanned pages, the 10 with less were all specks.
_UNSURE = 0.3
_HALF_MARKS = frozenset("｡｢｣､･")
_STOPS = frozenset("。、．，")


def read_marks(line: Sequence[Character]) -> list[Character]:
    """Read a doubtful U+2010 as -, and ｡ and ､ as 。 and 、 away from half-width katakana.

    Before a bracket the recogniser takes 。 for ｡, since it has no room around. A long ・ alone
    marks no item: it is the hyphen of a cell, a few pixels large.
    """
    read = list(line)
    if len(line) == 1 and line[0].text == _POINT and line[0].shape > _LONG:
        lone = line[0]
        return [replace_text(lone, "mark", _MINUS)] if lone.probability_of(_MINUS) else read
    for index, character in enumerate(line):
        if character.text == _HYPHEN and character.probability_of(_MINUS) > _MIN_PROBABILITY:
            read[index] = replace_text(character, "mark", _MINUS)
        beside = [other.text for other in line[max(index - 1, 0) : index + 2]]
        if character.text in _HALF_MARKS and not any("ｦ" <= text <= "ﾟ" for text in beside):
            read[index] = replace_text(character, "mark", normalize("NFKC", character.text))
    return read


def widen_colons(line: Sequence[Character], em: float) -> list[Character]:
    """Read a colon in the middle of one em of room as a full-width one.

    Args:
        line: The characters as recognised.
        em: The size of the line's type, in pixels.
    """
    read = list(line)
    for index, (before, colon, after) in enumerate(zip(line, line[1:], line[2:], strict=False), 1):
        room = min(colon.x0 - before.x1, after.x0 - colon.x1)
        if colon.text in ":：" and room > _COLON_ROOM * em:
            read[index] = set_width(colon, _COLON_ODDS)
    return read


def drop_specks(line: Sequence[Character], em: float) -> list[Character]:
    """Drop what is as small as a dot, and what the recogniser takes for dirt rather than for it.

    A dot alone is the stop that did not fit into the line above, or it is dirt.

    Args:
        line: The characters as recognised.
        em: The size of the line's type, in pixels.
    """
    alone = len(line) == 1 and line[0].text not in _STOPS and line[0].shape < _LONG
    return [
        character
        for character in line
        if max(character.x1 - character.x0, character.bottom - character.top) >= _DOT * em
        or (character.confidence >= _UNSURE and not alone)
    ]
