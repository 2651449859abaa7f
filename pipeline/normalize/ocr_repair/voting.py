"""Repair by repetition: the same sentence elsewhere outvotes a doubted reading."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log

from msgspec.structs import replace

from pipeline.normalize.ocr_repair.characters import Character, FieldText, find_alternatives
from pipeline.vocabulary.character_widths import half_form
from pipeline.vocabulary.lookalikes import lookalikes

# Characters on each side that make a place the same; judgement: fewer recur by chance.
_WINDOW = 4
_REACH = 3  # windows; judgement: white space seldom separates a window of ink from the next more
_ONE_VOTE = 3.0  # log-odds; judgement: no single reading counts for more than 20 to 1
# Log-odds by which the others must outweigh a reading to replace it; judgement: about 3 to 1.
_MARGIN = 1.0
# Share of the doubt that is left where the same stands elsewhere; judgement: the recogniser errs
# alike on one font.
_REMAINING_DOUBT = 0.3
_LEAST = 1e-9  # probability; judgement: keeps the logarithm finite, rarer than any reading


def let_twins_vote(texts: Sequence[FieldText]) -> list[FieldText]:
    """Let the same place of the same sentence elsewhere outvote a doubted reading.

    Errors of recognition are random, repetition is not: an answer quotes its question, a revision
    repeats its original. Where two texts really differ, both are sure.
    """
    places = _places(texts)
    return [[_let_vote(text, index, texts, places) for index in range(len(text))] for text in texts]


_Places = dict[tuple[str, str], list[tuple[int, int]]]
"""Folded characters before and behind a place → the places, by text and index."""


def _places(texts: Sequence[FieldText]) -> _Places:
    places: _Places = defaultdict(list)
    for number, text in enumerate(texts):
        for key, index in _windows(text):
            places[key].append((number, index))
    return places


def _windows(text: Sequence[Character]) -> Iterator[tuple[tuple[str, str], int]]:
    inked = [index for index, character in enumerate(text) if character.text.strip()]
    folded = "".join(_folded(text[index].text) for index in inked)
    for at in range(_WINDOW, len(inked) - _WINDOW):
        key = folded[at - _WINDOW : at], folded[at + 1 : at + 1 + _WINDOW]
        yield key, inked[at]


def _folded(text: str) -> str:
    """A character without what scans confuse: half-width, and its twin outside of katakana."""
    half = half_form(text) or text
    return lookalikes().twins.get(half, half)


def _let_vote(
    text: FieldText, index: int, texts: Sequence[FieldText], places: _Places
) -> Character:
    character = text[index]
    # All characters of a shape have shared what is known of their width: it must not count twice.
    if not character.doubted or not character.text.strip() or half_form(character.text):
        return character
    key = _key(text, index)
    found = [texts[n][i] for n, i in places.get(key, ()) if texts[n][i] is not character]
    weights: dict[str, float] = defaultdict(float)
    for other in found:
        weights[other.text] += _weight(other.confidence)
    possible = {other: weights[other] for other in find_alternatives(character) if other in weights}
    own = weights.get(character.text, 0.0) + _weight(character.confidence)
    best = max(possible, key=lambda other: possible[other], default="")
    if best and possible[best] > own + _MARGIN:
        return character.read_as(
            "twins", best, 1 - _REMAINING_DOUBT * (1 - _estimate_confidence(possible[best] - own))
        )
    if weights.get(character.text, 0.0) > sum(possible.values()):
        return replace(character, confidence=1 - _REMAINING_DOUBT * (1 - character.confidence))
    return character


def _key(text: Sequence[Character], index: int) -> tuple[str, str]:
    before = [s for s in text[max(0, index - _REACH * _WINDOW) : index] if s.text.strip()]
    after = [s for s in text[index + 1 : index + 1 + _REACH * _WINDOW] if s.text.strip()]
    return (
        "".join(_folded(s.text) for s in before[-_WINDOW:]),
        "".join(_folded(s.text) for s in after[:_WINDOW]),
    )


def _weight(confidence: float) -> float:
    """What a reading is worth, in log-odds."""
    odds = -log(max(1 - confidence, _LEAST)) + log(max(confidence, _LEAST))
    return min(_ONE_VOTE, max(0.0, odds))


def _estimate_confidence(lead: float) -> float:
    """The confidence of a reading that leads by some log-odds: 0.5 at 0, half the doubt a unit."""
    return 1 - float(0.5 ** (1 + lead))
