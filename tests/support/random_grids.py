"""Annexes of random grids, as extract would hand them on: what no author plans, and scans make."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from pipeline.model import (
    AnnexHeader,
    Cell,
    Extracted,
    Grid,
    Line,
    Page,
    PageHeader,
    PageOrigin,
)
from tests.support.making import box, line, wrap

_HEADERS = """番号 No 項目 分類 該当箇所 意見内容 意見の概要 市の考え方 回答
対応 修正前 修正後 新 旧 頁 行 誤 正 提出者 備考 担当課 意見と回答"""
_TEXTS = """公園の遊具を新しくしてほしい。 現地を確かめ、来年度に直します。
駅前の駐輪場が狭い。 御意見を踏まえ、第３章を改めました。期間は十年です。
１ ２ ３ (1) ① １－２ 全般 第１章　総則 １　計画全般について（２件）
・歩道が狭い|・街灯が暗い 修正なし － ○ ◎ 10頁 総務課 原案のとおり 問１
回答 意見 【意見】 同上 P.12 令和５年４月１日 ごみの収集日を増やすこと
（次頁へ続く） 120 なし 意見：狭い。 回答：広げます。 計"""
_AROUND = """別紙
意見募集の結果
表１　意見と回答
※ 件数は延べ数です。
- 1 -
3
１　施策について"""
HEADERS, TEXTS = [*re.split("[ \n]", _HEADERS), ""], re.split("[ \n]", _TEXTS)
AROUND = re.split("\n", _AROUND)
_WIDTH, _HEIGHT = 600.0, 840.0


def make_annex(seed: int) -> Extracted:
    """One to three pages of random tables and the lines around them."""
    random = Random(seed)
    pages = [_make_page(random, number) for number in range(1, random.choice((1, 1, 2, 3)) + 1)]
    return Extracted(AnnexHeader("random", "0" * 64), tuple(pages))


def _make_page(random: Random, number: int) -> Page:
    grids, loose, top, tables = [], list[Line](), 40.0, random.choice((0, 1, 1, 1, 2, 3))
    columns = random.randint(1, 6)
    for _ in range(tables):
        loose += _write_around(random, number, top)
        if random.random() < 0.3:
            columns = random.randint(1, 6)
        grid = _make_grid(random, number, columns, top + random.choice((0, 16, 30)))
        if grid.box.bottom > _HEIGHT:
            break
        grids.append(grid)
        top = grid.box.bottom + random.choice((0.5, 6, 20))
    loose += _write_around(random, number, top)
    ruby = [line("るび", x0=200, top=top, page=number, size=5)] if random.random() < 0.1 else []
    overlays = [line("案", x0=300, top=400, page=number, size=60)] if random.random() < 0.1 else []
    lines = [*(li for grid in grids for li in grid.lines), *loose, *ruby, *overlays]
    count = sum(li.glyphs for li in lines)
    header = PageHeader(number, _WIDTH, _HEIGHT, PageOrigin.TEXT_LAYER, count, 0)
    return Page(header, tuple(grids), tuple(loose), tuple(ruby), tuple(overlays))


def _write_around(random: Random, page: int, top: float) -> Iterator[Line]:
    for _ in range(random.choice((0, 0, 1, 2))):
        left = random.choice((40.0, 60.0, 250.0, 290.0))
        yield line(random.choice(AROUND), x0=left, top=top, page=page, size=10)
        top += 13.0


def _make_grid(random: Random, page: int, columns: int, top: float) -> Grid:
    """A grid with a header or none, merged cells, and cells without rulings below."""
    size = random.choice((8.0, 9.0, 10.0))
    left = random.choice((40.0, 40.0, 60.0))
    widths = [random.uniform(25, 480 / columns) for _ in range(columns)]
    edges = tuple(accumulate(widths, initial=left))
    texts = list(_write_rows(random, columns))
    spans = dict(_merge(random, len(texts), columns))
    taken = {
        (row + down, column + right)
        for (row, column), (rows, across) in spans.items()
        for down in range(rows)
        for right in range(across)
    }
    starts = [
        (row, column)
        for row in range(len(texts))
        for column in range(columns)
        if (row, column) in spans or (row, column) not in taken
    ]
    wrapped = {}
    for row, column in starts:
        room = edges[column + spans.get((row, column), (1, 1))[1]] - edges[column] - 4
        parts = texts[row][column].split("|")
        ems = max(1.0, room / size)
        wrapped[row, column] = [p for part in parts for p in wrap(part, ems, True, False)]
    lead = size * random.choice((1.0, 1.2, 1.5))
    heights = [max((len(wrapped.get((row, c), ())) for c in range(columns)), default=1) for row in
               range(len(texts))]  # fmt: skip
    room = random.choice((2.0, 2.0, 10.0))
    rows = tuple(accumulate((max(h, 1) * lead + 2 * room for h in heights), initial=top))
    cells = []
    for row, column in starts:
        down, across = spans.get((row, column), (1, 1))
        frame = box(edges[column], rows[row], edges[column + across], rows[row + down])
        lines = tuple(
            line(text, x0=frame.x0 + 2, top=frame.top + room + lead * at, page=page, size=size)
            for at, text in enumerate(wrapped[row, column])
            if text.strip()
        )
        goes_on = row + down < len(texts) and random.random() < 0.02
        cells.append(Cell(row, column, down, across, frame, lines, goes_on))
    opens = random.random() < 0.15, random.random() < 0.15
    return Grid(page, edges, rows, tuple(cells), *opens, inferred=random.random() < 0.1)


def _write_rows(random: Random, columns: int) -> Iterator[Sequence[str]]:
    if random.random() < 0.75:
        yield [random.choice(HEADERS) for _ in range(columns)]
    if random.random() < 0.1:
        yield [random.choice(HEADERS) for _ in range(columns)]
    counts = random.random() < 0.5
    for number in range(1, random.randint(1, 8) + 1):
        texts = [_write_text(random) for _ in range(columns)]
        if counts:
            texts[0] = str(number)
        yield texts


def _write_text(random: Random) -> str:
    if random.random() < 0.15:
        return ""
    return "".join(random.choice(TEXTS) for _ in range(random.choice((1, 1, 1, 2, 4))))


def _merge(
    random: Random, rows: int, columns: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Places of merged cells that do not overlap, with their spans."""
    taken: set[tuple[int, int]] = set()
    for _ in range(random.choice((0, 0, 1, 3, 6))):
        row, column = random.randrange(rows), random.randrange(columns)
        down = random.randint(1, min(4, rows - row))
        across = random.choice((1, 1, 2, columns))
        across = min(across, columns - column)
        own = {(row + d, column + a) for d in range(down) for a in range(across)}
        if len(own) > 1 and taken.isdisjoint(own):
            taken |= own
            yield (row, column), (down, across)
