"""Paper and columns: what every engine needs to know before it lays out a table."""

from __future__ import annotations

import dataclasses
import math
import statistics
from random import Random

from .model import Annex, Table

PAPERS = {"A4": (595.28, 841.89), "B4": (728.5, 1031.8), "A3": (841.89, 1190.55)}
"""Paper sizes in points, upright; B4 is the Japanese one."""

SHORT_EM = 9.0
"""A column whose longest author line has at most so many em is as wide as that line."""

LEAST_EM = 7.0
"""No column of running text is narrower."""

PAGE_NUMBERS = ("{page}", "- {page} -", "{page} / {pages}", "{page}ページ", "")


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Paper, margins and type; lengths in points."""

    paper: str
    width: float
    height: float
    margin: float
    size: float

    @property
    def landscape(self) -> bool:
        """The long side is level."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin

    def __str__(self) -> str:
        turned = " landscape" if self.landscape else ""
        return f"{self.paper}{turned}, {self.size:g} pt"


def draw_sheet(rng: Random, annex: Annex, sizes: tuple[float, ...]) -> Sheet:
    """A sheet on which every table of the annex has room for its columns."""
    most = max(len(table.columns) for table in annex.tables)
    paper = rng.choice(("A4", "A4", "A4", "A4", "B4", "A3"))
    short, long = PAPERS[paper]
    turned = rng.random() < (0.25 if most <= 3 else 0.5 if most <= 5 else 0.75)
    width, height = (long, short) if turned else (short, long)
    margin = rng.choice((28.0, 36.0, 42.5, 56.7))
    needed = max(_least_em(table) for table in annex.tables)
    fitting = [size for size in sizes if size * needed <= width - 2 * margin]
    size = rng.choice(fitting) if fitting else min(sizes)
    return Sheet(paper, width, height, margin, size)


def column_widths(rng: Random, table: Table, sheet: Sheet) -> tuple[float, ...]:
    """Widths in points that fill the sheet: short columns first, texts by their length."""
    total = sheet.text_width / sheet.size
    longest, lengths = _longest(table), _mean_lengths(table)
    short = [em <= SHORT_EM for em in longest]
    fixed = [
        em + rng.uniform(1.2, 2.5) if is_short else 0.0
        for em, is_short in zip(longest, short, strict=True)
    ]
    weights = [
        0.0 if is_short else math.sqrt(length) * rng.uniform(0.75, 1.3)
        for length, is_short in zip(lengths, short, strict=True)
    ]
    if not any(weights):
        return tuple(em / sum(fixed) * sheet.text_width for em in fixed)
    rest, floor = total - sum(fixed), min(LEAST_EM, (total - sum(fixed)) / sum(map(bool, weights)))
    spread = rest - floor * sum(map(bool, weights))
    ems = [
        em or floor + weight / sum(weights) * spread
        for em, weight in zip(fixed, weights, strict=True)
    ]
    return tuple(em * sheet.size for em in ems)


def _least_em(table: Table) -> float:
    return sum(em + 2 if em <= SHORT_EM else LEAST_EM + 2 for em in _longest(table))


def _longest(table: Table) -> list[float]:
    """Per column, the em of its longest author line; a header may wrap to half its width."""
    longest = []
    for place, column in enumerate(table.columns):
        lines = [line for row in table.rows for line in row[place].split("\n")]
        header = max(2.0, len(column.header) / 2)
        longest.append(max([header, *map(em_length, lines)]))
    return longest


def _mean_lengths(table: Table) -> list[float]:
    return [
        statistics.fmean(max(4, len(row[place])) for row in table.rows)
        for place in range(len(table.columns))
    ]


def em_length(text: str) -> float:
    """About how many em a line of text is long."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)
