r"""A document of family `wide`: comment tables, and what stands around and between them.

In the text of a cell, `CELL` separates the cells of a small table inside it, one line a row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from ..model import EXTRA, Annex, Column, Table

CELL = "\x1f"
"""Between the cells of a row of a table inside a cell; the truth has a space there."""


@dataclasses.dataclass(frozen=True)
class Headed(Column):
    """A column whose header stands under others: `path` from the outermost down."""

    path: tuple[str, ...] = ()
    """The header's cells; neighbours that begin alike share these cells."""
    again: tuple[str, ...] = ()
    """The header on later pages, where it is printed again."""

    @classmethod
    def of(cls, role: str, path: tuple[str, ...], again: tuple[str, ...] | None = None) -> Headed:
        """A column under these header cells; the lowest is its header."""
        return cls(role, path[-1], path, path if again is None else again)


@dataclasses.dataclass(frozen=True)
class Total:
    """A printed row that is no record."""

    after: int
    """Rows above it."""
    texts: tuple[str, ...]
    """One text a column; the first runs over the empty cells that follow it."""
    merged: bool = True
    """The empty cells are one with the first; else its text runs over their borders."""
    centred: bool = True
    depth: int | None = None
    """The level of a heading, from 0; None: the row heads nothing."""
    reach: int = 0
    """How many columns the first cell is merged over; 0: all empty ones that follow it."""

    def spans(self) -> list[tuple[int, int]]:
        """The columns [first, last + 1) of each of its cells."""
        end = 1
        while self.merged and end < (self.reach or len(self.texts)) and not self.texts[end]:
            end += 1
        return [(0, end), *((place, place + 1) for place in range(end, len(self.texts)))]


