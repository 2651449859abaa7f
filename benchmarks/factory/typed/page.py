"""An annex as lines of text, page by page."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Sequence
from random import Random

from ..line_breaking import RULES, break_lines
from ..model import Annex, LayoutError, Table
from .rulings import RULING_SETS, Border, RulingSet

LEAST_PLACES = 12
"""Half-width places of a column of running text, at least."""


@dataclasses.dataclass(frozen=True)
class Style:
    """How one annex is typed."""

    rulings: str
    rule: str
    pad: int
    """Half-width spaces at both sides of a cell."""
    places: int
    """Half-width places of a line."""
    lines: int
    """Lines of a page."""
    cuts: bool
    """A page ends where it is full; else a ruling closes the table before, and one opens it."""
    repeats_header: bool
    ideographic: bool
    """Cells are filled up with ideographic spaces, as far as these go."""

    def __str__(self) -> str:
        ends = "cut" if self.cuts else "closed"
        return f"typed in {self.rulings}, {self.places} places, {self.rule}, pages {ends}"


def draw_style(rng: Random, places: int, lines: int, *, halves: bool) -> Style:
    """A look for lines of so many half-width places, and pages of so many lines.

    Args:
        rng: What it is drawn from.
        places: Of a line.
        lines: Of a page.
        halves: Whether the font's half-width characters are half as wide as the others.
    """
    known = [name for name, rulings in RULING_SETS.items() if halves or rulings.places == 2]
    return Style(
        rulings=rng.choice(known),
        rule=rng.choice(("strict", "normal", "loose", "characters")),
        pad=rng.choice((0, 0, 1, 2)) if halves else 0,
        places=places,
        lines=lines,
        cuts=rng.random() < 0.4,
        repeats_header=rng.random() < 0.5,
        ideographic=rng.random() < 0.5 or not halves,
    )


def count_places(text: str) -> int:
    """The half-width places of a text in a monospaced Japanese font."""
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def widen(text: str) -> str:
    """The text in full-width characters, for families without halves."""
    return text.translate(_FULL)


@dataclasses.dataclass(frozen=True)
class Typed:
    """Pages of lines, and the characters in them that are rulings."""

    pages: tuple[tuple[str, ...], ...]
    rulings: str


def type_annex(annex: Annex, rng: Random, style: Style) -> Typed:
    """Type an annex; each table begins a page.

    Raises:
        LayoutError: A table has too many columns for the page.
    """
    press = _Press(style)
    for table in annex.tables:
        press.put(table, _column_places(table, rng, style))
    ruled = "".join(press.ruled)
    return Typed(tuple(map(tuple, press.pages)), ruled)


def _column_places(table: Table, rng: Random, style: Style) -> list[int]:
    """The places of each column's text; even, so that full-width rulings fit."""
    longest = [
        max(
            count_places(line)
            for text in (column.header, *(row[place] for row in table.rows))
            for line in text.split("\n")
        )
        for place, column in enumerate(table.columns)
    ]
    taken = RULING_SETS[style.rulings].places * (len(longest) + 1) + 2 * style.pad * len(longest)
    fixed = [places + places % 2 if places <= LEAST_PLACES else 0 for places in longest]
    weights = [0.0 if places else rng.uniform(1.0, 2.0) for places in fixed]
    rest = (style.places - taken - sum(fixed)) / (sum(weights) or 1.0)
    flowing = [int(rest * weight) // 2 * 2 for weight in weights]
    if any(weight and width < LEAST_PLACES for weight, width in zip(weights, flowing, strict=True)):
        raise LayoutError("too many columns for a typed page")
    return [places or width for places, width in zip(fixed, flowing, strict=True)]


class _Press:
    """Types tables on pages from the top."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._rulings: RulingSet = RULING_SETS[style.rulings]
        self.pages: list[list[str]] = []
        self.ruled: list[str] = []

    def put(self, table: Table, widths: Sequence[int]) -> None:
        """Type one table with its title and caption on a new page."""
        self.pages.append([line for line in (table.title, table.caption, "") if line is not None])
        head = list(self._row([column.printed_header for column in table.columns], widths))
        self._add([self._level(self._rulings.top, widths), *head])
        for row in table.rows:
            lines = [self._level(self._rulings.middle, widths), *self._row(row, widths)]
            self._add(lines) if self._style.cuts else self._add_whole(lines, head, widths)
        self._add([self._level(self._rulings.bottom, widths)])

    def _add(self, lines: Sequence[str]) -> None:
        for line in lines:
            if len(self.pages[-1]) == self._style.lines:
                self.pages.append([])
            self.pages[-1].append(line)
            uprights = {self._rulings.side, self._rulings.upright}
            is_level = line[0] not in uprights
            self.ruled += line if is_level else [char for char in line if char in uprights]

    def _add_whole(self, lines: Sequence[str], head: Sequence[str], widths: Sequence[int]) -> None:
        """Add a row; where it does not fit, the table is closed and opened on the next page."""
        if len(self.pages[-1]) + len(lines) < self._style.lines:
            self._add(lines)
            return
        top = self._level(self._rulings.top, widths)
        self._add([self._level(self._rulings.bottom, widths)])
        self.pages.append([])
        again = [top, *head, lines[0]] if self._style.repeats_header else [top]
        if len(again) + len(lines) > self._style.lines:
            raise LayoutError("a row is higher than a page")
        self._add([*again, *lines[1:]])

    def _level(self, border: Border, widths: Sequence[int]) -> str:
        widths = [width + 2 * self._style.pad for width in widths]
        pieces = [border.level * (width // self._rulings.places) for width in widths]
        return border.left + border.crossing.join(pieces) + border.right

    def _row(self, texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        rule = RULES[self._style.rule]
        cells = [
            [line for line, _ in break_lines(text, rule, width, count_places)]
            for text, width in zip(texts, widths, strict=True)
        ]
        for place in range(max(map(len, cells))):
            parts = [
                self._filled(cell[place] if place < len(cell) else "", width)
                for cell, width in zip(cells, widths, strict=True)
            ]
            yield self._rulings.side + self._rulings.upright.join(parts) + self._rulings.side

    def _filled(self, text: str, width: int) -> str:
        left = width - count_places(text)
        wide = left // 2 if self._style.ideographic else 0
        pad = " " * self._style.pad
        return pad + text + "\u3000" * wide + " " * (left - 2 * wide) + pad
