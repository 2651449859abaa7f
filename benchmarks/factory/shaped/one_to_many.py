"""Family `one_to_many`: one answer for several comments, several answers to one comment."""

from __future__ import annotations

from random import Random

from ..annexes import Size
from ..model import EXTRA, Column
from .content import Author, draw_columns
from .document import Cell, Ruled, ShapedAnnex, ShapedTable, Text

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("number", "comment", EXTRA, "response"),
    ("number", "comment", "response"),
    ("number", "original_text", "comment", "response"),
    ("number", "comment", EXTRA, "response", "disposition"),
    ("number", "category", "comment", "response"),
)
_WIDTHS = {
    "number": 0.08, "comment": 0.4, "response": 0.4, "original_text": 0.2, EXTRA: 0.12,
    "disposition": 0.1, "category": 0.14,
}  # fmt: skip
_ANSWERING = ("response", EXTRA, "disposition")


def draw_one_to_many(annex_id: str, rng: Random, size: Size) -> ShapedAnnex:
    """A document whose comments and answers share cells."""
    author = Author.draw(rng, size)
    columns = _draw_columns(rng)
    records: list[tuple[str, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    printed: list[str] = []
    most, number = author.count(), 0
    while len(records) < most:
        kind = rng.choice(("one", "one", "answers", "comments"))
        count = 1 if kind == "one" else rng.randint(2, 3)
        shared = [
            kind != "one" and (column.role in _ANSWERING) == (kind == "comments")
            for column in columns
        ]
        own: list[str] = []
        for place in range(count):
            number += place == 0 or kind == "comments"
            texts = [author.cell(column, str(number)) for column in columns]
            texts = [own[i] if place and shared[i] else text for i, text in enumerate(texts)]
            own = own or texts
            records.append(tuple(texts))
            cells = [
                Cell(text, rows=count if held else 1)
                for text, held in zip(texts, shared, strict=True)
                if not (held and place)
            ]
            printed += [cell.text for cell in cells]
            rows.append(tuple(cells))
    header = tuple(Cell(column.header, is_label=True) for column in columns)
    title = author.title()
    grid = Ruled(tuple(_WIDTHS[c.role] for c in columns), (header, *rows), header_rows=1)
    heads = tuple(column.header for column in columns)
    table = ShapedTable(
        title.text, None, columns, tuple(records), printed=tuple(printed), labels=heads
    )
    description = f"{author.plan}: {len(records)} records that share cells"
    return ShapedAnnex(annex_id, description, (table,), (title, Text("", before=0.6), grid))


def _draw_columns(rng: Random) -> tuple[Column, ...]:
    """Columns of which the one without a role names the division that answers."""
    return tuple(
        Column(EXTRA, "担当課") if column.role == EXTRA else column
        for column in draw_columns(rng, _ORDERS)
    )
