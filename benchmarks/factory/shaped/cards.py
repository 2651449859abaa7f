"""Family `cards`: a small table for each record, its labels at the left or above."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from ..annexes import Size
from ..model import EXTRA, Column
from .content import Author, Sections, draw_columns
from .document import Block, Cell, Ruled, ShapedAnnex, ShapedTable, Text

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("number", "original_text", "comment", "response"),
    ("number", "comment", "response"),
    ("number", "submitter", "comment", "response"),
    ("number", "category", "comment", "response", "disposition"),
    ("number", "submitter", "original_text", "comment", "response", EXTRA),
    ("number", EXTRA, "category", "comment", "response"),
    ("category", "comment", "response"),
    ("number", "original_text", "comment", "revision", "response"),
)
_SHORT = ("number", "category", "submitter", "disposition", EXTRA)
_LAYOUTS = ("left", "left", "left", "paired", "above", "bar")

Row = tuple[Cell, ...]


def draw_cards(annex_id: str, rng: Random, size: Size) -> ShapedAnnex:
    """A document of cards."""
    author = Author.draw(rng, size)
    columns = draw_columns(rng, _ORDERS)
    layout = rng.choice(_LAYOUTS)
    pairs = pairwise(column.role in _SHORT for column in columns)
    if layout == "bar" and columns[0].role != "number":
        layout = "left"
    if layout == "above" and not any(a and b for a, b in pairs):
        layout = "left"  # without any upright ruling it would be a framed text
    if layout == "bar":
        columns = (Column("number", rng.choice(("No.", "意見", "№"))), *columns[1:])
    sections = Sections(author, author.section_forms())
    width, whole = rng.uniform(0.12, 0.28), rng.random() < 0.5
    stacked, gap = rng.random() < 0.15, rng.choice((0.6, 1.0, 2.0))
    title = author.title()
    blocks: list[Block] = [title]
    rows, paths, stack = [], [], list[Row]()
    for number in range(1, author.count() + 1):
        printed, path = ([], ()) if stacked else sections.next()
        blocks += [Text(heading, before=1.0, keeps=True) for heading in printed]
        text = f"{columns[0].header}{number}" if layout == "bar" else str(number)
        record = tuple(author.cell(column, text) for column in columns)
        grid = _card(layout, columns, record)
        if stacked:
            stack += grid
        else:
            blocks += [Text("", before=gap), _ruled(grid, width, layout, whole)]
        rows.append(record)
        paths.append(path)
    if stacked:
        blocks.append(_ruled(stack, width, layout, False))
    labels = [column.header for column in columns] * len(rows)
    labels += [heading for path in paths for heading in path]
    table = ShapedTable(
        title.text, None, columns, tuple(rows), tuple(paths), (), tuple(dict.fromkeys(labels))
    )
    description = f"{author.plan}: {len(rows)} cards, labels {layout}"
    return ShapedAnnex(annex_id, description, (table,), tuple(blocks))


def _ruled(rows: list[Row], width: float, layout: str, whole: bool) -> Ruled:
    if layout in ("paired", "above"):
        widths = (width, 0.5 - width, width, 0.5 - width)
    else:
        widths = (width, 1 - width)
    return Ruled(widths, tuple(rows), whole=whole)


def _card(layout: str, columns: tuple[Column, ...], record: tuple[str, ...]) -> list[Row]:
    pairs = list(zip(columns, record, strict=True))
    if layout == "bar":
        bar = (Cell(record[0], columns=2, is_label=True),)
        return [bar, *(_left(column, text) for column, text in pairs[1:])]
    if layout == "paired":
        return _paired(pairs)
    if layout == "above":
        return _above(pairs)
    return [_left(column, text) for column, text in pairs]


def _left(column: Column, text: str, span: int = 1) -> Row:
    return (Cell(column.header, is_label=True), Cell(text, columns=span))


def _paired(pairs: list[tuple[Column, str]]) -> list[Row]:
    """Two short fields in one row where they follow each other."""
    rows: list[Row] = []
    while pairs:
        (column, text), *rest = pairs
        if rest and column.role in _SHORT and rest[0][0].role in _SHORT:
            rows.append((*_left(column, text), *_left(*rest[0])))
            pairs = rest[1:]
        else:
            rows.append(_left(column, text, 3))
            pairs = rest
    return rows


def _above(pairs: list[tuple[Column, str]]) -> list[Row]:
    """Short fields side by side below their labels; each text below its own."""
    rows: list[Row] = []
    while pairs:
        (column, text), *rest = pairs
        if rest and column.role in _SHORT and rest[0][0].role in _SHORT:
            both = (column.header, rest[0][0].header)
            rows.append(tuple(Cell(label, columns=2, is_label=True) for label in both))
            rows.append((Cell(text, columns=2), Cell(rest[0][1], columns=2)))
            pairs = rest[1:]
        else:
            rows.append((Cell(column.header, columns=4, is_label=True),))
            rows.append((Cell(text, columns=4),))
            pairs = rest
    return rows
