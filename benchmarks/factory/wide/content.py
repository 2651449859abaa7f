"""What a document of family `wide` says: its tables and what stands around them."""

from __future__ import annotations

from random import Random

from ..annexes import Size, draw_columns, draw_heads
from ..model import EXTRA, Column
from ..phrases import Habits
from ..subjects import SUBJECTS
from ..texts import Texts
from .document import Block, PlainTable, Prose, WideAnnex, WideTable
from .headers import HeaderHabits, headed
from .rows import COUNT_HEADERS, RowHabits, WideRows, furnish

NO_TABLE_SHARE = 0.07
"""Share of documents that have no comment table."""

TABLES = (1, 1, 1, 1, 2, 2, 3)


def draw_wide_annex(annex_id: str, rng: Random, size: Size) -> WideAnnex:
    """A document of one author on one subject."""
    texts = Texts.by(rng, rng.choice(SUBJECTS), Habits.draw(rng))
    if rng.random() < NO_TABLE_SHARE:
        return _without_comments(annex_id, rng, texts)
    heads = draw_heads(texts, rng.choice(TABLES))
    blocks: list[Block] = list(_before(rng, texts))
    features: list[str] = []
    header_habits, row_habits = HeaderHabits.draw(rng), RowHabits.draw(rng)
    for place, (title, caption) in enumerate(heads):
        if place and rng.random() < 0.4:
            title, caption = "", None
        elif place:
            blocks += _between(rng, texts)
        columns = _columns(rng)
        heads_of_columns = headed(rng, columns, header_habits)
        most = size.most_records(len(heads))
        rows = WideRows(rng, texts, columns, size, row_habits).draw(most)
        table = furnish(WideTable(title, caption, heads_of_columns, rows), rng, texts, row_habits)
        features += _features(table)
        blocks.append(table)
        blocks += _below(rng, texts)
    blocks += _after(rng, texts)
    running = rng.choice(("", "", texts.words.subject.plan + "（素案）", "資料２", "別紙１"))
    note = "※　ご意見は、趣旨を損なわない範囲で要約しています。"
    footnote = note if rng.random() < 0.15 else ""
    kinds = [str(header_habits), *features, *_surroundings(blocks, running, footnote)]
    names = ", ".join(dict.fromkeys(kind for kind in kinds if kind))
    count = sum(len(block.rows) for block in blocks if isinstance(block, WideTable))
    text = f"{texts.words.subject.plan}: {count} records in {len(heads)} tables ({names})"
    return WideAnnex.of(annex_id, text, tuple(blocks), running=running, footnote=footnote)


def _columns(rng: Random) -> tuple[Column, ...]:
    """Columns of any kind, sometimes with one of figures at the end."""
    columns = draw_columns(rng)
    if rng.random() < 0.12:
        before, after = rng.choice((("改正前", "改正後"), ("修正前", "修正後"), ("現行", "改正案")))
        columns = (Column("revision", after), Column("original_text", before))
        columns += (Column(EXTRA, "理由"),) if rng.random() < 0.7 else ()
    if rng.random() < 0.2 and columns[0].role != EXTRA:
        columns += (Column(EXTRA, rng.choice(COUNT_HEADERS)),)
    return columns


def _features(table: WideTable) -> list[str]:
    roles = [table.columns[place].role for place in table.merged]
    depth = max(len(column.path) for column in table.columns)
    cells = [text for row in table.rows for text in row]
    numbers = [row[0] for row in table.rows] if table.columns[0].role == "number" else []
    found = {
        f"spanning header of {depth} rows": depth > 1,
        "merged category": "category" in roles,
        "merged response": "response" in roles,
        "numbers restart": numbers.count("1") > 1,
        "同上": "同上" in cells,
        "合計": bool(table.totals),
        "inner table": any("\x1f" in cell for cell in cells),
        "no title": not table.title,
        "one record": len(table.rows) == 1,
    }
    return [name for name, is_so in found.items() if is_so]


def _surroundings(blocks: list[Block], running: str, footnote: str) -> list[str]:
    kinds = {block.kind for block in blocks if isinstance(block, Prose)}
    found = {
        "boxed prose": "box" in kinds, "prose": "paragraph" in kinds,
        "headings": "heading" in kinds,
        "notes": "note" in kinds, "tally": any(isinstance(block, PlainTable) for block in blocks),
        "running head": bool(running), "footnote": bool(footnote),
    }  # fmt: skip
    return [name for name, is_so in found.items() if is_so]


