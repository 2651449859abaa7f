"""What signs say together: the probability that a field is right, by fitted weights."""

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp

from msgspec import Struct

from pipeline.judge.signs import Sign
from pipeline.vocabulary.data_files import read_data


class Weights(Struct, frozen=True):
    """The content of `weights.yml`, in natural log-odds that a field is wrong."""

    field: float
    """Of a field without any sign."""
    signs: Mapping[str, float]
    """Added by each sign at full strength."""


@cache
def weights() -> Weights:
    """Read the fitted weights (once)."""
    listed = read_data(__package__, "weights.yml")
    return Weights(listed["field"], listed["signs"])


def measure(signs: Iterable[Sign]) -> dict[str, float]:
    """The strength of each sign that a field shows; the strongest where it shows one twice."""
    strengths: dict[str, float] = {}
    for sign in signs:
        strengths[sign.name] = max(sign.strength, strengths.get(sign.name, 0.0))
    return strengths


def probability_right(strengths: Mapping[str, float], by: Weights) -> float:
    """The probability that a field with these signs is right; 1 without any.

    Without a sign nothing is known beyond what the maker of the record knows.
    """
    if not strengths:
        return 1.0
    odds = by.field + sum(by.signs[name] * strength for name, strength in strengths.items())
    return 1 / (1 + exp(odds))
