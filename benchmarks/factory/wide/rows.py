"""The rows of a wide table, and what offices do to them: merged cells, 同上, totals."""

from __future__ import annotations

import dataclasses
from random import Random

from ..annexes import Rows, Size
from ..model import EXTRA, Column
from ..texts import Texts
from .document import CELL, Total, WideTable
from .typist import Typist

_LATIN = (
    "Business Continuity Plan", "Park-PFI", "Society 5.0", "Microsoft 365 Copilot", "Wi-Fi 6",
    "Digital Transformation", "SDGs Action Plan 2030", "Open Data Portal", "Vision Zero",
    "Evidence-Based Policy Making", "LINE Official Account", "https://example.lg.jp/a/b_c.html",
)  # fmt: skip

_TYPED_ROLES = ("original_text", "revision", "comment", "response")
_NESTED_ROLES = ("original_text", "revision", "response")
COUNT_HEADERS = ("件数", "意見数")
"""Columns of figures that a last row adds up."""


@dataclasses.dataclass(frozen=True)
class RowHabits:
    """What the rows of one annex have."""

    groups: bool
    """Rows of one category stand together."""
    merges: bool
    """The category of a group is one cell."""
    restarts: bool
    """Each group is numbered from 1."""
    shared_answers: bool
    """Neighbouring comments share the cell of their answer."""
    ditto: bool
    total: bool
    inner_tables: bool
    latin: bool
    single: bool
    """The table is one record."""

    @classmethod
    def draw(cls, rng: Random) -> RowHabits:
        """Habits of one annex."""
        groups = rng.random() < 0.6
        return cls(
            groups=groups,
            merges=groups and rng.random() < 0.75,
            restarts=groups and rng.random() < 0.5,
            shared_answers=rng.random() < 0.15,
            ditto=rng.random() < 0.25,
            total=rng.random() < 0.5,
            inner_tables=rng.random() < 0.18,
            latin=rng.random() < 0.35,
            single=rng.random() < 0.3,
        )


class WideRows(Rows):
    """Rows whose author has a habit for each column."""

    def __init__(
        self, rng: Random, texts: Texts, columns: tuple[Column, ...], size: Size, habits: RowHabits
    ) -> None:
        super().__init__(rng, texts, columns, size)
        self._blank = 0.0
        self._habits = habits
        document = Typist.draw(rng)
        self._typists = {role: Typist.draw(rng) for role in _TYPED_ROLES}
        self._typists |= {"original_text": document, "revision": document}

    def _cell(self, column: Column, texts: dict[str, list[str]], number: int) -> str:
        if column.header in COUNT_HEADERS:
            return str(self._rng.randint(1, 12))
        typed = super()._cell(column, texts, number)
        if column.role not in _TYPED_ROLES:
            return typed
        if self._habits.latin and self._rng.random() < 0.4:
            typed = typed.replace("を", f"（{self._rng.choice(_LATIN)}）を", 1)
        return self._typists[column.role].retype(typed)


def furnish(table: WideTable, rng: Random, texts: Texts, habits: RowHabits) -> WideTable:
    """The table with everything the habits ask for that its columns allow."""
    roles = [column.role for column in table.columns]
    if habits.single and {"original_text", "revision"} <= set(roles) and "comment" not in roles:
        table = dataclasses.replace(table, rows=table.rows[:1])
    if habits.groups and "category" in roles:
        table = _grouped(table, rng, texts, habits)
    if habits.shared_answers and "response" in roles and "comment" in roles:
        table = _sharing(table, rng, roles.index("response"))
    if habits.ditto:
        table = _with_ditto(table, rng)
    if habits.inner_tables:
        table = _with_inner_tables(table, rng, texts)
    return _with_total(table) if habits.total else table


def _starts(rng: Random, count: int, longest: int) -> list[int]:
    """For each of so many rows, the row in which its group begins."""
    starts: list[int] = []
    while len(starts) < count:
        begin = len(starts)
        starts += [begin] * rng.randint(1, longest)
    return starts[:count]


def _put(table: WideTable, column: int, texts: list[str]) -> WideTable:
    """The table with another text in every cell of a column."""
    rows = tuple(
        (*row[:column], text, *row[column + 1 :])
        for row, text in zip(table.rows, texts, strict=True)
    )
    return dataclasses.replace(table, rows=rows)


def _grouped(table: WideTable, rng: Random, texts: Texts, habits: RowHabits) -> WideTable:
    """Rows of one category together, under one label, perhaps numbered anew."""
    roles = [column.role for column in table.columns]
    starts = _starts(rng, len(table.rows), 7)
    place = roles.index("category")
    kinds = rng.sample(texts.words.subject.things, k=len(texts.words.subject.things))
    labels = {start: kinds[n % len(kinds)] for n, start in enumerate(dict.fromkeys(starts))}
    table = _put(table, place, [labels[start] for start in starts])
    if habits.restarts and "number" in roles:
        numbers = [str(row - start + 1) for row, start in enumerate(starts)]
        table = _put(table, roles.index("number"), numbers)
    if habits.merges:
        table = dataclasses.replace(table, merged={**table.merged, place: tuple(starts)})
    return table


def _sharing(table: WideTable, rng: Random, column: int) -> WideTable:
    """Now and then two or three rows share one cell."""
    starts = _starts(rng, len(table.rows), 3)
    texts = [table.rows[start][column] for start in starts]
    table = _put(table, column, texts)
    return dataclasses.replace(table, merged={**table.merged, column: tuple(starts)})


def _with_ditto(table: WideTable, rng: Random) -> WideTable:
    """A cell now and then says 同上; the truth keeps it as typed."""
    for place, column in enumerate(table.columns):
        free = place not in table.merged
        if free and column.role in ("response", "original_text", "category", "submitter"):
            texts = [
                "同上" if number and rng.random() < 0.12 else row[place]
                for number, row in enumerate(table.rows)
            ]
            table = _put(table, place, texts)
    return table


def _with_inner_tables(table: WideTable, rng: Random, texts: Texts) -> WideTable:
    """One or two cells hold a small table after their text."""
    places = [
        n for n, c in enumerate(table.columns) if c.role in _NESTED_ROLES and n not in table.merged
    ]
    if not places:
        return table
    for _ in range(rng.randint(1, 2)):
        place, row = rng.choice(places), rng.randrange(len(table.rows))
        column = [line[place] for line in table.rows]
        if CELL in column[row] or column[row] == "同上":
            continue
        column[row] += "\n" + _inner_table(rng, texts)
        table = _put(table, place, column)
    return table


def _inner_table(rng: Random, texts: Texts) -> str:
    w = texts.words
    years = rng.sample(range(3, 13), k=2)
    head = ["区分", *(f"令和{w.digits(year)}年" for year in sorted(years))]
    kinds = rng.sample(("窓口", "郵送", "電子申請", "新規", "継続", "計画値", "実績値"), k=3)
    lines = [head] + [[kind, f"{w.number(2, 90)}件", f"{w.number(2, 90)}件"] for kind in kinds]
    return "\n".join(CELL.join(line) for line in lines)


def _with_total(table: WideTable) -> WideTable:
    """A last row that adds up the column of figures, where there is one."""
    counts = [n for n, column in enumerate(table.columns) if column.header in COUNT_HEADERS]
    if not counts or table.columns[0].role == EXTRA:
        return table
    total = sum(int(row[counts[0]]) for row in table.rows)
    texts = ["合計"] + [""] * (len(table.columns) - 1)
    texts[counts[0]] = str(total)
    return dataclasses.replace(table, totals=(Total(len(table.rows), tuple(texts)),))
