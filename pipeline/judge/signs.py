"""What shows that a field may be wrong: a named sign with its place, strength and reason."""

from msgspec import Struct

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