@dataclasses.dataclass(frozen=True)
class WideTable(Table):
    """A comment table with merged cells, totals and cut texts; no title where it is empty."""

    columns: tuple[Headed, ...]
    merged: Mapping[int, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    """By column, for each row the row in which its cell begins; other columns merge nothing."""
    totals: tuple[Total, ...] = ()
    clipped: Mapping[int, frozenset[int]] = dataclasses.field(default_factory=dict)
    """By row, the columns whose text the page cuts off."""
    continued: str = ""
    """What a page adds to the headings that it prints again; it prints none where this is empty."""

    def begins(self, row: int, column: int) -> bool:
        """Whether a cell of this column begins in this row."""
        starts = self.merged.get(column)
        return starts is None or starts[row] == row

    def printed_texts(self) -> list[str]:
        """The cells' texts, a merged cell's once."""
        return [
            text.replace(CELL, "")
            for number, row in enumerate(self.rows)
            for place, text in enumerate(row)
            if self.begins(number, place)
        ]

    def printed_heads(self) -> list[str]:
        """Title, caption and header cells, a spanning one once."""
        lines = [line for line in (self.title, self.caption) if line]
        return lines + list(dict.fromkeys(cell for head in self.columns for cell in head.path))

    def truth(self) -> dict[str, Any]:
        """The table in the form of the contract's truth files."""
        return super().truth() | {"title": self.title or None}

    def _record(self, row: tuple[str, ...]) -> dict[str, Any]:
        return super()._record(tuple(text.replace(CELL, "　") for text in row))

    def records(self) -> list[dict[str, Any]]:
        """The records, with the names of the fields that are cut off."""
        records = []
        for number, row in enumerate(self.rows):
            cut = sorted(self.clipped.get(number, frozenset()))
            fields = [self._field(self.columns[place]) for place in cut]
            record = self._record(row) | ({"clipped": fields} if fields else {})
            records.append(record | ({"section": self.section(number)} if self.is_headed else {}))
        return records

    @property
    def is_headed(self) -> bool:
        """Whether heading rows stand between the records."""
        return any(row.depth is not None for row in self.totals)

    @property
    def prints_header_again(self) -> bool:
        """Whether the header is printed again between the records."""
        headers = tuple(column.header for column in self.columns)
        return any(row.texts == headers for row in self.totals)

    def section(self, number: int) -> list[str]:
        """The headings over a record, outermost first."""
        return ["　".join(filter(None, row.texts)).strip() for row in self.headings(number)]

    def headings(self, number: int) -> list[Total]:
        """The heading rows over a record, outermost first."""
        path: list[Total] = []
        for row in self.totals:
            if row.depth is not None and row.after <= number:
                path = [*path[: row.depth], row]
        return path

    @staticmethod
    def _field(column: Column) -> str:
        return column.printed_header if column.role == EXTRA else column.role


@dataclasses.dataclass(frozen=True)
class Prose:
    """Lines outside the tables."""

    kind: str
    """`heading`, `paragraph`, `note`, `box` (a frame around it), `right`, `centred` or `large`."""
    text: str


@dataclasses.dataclass(frozen=True)
class PlainTable:
    """A table of something else than comments; the first row is its header."""

    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def as_table(self) -> WideTable:
        """The same as a comment table, for a layout that makes no difference."""
        heads = tuple(Headed.of(EXTRA, (text,)) for text in self.rows[0])
        return WideTable(self.title, None, heads, self.rows[1:])


Block = Prose | PlainTable | WideTable


@dataclasses.dataclass(frozen=True)
class WideAnnex(Annex):
    """A document as its blocks, from top to bottom; `tables` are the comment tables of them."""

    blocks: tuple[Block, ...] = ()
    running: str = ""
    """A line at every page's head."""
    footnote: str = ""
    """A note at the foot of the first page."""

    @classmethod
    def of(
        cls, annex_id: str, description: str, blocks: tuple[Block, ...], **more: str
    ) -> WideAnnex:
        """A document of these blocks."""
        tables = tuple(block for block in blocks if isinstance(block, WideTable))
        return cls(annex_id, description, tables, blocks=blocks, **more)

    @property
    def wide_tables(self) -> tuple[WideTable, ...]:
        """The comment tables."""
        return tuple(block for block in self.blocks if isinstance(block, WideTable))

    def prose_texts(self) -> list[str]:
        """All that is printed outside the comment tables, running head aside."""
        texts = [self.footnote] if self.footnote else []
        for block in self.blocks:
            if isinstance(block, Prose):
                texts.append(block.text)
            elif isinstance(block, PlainTable):
                texts += [block.title, *(text for row in block.rows for text in row)]
        return texts

    def total_texts(self) -> list[str]:
        """All that is printed in rows that are no records."""
        totals = [total for table in self.wide_tables for total in table.totals]
        return [text for total in totals for text in total.texts]

    def mapped(self, change: Callable[[str], str]) -> WideAnnex:
        """The same document with every text of it changed."""
        blocks = tuple(_mapped(block, change) for block in self.blocks)
        more = {"running": change(self.running), "footnote": change(self.footnote)}
        return WideAnnex.of(self.id, self.description, blocks, **more)

    def with_tables(self, change: Callable[[WideTable], WideTable]) -> WideAnnex:
        """The same document with its comment tables changed."""
        blocks = tuple(change(b) if isinstance(b, WideTable) else b for b in self.blocks)
        more = {"running": self.running, "footnote": self.footnote}
        return WideAnnex.of(self.id, self.description, blocks, **more)


def _mapped(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Prose):
        return Prose(block.kind, change(block.text))
    if isinstance(block, PlainTable):
        return PlainTable(_mapped_rows(block.rows, change), change(block.title))
    columns = tuple(
        Headed(head.role, change(head.header), tuple(map(change, head.path)),
               tuple(map(change, head.again)))
        for head in block.columns
    )  # fmt: skip
    totals = tuple(dataclasses.replace(t, texts=tuple(map(change, t.texts))) for t in block.totals)
    caption = None if block.caption is None else change(block.caption)
    return dataclasses.replace(
        block, title=change(block.title), caption=caption, columns=columns, totals=totals,
        rows=_mapped_rows(block.rows, change),
    )  # fmt: skip


def _mapped_rows(
    rows: tuple[tuple[str, ...], ...], change: Callable[[str], str]
) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(change, row)) for row in rows)
