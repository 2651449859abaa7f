"""How much the doubts of a field's makers count, so that its confidence is a probability."""

from functools import cache

from msgspec import Struct

from pipeline.vocabulary.data_files import read_data


class Exponents(Struct, frozen=True):
    """Powers to which the probabilities are taken whose product is a field's confidence."""

    rows: float
    """Of the probability that its row is one record."""
    breaks: float
    """Of the product over the decisions on its line breaks."""
    characters: float
    """Of the product over its recognised characters, which are not independent of each other."""


@cache
def calibration(source: str) -> Exponents:
    """The fitted exponents of fields from a `text_layer`, or of `recognised` ones (once)."""
    return Exponents(**read_data(__package__, "calibration.yml")[source])
