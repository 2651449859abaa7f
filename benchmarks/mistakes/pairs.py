"""Fit how much two classes of words beside each other say that a text is mixed of two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log
from random import Random

from pipeline.judge.grammar import CASE, NOUNS, spell_classes
from pipeline.normalize.tokenizer import analyze

_ADDED = 10.0  # pairs of each kind added to the counts of both; texts of others have rarer ones
_MOST = 4.0  # log-odds of one pair at most
_LEAST = 0.05  # log-odds; less is not listed
_PARTICLES = f"{CASE}KM"
_TORN = (
    (f"{_PARTICLES},.(", f"{_PARTICLES}SEFNaAb"),  # を、が; 。は
    ("mzkvE", f"{NOUNS},."),  # an inflection that asks for more, before a noun
    ("mzk", _PARTICLES),
)
"""Letters before and after each other in no sentence: only such pairs may speak for a mixture.

Other pairs are rare in the texts at hand, and common in those of others.
"""
_WIDTH = 12  # characters of a line at least
_NATURAL = 10  # times that a natural text counts
_TIMES = 3  # mixed texts made of each right one


def fit_pairs(texts: Iterable[str], rng: Random, natural: Iterable[str] = ()) -> dict[str, float]:
    """Two letters → log-odds that they stand where two texts are mixed.

    Args:
        texts: Right texts, most of them made from a few patterns.
        rng: Draws how they are mixed.
        natural: Texts that people wrote; each counts as many.
    """
    right, mixed = Counter[str](), Counter[str]()
    for text in dict.fromkeys(texts):
        right.update(_pairs(text))
        for _ in range(_TIMES):
            mixed.update(_pairs(_mix(text, rng)))
    for text in dict.fromkeys(natural):
        right.update(_pairs(text) * _NATURAL)
    rights, mixes = right.total(), mixed.total()
    odds = {
        pair: log((mixed[pair] + _ADDED * mixes / rights) / mixes)
        - log((right[pair] + _ADDED) / rights)
        for pair in {*right, *mixed}
    }
    bounded = {
        pair: max(-_MOST, min(_MOST if _is_torn(pair) else 0.0, value))
        for pair, value in odds.items()
    }
    return {pair: value for pair, value in sorted(bounded.items()) if abs(value) >= _LEAST}


def _is_torn(pair: str) -> bool:
    return any(pair[0] in before and pair[1] in after for before, after in _TORN)


def describe_pairs(odds: Mapping[str, float]) -> str:
    """The content of pairs.yml."""
    lines = "".join(f"  {pair} {value:.2f}\n" for pair, value in odds.items())
    return (
        "# Two classes of words beside each other (judge/grammar.py) and the log-odds that they\n"
        "# stand where two lines are mixed. Made by `python -m benchmarks.mistakes pairs`.\n"
        f"pairs: |\n{lines}"
    )


def _mix(text: str, rng: Random) -> str:
    """Two neighbouring lines of a text, read into each other; the rest of the text is left out."""
    bare = text.replace("\n", "")
    width = rng.randint(_WIDTH, max(_WIDTH, min(30, len(bare) // 2)))
    step = rng.randint(1, 3)
    one, other = bare[:width], bare[width : 2 * width]
    return "".join(one[i : i + step] + other[i : i + step] for i in range(0, width, step))


def _pairs(text: str) -> list[str]:
    return [one + other for one, other in pairwise(spell_classes(analyze(text)))]
