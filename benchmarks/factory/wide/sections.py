"""Family `sections`: wide tables with heading rows, closing rows, and headers in mid-table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from random import Random

from ..annexes import Size
from ..model import EXTRA
from .content import draw_wide_annex
from .document import Total, WideAnnex, WideTable

TEXT_ROLES = ("original_text", "comment", "revision", "response")
"""In a column of these a heading that is not merged looks like a short text; nobody can tell."""
_KANJI = "一二三四五六七八九十"
_FULL = "１２３４５６７８９"
_SCHEMES = (
    ("第{full}章　{x}", "第{full}節　{x}", "（{full}）{x}"),
    ("第{kanji}編　{x}", "第{full}章 {x}", "第{full}節 {x}"),
    ("{full}　{x}", "（{full}）{x}", "{circled}　{x}"),
    ("{half}. {x}", "{half}.{other} {x}", "({half}) {x}"),
    ("{roman}　{x}", "{full}　{x}", "（{full}）{x}"),
    ("●第{full}条（{x}）関係", "・{x}について", "ア　{x}"),
    ("■{x}", "○{x}", "・{x}"),
    ("【{x}】", "＜{x}＞", "（{full}）{x}"),
    ("基本目標{full}　{x}", "施策{full}－{other}　{x}", "（{full}）{x}"),
    ("第{full}条　{x}関係", "第{full}項関係", "（{full}）{x}"),
    ("{x}に関する意見", "（{full}）{x}", "{circled}　{x}"),
    ("{x}", "（{full}）{x}", "{circled}{x}"),
)
"""How authors write the headings of each level, the outermost first."""
_THINGS = (
    "交通", "公園", "福祉", "防災", "環境", "教育", "産業振興", "窓口サービス", "施設の整備",
    "計画の推進", "情報の提供", "市民との協働",
)  # fmt: skip
_LAST = ("その他", "計画全般について", "その他の御意見", "全体に関すること")
_SUBTOTALS = ("小計　{n}件", "小計（{n}件）", "計　{n}件", "小計：{n}件")
_AGAIN = ("（続き）", "（つづき）", "　（続き）")
_CLOSING = ("以上", "提出者数　{n}人　意見数　{m}件", "合計　{m}件", "（以上）", "合計（{m}件）")


@dataclasses.dataclass(frozen=True)
class SectionHabits:
    """How one author divides tables into sections."""

    scheme: tuple[str, ...]
    depth: int
    merged: bool
    """The heading's cells are merged; else it is typed into the first and runs over borders."""
    counts: bool
    """A heading says how many opinions stand below it."""
    centred: bool
    indents: bool
    restarts: bool
    """Each section numbers its records from 1."""
    last: bool
    """The last section is the rest, without a number."""
    header_again: str
    """Where the header is printed again: `above` or `below` the headings, or nowhere."""
    closing: str
    reaches: bool
    """Headings are merged over some of the columns only."""
    count_cell: bool
    """The last column has the number of opinions."""
    subtotal: str
    """What closes each section."""
    continued: str
    """What a page adds to the headings that it prints again, where the program can do so."""

    @classmethod
    def draw(cls, rng: Random) -> SectionHabits:
        """Habits of one annex."""
        depth = rng.choice((1, 1, 1, 2, 2, 3))
        merged = rng.random() < 0.65
        return cls(
            scheme=rng.choice(_SCHEMES),
            depth=depth,
            merged=merged,
            counts=rng.random() < 0.35,
            centred=merged and depth == 1 and rng.random() < 0.15,
            indents=depth > 1 and rng.random() < 0.4,
            restarts=rng.random() < 0.4,
            last=rng.random() < 0.5,
            header_again=rng.choice(("above", "below")) if rng.random() < 0.2 else "",
            closing=rng.choice(_CLOSING) if rng.random() < 0.35 else "",
            reaches=merged and rng.random() < 0.25,
            count_cell=merged and rng.random() < 0.12,
            subtotal=rng.choice(_SUBTOTALS) if rng.random() < 0.15 else "",
            continued=rng.choice(_AGAIN) if rng.random() < 0.25 else "",
        )


def draw_section_annex(annex_id: str, rng: Random, size: Size) -> WideAnnex:
    """A wide annex whose tables are divided."""
    annex = draw_wide_annex(annex_id, rng, size)
    habits = SectionHabits.draw(rng)
    divided = annex.with_tables(lambda table: divide(table, rng, habits))
    return dataclasses.replace(divided, description=f"{annex.description}; {habits}")


