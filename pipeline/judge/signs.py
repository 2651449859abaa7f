"""Signs that a field may be wrong, and what they say together by fitted weights."""

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from pipeline.model.log_odds import probability
from pipeline.vocabulary.data_files import read_data

_QUOTED = 12  # characters of a text in a reason; judgement: enough to find the place by


class Sign(Struct, frozen=True):
    """One thing that a reader of proofs would mark."""

    name: str
    """The key of its weight in weights.yml."""
    record: int
    """Index of the record in the annex, from 0."""
    field: str | None
    """The field; None: all fields of the record."""
    reason: str
    """What is seen, for a person; it follows the field's name."""
    strength: float = 1.0
    """How marked it is, above 0 and at most 1."""


def quote_end(text: str) -> str:
    """The end of a text, for a reason."""
    shown = _on_one_line(text)
    return f"「{shown}」" if len(shown) <= _QUOTED else f"「…{shown[-_QUOTED:]}」"


def quote_start(text: str) -> str:
    """The start of a text, for a reason."""
    shown = _on_one_line(text)
    return f"「{shown}」" if len(shown) <= _QUOTED else f"「{shown[:_QUOTED]}…」"


def _on_one_line(text: str) -> str:
    return text.replace("\n", "／")


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
    return probability(-odds)
