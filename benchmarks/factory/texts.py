"""What stands in the cells: passages of author lines, one line for each Enter.

An author presses Enter after a sentence, a heading or a list item, and only seldom in the
middle of a sentence; sentences that belong together stay on one author line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from random import Random

from .phrases import Habits, Phrases
from .sentences import Sentences
from .subjects import Subject

VOLUMES = {"short": (15, 70), "medium": (50, 240), "long": (140, 620)}
"""Characters of a passage, from and to, by the name of its volume."""

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦ"
_KANA = "アイウエオカキクケコ"

_HEADINGS = (
    ("{roman} {topic}", "{n} {topic}", "{full}　{topic}"),
    ("第{n}章　{topic}", "第{n}節　{topic}", "{n}　{topic}", "（{n}）{topic}"),
    ("{h}. {topic}", "{h}.{g} {topic}", "{h}.{g}.{circled}　{topic}"),
    ("■{topic}", "＜{topic}＞", "【{topic}】"),
    ("基本目標{n}　{topic}", "施策{h}-{g}　{topic}", "({h}) {topic}", "ア　{topic}"),
)

_NO_REVISION = ("修正なし", "-", "－", "修正なし", "なし")
_DELETED = ("記載削除", "（削除）", "削除", "当該記載を削除")


@dataclasses.dataclass(frozen=True)
class Texts:
    """Draws the texts of one annex, all by the same author on the same subject."""

    rng: Random
    words: Phrases
    sentences: Sentences

    @classmethod
    def by(cls, rng: Random, subject: Subject, habits: Habits) -> Texts:
        """The texts of an author with these habits."""
        words = Phrases(rng, subject, habits)
        return cls(rng, words, Sentences(words))

    def document(self, volume: str) -> list[str]:
        """A passage of the document: headings, paragraphs and lists."""
        target = self.rng.randint(*VOLUMES[volume])
        lines = self.headings(self.rng.choice((0, 0, 1, 2, 2, 3))) if target > 40 else []
        while sum(map(len, lines)) < target:
            lines += self._block(target)
        return self._as_typed(lines)

    def comment(self, volume: str) -> list[str]:
        """What somebody says about the document."""
        target = self.rng.randint(*VOLUMES[volume])
        if self.words.chance(0.18):
            count = self.rng.randint(2, 4)
            items = [self.sentences.comment() for _ in range(count)]
            return self._as_typed(self._numbered(items))
        lines: list[str] = []
        while sum(map(len, lines)) < target:
            lines.append("".join(self.sentences.comment() for _ in range(self.rng.randint(1, 3))))
        return self._as_typed(lines)

    def response(self, volume: str) -> list[str]:
        """The answer of the office."""
        target = self.rng.randint(*VOLUMES[volume])
        lines = [self.sentences.answer()]
        while sum(map(len, lines)) < target:
            if self.words.chance(0.35):
                lines.append(self.sentences.explanation())
            else:
                lines[-1] += self.sentences.explanation()
        if self.words.chance(0.12):
            kind = self.words.pick(("詳細", "関連する内容", "参考"))
            lines.append(f"※{kind}：{self.words.page()}")
        return self._as_typed(lines)

    def location(self) -> list[str]:
        """Where in the document, without its words: a chapter, a page, a line."""
        lines = [self.words.chapter()]
        if self.words.chance(0.5):
            lines.append(self.words.topic())
        if self.words.chance(0.7):
            lines.append(self.words.page())
        if self.words.chance(0.2):
            return ["　".join(lines)]
        return lines

    def submitter(self, style: int) -> str:
        """Who commented; the styles are not mixed in one table."""
        people = (
            f"{self.words.person()}委員",
            self.words.pick(("委員会", "事務局", "委員会", "委員長")),
            f"委員{self.words.pick('ABCDEF')}",
            f"{self.words.people()}（{self.rng.randint(2, 8)}0代）",
            self.words.organisation(),
        )
        return people[style % len(people)]

    def headings(self, depth: int) -> list[str]:
        """The leading headings of a passage, outermost first."""
        system = _HEADINGS[self.words.habits.headings][:depth]
        return [self._heading(form) for form in system]

    def _heading(self, form: str) -> str:
        n, g = self.rng.randint(1, 7), self.rng.randint(1, 6)
        return form.format(
            n=self.words.digits(n), full="０１２３４５６７"[n], h=n, g=g, roman=_ROMAN[n - 1],
            circled=_CIRCLED[g - 1], topic=self.words.topic(),
        )  # fmt: skip

    def _block(self, target: int) -> list[str]:
        """One paragraph, list or note."""
        kind = self.rng.random()
        if target < 70 or kind < 0.45:
            return [self._paragraph(target)]
        if kind < 0.72:
            return self._list()
        if kind < 0.82:
            return [f"【{self.words.topic()}】", self._paragraph(target)]
        if kind < 0.88:
            return [f"※{self.sentences.document()}"]
        if kind < 0.95:
            return self._key_values()
        return [f"＜{self.words.topic()}＞", *self._list()]

    def _paragraph(self, target: int) -> str:
        count = 1 if target < 60 else self.rng.choice((1, 1, 2, 2, 3, 4))
        text = "".join(self.sentences.document() for _ in range(count))
        return ("　" if self.words.habits.indent else "") + text

    def _list(self) -> list[str]:
        count = self.rng.randint(2, 6)
        if self.words.chance(0.3):
            items = [self.words.topic() for _ in range(count)]
        elif self.words.chance(0.15):
            items = [f"{self.words.law()}（{self.words.topic()}）" for _ in range(count)]
        else:
            items = [self.sentences.document() for _ in range(count)]
        return self._numbered(items)

    def _numbered(self, items: Sequence[str]) -> list[str]:
        kind = self.rng.randrange(8)
        lines = [self._mark(kind, place) + item for place, item in enumerate(items)]
        if self.words.chance(0.15):
            place = self.rng.randrange(len(lines))
            details = [f"・{self.words.thing_phrase()}" for _ in range(self.rng.randint(2, 3))]
            lines[place + 1 : place + 1] = details
        return lines

    def _mark(self, kind: int, place: int) -> str:
        numbered = (
            _CIRCLED[place], f"（{'０１２３４５６７８９'[place + 1]}）", f"({place + 1}) ",
            f"{_KANA[place]}　", f"{self.words.digits(place + 1)}　",
        )  # fmt: skip
        if kind < len(numbered):
            return numbered[kind]
        return self.words.pick(self.words.habits.bullets[:1]) + ("　" if kind == 7 else "")

    def _key_values(self) -> list[str]:
        w = self.words
        pairs = [
            f"対象：{w.people()}", f"期間：{w.date()}～{w.date()}", f"担当：{w.subject.section}",
            f"場所：{w.thing()}ほか{w.number(2, 30)}か所", f"問合せ先：{w.mail()}",
            f"目標値：{w.number(10, 5000)}{w.rng.choice(w.subject.measures)[1]}（{w.year()}度）",
        ]  # fmt: skip
        return w.rng.sample(pairs, k=w.rng.randint(2, 4))

    def _as_typed(self, lines: list[str]) -> list[str]:
        """Lines with this author's rarer habits: an Enter in mid-sentence, a 。 left out."""
        typed: list[str] = []
        for complete in lines:
            is_short = complete.endswith("。") and self.words.chance(self.words.habits.no_stop)
            line = complete[:-1] if is_short else complete
            cuts = [at + 1 for at, char in enumerate(line[:-8]) if char == "、" and at > 12]
            if cuts and self.words.chance(self.words.habits.mid_break):
                cut = self.rng.choice(cuts)
                typed += [line[:cut], line[cut:]]
            else:
                typed.append(line)
        return typed

    def revision(self, original: list[str]) -> list[str]:
        """What became of the original: most often little, sometimes all."""
        kind = self.rng.random()
        if kind < 0.14:
            return [self.words.pick(_NO_REVISION)]
        if kind < 0.2:
            return [self.words.pick(_DELETED)]
        if kind < 0.26:
            return [self._note()]
        if kind < 0.32:
            return self.document("medium")
        return self.amended(original)

    def _note(self) -> str:
        w = self.words
        return w.pick((
            f"{w.page()}に追記しました。", f"{w.chapter()}に{w.thing()}の記述を追加",
            "別紙のとおり修正",
            f"{w.page()}の記載を修正しました。", "記載追加",
        ))  # fmt: skip

    def amended(self, original: list[str]) -> list[str]:
        """The original with one to three amendments."""
        lines = list(original)
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            amend = self.rng.choice(
                (self._add_line, self._add_sentence, self._swap_word, self._swap_word,
                 self._add_words, self._drop_line)
            )  # fmt: skip
            lines = amend(lines)
        return lines

    def _add_line(self, lines: list[str]) -> list[str]:
        sentence = self.sentences.document()
        last = lines[-1]
        if last[0] in _CIRCLED[:-1]:
            return [*lines, _CIRCLED[_CIRCLED.index(last[0]) + 1] + sentence]
        if last[0] in "・○－●※":
            return [*lines, last[0] + sentence]
        return [*lines, ("　" if last[0] == "　" else "") + sentence]

    def _add_sentence(self, lines: list[str]) -> list[str]:
        places = [place for place, line in enumerate(lines) if line.endswith("。")]
        if not places:
            return self._add_line(lines)
        place = self.rng.choice(places)
        return [*lines[:place], lines[place] + self.sentences.document(), *lines[place + 1 :]]

    def _swap_word(self, lines: list[str]) -> list[str]:
        pools = (self.words.subject.things, self.words.subject.people, self.words.subject.issues)
        found = [(place, word, pool) for place, line in enumerate(lines) for pool in pools
                 for word in pool if word in line]  # fmt: skip
        if not found:
            return self._add_line(lines)
        place, word, pool = self.rng.choice(found)
        changed = lines[place].replace(word, self.words.pick(pool), 1)
        return [*lines[:place], changed, *lines[place + 1 :]]

    def _add_words(self, lines: list[str]) -> list[str]:
        places = [place for place, line in enumerate(lines) if "を" in line]
        if not places:
            return self._add_line(lines)
        place = self.rng.choice(places)
        head, tail = lines[place].split("を", 1)
        words = f"（{self.words.thing_phrase()}を含む。以下同じ。）"
        return [*lines[:place], f"{head}{words}を{tail}", *lines[place + 1 :]]

    def _drop_line(self, lines: list[str]) -> list[str]:
        places = range(1, len(lines))
        if not places:
            return self._add_line(lines)
        place = self.rng.choice(places)
        return [*lines[:place], *lines[place + 1 :]]