def divide(table: WideTable, rng: Random, habits: SectionHabits) -> WideTable:
    """The table with headings above some of its rows; a table of two rows stays as it is."""
    places = [place for place in range(len(table.rows)) if _is_free(table, place)]
    if len(table.rows) < 3 or places[0] != 0:
        return table
    starts = [0, *sorted(rng.sample(places[1:], k=min(len(places) - 1, rng.randint(1, 7))))]
    ends = [*starts[1:], len(table.rows)]
    reach = rng.randint(2, max(2, len(table.columns) - 1)) if habits.reaches else 0
    rows: list[Total] = []
    for start, end, levels in zip(
        starts, ends, _draw_levels(rng, habits, len(starts)), strict=True
    ):
        header = [_header_row(table, start)] if start else []
        rows += header if habits.header_again == "above" else []
        rows += [_row(table, start, text, depth, habits, reach) for depth, text in levels]
        rows[-1] = _counted(rows[-1], end - start, rng, habits)
        rows += header if habits.header_again == "below" else []
        if habits.subtotal:
            rows.append(_closing_row(table, end, habits.subtotal.format(n=end - start), habits))
    table = _renumbered(table, starts) if habits.restarts else table
    totals = (*rows, *table.totals, *_closing_rows(table, rng, habits))
    return dataclasses.replace(table, totals=totals, continued=habits.continued)


def _header_row(table: WideTable, after: int) -> Total:
    return Total(after, tuple(column.header for column in table.columns))


def _counted(row: Total, count: int, rng: Random, habits: SectionHabits) -> Total:
    """The heading with the number of opinions below it, if the author says how many they are."""
    text, *middle, last = row.texts
    if habits.count_cell:
        return dataclasses.replace(row, texts=(text, *middle, f"{count}件"))
    if not habits.counts:
        return row
    text += rng.choice(("（{n}件）", "（{n} 件）", "【{n}件】")).format(n=count)
    return dataclasses.replace(row, texts=(text, *middle, last))


def _draw_levels(rng: Random, habits: SectionHabits, count: int) -> Iterator[list[tuple[int, str]]]:
    """For each section the headings that open it, with their levels from 0."""
    numbers = [0] * habits.depth
    for place in range(count):
        begin = 0 if not place else rng.randrange(habits.depth)
        levels = []
        if habits.last and place and place == count - 1:
            yield [(0, rng.choice(_LAST))]
            continue
        for depth in range(begin, habits.depth):
            numbers[depth] = numbers[depth] % 9 + 1
            numbers[depth + 1 :] = [0] * (habits.depth - depth - 1)
            above = numbers[depth - 1] if depth else 1
            levels.append((depth, _write(habits.scheme[depth], numbers[depth], above, rng)))
        yield levels


def _write(form: str, number: int, above: int, rng: Random) -> str:
    return form.format(
        full=_FULL[number - 1], half=above if "{other}" in form else number, other=number,
        kanji=_KANJI[number - 1], roman="ⅠⅡⅢⅣⅤⅥⅦⅧⅨ"[number - 1],
        circled="①②③④⑤⑥⑦⑧⑨"[number - 1], x=rng.choice(_THINGS),
    ).replace("施策" + _FULL[number - 1], "施策" + _FULL[above - 1])  # fmt: skip


def _is_free(table: WideTable, place: int) -> bool:
    """Whether every cell of a row begins in it, so that a heading may stand above."""
    return all(table.begins(place, column) for column in range(len(table.columns)))


def _row(
    table: WideTable, after: int, text: str, depth: int, habits: SectionHabits, reach: int
) -> Total:
    indent = "　" * depth if habits.indents else ""
    texts = (indent + text, *[""] * (len(table.columns) - 1))
    merged = habits.merged or table.columns[0].role in TEXT_ROLES
    return Total(after, texts, merged=merged, centred=habits.centred, depth=depth, reach=reach)


def _renumbered(table: WideTable, starts: Sequence[int]) -> WideTable:
    """The table with the numbers of each section counted from 1."""
    number = next((n for n, column in enumerate(table.columns) if column.role == "number"), None)
    if number is None or number in table.merged:
        return table
    rows = []
    for place, row in enumerate(table.rows):
        start = max(start for start in starts if start <= place)
        rows.append((*row[:number], str(place - start + 1), *row[number + 1 :]))
    return dataclasses.replace(table, rows=tuple(rows))


def _closing_rows(table: WideTable, rng: Random, habits: SectionHabits) -> list[Total]:
    if not habits.closing or table.columns[0].role == EXTRA or table.totals:
        return []
    text = habits.closing.format(n=rng.randint(2, 9), m=len(table.rows))
    return [_closing_row(table, len(table.rows), text, habits)]


def _closing_row(table: WideTable, after: int, text: str, habits: SectionHabits) -> Total:
    texts = (text, *[""] * (len(table.columns) - 1))
    return Total(after, texts, merged=habits.merged, centred=False)
