"""An annex from a seed: its subject, its tables, their columns and their rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random

from .model import EXTRA, Annex, Column, Table
from .phrases import Habits
from .subjects import SUBJECTS
from .texts import Texts
from .vocabulary import CORRECTION_HEADERS, DISPOSITIONS, PAIRED_HEADERS, draw_column

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("number", "original_text", "comment", "submitter", "revision", "response"),
    ("number", "original_text", "comment", "revision", "response"),
    ("number", "original_text", "comment", "response", "disposition"),
    ("number", "comment", "response"),
    ("number", "category", "comment", "response"),
    ("number", "category", "comment", "response", "disposition"),
    ("number", "submitter", "category", "comment", "response", "revision"),
    ("number", "submitter", "comment", "response"),
    ("number", "category", "original_text", "comment", "submitter", "response", "revision",
     "disposition"),
    ("number", "comment", "response", EXTRA),
    ("number", EXTRA, "original_text", "comment", "response"),
    ("category", "comment", "response"),
    ("comment", "response"),
)  # fmt: skip
_COMPARISONS: tuple[tuple[str, ...], ...] = (
    ("original_text", "revision"),
    ("revision", "original_text"),
    ("number", "original_text", "revision", EXTRA),
    ("revision", "original_text", EXTRA),
    ("category", "original_text", "revision", EXTRA),
)
_CORRECTIONS: tuple[tuple[str, ...], ...] = (
    ("number", "place", "original_text", "revision"),
    ("place", "original_text", "revision"),
    ("number", "place", "original_text", "revision", EXTRA),
)


@dataclasses.dataclass(frozen=True)
class Size:
    """How big an annex may become."""

    tables: tuple[int, ...] = (1, 1, 1, 2, 2, 3, 4)
    records: tuple[int, int] = (3, 60)
    volumes: tuple[str, ...] = ("short", "medium", "medium", "long")
    characters: int = 18_000
    """A table ends early once its texts are this long."""
    cell_characters: int = 2_000
    """No cell holds more; programs differ in what they do with a row higher than a page."""

    def most_records(self, tables: int) -> int:
        """Records that a table of so many may have: a lone table may be a long one."""
        return self.records[1] if tables == 1 else self.records[1] // 2


def draw_annex(annex_id: str, rng: Random, size: Size) -> Annex:
    """An annex of one author on one subject."""
    subject = rng.choice(SUBJECTS)
    texts = Texts.by(rng, subject, Habits.draw(rng))
    columns = draw_columns(rng)
    count = rng.choice(size.tables)
    heads = draw_heads(texts, count)
    tables = []
    for title, caption in heads:
        columns = columns if rng.random() < 0.7 else draw_columns(rng)
        rows = Rows(rng, texts, columns, size).draw(size.most_records(count))
        tables.append(Table(title, caption, columns, rows))
    records = sum(len(table.rows) for table in tables)
    description = f"{subject.plan}: {records} records in {count} tables"
    return Annex(annex_id, description, tuple(tables))


def draw_columns(rng: Random) -> tuple[Column, ...]:
    """Columns of one kind of table: comments, a comparison, or corrections."""
    kind = rng.random()
    if kind < 0.7:
        return tuple(draw_column(rng, role) for role in _shuffled(rng, rng.choice(_ORDERS)))
    pair = PAIRED_HEADERS if kind < 0.87 else CORRECTION_HEADERS
    roles = rng.choice(_COMPARISONS if kind < 0.87 else _CORRECTIONS)
    before, after = rng.choice(pair)
    known = {
        "original_text": Column("original_text", before),
        "revision": Column("revision", after),
        "place": Column(EXTRA, "該当箇所"),
        EXTRA: Column(EXTRA, rng.choice(("備考", "理由"))),
    }
    return tuple(known.get(role) or draw_column(rng, role) for role in roles)


def _shuffled(rng: Random, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Now and then the columns stand in another order; a number stays first."""
    if rng.random() < 0.8:
        return roles
    first = [role for role in roles if role == "number"]
    others = [role for role in roles if role != "number"]
    rng.shuffle(others)
    return tuple(first + others)


def draw_heads(texts: Texts, count: int) -> list[tuple[str, str | None]]:
    """Title and caption of each table."""
    w, rng = texts.words, texts.rng
    plan = w.subject.plan
    form = rng.choice((
        "{plan}（素案）に対する意見と市の考え方について",
        "【別紙{n}】 {plan}に関する意見の聴取結果について",
        "「{plan}（案）」に係るパブリックコメントの実施結果", "資料{n}　{plan} 意見及び対応一覧",
        "{plan}改定に係る検討委員会からの意見と対応について",
    ))  # fmt: skip
    same_title, has_caption = rng.random() < 0.4, rng.random() < 0.75
    heads = []
    for place in range(1, count + 1):
        n = 1 if same_title else place
        caption = rng.choice((
            f"検討委員会【第{place}回】対応分", f"意見募集期間（{w.date()}～{w.date()}）",
            f"（第{place}回意見照会分）",
            f"【第{place}回目】　{w.date()}開催分", f"（{w.organisation()}分）",
        ))  # fmt: skip
        heads.append((form.format(plan=plan, n=w.digits(n)), caption if has_caption else None))
    return heads


