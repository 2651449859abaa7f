"""What a document of family `titled` says above its tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random
from typing import Any

from ..annexes import Rows, Size, draw_columns
from ..model import Annex, Table
from ..phrases import Habits
from ..subjects import SUBJECTS
from ..texts import Texts

LABELS = (
    "別紙１", "（別紙）", "資料３", "（資料８）", "資料２－１", "参考資料１", "【号外】",
    "（参考）", "（別添１参考）", "別添２", "様式第１号", "（参考：新旧対照表）", "【資料５】",
    "［別表］", "（案）", "【取扱注意】", "未定稿", "（委員限り）",
)  # fmt: skip
"""Names of one among several papers, and what may be done with it: captions at best."""
NOTES = (
    "（単位：件）", "（単位：円）", "（下線部が修正箇所）", "（傍線部分は改正部分）", "※　敬称略",
    "※　下線は変更箇所を示す。",
)  # fmt: skip
TITLES = (
    "{plan}（素案）に対する意見と市の考え方について", "ご意見の概要と市の考え方", "質問と回答",
    "「{plan}（案）」に係るパブリックコメントの実施結果", "{plan}　新旧対照表", "正　誤　表",
    "第{n}回{plan}策定委員会　意見一覧", "意見及び対応一覧（令和{n}年度）", "質　問　回　答　書",
    "{plan}（素案）に対する\nパブリックコメントの実施結果について", "（参考）{plan}の対照表",
    "{plan}の策定に伴い提出された\n意見の要旨及び意見に対する考え方",
    "「{plan}の策定及び{plan}の実施に係る手続等に関する要綱の運用上の留意事項について」の一部改正について",
)  # fmt: skip
"""`\\n` where the author broke a long one."""


@dataclasses.dataclass(frozen=True)
class HeadLine:
    """A line or a paragraph above a table."""

    text: str
    align: str = "left"
    scale: float = 1.0
    """Font size over that of the table's text."""
    after: float = 0.3
    """White space below it, in em."""
    framed: bool = False
    beside: str = ""
    """What stands at the right margin on the same line."""


@dataclasses.dataclass(frozen=True)
class TitledTable(Table):
    """A table with all that stands above it; no title where it is empty."""

    above: tuple[HeadLine, ...] = ()

    def truth(self) -> dict[str, Any]:
        """The table in the form of the contract's truth files."""
        return super().truth() | {"title": self.title.replace("\n", "") or None}

    def other_texts(self) -> list[str]:
        """What stands above the table and is neither title nor caption."""
        texts = [text for line in self.above for text in (line.text, line.beside) if text]
        for known in (self.title, self.caption):
            if known:
                texts.remove(known)
        return texts


@dataclasses.dataclass(frozen=True)
class TitledAnnex(Annex):
    """An annex with lines that stand on every page."""

    running: str = ""
    """At the head, on the right."""
    foot: str = ""
    """At the foot, on the left."""

    def mapped(self, change: Callable[[str], str]) -> Annex:
        """The same annex with every text of it changed by `change`."""
        mapped = super().mapped(change)
        tables = tuple(
            dataclasses.replace(
                table,
                above=tuple(
                    dataclasses.replace(line, text=change(line.text), beside=change(line.beside))
                    for line in table.above
                ),
            )
            for table in mapped.tables
            if isinstance(table, TitledTable)
        )
        return dataclasses.replace(mapped, tables=tables)


def draw_titled_annex(annex_id: str, rng: Random, size: Size) -> Annex:
    """A document of one author on one subject."""
    texts = Texts.by(rng, rng.choice(SUBJECTS), Habits.draw(rng))
    columns, count = draw_columns(rng), rng.choice(size.tables)
    form, scale = rng.choice(TITLES), rng.choice((0.9, 1.0, 1.0, 1.2, 1.4))
    look = HeadLine("", rng.choice(("left", "center")), scale, framed=rng.random() < 0.12)
    tables = []
    # The same label on every page would be a running head.
    labels = rng.sample(LABELS, count)
    for place, label in enumerate(labels):
        rows = Rows(rng, texts, columns, size).draw(size.most_records(count))
        title = form.format(plan=texts.words.subject.plan, n=texts.words.digits(place + 1))
        head = _Head(rng, texts, look, label if rng.random() < (0.2 if place else 0.45) else "")
        head.put(title if rng.random() < (0.85 if place else 0.9) else "", is_first=not place)
        tables.append(TitledTable(head.title, head.caption, columns, rows, tuple(head.lines)))
    plan = texts.words.subject.plan
    running = rng.choice(("", "", "", plan, f"{plan}検討委員会資料"))
    # Where a table has no title, one that stands on every page might be its.
    running = running if all(table.title for table in tables) else ""
    foot = rng.choice(("", "", texts.words.subject.section, f"{plan}（素案）への意見"))
    kinds = f"{plan}: {len(tables)} tables, title {look.align} {scale} of {form!r}"
    return TitledAnnex(annex_id, kinds, tuple(tables), running, foot)


class _Head:
    """Puts lines above one table."""

    def __init__(self, rng: Random, texts: Texts, look: HeadLine, label: str) -> None:
        self._rng, self._texts, self._look, self._label = rng, texts, look, label
        self.title = ""
        self.caption: str | None = None
        self.lines: list[HeadLine] = []

    def put(self, title: str, *, is_first: bool) -> None:
        """Put what stands above a table.

        Args:
            title: The table's own; "": it has none.
            is_first: Its document begins here.
        """
        rng, label = self._rng, self._label
        label_place = rng.choice(("left", "right", "right", "beside")) if label else ""
        if label_place in ("left", "right"):
            self._add(HeadLine(label, label_place, framed=rng.random() < 0.2))
        if is_first and rng.random() < 0.2:
            self._add(HeadLine(self._texts.words.date(), "right"))
            self._add(HeadLine(self._texts.words.subject.section, "right", after=0.8))
        if is_first and rng.random() < 0.25:
            self._put_prose()
        if title:
            self.title = title
            beside = label if label_place == "beside" and len(title) < 25 else ""
            self._add(dataclasses.replace(self._look, text=title, beside=beside))
        names = [line for line in self.lines if label in (line.text, line.beside)]
        self.caption = label if label and names else None
        if title and rng.random() < 0.4:
            self.caption = self._draw_caption()
            self._add(HeadLine(self.caption, rng.choice(("left", "left", "center", "right"))))
        if rng.random() < 0.3:
            self._add(HeadLine(rng.choice(NOTES), rng.choice(("right", "right", "left")), after=0))

    def _put_prose(self) -> None:
        """A document's own heading and what it says before its first table."""
        plan = self._texts.words.subject.plan
        heading = f"{plan}（素案）の意見募集を実施しました"
        self._add(HeadLine(heading, "center", self._look.scale * 1.2, 0.8))
        self.title = heading
        for _ in range(self._rng.randint(1, 3)):
            self._add(HeadLine(self._texts.sentences.explanation(), after=0.5))

    def _draw_caption(self) -> str:
        w, n = self._texts.words, self._texts.words.digits(self._rng.randint(1, 4))
        return self._rng.choice((
            f"検討委員会【第{n}回】対応分", f"意見募集期間：{w.date()}～{w.date()}",
            f"（第{n}回意見照会分）", f"（{w.date()}）", f"（{w.organisation()}分）",
            f"【第{n}回目】{w.date()}開催分",
        ))  # fmt: skip

    def _add(self, line: HeadLine) -> None:
        # A frame that touches the table would be its first row.
        self.lines.append(dataclasses.replace(line, after=0.9) if line.framed else line)
