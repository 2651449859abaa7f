"""What a document of family `spaced` says, with marks for how its lines are to be set."""

from __future__ import annotations

from random import Random

from ..annexes import Size, draw_heads
from ..model import EXTRA, Annex, Column, Table
from ..phrases import Habits
from ..subjects import SUBJECTS
from ..texts import Texts
from ..vocabulary import PAIRED_HEADERS, draw_column

FLUSH = "\t"
"""What follows on the author's line is set flush right."""

SPREAD = "\v"
"""Begins an author's line that is spread evenly over its cell (均等割付)."""

_UNITS = ("点", "点", "円", "人", "件", "％", "か所", "㎡")
_KANA = "イロハニホヘトチリヌ"
_LABELS = (
    "氏名", "住所", "所在地", "電話番号", "代表者", "実施期間", "対象者", "利用料金", "設置主体",
    "事業名", "備考", "根拠法令", "所管課",
)  # fmt: skip
_MARKS = ("{kana}　", "{n}　", "（{n}）", "{circled}　", "", "Ａ{n}00　", "注{n}　")
_ENTRIES = (2, 7)
"""Values of one list, from and to."""


def draw_spaced_annex(annex_id: str, rng: Random, size: Size) -> Annex:
    """A document of one author on one subject."""
    texts = Texts.by(rng, rng.choice(SUBJECTS), Habits.draw(rng))
    tables = tuple(
        _table(rng, texts, title, caption, size)
        for title, caption in draw_heads(texts, rng.choice((1, 1, 2)))
    )
    records = sum(len(table.rows) for table in tables)
    return Annex(annex_id, f"{texts.words.subject.plan}: {records} records", tables)


def as_read(annex: Annex) -> Annex:
    """The annex as a reader sees it: a value stands behind white space, a label as it was typed."""
    return annex.mapped(lambda text: text.replace(FLUSH, "\u3000").replace(SPREAD, ""))


def _table(rng: Random, texts: Texts, title: str, caption: str | None, size: Size) -> Table:
    before, after = rng.choice(PAIRED_HEADERS)
    pair = [Column("revision", after), Column("original_text", before)]
    rng.shuffle(pair)
    label, answers = rng.random() < 0.5, rng.random() < 0.35
    columns: list[Column] = [draw_column(rng, "number")]
    columns += [Column("category", rng.choice(("項目", "区分")))] * label
    columns += [draw_column(rng, "comment"), draw_column(rng, "response")] if answers else pair
    columns += [Column(EXTRA, "備考")] * (rng.random() < 0.25)
    rows: list[tuple[str, ...]] = []
    wanted = rng.randint(*size.records)
    while len(rows) < wanted and sum(len(t) for r in rows for t in r) < size.characters:
        original = _passage(rng, texts)
        cells = {
            "number": str(len(rows) + 1),
            "category": SPREAD + f"\n{SPREAD}".join(rng.sample(_LABELS, rng.choice((1, 1, 1, 2)))),
            "original_text": "\n".join(original), "comment": "\n".join(original),
            "revision": "\n".join(_amended(rng, texts, original)),
            "response": "\n".join(_passage(rng, texts)), EXTRA: "",
        }  # fmt: skip
        rows.append(tuple(cells[column.role] for column in columns))
    return Table(title, caption, tuple(columns), tuple(rows))


def _passage(rng: Random, texts: Texts) -> list[str]:
    """Headings, paragraphs, and lists of values."""
    lines: list[str] = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        if kind < 0.45:
            lines += _values(rng, texts)
        else:
            lines += texts.document(rng.choice(("short", "medium")))
    return lines


def _values(rng: Random, texts: Texts) -> list[str]:
    mark, unit = rng.choice(_MARKS), rng.choice(_UNITS)
    grouped, wide = rng.random() < 0.6, rng.random() < 0.2
    lines = []
    for place in range(rng.randint(*_ENTRIES)):
        label = texts.words.topic() if rng.random() < 0.7 else texts.words.thing_phrase()
        label += f"（{texts.words.thing()}）" * (rng.random() < 0.2)
        number = rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 20000)))
        value = f"{number:,}" if grouped else str(number)
        value = value.translate(_FULL_WIDTH) if wide else value
        named = mark.format(kana=_KANA[place], n=texts.words.digits(place + 1),
                            circled="①②③④⑤⑥⑦⑧⑨"[place])  # fmt: skip
        lines.append(f"{named}{label}{FLUSH}{value}{unit}")
    return lines


def _amended(rng: Random, texts: Texts, lines: list[str]) -> list[str]:
    """Other values and now and then another sentence."""
    changed = []
    for line in lines:
        if FLUSH in line and rng.random() < 0.5:
            label, value = line.split(FLUSH)
            line = label + FLUSH + value.replace("1", "3").replace("５", "７").replace("2", "9")
        changed.append(line)
    return changed if rng.random() < 0.7 else [*changed, texts.sentences.document()]


_FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
