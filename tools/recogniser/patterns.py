"""Dates, numbers, addresses, heads of lists and other short texts with a form of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from tools.recogniser.scripts import FULL_WIDTH, widen

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
"""`twins`, `cells` and `units`."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BY_FREQUENCY = "eeetaoinsrhldcumfpgwybvkxjqz"  # e is the commonest letter of Latin text
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴ"
_BULLETS = "・●○■□◆◇▲△▼▽※★☆→⇒◎"
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｯｬｭｮｰﾞﾟ"
_BRACKETS = ("「」", "『』", "（）", "()", "〔〕", "［］", "【】", "〈〉", "《》", "＜＞", "<>")
_BEFORE_NUMBERS = ("P.", "p.", "P", "p", "Ｐ", "No.", "№", "Ｎｏ．", "図", "表", "Fig.")
_LEADERS = ("――", "‥", "（略）", "（中略）", "以上", "○○○", "××", "△△")


class Patterns:
    """Draws such texts."""

    def __init__(self, rng: Random, words: Sequence[str]) -> None:
        self._rng = rng
        self._words = words
        self._kinds: tuple[Callable[[], str], ...] = (
            self._day, self._numeric_day, self._article, self._page, self._bracketed_number,
            self._roman, self._web_address, self._mail_address, self._telephone, self._decimal,
            self._amount, self._section, self._postcode, self._time, self._bullet, self._latin,
            self._acronym, self._bracketed_word, self._question, self._measure, self._range,
            self._leader, self._half_width_kana,
        )  # fmt: skip

    def draw(self) -> str:
        """One pattern, in half or full width, or each character in either."""
        text, kind = self._rng.choice(self._kinds)(), self._rng.random()
        if kind < 0.35:
            return widen(text)
        if kind < 0.45:
            return "".join(FULL_WIDTH.get(c, c) if self._rng.random() < 0.5 else c for c in text)
        return text

    def number(self) -> str:
        """A whole number of up to five digits."""
        return str(self._rng.randint(0, self._rng.choice((9, 99, 999, 99999))))

    def _int(self, low: int, high: int) -> int:
        return self._rng.randint(low, high)

    def _pick(self, *options: str) -> str:
        return self._rng.choice(options)

    def _string(self, letters: str, low: int, high: int) -> str:
        return "".join(self._rng.choices(letters, k=self._int(low, high)))

    def _day(self) -> str:
        era = self._pick("令和", "平成", "昭和", "R", "H")
        return f"{era}{self._int(1, 31)}年{self._int(1, 12)}月{self._int(1, 31)}日"

    def _numeric_day(self) -> str:
        parts = map(str, (self._int(1900, 2040), self._int(1, 12), self._int(1, 31)))
        return self._pick("/", ".", "-").join(parts)

    def _article(self) -> str:
        paragraph = f"第{self._int(1, 9)}項"
        more = (f"の{self._int(2, 9)}", "", paragraph, f"{paragraph}第{self._int(1, 9)}号")
        return f"第{self._int(1, 99)}条" + self._pick(*more)

    def _page(self) -> str:
        return self._pick(*_BEFORE_NUMBERS) + self.number()

    def _bracketed_number(self) -> str:
        return f"({self._pick(self.number(), *'abcアイウエオ一二三')})"

    def _roman(self) -> str:
        behind = self._pick("", "-", "－", ".", "．", "章", "\u3000")
        return self._pick(*_ROMAN) + behind + self._pick("", self.number())

    def _web_address(self) -> str:
        start = self._pick("https://www.", "http://", "https://", "www.")
        site = self._string(_LETTERS + "0123456789", 3, 10)
        domain = self._pick(".lg.jp/", ".go.jp/", ".jp/", ".com/", ".pref.jp/")
        return start + site + domain + self._string(_LETTERS + "0123456789_-/.?=&%#~", 0, 20)

    def _mail_address(self) -> str:
        name = self._string(_LETTERS + "-_.0123456789", 3, 10)
        host = f"{self._pick('city', 'pref', 'town', 'mail')}.{self._string(_LETTERS, 4, 8)}"
        return f"{name}@{host}{self._pick('.lg.jp', '.jp', '.or.jp')}"

    def _telephone(self) -> str:
        parts = f"0{self._int(1, 99)}-{self._int(10, 9999)}-{self._int(1000, 9999)}"
        return self._pick("", "TEL ", "電話 ", "℡", "FAX：") + parts

    def _decimal(self) -> str:
        number = f"{self.number()}{self._pick('.', '．')}{self._int(0, 99)}"
        return number + self._pick("%", "％", "")

    def _amount(self) -> str:
        number = f"{self._int(1000, 999_999_999):,}"[-self._int(5, 11) :].lstrip(",")
        return number + self._pick("円", "千円", "", "人")

    def _section(self) -> str:
        parts = [str(self._int(1, 9)) for _ in range(self._int(2, 3))]
        return self._pick("-", "/").join(parts)

    def _postcode(self) -> str:
        return f"{self._pick('〒', '')}{self._int(100, 999)}-{self._int(0, 9999):04d}"

    def _time(self) -> str:
        begin, end = (f"{self._int(0, 23)}:{self._int(0, 59):02d}" for _ in range(2))
        return self._pick(begin, f"{begin}～{end}")

    def _bullet(self) -> str:
        if self._rng.random() < 0.5:
            return self._pick(*_CIRCLED) + self._pick("", "\u3000", " ")
        return self._pick(*_BULLETS) + self._pick("", "", " ", "\u3000") + self._pick(*self._words)

    def _latin(self) -> str:
        text = " ".join(self._string(_BY_FREQUENCY, 1, 9) for _ in range(self._int(1, 5)))
        return self._pick(text, text.capitalize(), text.upper(), text.title())

    def _acronym(self) -> str:
        return self._string(_LETTERS.upper(), 1, 6) + self._pick("", self.number())

    def _bracketed_word(self) -> str:
        brackets = self._pick(*_BRACKETS)
        return brackets[0] + self._pick(*self._words) + brackets[1]

    def _question(self) -> str:
        head = self._pick("Q", "A", "Ｑ", "Ａ", "問", "答") + self.number()
        return head + self._pick("", ".", "．", ":", "：")

    def _measure(self) -> str:
        return self.number() + self._pick(*WORDS["units"])

    def _range(self) -> str:
        sign = self._pick(*"～-－~→×+＋=＝±")
        return self.number() + sign + self.number() + self._pick("", *WORDS["units"])

    def _leader(self) -> str:
        many = ("・" * self._int(2, 6), "…" * self._int(1, 5), "－" * self._int(1, 3))
        return self._pick(*many, *_LEADERS, "…………" + self.number())

    def _half_width_kana(self) -> str:
        return self._string(_HALF_KANA, 2, 9)
