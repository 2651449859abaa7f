"""Texts that say how many there are: ３件, （12人）, 公園について（３件）, -."""

import re
from functools import lru_cache

from pipeline.vocabulary.folding import KEPT_TEXTS, fold, fold_width

COUNTER = "(?:件|人|名|通|者|団体|個|項目)"
"""A pattern for what comments and those who sent them are counted in."""
COUNTED = rf"[-△▲]?\d[\d,.]*(?:{COUNTER}|%)?"
"""A pattern for a number of them, or a change of it, in half width."""
_FIGURE = re.compile(rf"{COUNTED}|[-―ー－]")
_OWN_COUNT = re.compile(rf"\d[\d,]*{COUNTER}")
_COUNT = rf"\d[\d,.]*{COUNTER}?"
_COUNTS = re.compile(rf"\(?{_COUNT}(?:[\s・/、()-]+{_COUNT})*\)?")
_COUNT_AT_END = re.compile(rf"[(【\[<〔](?:計|全|意見)?\d+(?:{COUNTER}|意見)[)】\]>〕]$")


@lru_cache(KEPT_TEXTS)
def is_count(text: str) -> bool:
    """Whether a text only says how many things there are: ３件, （12人）, 5."""
    return bool(_COUNTS.fullmatch(fold_width(text)))


@lru_cache(KEPT_TEXTS)
def ends_in_count(text: str) -> bool:
    """Whether a text says at its end how many things stand below it: 公園について（３件）."""
    return bool(_COUNT_AT_END.search(fold(text)))


def is_figure(text: str) -> bool:
    """Whether a text is what a column of counts holds: 3, 1,200件, 12.5%, △3, -."""
    return bool(_FIGURE.fullmatch(fold_width(text)))


def counts_records(text: str) -> bool:
    """Whether a text is a number and what it counts: ３件, 1,200通; a bare number may be any."""
    return bool(_OWN_COUNT.fullmatch(fold_width(text)))
