"""Header rows: which rows of a found table are one, and which field each column is.

Every header's role is given: the truth says what is printed above each column and where its texts
go. So nothing is lost here to words that a tool's user would not have listed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.tools import Cell
from pipeline.evaluate.scores import flat
from pipeline.files.truths import TruthTable
from pipeline.model import ROLES

Columns = tuple[str | None, ...]
"""The field that each column of a found table is; None: none."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the truth says about the columns of a table, from left to right."""

    printed: tuple[str, ...]
    """Their headers in the form in which they are compared."""
    fields: tuple[str, ...]
    """Their fields: a role, or `extra:` and the header."""

    @classmethod
    def of(cls, table: TruthTable) -> "Head":
        """The columns of a table of a truth file."""
        named = zip(table.headers, table.roles, strict=True)
        fields = tuple(role if role in ROLES else f"extra:{header}" for header, role in named)
        return cls(tuple(map(plain, table.headers)), fields)


def plain(cell: Cell) -> str:
    """A header as it is compared: no white space, one form of each letter."""
    return unicodedata.normalize("NFKC", flat(cell))


def is_header(row: Sequence[Cell], heads: Sequence[Head]) -> bool:
    """Whether more than half of a row's cells say what a header says, or a part of it."""
    texts = [text for text in map(plain, row) if text]
    return any(2 * sum(_says(head, text) for text in texts) > len(texts) for head in heads)


def _says(head: Head, text: str) -> bool:
    """One of several header rows has only a part; a single letter must be all of a header."""
    return text in head.printed or (len(text) > 1 and any(text in known for known in head.printed))


def assign(rows: Sequence[Sequence[Cell]], heads: Sequence[Head]) -> tuple[Head, Columns]:
    """The true table that header rows belong to, and the field of each of their columns.

    Args:
        rows: The header rows above a table, one at least.
        heads: The columns of each true table, one at least.
    """
    lowest = [_lowest(column) for column in zip(*rows, strict=False)]
    head = max(heads, key=lambda head: sum(_says(head, text) for text in lowest if text))
    if len(lowest) == len(head.fields):
        return head, head.fields
    return head, _by_name(lowest, head)


def _lowest(column: Sequence[Cell]) -> str:
    texts = [text for text in map(plain, column) if text]
    return texts[-1] if texts else ""


def _by_name(texts: Sequence[str], head: Head) -> Columns:
    """The field of each header text; each field at most once, the best match first."""
    columns: list[str | None] = [None] * len(texts)
    tests = (str.__eq__, str.endswith, str.__contains__)
    for matches in tests:
        for place, text in enumerate(texts):
            free = (
                field
                for known, field in zip(head.printed, head.fields, strict=True)
                if field not in columns and matches(known, text)
            )
            if text and columns[place] is None:
                columns[place] = next(free, None)
    return tuple(columns)
