"""What a shaped document is made of: blocks from top to bottom, and the truth of its table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from ..model import Annex, Table


@dataclasses.dataclass(frozen=True)
class Cell:
    """A cell of a ruled table, perhaps merged."""

    text: str
    rows: int = 1
    columns: int = 1
    is_label: bool = False


@dataclasses.dataclass(frozen=True)
class Ruled:
    """A ruled table; a merged cell stands in its first row only."""

    widths: tuple[float, ...]
    """Shares of the text's width."""
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    """Rows that a program may repeat on each page."""
    whole: bool = False
    """No page cuts it."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A paragraph for each line."""

    text: str
    scale: float = 1.0
    """Font size against the running text."""
    before: float = 0.0
    """White space above, in em."""
    indent: float = 0.0
    """Left indent in em."""
    hanging: float = 0.0
    """How much farther the lines after the first are indented, in em."""
    centred: bool = False
    framed: bool = False
    keeps: bool = False
    """It stays on the page of what follows."""


Block = Ruled | Text


@dataclasses.dataclass(frozen=True)
class ShapedTable(Table):
    """A comment table whose records stand under sections or share cells."""

    sections: tuple[tuple[str, ...], ...] = ()
    """For each row the headings over it."""
    printed: tuple[str, ...] = ()
    """What is printed once; else every text of the rows is."""
    labels: tuple[str, ...] = ()
    """What may be printed any number of times: labels, headings."""

    def records(self) -> list[dict[str, Any]]:
        """The rows as records of the truth, with their sections."""
        records = super().records()
        if any(self.sections):
            for record, section in zip(records, self.sections, strict=True):
                record["section"] = list(section)
        return records

    def printed_texts(self) -> list[str]:
        """What is printed, each text as often as it is."""
        return list(self.printed) if self.printed else super().printed_texts()

    def printed_heads(self) -> list[str]:
        """Title, caption and labels."""
        heads = [line for line in (self.title, self.caption) if line]
        return [*heads, *self.labels]


@dataclasses.dataclass(frozen=True)
class ShapedAnnex(Annex):
    """A document with its blocks."""

    blocks: tuple[Block, ...] = ()

    def mapped(self, change: Callable[[str], str]) -> ShapedAnnex:
        """The same document with every text changed."""
        tables = tuple(_mapped_table(t, change) for t in self.tables if isinstance(t, ShapedTable))
        blocks = tuple(_mapped_block(block, change) for block in self.blocks)
        return dataclasses.replace(self, tables=tables, blocks=blocks)


def _mapped_table(table: ShapedTable, change: Callable[[str], str]) -> ShapedTable:
    return dataclasses.replace(
        table,
        title=change(table.title),
        columns=tuple(dataclasses.replace(c, header=change(c.header)) for c in table.columns),
        rows=tuple(tuple(map(change, row)) for row in table.rows),
        sections=tuple(tuple(map(change, section)) for section in table.sections),
        printed=tuple(map(change, table.printed)),
        labels=tuple(map(change, table.labels)),
    )


def _mapped_block(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Text):
        return dataclasses.replace(block, text=change(block.text))
    rows = tuple(
        tuple(dataclasses.replace(cell, text=change(cell.text)) for cell in row)
        for row in block.rows
    )
    return dataclasses.replace(block, rows=rows)
