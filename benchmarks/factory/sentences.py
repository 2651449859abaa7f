"""Sentences: of a document, of a comment on it, and of the answer given."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from .phrases import Phrases

_PLAIN = (
    "する。",
    "している。",
    "することとする。",
    "する必要がある。",
    "していく。",
    "するものとする。",
)
_POLITE = (
    "します。",
    "しています。",
    "することとしています。",
    "してまいります。",
    "する予定です。",
)
_WISH_PLAIN = (
    "すべきである。", "する必要があるのではないか。", "してほしい。", "することを求める。",
    "すべきではないか。",
)  # fmt: skip
_WISH_POLITE = (
    "してください。", "すべきではないでしょうか。", "していただきたいと思います。",
    "することをお願いします。",
    "することを要望します。", "する予定はありますか。",
)  # fmt: skip


Endings = tuple[str, ...]
Frame = Callable[[Endings], str]
"""From the endings in use to a sentence."""


def inflect(action: str, ending: str) -> str:
    """Join a verbal noun and an ending that begins with a form of する."""
    if action == "見直し":
        return "見直" + (("す" + ending[2:]) if ending.startswith("する") else ending)
    if action == "訓練":
        return "訓練を実施" + ending
    return action + ending


@dataclasses.dataclass(frozen=True)
class Sentences:
    """Draws sentences; each ends with 。 and holds no line break."""

    words: Phrases

    def document(self) -> str:
        """A sentence of the document that was commented on."""
        return self.words.rng.choice(self._frames())(_PLAIN)

    def explanation(self) -> str:
        """A sentence of the same kind in the polite style, as answers use it."""
        return self.words.rng.choice(self._frames())(_POLITE)

    def _frames(self) -> tuple[Frame, ...]:
        return (
            self._does, self._does, self._does_because, self._topic_first, self._in_doing_so,
            self._figures, self._informs, self._by_law, self._in_case_of, self._adds, self._by_tool,
            self._published, self._lists_things, self._judges_case, self._aims, self._aims,
            self._aspects, self._grows, self._compares, self._defines, self._schedules, self._place,
        )  # fmt: skip

    def _verb(self, endings: Endings) -> str:
        return inflect(self.words.action(), self.words.pick(endings))

    def _does(self, endings: Endings) -> str:
        w = self.words
        manner = w.manner() if w.chance(0.6) else ""
        return f"{w.thing_phrase()}を{manner}{self._verb(endings)}"

    def _does_because(self, endings: Endings) -> str:
        w = self.words
        link = w.pick(
            (
                "が懸念されることから、",
                "を踏まえ、",
                "に対応するため、",
                "に伴い、",
                "が課題となっており、",
            )
        )
        return f"{w.issue()}{link}{self._does(endings)}"

    def _topic_first(self, endings: Endings) -> str:
        w = self.words
        link = inflect(
            w.action(),
            w.pick(("するとともに、", "した上で、", "し、", "しながら、", "することにより、")),
        )
        return f"{w.thing_phrase()}については、{w.manner()}{link}{self._does(endings)}"

    def _in_doing_so(self, endings: Endings) -> str:
        w = self.words
        care = w.pick(
            (
                "に十分配慮し、",
                "の意見を聴きながら、",
                "の理解を得ながら、",
                "と協力して、",
                "の負担軽減を図り、",
            )
        )
        start = f"{w.thing()}の{w.action()}に{w.pick(('当たっては', '際しては', 'ついては'))}、"
        return f"{start}{w.people()}{care}{self._does(endings)}"

    def _figures(self, endings: Endings) -> str:
        w = self.words
        measure, unit = w.rng.choice(w.subject.measures)
        value = self._share("％%") if unit == "％" else f"{w.number(3, 12000)}{unit}"
        change = w.pick(("増加", "減少", "上昇", "低下"))
        base = f"{w.year()}度末の{measure}は{value}"
        if endings is _POLITE:
            return f"{base}であり、前年度と比べて{self._share('％')}{change}しています。"
        return f"{base}で、前年度から{self._share('％%')}{change}している。"

    def _share(self, signs: str) -> str:
        w = self.words
        return f"{w.digits(f'{w.rng.uniform(0.4, 98):.1f}')}{w.pick(signs)}"

    def _informs(self, endings: Endings) -> str:
        w = self.words
        channel = w.pick(("広報紙", "市ホームページ", "説明会", "回覧板", "個別通知", w.tool()))
        verb = w.pick(("周知", "提供", "案内", "発信", "共有"))
        matter = w.pick((f"{w.thing()}に関する情報", f"{w.thing()}の{w.aspect()}"))
        return f"{w.people()}に対し、{matter}を{channel}により{verb}{w.pick(endings)}"

    def _by_law(self, endings: Endings) -> str:
        w = self.words
        link = w.pick(("の規定に基づき、", "の規定により、", "に定めるところにより、"))
        return f"{w.law()}{link}{self._does(endings)}"

    def _in_case_of(self, endings: Endings) -> str:
        w = self.words
        time = w.pick(
            (
                f"{w.number(2, 48)}時間以内に",
                "直ちに",
                f"{w.number(3, 30)}日以内に",
                "遅滞なく",
                "原則として",
            )
        )
        report = w.pick(("報告", "協議", "通知"))
        return f"{w.situation()}場合は、{time}{w.organisation()}に{report}し、{self._does(endings)}"

    def _adds(self, endings: Endings) -> str:
        opener = self.words.pick(
            (
                "また、",
                "なお、",
                "さらに、",
                "併せて、",
                "加えて、",
                "特に、",
                "一方、",
                "このため、",
                "そのほか、",
            )
        )
        frames = (self._does, self._informs, self._figures, self._aims, self._aspects, self._place)
        return opener + self.words.rng.choice(frames)(endings)

    def _by_tool(self, endings: Endings) -> str:
        w = self.words
        norm = f"{w.standard()}に準拠した上で、" if w.chance(0.25) else ""
        return f"{w.tool()}を活用し、{norm}{self._does(endings)}"

    def _published(self, endings: Endings) -> str:
        w = self.words
        polite = endings is _POLITE
        if w.chance(0.3):
            takes = "受け付けています。" if polite else "受け付ける。"
            return f"{w.document()}への意見は、{w.date()}まで担当課（E-mail: {w.mail()}）で{takes}"
        place = w.pick((f"市ホームページ（{w.url()}）", w.url(), "市の窓口"))
        shows = "公表しています。" if polite else "公表している。"
        return f"{w.document()}は、{w.date()}から{place}で{shows}"

    def _lists_things(self, endings: Endings) -> str:
        w = self.words
        things = "、".join(w.rng.sample(w.subject.things, k=w.rng.randint(3, 4)))
        return f"{things}など、{w.people()}に身近な課題を{w.manner()}{self._verb(endings)}"

    def _judges_case(self, endings: Endings) -> str:
        w = self.words
        return (
            f"{w.situation()}ときは、{w.organisation()}が{w.thing()}の{w.aspect()}を確認し、"
            f"その結果を{w.document()}に反映{w.pick(endings)}"
        )

    def _aims(self, endings: Endings) -> str:
        w = self.words
        link = w.pick(("ため、", "ことを目的として、", "観点から、"))
        return f"{w.purpose()}{link}{self._does(endings)}"

    def _aspects(self, endings: Endings) -> str:
        w = self.words
        return (
            f"{w.thing_phrase()}の{w.aspect()}{w.pick(('及び', 'や', '、'))}{w.aspect()}について、"
            f"{w.people()}と{w.pick(('協議', '意見交換', '調整'))}{w.pick(endings)}"
        )

    def _grows(self, endings: Endings) -> str:
        w = self.words
        shows = w.pick(("顕著", "深刻", "喫緊の課題"))
        end = "となっています。" if endings is _POLITE else "となっている。"
        return f"{w.place()}では{w.issue()}が{shows}{end}"

    def _compares(self, endings: Endings) -> str:
        w = self.words
        end = "見込まれます。" if endings is _POLITE else "見込まれる。"
        effect = w.pick(("％の経費削減", "百万円の財政効果", "時間の業務削減"))
        return (
            f"{w.organisation()}と共同で{inflect(w.action(), 'した')}場合、単独の場合と比べて"
            f"約{w.number(2, 40)}{effect}が{end}"
        )

    def _defines(self, endings: Endings) -> str:
        w = self.words
        end = "指します。" if endings is _POLITE else "いう。"
        return (
            f"ここで「{w.thing()}」とは、{w.situation()}場合に{w.organisation()}が設けるものを{end}"
        )

    def _schedules(self, endings: Endings) -> str:
        w = self.words
        return (
            f"{w.year()}度に{w.thing()}の{w.aspect()}を整理し、{w.date()}までに"
            f"{w.place()}で先行して{self._verb(endings)}"
        )

    def _place(self, endings: Endings) -> str:
        w = self.words
        end = w.manner() + self._verb(endings)
        return f"{w.place()}の{w.thing()}は、{w.people()}の利用が多いことから、{end}"

    def comment(self) -> str:
        """A sentence of somebody who comments on the document."""
        w = self.words
        if w.chance(0.4):
            frames = (
                self._does, self._does_because, self._in_doing_so, self._informs, self._by_tool,
                self._aims, self._aspects, self._place, self._schedules,
            )  # fmt: skip
            return w.rng.choice(frames)(_WISH_POLITE if w.habits.polite else _WISH_PLAIN)
        return self._remark_politely() if w.habits.polite else self._remark()

    def _remark_politely(self) -> str:
        w = self.words
        detail = w.pick(("時期", "手法", "対象", "数値目標", "役割分担"))
        return w.pick((
            f"{w.quote()}とありますが、具体的な{detail}が示されていません。",
            f"{w.page()}の{w.quote()}という表現は、「{w.thing_phrase()}」とした方が分かりやすいと思います。",
            f"先日、{w.thing()}について{w.organisation()}に問い合わせたところ、明確な回答がありませんでした。",
            f"{w.thing()}と{w.thing()}の関係がよく分かりません。",
            f"{w.law()}との整合は取れているのでしょうか。",
            f"{w.issue()}が進む中、{w.thing()}の{w.action()}はとても重要だと考えます。",
            f"{w.chapter()}の記載内容は妥当だと思います。",
            f"{w.place()}では{w.thing()}が少なく、{w.people()}が不便を感じています。",
            f"{w.situation()}場合、{w.thing()}の{w.aspect()}はどうなりますか。",
            f"{w.purpose()}という考え方に賛成です。",
            f"{w.aspect()}については、素案の{w.page()}を読んでも理解できませんでした。",
            f"他市では{w.tool()}を使って{w.people()}の声を集めていると聞きました。",
            f"{w.document()}の{w.aspect()}に比べて、{w.thing()}の説明が不足しているように感じます。",
        ))  # fmt: skip

    def _remark(self) -> str:
        w = self.words
        detail = w.pick(("時期", "手法", "対象", "数値目標", "役割分担"))
        return w.pick((
            f"{w.quote()}とあるが、具体的な{detail}が示されていない。",
            f"{w.page()}の{w.quote()}という表現は、「{w.thing_phrase()}」とした方が適切である。",
            f"{w.thing()}と{w.thing()}の関係が不明確である。",
            f"{w.law()}との整合は取れているか。",
            f"{w.issue()}が進む中、{w.thing()}の{w.action()}は喫緊の課題である。",
            f"{w.chapter()}の記載内容は妥当と判断する。",
            f"{w.place()}における{w.thing()}の{w.aspect()}について記載が必要である。",
            f"{w.situation()}場合の{w.aspect()}が読み取れない。",
            f"{w.purpose()}ための手段として{w.tool()}だけでは不十分である。",
            f"{w.aspect()}だけでなく、{w.aspect()}も{w.document()}に明記すべきである。",
            f"記載内容から{w.aspect()}を判断できる材料がない。",
        ))  # fmt: skip

    def answer(self) -> str:
        """A sentence that opens an answer."""
        w = self.words
        plans = inflect(w.action(), "することとしています。")
        return w.pick((
            f"ご意見を踏まえ、{w.page()}に{w.thing()}に関する記述を追記しました。",
            f"ご意見として承り、今後の{w.thing()}の{w.action()}の参考とさせていただきます。",
            f"ご指摘のとおり、{w.quote()}に修正しました。",
            f"{w.thing()}については、{w.document()}において{plans}",
            f"{w.chapter()}に記載のとおり、{self.explanation()}",
            f"いただいたご意見は、{w.organisation()}と共有いたします。",
            f"本計画は{w.law()}に基づき策定するものであり、{w.thing()}の詳細は{w.document()}で定めます。",
            f"原案のとおりとします。{self.explanation()}",
            f"現時点では{w.thing()}の{w.action()}は予定しておりませんが、{w.issue()}を踏まえ、必要に応じて検討します。",
            f"{w.aspect()}に関するご意見については、{w.document()}の見直しの際に検討してまいります。",
            f"{w.place()}の状況は承知しており、{w.purpose()}ため、{self._does(_POLITE)}",
            f"文言を整理し、{w.quote()}に改めました。",
        ))  # fmt: skip
