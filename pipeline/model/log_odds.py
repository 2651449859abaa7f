"""Log-odds, natural logarithm: how the stages weigh evidence."""

from math import exp


def probability(odds: float) -> float:
    """The probability that log-odds stand for, 0-1."""
    return 1 / (1 + exp(-odds))
