r"""What an annex holds, before any program has laid it out.

Texts are logical texts: ``\n`` stands only where the author pressed Enter.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXTRA = "extra"
"""The role of a column that has none of the contract's meanings."""


def logical_text(typed: str) -> str:
    """What the truth keeps of a typed text: no blank lines, no white space at a line's end."""
    lines = (line.rstrip() for line in typed.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its header as the author wrote it, and what the column means."""

    role: str
    header: str

    @property
    def printed_header(self) -> str:
        """The header as the truth names it: without white space."""
        return "".join(self.header.split())


@dataclasses.dataclass(frozen=True)
class Table:
    """One comment table; every row has one text a column, in the columns' order."""

    title: str
    caption: str | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def truth(self) -> dict[str, Any]:
        """The table in the form of the contract's truth files."""
        return {
            "title": self.title,
            "caption": self.caption,
            "headers": [column.printed_header for column in self.columns],
            "roles": [column.role for column in self.columns],
            "records": self.records(),
        }

    def records(self) -> list[dict[str, Any]]:
        """The rows as records of the truth."""
        return [self._record(row) for row in self.rows]

    def printed_texts(self) -> list[str]:
        """What is printed in the rows, each text as often as it is printed."""
        return [text for row in self.rows for text in row]

    def printed_heads(self) -> list[str]:
        """Title, caption and headers: printed once at least, again on other pages perhaps."""
        heads = [column.header for column in self.columns]
        return heads + [line for line in (self.title, self.caption) if line]

    def _record(self, row: tuple[str, ...]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for column, typed in zip(self.columns, row, strict=True):
            text = logical_text(typed)
            if column.role == EXTRA:
                extra[column.printed_header] = text
            else:
                record[column.role] = text
        return record | {EXTRA: extra}


@dataclasses.dataclass(frozen=True)
class Annex:
    """One document: its id (the file's stem), what it is about, and its tables."""

    id: str
    description: str
    tables: tuple[Table, ...]

    def truth(self) -> dict[str, Any]:
        """The annex in the form of the contract's truth files."""
        return {
            "annex": self.id,
            "description": self.description,
            "tables": [table.truth() for table in self.tables],
        }

    def mapped(self, change: Callable[[str], str]) -> Annex:
        """The same annex with every text of it (titles and headers too) changed by `change`."""
        return dataclasses.replace(
            self, tables=tuple(_mapped_table(table, change) for table in self.tables)
        )


class LayoutError(RuntimeError):
    """The annex cannot be laid out in the look that was drawn for it."""


@dataclasses.dataclass(frozen=True)
class Laid:
    """What a layout engine made of an annex, where that is more than the annex says."""

    layout: str
    """What the layout is like, in words."""
    annex: Annex | None = None
    """The annex as a reader sees it, if the layout cut texts off."""
    shown: tuple[str, ...] = ()
    """Printed, once each, but no part of a record or header: prose, totals, furigana."""
    repeated: tuple[str, ...] = ()
    """Printed any number of times: running heads."""
    hidden: tuple[str, ...] = ()
    """In the PDF, but not to be seen."""
    finish: Callable[[Path], None] | None = None
    """What is done to the PDF once its text is verified; the pages look the same after it."""


def _mapped_table(table: Table, change: Callable[[str], str]) -> Table:
    return dataclasses.replace(
        table,
        title=change(table.title),
        caption=None if table.caption is None else change(table.caption),
        columns=tuple(Column(column.role, change(column.header)) for column in table.columns),
        rows=tuple(tuple(change(text) for text in row) for row in table.rows),
    )