class Rows:
    """Draws the rows of one table; comments and answers repeat now and then."""

    def __init__(self, rng: Random, texts: Texts, columns: tuple[Column, ...], size: Size) -> None:
        self._rng = rng
        self._texts = texts
        self._columns = columns
        self._size = size
        kinds = ("document", "comment", "answer")
        self._volumes = {kind: rng.choice(size.volumes) for kind in kinds}
        self._empty = rng.choice(("", "-", "－", "なし"))
        self._number = rng.choice(("{n}", "{n}", "{n}", "{w}", "{t}-{n}", "({n})"))
        self._chapter = rng.randint(1, 5)
        self._submitter = rng.randrange(5)
        self._mark = rng.choice(DISPOSITIONS)
        self._blank = rng.choice((0.0, 0.0, 0.15))
        self._said: dict[str, list[list[str]]] = {"comment": [], "response": []}

    def draw(self, most: int) -> tuple[tuple[str, ...], ...]:
        """All rows, at most so many, numbered from 1."""
        least = self._size.records[0]
        wanted = round(self._rng.triangular(least, most, min(least + 12, most)))
        rows: list[tuple[str, ...]] = []
        while len(rows) < wanted and sum(len(t) for r in rows for t in r) < self._size.characters:
            rows.append(self._row(len(rows) + 1))
        return tuple(rows)

    def _row(self, number: int) -> tuple[str, ...]:
        headers = {column.role: column.header for column in self._columns}
        compares = "comment" not in headers
        original = self._texts.document(self._volumes["document"])
        revision = self._texts.amended(original) if compares else self._texts.revision(original)
        if "箇所" in headers.get("original_text", "") and "revision" not in headers:
            original = self._texts.location()
        texts = {"original_text": original, "revision": revision}
        return tuple(self._cell(column, texts, number) for column in self._columns)

    def _cell(self, column: Column, texts: dict[str, list[str]], number: int) -> str:
        """The text of one cell."""
        role, words = column.role, self._texts.words
        if role in texts:
            return self._joined(texts[role])
        if role in self._said:
            return self._joined(self._repeated(role))
        if role == EXTRA:
            return self._extra(column.header)
        short = {
            "number": self._number.format(n=number, w=words.digits(number), t=self._chapter),
            "submitter": self._texts.submitter(self._submitter),
            "disposition": self._rng.choice(self._mark),
            "category": words.pick((words.chapter(), words.topic(), words.thing(), words.thing())),
        }
        return short[role]

    def _repeated(self, role: str) -> list[str]:
        """A comment or an answer: a new one, or one given before."""
        said = self._said[role]
        if said and self._rng.random() < 0.12:
            return self._rng.choice(said)
        if role == "comment" and self._rng.random() < 0.03:
            return ["-"]
        if role == "comment":
            new = self._texts.comment(self._volumes["comment"])
        else:
            new = self._texts.response(self._volumes["answer"])
        said.append(new)
        return new

    def _extra(self, header: str) -> str:
        """The text of a column that has no role."""
        words = self._texts.words
        if header == "該当箇所":
            return self._joined(self._texts.location())
        if header in ("備考", "理由") and self._rng.random() < 0.4:
            return self._empty
        short: dict[str, Callable[[], str]] = {
            "備考": words.topic,
            "理由": self._texts.sentences.document,
            "ページ": lambda: words.digits(self._rng.randint(1, 150)),
            "頁": lambda: words.digits(self._rng.randint(1, 150)),
            "担当課": lambda: words.subject.section,
            "受付日": lambda: f"{self._rng.randint(1, 12)}/{self._rng.randint(1, 28)}",
            "提出方法": lambda: words.pick(("メール", "窓口", "郵送", "FAX", "電子申請")),
        }
        draw = short[header]
        return draw()

    def _joined(self, lines: list[str]) -> str:
        """The lines as one text, not too long, with the author's blank lines."""
        kept = list(lines)
        while sum(map(len, kept)) > self._size.cell_characters and len(kept) > 1:
            kept.pop()
        text = kept[0]
        for line in kept[1:]:
            text += ("\n\n" if self._rng.random() < self._blank and len(kept) > 3 else "\n") + line
        return text
