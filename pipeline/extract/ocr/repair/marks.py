"""Read marks as the forms that are typed, where the recogniser sees rare ones that look alike."""

from collections.abc import Sequence
from unicodedata import normalize

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.replacement import replace_text

_HYPHEN, _MINUS = "\u2010", "-"
# Probability from which a U+2010 is the hyphen of the keyboard; judgement: that one is typed at
# least twenty times as often.
_MIN_PROBABILITY = 0.05
_HALF_MARKS = frozenset("｡｢｣､･")


def read_marks(line: Sequence[Character]) -> list[Character]:
    """Read a doubtful U+2010 as -, and ｡ and ､ as 。 and 、 away from half-width katakana.

    Before a bracket the recogniser takes 。 for ｡, since it has no room around.
    """
    read = list(line)
    for index, character in enumerate(line):
        if character.text == _HYPHEN and character.probability_of(_MINUS) > _MIN_PROBABILITY:
            read[index] = replace_text(character, "mark", _MINUS)
        beside = [other.text for other in line[max(index - 1, 0) : index + 2]]
        if character.text in _HALF_MARKS and not any("ｦ" <= text <= "ﾟ" for text in beside):
            read[index] = replace_text(character, "mark", normalize("NFKC", character.text))
    return read
