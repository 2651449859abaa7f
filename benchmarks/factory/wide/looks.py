"""How tables are framed: which rulings there are, how they are drawn, what is shaded."""

from __future__ import annotations

import dataclasses
from random import Random

from .document import CELL, WideAnnex


@dataclasses.dataclass(frozen=True)
class Frame:
    """Which rulings and shades a table has."""

    name: str
    rows: bool = True
    """Rulings between rows."""
    columns: bool = True
    """Rulings between columns."""
    sides: bool = True
    """The outermost rulings left and right."""
    ends: bool = True
    """The outermost rulings above and below."""
    header: bool = True
    """A ruling below the header."""
    zebra: bool = False
    shaded_header: bool = False

    @property
    def rowless(self) -> bool:
        """Nothing drawn tells the rows."""
        return not self.rows and not self.zebra


FRAMES: tuple[tuple[int, Frame], ...] = (
    (26, Frame("full grid")),
    (6, Frame("full grid, shaded header", shaded_header=True)),
    (9, Frame("no outer border", sides=False, ends=False)),
    (10, Frame("open sides", sides=False)),
    (9, Frame("horizontal rulings only", columns=False, sides=False)),
    (4, Frame("horizontal rulings in a box", columns=False)),
    (6, Frame("zebra, no rulings", rows=False, columns=False, sides=False, ends=False,
              header=False, zebra=True, shaded_header=True)),
    (4, Frame("zebra with verticals", rows=False, sides=False, zebra=True, shaded_header=True)),
    (4, Frame("coloured header only", rows=False, columns=False, sides=False, ends=False,
              header=False, shaded_header=True)),
    (4, Frame("three rulings", rows=False, columns=False, sides=False)),
    (10, Frame("no rulings between rows", rows=False)),
)  # fmt: skip
"""With their weights."""

MAKES = (
    "strokes", "strokes", "filled rectangles", "filled rectangles", "curves", "dashed", "dotted",
    "double outside", "double", "thick outside", "hair", "grey", "pieces", "overlapping",
    "rectangles a cell",
)  # fmt: skip
"""How rulings are drawn."""


def draw_frame(rng: Random, annex: WideAnnex) -> Frame:
    """A frame in which the annex's rows and columns can still be told."""
    fitting = [(weight, frame) for weight, frame in FRAMES if _suits(frame, annex)]
    weights = [weight for weight, _ in fitting]
    return rng.choices([frame for _, frame in fitting], weights)[0]


def draw_make(rng: Random, frame: Frame) -> str:
    """A make of rulings that this frame can have."""
    makes = [make for make in MAKES if make != "rectangles a cell" or frame.name == "full grid"]
    return rng.choice(makes) if frame.rows or frame.columns or frame.ends else "strokes"


def _suits(frame: Frame, annex: WideAnnex) -> bool:
    """Merged cells and headings need rulings between rows, inner tables rulings around them."""
    merges = any(table.merged or table.is_headed for table in annex.wide_tables)
    cells = [text for table in annex.tables for row in table.rows for text in row]
    inner = any(CELL in text for text in cells)
    wide = max((len(table.columns) for table in annex.tables), default=1)
    if merges and not frame.rows:
        return False
    if inner and not (frame.rows and frame.columns):
        return False
    # Where no ruling goes past it, a heading above a header looks like the title of another table.
    if any(table.prints_header_again for table in annex.wide_tables) and not (
        frame.sides and frame.columns
    ):
        return False
    return frame.columns or wide <= 6