def _before(rng: Random, texts: Texts) -> list[Block]:
    """What may stand above the first table."""
    blocks: list[Block] = []
    if rng.random() < 0.25:
        blocks.append(Prose("right", texts.words.date()))
    if rng.random() < 0.3:
        blocks.append(Prose("heading", "１　意見募集の概要"))
        blocks.append(Prose("paragraph", _paragraph(texts)))
    if rng.random() < 0.2:
        lines = [_paragraph(texts) for _ in range(rng.randint(1, 3))]
        blocks.append(Prose("box", "\n".join(lines)))
    if rng.random() < 0.12:
        blocks.append(_tally(rng))
    if rng.random() < 0.2:
        blocks.append(Prose("heading", "２　ご意見と市の考え方"))
    return blocks


def _between(rng: Random, texts: Texts) -> list[Block]:
    blocks: list[Block] = []
    if rng.random() < 0.3:
        blocks.append(Prose("heading", "３　その他のご意見"))
    if rng.random() < 0.3:
        blocks.append(Prose("paragraph", _paragraph(texts)))
    return blocks


def _below(rng: Random, texts: Texts) -> list[Block]:
    if rng.random() < 0.7:
        return []
    return [Prose("note", f"※{rng.choice(('１', '２', '　'))}{texts.sentences.document()}")]


def _after(rng: Random, texts: Texts) -> list[Block]:
    blocks: list[Block] = []
    if rng.random() < 0.2:
        blocks.append(Prose("paragraph", _paragraph(texts)))
    if rng.random() < 0.12:
        blocks.append(
            Prose("box", f"【問合せ先】{texts.words.subject.section}\n{texts.words.mail()}")
        )
    if rng.random() < 0.15:
        blocks.append(Prose("right", "以上"))
    return blocks


def _paragraph(texts: Texts) -> str:
    count = texts.rng.randint(1, 3)
    return "　" + "".join(texts.sentences.explanation() for _ in range(count))


def _tally(rng: Random) -> PlainTable:
    """How many opinions came by which way."""
    ways = rng.sample(("電子メール", "郵送", "窓口持参", "ファクシミリ", "電子申請"), k=3)
    figures = [rng.randint(1, 40) for _ in ways]
    rows = [("提出方法", "提出人数", "延べ人数")]
    rows += [(way, f"{n}人", f"{n + 3}人") for way, n in zip(ways, figures, strict=True)]
    rows.append(("計", f"{sum(figures)}人", f"{sum(figures) + 9}人"))
    return PlainTable(tuple(rows), "提出方法別の内訳")


def _without_comments(annex_id: str, rng: Random, texts: Texts) -> WideAnnex:
    """A document that is no comment annex."""
    kind = rng.choice(("letter", "budget", "blank", "agenda"))
    blocks = {"letter": _letter, "budget": _budget, "blank": _blank, "agenda": _agenda}[kind](texts)
    return WideAnnex.of(annex_id, f"no comment table: {kind}", tuple(blocks))


def _blank(texts: Texts) -> list[Block]:
    return []


def _letter(texts: Texts) -> list[Block]:
    w = texts.words
    return [
        Prose("right", f"{w.subject.section}第{w.number(10, 900)}号"), Prose("right", w.date()),
        Prose("paragraph", f"{w.organisation()}　御中"), Prose("right", f"{w.subject.section}長"),
        Prose("centred", f"{w.subject.plan}（素案）に対する意見の募集について（依頼）"),
        *(Prose("paragraph", _paragraph(texts)) for _ in range(4)),
        Prose("centred", "記"), Prose("paragraph", f"１　募集期間　{w.date()}から{w.date()}まで"),
        Prose("paragraph", f"２　提出先　{w.mail()}"),
        Prose("box", f"【問合せ先】{w.subject.section}\n担当　{w.person()}"),
    ]  # fmt: skip


def _budget(texts: Texts) -> list[Block]:
    w = texts.words
    rows = [("区分", "事業名", "予算額（千円）", "前年度", "増減")]
    for thing in w.rng.sample(w.subject.things, k=min(9, len(w.subject.things))):
        now, then = w.rng.randint(100, 90000), w.rng.randint(100, 90000)
        figures = (f"{now:,}", f"{then:,}", f"{now - then:,}".replace("-", "△"))
        rows.append((w.pick(("継続", "新規", "拡充")), f"{thing}{w.action()}事業", *figures))
    return [PlainTable(tuple(rows), f"{w.year()}度 {w.subject.plan} 関連予算一覧"),
            Prose("note", "※　金額は当初予算額である。")]  # fmt: skip


def _agenda(texts: Texts) -> list[Block]:
    w = texts.words
    items = [f"{'１２３４５６'[n]}　{w.topic()}" for n in range(6)]
    return [Prose("centred", f"{w.subject.plan}検討委員会　次第"),
            Prose("right", f"日時　{w.date()}"), *(Prose("heading", item) for item in items),
            Prose("paragraph", _paragraph(texts))]  # fmt: skip
