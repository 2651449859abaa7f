"""Phrases: numbers, dates, citations, names and noun phrases as one author writes them."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from .subjects import Subject

_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")

_WORDS: Mapping[str, Sequence[str]] = tomllib.loads(
    (Path(__file__).parent / "words" / "general.toml").read_text(encoding="utf-8")
)


@dataclasses.dataclass(frozen=True)
class Habits:
    """How one author writes: kept over a whole annex."""

    digits: str
    """`full`, `half`, or `mixed` (one digit full-width, more digits half-width)."""
    indent: bool
    """Paragraphs open with an ideographic space."""
    headings: int
    """Which of the heading systems the documents use."""
    bullets: tuple[str, ...]
    """The bullet marks in use."""
    mid_break: float
    """Share of long lines with an Enter in mid-sentence."""
    no_stop: float
    """Share of last sentences without 。"""
    polite: bool
    """Comments are in です・ます."""
    city: str
    """The name of the town, in Latin letters, for addresses."""

    @classmethod
    def draw(cls, rng: Random) -> Habits:
        """Habits of one author."""
        return cls(
            digits=rng.choice(("full", "half", "mixed", "mixed")),
            indent=rng.random() < 0.35,
            headings=rng.randrange(5),
            bullets=rng.choice((("・",), ("・", "○"), ("・", "－"), ("●", "・"), ("-", "・"))),
            mid_break=rng.choice((0.0, 0.0, 0.01, 0.03)),
            no_stop=rng.choice((0.0, 0.02, 0.1)),
            polite=rng.random() < 0.6,
            city=rng.choice(_WORDS["cities"]),
        )


@dataclasses.dataclass(frozen=True)
class Phrases:
    """Draws phrases on one subject, in one author's habits."""

    rng: Random
    subject: Subject
    habits: Habits

    def pick(self, words: Sequence[str]) -> str:
        """One of the words."""
        return self.rng.choice(words)

    def chance(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.rng.random() < share

    def digits(self, number: int | str) -> str:
        """The number as this author types it."""
        text = str(number)
        if self.habits.digits == "full" or (self.habits.digits == "mixed" and len(text) == 1):
            return text.translate(_FULL_WIDTH)
        return text

    def number(self, low: int, high: int) -> str:
        """A whole number, with thousands separators where it is long."""
        return self.digits(f"{self.rng.randint(low, high):,}")

    def year(self) -> str:
        """A year of the era, or now and then of the common one."""
        if self.chance(0.15):
            return f"{self.digits(self.rng.randint(2015, 2035))}年"
        return f"令和{self.digits(self.rng.randint(2, 12))}年"

    def date(self) -> str:
        """A day."""
        month, day = self.rng.randint(1, 12), self.rng.randint(1, 28)
        return f"{self.year()}{self.digits(month)}月{self.digits(day)}日"

    def thing(self) -> str:
        """Something of the subject."""
        return self.pick(self.subject.things)

    def thing_phrase(self) -> str:
        """Something of the subject, sometimes with a modifier, sometimes two things."""
        kind = self.rng.random()
        if kind < 0.45:
            return self.thing()
        if kind < 0.75:
            return self.pick(_WORDS["modifiers"]) + self.thing()
        if kind < 0.9:
            return f"{self.thing()}{self.pick(('及び', 'や', '並びに', '、'))}{self.thing()}"
        return f"{self.number(2, 60)}か所の{self.thing()}"

    def people(self) -> str:
        """Those concerned."""
        return self.pick(self.subject.people)

    def action(self) -> str:
        """An action, as a noun."""
        return self.pick(self.subject.actions)

    def aspect(self) -> str:
        """What there is to say about a thing."""
        return self.pick(_WORDS["aspects"])

    def situation(self) -> str:
        """A case that may arise; a clause before a noun."""
        return self.pick(_WORDS["situations"])

    def place(self) -> str:
        """A part of the town."""
        return self.pick(_WORDS["places"])

    def purpose(self) -> str:
        """An aim; a clause before a noun."""
        return self.pick(_WORDS["purposes"])

    def tool(self) -> str:
        """A means, often with a Latin name."""
        return self.pick(_WORDS["tools"])

    def standard(self) -> str:
        """A standard or an abbreviation."""
        return self.pick(_WORDS["standards"])

    def organisation(self) -> str:
        """Another body."""
        return self.pick(_WORDS["organisations"])

    def manner(self) -> str:
        """An adverb."""
        return self.pick(_WORDS["manners"])

    def issue(self) -> str:
        """A reason for action."""
        return self.pick(self.subject.issues)

    def document(self) -> str:
        """A document, often in brackets."""
        name = self.pick(self.subject.documents)
        return f"「{name}」" if self.chance(0.5) else name

    def law(self) -> str:
        """A citation of a law with article and paragraph."""
        name, number = self.rng.choice(self.subject.laws)
        article = f"第{self.digits(self.rng.randint(2, 90))}条"
        if self.chance(0.25):
            article += f"の{self.digits(self.rng.randint(2, 9))}"
        if self.chance(0.5):
            article += f"第{self.digits(self.rng.randint(1, 6))}項"
        if self.chance(0.2):
            article += f"第{self.digits(self.rng.randint(1, 9))}号"
        return f"{name}（{number}）{article}" if self.chance(0.4) else name + article

    def page(self) -> str:
        """A place in the document by its page."""
        number = self.rng.randint(2, 140)
        return self.pick(
            (f"p.{number}", f"P{number}", f"{self.digits(number)}ページ",
             f"{self.digits(number)}頁",
             f"{self.digits(number)}ページ{self.digits(self.rng.randint(2, 30))}行目")
        )  # fmt: skip

    def chapter(self) -> str:
        """A place in the document by its number."""
        chapter, part = self.rng.randint(1, 7), self.rng.randint(1, 6)
        return self.pick(
            (f"第{self.digits(chapter)}章", f"第{self.digits(chapter)}章第{self.digits(part)}節",
             f"第{self.digits(chapter)}章{self.digits(part)}", f"{chapter}-{part}",
             f"基本目標{chapter}",
             f"施策{chapter}-{part}", f"{self.digits(chapter)}（{self.digits(part)}）")
        )  # fmt: skip

    def url(self) -> str:
        """The address of a web page."""
        path = self.pick(("keikaku", "index", "public-comment", "shiryo", "r7/kekka", "guide"))
        end = self.pick((".html", ".pdf", "/", "/index.html", "?id=1024&page=3"))
        return f"https://www.city.{self.habits.city}.lg.jp/{self.subject.slug}/{path}{end}"

    def mail(self) -> str:
        """An e-mail address."""
        return f"{self.subject.slug}-{self.rng.randint(1, 9)}@city.{self.habits.city}.lg.jp"

    def person(self) -> str:
        """A family name."""
        return self.pick(_WORDS["family_names"])

    def quote(self) -> str:
        """Words quoted from the document."""
        return f"「{self.thing_phrase()}の{self.action()}」"

    def topic(self) -> str:
        """A heading's words."""
        return self.pick(
            (f"{self.thing()}の{self.action()}", f"{self.thing()}について", "現状と課題",
             "基本的な考え方",
             f"{self.people()}への{self.pick(('支援', '周知', '配慮'))}", "具体的な取組内容",
             "計画の推進体制",
             f"{self.thing()}に関する事項", f"{self.action()}の方法", f"{self.issue()}への対応",
             f"{self.organisation()}との連携", "評価指標及び目標値", f"{self.tool()}の活用")
        )  # fmt: skip
