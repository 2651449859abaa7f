"""Find the two columns whose texts nearly repeat each other: an original and its revision."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.model import Role, Table
from pipeline.segment.rows.grid_rows import field_text

_LEAST_PAIRS = 3  # rows with both texts; judgement: two may be alike by chance
_MOST = 0.8  # share of the pairs; judgement: a passage may be new, or have been left out
_ALIKE = 0.6  # similarity of two texts, 0-1; judgement: unrelated texts on one subject stay below
_LONG = 15  # characters, on average; judgement: shorter texts are alike by chance
_SAMPLE = 20  # rows that are compared; judgement: enough to tell, and a long table stays cheap


def find_versions(table: Table, columns: Sequence[int]) -> dict[Role, int]:
    """Find the first two neighbours among some columns that are versions; the older comes first.

    Args:
        table: The table.
        columns: Those without a role.
    """
    for left, right in pairwise(columns):
        if _are_versions(table, left, right):
            return {Role.ORIGINAL_TEXT: left, Role.REVISION: right}
    return {}


def find_revision(table: Table, columns: Sequence[int]) -> dict[Role, int]:
    """Find the revision beside an original where another column has its name: 変更箇所, a page.

    Args:
        table: The table.
        columns: Those without a role.
    """
    places = {column.role: index for index, column in enumerate(table.columns)}
    original, named = places.get(Role.ORIGINAL_TEXT), places.get(Role.REVISION)
    if original is None or named is None or _are_versions(table, original, named):
        return {}
    beside = (index for index in columns if abs(index - original) == 1)
    found = next((index for index in beside if _are_versions(table, original, index)), None)
    return {} if found is None else {Role.REVISION: found}


def _are_versions(table: Table, one: int, other: int) -> bool:
    """Whether the texts of two columns nearly repeat each other, and half of them differ."""
    rows = [row.fields for row in table.rows[:_SAMPLE]]
    pairs = [(field_text(fields[one]), field_text(fields[other])) for fields in rows]
    pairs = [pair for pair in pairs if all(pair)]
    if len(pairs) < _LEAST_PAIRS or sum(len(text) for text, _ in pairs) < _LONG * len(pairs):
        return False
    alike = sum(SequenceMatcher(None, *pair).quick_ratio() >= _ALIKE for pair in pairs)
    differ = sum(text != version for text, version in pairs)
    return alike >= _MOST * len(pairs) and 2 * differ >= len(pairs)
