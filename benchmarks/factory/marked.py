"""Annexes whose texts bear marks: underlined, struck, framed, highlighted, emphasised, coloured."""

from __future__ import annotations

import dataclasses
from random import Random
from typing import Any

from . import inline_marks
from .annexes import Size, draw_annex
from .inline_marks import Look
from .model import EXTRA, Annex, Table, logical_text

_MARKED = ("original_text", "comment", "revision", "response")
"""The roles whose texts bear marks: running text."""


@dataclasses.dataclass(frozen=True)
class MarkedTable(Table):
    """A table whose texts have the signs of marks in them."""

    looks: tuple[Look, ...] = ()
    """What the numbers of the signs stand for."""

    def printed_texts(self) -> list[str]:
        """The texts without the signs."""
        return list(map(inline_marks.plain, super().printed_texts()))

    def _record(self, row: tuple[str, ...]) -> dict[str, Any]:
        typed = {
            column.role: logical_text(text)
            for column, text in zip(self.columns, row, strict=True)
            if column.role != EXTRA
        }
        record = super()._record(tuple(map(inline_marks.plain, row)))
        return record | {"marks": inline_marks.read_truth(typed, self.looks)}


def draw_marked_annex(looks: tuple[Look, ...], annex_id: str, rng: Random, size: Size) -> Annex:
    """An annex with marks in its running text, in looks that its engine has."""
    annex = draw_annex(annex_id, rng, size)
    used = tuple(look for look in looks if rng.random() < 0.6) or looks
    tables = tuple(_mark_table(table, rng, looks, used) for table in annex.tables)
    return dataclasses.replace(annex, tables=tables)


def _mark_table(
    table: Table, rng: Random, looks: tuple[Look, ...], used: tuple[Look, ...]
) -> MarkedTable:
    numbers = [looks.index(look) for look in used]
    is_marked = [column.role in _MARKED for column in table.columns]
    rows = tuple(
        tuple(
            inline_marks.mark(text, rng, numbers) if marked else text
            for text, marked in zip(row, is_marked, strict=True)
        )
        for row in table.rows
    )
    return MarkedTable(table.title, table.caption, table.columns, rows, looks)
