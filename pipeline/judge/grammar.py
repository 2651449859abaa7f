"""How the morphemes of a text follow each other, one letter for each.

A text's letters let patterns say what no Japanese sentence does: 「を、」 begins none, and none
goes on with 「が」 behind its full stop. The morphemes are those that normalize found.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from pipeline.model import Morpheme
from pipeline.vocabulary.character_widths import is_katakana
from pipeline.vocabulary.data_files import read_data

_PARTICLES = {
    "格助詞": "P",
    "係助詞": "K",
    "副助詞": "F",
    "接続助詞": "S",
    "終助詞": "E",
    "準体助詞": "N",
}
_SURFACES = {"を": "w", "が": "g", "に": "y", "で": "e", "と": "q", "の": "h"}
"""Case particles with a letter of their own: each follows, and leads to, other words."""
CASE = "P" + "".join(_SURFACES.values())
"""Letters of the case particles."""
NOUNS = "noulj"
"""Letters of nouns."""
_SIGNS = {"句点": ".", "読点": ",", "括弧開": "(", "括弧閉": ")"}
_CLASSES = {
    "名詞": "n",
    "代名詞": "n",
    "形状詞": "n",
    "接尾辞": "x",
    "接頭辞": "p",
    "連体詞": "r",
    "副詞": "d",
    "接続詞": "c",
    "感動詞": "i",
    "空白": "_",
}
_INFLECTED = frozenset(("動詞", "形容詞", "助動詞"))
_FORMS = {"連用形": "v", "未然形": "m", "仮定形": "k", "語幹": "m"}
"""Form → letter; a form that can end a clause is a `V`."""
_SOUND_CHANGES = ("促音便", "撥音便", "イ音便", "ウ音便")
_ONE_CHARACTER = "o"
"""A noun of one character: a word torn apart leaves them."""
ONE_KANA = "u"
"""Letter of a noun of one kana."""
_LATIN = "l"
_HIRAGANA = "j"
"""A noun in hiragana: words torn apart leave many."""
_NUMBER = "0"
_ALSO = "M"
Known = tuple[tuple[str, ...], str]
"""A part of speech and the letter of a surface that has it."""
LINE_END = "/"


def spell_classes(morphemes: Sequence[Morpheme], known: dict[str, Known] | None = None) -> str:
    """One letter for each morpheme; a line end is `/`.

    Args:
        known: The letters of earlier texts, to be filled: words recur.
    """
    known = {} if known is None else known
    letters = []
    for morpheme in morphemes:
        part, surface = morpheme.part_of_speech, morpheme.surface
        found = known.get(surface)
        if found is None or found[0] is not part:
            found = known[surface] = (part, _letter(part, surface))
        letters.append(found[1])
    return "".join(letters)


def _letter(part: tuple[str, ...], surface: str) -> str:
    if len(surface) == 1:
        if surface == "\n":
            return LINE_END
        if is_katakana(surface):
            return _NUMBER  # イ、ロ、ハ count the items of a law
        if part[:2] == ("名詞", "普通名詞"):
            return ONE_KANA if "ぁ" <= surface <= "ゖ" else _ONE_CHARACTER
    letter = _class_letter(part)
    if letter == "P":
        return _SURFACES.get(surface, letter)
    if part[0] == "名詞" and letter == "n":
        return _noun_letter(surface)
    return _ALSO if surface == "も" and letter == "K" else letter


def _noun_letter(surface: str) -> str:
    if surface.isascii():
        return _LATIN
    return _HIRAGANA if all("ぁ" <= c <= "ゖ" for c in surface) else "n"


@cache
def _class_letter(part: tuple[str, ...]) -> str:
    """The letter of a part of speech (SudachiPy's six levels)."""
    if part[0] == "助詞":
        return _PARTICLES.get(part[1], "F")
    if part[0] == "補助記号":
        return _SIGNS.get(part[1], "s")
    if part[:2] == ("名詞", "数詞"):
        return _NUMBER
    if part[0] in _INFLECTED or part[5] != "*":
        return _inflected_letter(part)
    return _CLASSES.get(part[0], "s")


def _inflected_letter(part: tuple[str, ...]) -> str:
    form, _, sound = part[5].partition("-")
    if form == "連用形" and sound in _SOUND_CHANGES:
        return "z"
    letter = _FORMS.get(form, "V")
    return {"V": "A", "v": "a", "m": "b"}.get(letter, letter) if part[0] == "助動詞" else letter


@cache
def pair_odds() -> Mapping[str, float]:
    """Two letters → log-odds (natural) that they stand where two texts are mixed.

    Fitted by `python -m benchmarks.mistakes pairs`; a pair that is not listed says nothing.
    """
    lines = read_data(__package__, "pairs.yml")["pairs"].splitlines()
    return {line[:2]: float(line[3:]) for line in lines}


def find_oddest_stretch(classes: str) -> tuple[float, int]:
    """The stretch of a text whose pairs say most that it is mixed of two.

    Returns:
        The sum of its log-odds, and the index of the morpheme before its oddest pair.
    """
    odds = pair_odds()
    best = current = 0.0
    oddest = peak = 0.0
    place = found = 0
    for index, (one, other) in enumerate(pairwise(classes)):
        value = odds.get(one + other, 0.0)
        current += value
        if current <= 0:
            current = peak = 0.0
        elif value > peak:
            peak, place = value, index
        if current > best:
            best, found, oddest = current, place, peak
    return best, found if oddest else 0
