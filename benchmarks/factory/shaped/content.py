"""The texts of shaped documents: an author, label words, records."""

from __future__ import annotations

import dataclasses
from random import Random

from ..annexes import Size
from ..model import EXTRA, Column
from ..phrases import Habits
from ..subjects import SUBJECTS
from ..texts import Texts
from ..vocabulary import DISPOSITIONS, draw_column
from .document import Text

VOLUMES = ("short", "short", "medium", "medium", "long")


@dataclasses.dataclass
class Author:
    """Writes the records of one document."""

    rng: Random
    texts: Texts
    volume: str
    size: Size
    _submitter: int
    _marks: tuple[str, ...]

    @classmethod
    def draw(cls, rng: Random, size: Size) -> Author:
        """An author of some subject."""
        texts = Texts.by(rng, rng.choice(SUBJECTS), Habits.draw(rng))
        volume = rng.choice(VOLUMES)
        return cls(rng, texts, volume, size, rng.randrange(5), rng.choice(DISPOSITIONS))

    @property
    def plan(self) -> str:
        """The plan that is commented on."""
        return self.texts.words.subject.plan

    def count(self) -> int:
        """How many records it writes."""
        least, most = self.size.records
        return round(self.rng.triangular(least, most, min(least + 8, most)))

    def title(self) -> Text:
        """The title of the document."""
        form = self.rng.choice((
            "{plan}（案）に対する意見と回答", "{plan}に関する質疑応答集", "{plan}に関するＱ＆Ａ",
            "「{plan}（案）」への意見及び考え方", "{plan} 意見一覧",
        ))  # fmt: skip
        scale, centred = self.rng.choice((1.2, 1.3, 1.5)), self.rng.random() < 0.5
        return Text(form.format(plan=self.plan), scale=scale, centred=centred, keeps=True)

    def cell(self, column: Column, number: str) -> str:
        """The text of a record's field."""
        words = self.texts.words
        if column.role == "comment":
            return self.joined(self.texts.comment(self.volume))
        if column.role == "response":
            return self.joined(self.texts.response(self.volume))
        if column.role == "original_text":
            return self.joined(self.texts.location())
        if column.role == "revision":
            return self.joined(self.texts.document("short"))
        if column.role == EXTRA:
            return self.rng.choice((words.subject.section, words.topic(), "なし"))
        return {
            "number": number,
            "submitter": self.texts.submitter(self._submitter),
            "disposition": self.rng.choice(self._marks),
            "category": words.pick((words.chapter(), words.topic(), words.thing())),
        }[column.role]

    def joined(self, lines: list[str]) -> str:
        """The lines as one text, not too long."""
        kept = [line for line in lines if line.strip()]
        while sum(map(len, kept)) > self.size.cell_characters and len(kept) > 1:
            kept.pop()
        return "\n".join(kept)

    def section_forms(self) -> tuple[str, ...]:
        """One or two kinds of section headings, outermost first; often none."""
        return self.rng.choice((
            (), (), ("【{x}】",), ("○　{x}",), ("【{x}】", "○　{x}"), ("第{n}章　{x}",),
            ("■ {x}",), ("＜{x}＞",), ("{n}．{x}について",), ("第{n}章　{x}", "（{n}）{x}"),
        ))  # fmt: skip


@dataclasses.dataclass
class Sections:
    """Draws the headings that stand over the records of a document."""

    author: Author
    forms: tuple[str, ...]
    _path: list[str] = dataclasses.field(default_factory=list)
    _counts: list[int] = dataclasses.field(default_factory=lambda: [0, 0])

    def next(self) -> tuple[list[str], tuple[str, ...]]:
        """The headings printed before the next record, and those that stand over it."""
        rng, printed = self.author.rng, []
        if self.forms and (not self._path or rng.random() < 0.3):
            level = 0 if not self._path else rng.randrange(len(self.forms))
            self._path = self._path[:level]
            for place in range(level, len(self.forms)):
                self._counts[place] += 1
                words = self.author.texts.words
                name = words.pick((words.thing(), words.topic(), words.thing()))
                heading = self.forms[place].format(x=name, n=words.digits(self._counts[place]))
                self._path.append(heading)
                printed.append(heading)
            self._counts[level + 1 :] = [0] * (len(self._counts) - level - 1)
        return printed, tuple(self._path)


def draw_columns(rng: Random, orders: tuple[tuple[str, ...], ...]) -> tuple[Column, ...]:
    """Columns of one of some orders of roles, all with different headers."""
    while True:
        columns = tuple(draw_column(rng, role) for role in rng.choice(orders))
        if len({column.printed_header for column in columns}) == len(columns):
            return columns
