"""Twins: the same place of the same sentence elsewhere outvotes a doubtful reading."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from pipeline.normalize.ocr_repair.characters import Sign, Text, may_be
from pipeline.vocabulary.character_widths import half_form
from pipeline.vocabulary.lookalikes import lookalikes

_WINDOW = 4  # characters on each side that make a place the same; fewer recur by chance
_ONE_VOTE = 3.0  # log-odds; no single reading counts for more
_MARGIN = 1.0  # log-odds by which the others must outweigh a reading to replace it
_AGREED = 0.3  # of the doubt that is left where the same stands elsewhere: fonts err alike


def let_twins_vote(texts: Sequence[Text]) -> list[Text]:
    """Let the same place of the same sentence elsewhere outvote a doubtful reading.

    Errors of recognition are random, repetition is not: an answer quotes its question, a revision
    repeats its original. Where two texts really differ, both are sure.
    """
    places = _places(texts)
    return [[_voted(text, index, texts, places) for index in range(len(text))] for text in texts]


_Places = dict[tuple[str, str], list[tuple[int, int]]]
"""Folded characters before and behind a place → the places, by text and index."""


def _places(texts: Sequence[Text]) -> _Places:
    places: _Places = defaultdict(list)
    for number, text in enumerate(texts):
        for key, index in _windows(text):
            places[key].append((number, index))
    return places


def _windows(text: Sequence[Sign]) -> Iterator[tuple[tuple[str, str], int]]:
    inked = [index for index, sign in enumerate(text) if sign.text.strip()]
    folded = "".join(_folded(text[index].text) for index in inked)
    for at in range(_WINDOW, len(inked) - _WINDOW):
        key = folded[at - _WINDOW : at], folded[at + 1 : at + 1 + _WINDOW]
        yield key, inked[at]


def _folded(text: str) -> str:
    """A character without what scans confuse: width, and the twins of katakana."""
    half = half_form(text) or text
    return lookalikes().twins.get(half, half)


def _voted(text: Text, index: int, texts: Sequence[Text], places: _Places) -> Sign:
    sign = text[index]
    if not sign.doubted or not sign.text.strip():
        return sign
    key = _key(text, index)
    found = [texts[n][i] for n, i in places.get(key, ()) if texts[n][i] is not sign]
    weights: dict[str, float] = defaultdict(float)
    for other in found:
        weights[other.text] += _weight(other.sure)
    possible = {other: weights[other] for other in may_be(sign) if other in weights}
    own = weights.get(sign.text, 0.0) + _weight(sign.sure)
    best = max(possible, key=lambda other: possible[other], default="")
    if best and possible[best] > own + _MARGIN:
        return sign.made("twins", best, 1 - _AGREED * (1 - _likely(possible[best] - own)))
    if weights.get(sign.text, 0.0) > sum(possible.values()):
        return replace(sign, sure=1 - _AGREED * (1 - sign.sure))
    return sign


def _key(text: Sequence[Sign], index: int) -> tuple[str, str]:
    before = [s for s in text[max(0, index - 3 * _WINDOW) : index] if s.text.strip()]
    after = [s for s in text[index + 1 : index + 1 + 3 * _WINDOW] if s.text.strip()]
    return (
        "".join(_folded(s.text) for s in before[-_WINDOW:]),
        "".join(_folded(s.text) for s in after[:_WINDOW]),
    )


def _weight(sure: float) -> float:
    """What a reading is worth, in log-odds."""
    return min(_ONE_VOTE, max(0.0, -log(max(1 - sure, 1e-9)) + log(max(sure, 1e-9))))


def _likely(odds: float) -> float:
    return 1 - float(0.5 ** (1 + odds))
