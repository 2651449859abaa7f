"""How lines begin and end: list marks, headings, sentence ends."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, starmap

from pipeline.vocabulary.folding import fold, fold_width
from pipeline.vocabulary.kanji_numbers import KANJI_NUMBER, KANJI_NUMERALS, read_kanji_number
from pipeline.vocabulary.punctuation import CLOSING, SENTENCE_END

KEPT_LINES = 2**14
"""Lines of text whose reading is cached; judgement: they are some 300 pages' worth and take 4 MB.
Each line is looked at from many sides, and an annex quotes itself."""


class LineStart(StrEnum):
    """How a line begins."""

    ENCLOSED = "enclosed"
    """①, ⑴, ㋐."""
    BULLET = "bullet"
    """・."""
    HEADING = "heading"
    """【, ※, ○ and other marks; or a label such as 担当： or （理由）."""
    BRACKETED = "bracketed"
    """（１）, (ア)."""
    NUMBERED = "numbered"
    """１．, ア　, 第２章."""
    INDENT = "indent"
    """White space."""
    PLAIN = "plain"
    """Running text."""
    OPENING = "opening"
    """Running text whose first word begins a clause; only morphemes tell it from `PLAIN`."""
    PAGE = "page"
    """A page of a document and little else: p.68, ３頁５行目; only the whole line tells."""


_SEPARATOR = r"[.．、，)）:：\s\u3000]"
_NUMERAL = r"(?:\d{1,2}|[０-９]{1,2})"
_LETTER = r"[ア-ンa-zａ-ｚA-ZＡ-Ｚｱ-ﾝ]"
_UNIT = r"[章節款編部条項号]?"
# （略） or white space shows that 第１～第２ and イ～ホ are items left out: １～２年程度 goes on.
_LEFT_OUT = r"(?=\s|[（(]?略|$)"
ENCLOSED = "[①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾ⓐ-ⓩ⑴-⒇⒈-⒛⒜-⒵㋐-㋾㈠-㈩]"
"""Matches one of the characters that hold a number or a letter."""
# ②に掲げる者, ②及び③: a sentence about an item, which begins none. ②について alone is a heading.
_ABOUT = (
    r"(?!及び|又は|並びに|若しくは|まで|を|は、|が、|と、|に(?:掲げ|つい(?!て$)|関|対|係|よ[りる]|該当|規定|定め|同じ)"
    rf"|の(?:場合|うち|とおり|通り|方法|者|要件|規定|いずれ|理由|記載)|(?:から|と|、|～){ENCLOSED})"
)
# （理由）, （注１）: what the text behind it is.
_LABELS = (
    "注[0-9０-９]{0,2}|(?:提案|修正|変更|改正)?理由|根拠|[主趣要]旨|概要|背景|現状|課題|御?ご?意見|御?ご?質問|質疑|回答|要望|提案"
    "|対応|補足(?:説明)?|参考|備考|(?:記載|具体)?例|(?:修正|変更|改正)[前後案]|現行"
)
_PARTS_OF_PLANS = "基本(?:目標|方針|施策|方向|政策|理念)|施策|目標|方針|政策|重点(?:目標|施策|取組)"
CONJUNCTION = re.compile("(?:なお|また|さらに|ただし|しかし|[そこ]のため|一方|よって|したがって)、")
"""Begins a sentence that adds to the one before."""
EDITORS_NOTE = re.compile(
    r"[（(［\[〔](?:新設|新規|追加|削除|削る|[前中後]?略|以下略|同[左右])[）)］\]〕]"
)
"""What stands in place of a text: （新設）, （略）. It is no beginning of a sentence."""
MASKED_NAME = rf"(?:{'|'.join(mark * 2 for mark in '○◯●□△▲')})\w"
"""A pattern: two marks in the place of a name, and how it goes on (○○市)."""
_STARTS = {
    # ①, ⑴, ㋐: nothing else looks like these.
    LineStart.ENCLOSED: rf"{ENCLOSED}{_ABOUT}",
    # ・ also joins words: ・・ is no mark.
    LineStart.BULLET: r"[・･‣•](?![・･])",
    # 〇 is a circle at a line's start, and a digit in 二〇二五年; 〇〇 stands for a name.
    LineStart.HEADING: (
        # ○号, ○月○日: a number that nobody filled in. △８％: a minus.
        rf"(?!{MASKED_NAME})(?:"
        r"○(?!号|[年月日時分][○〇度間以前後内まにのはをが、])|[△▲](?![\d０-９])"
        r"|[【〔＜<〈《※●◎◇◆■□▽▼☆★◯➢❖✓✗☑☒⇒＊*])"
        rf"|(?<![○{KANJI_NUMERALS}])〇(?![○{KANJI_NUMERALS}×年月日時分])"
        rf"|[（(](?:{_LABELS})[)）](?![をにのがはとでもやへ、。])"
    ),
    LineStart.BRACKETED: (
        rf"[(（](?:\d{{1,3}}|[０-９]{{1,3}}|{_LETTER}|[ivx]{{1,4}}|[一二三四五六七八九十]{{1,2}})[)）]{_ABOUT}"
        r"|[(（][\d０-９一二三四五][点つ]目[)）]"
    ),
    LineStart.NUMBERED: (
        # 8 and 9. is the end of a sentence, whose number and stop are no mark either.
        rf"{_NUMERAL}(?:[.．‐－-]{_NUMERAL})*{_SEPARATOR}(?![\d０-９]|(?<=\d )[a-z]|(?<=\d\.)$)"
        rf"|第{_NUMERAL}{_UNIT}[～〜~]第?{_NUMERAL}{_UNIT}{_LEFT_OUT}"
        rf"|第[{KANJI_NUMERALS}]{{1,3}}{_UNIT}[～〜~]第?[{KANJI_NUMERALS}]{{1,3}}{_UNIT}{_LEFT_OUT}"
        rf"|{_NUMERAL}[～〜~]{_NUMERAL}(?=\s|[（(]?略)"
        rf"|[ア-ンｱ-ﾝa-zａ-ｚ][～〜~][ア-ンｱ-ﾝa-zａ-ｚ]{_LEFT_OUT}"
        rf"|[Ⅰ-Ⅻⅰ-ⅻ]|[ア-ンａ-ｚＡ-Ｚｱ-ﾝ]{_SEPARATOR}(?![\d０-９])|[ア-ン]\u3000"
        # 一　, as statutes number items; 一　般 is a spaced word.
        rf"|{KANJI_NUMBER}\u3000(?!\S(?:\s|$))"
        # A Latin letter and a space may be a word (a statement): the letter needs a point.
        r"|(?:[A-Za-z]|[ivx]{1,4})[.．)）](?![\dA-Za-z])"
        # 第５章　総則 is a heading; 第５章の記載 and （…法律第１号）第36条 go on with a sentence.
        r"|第[\d０-９一二三四五六七八九十]{1,4}(?:[章節款編部](?=[\s（(]|$)|[条項](?=\s|$))"
        # 施策２－１ alone or before white space; 基本目標３の達成 goes on with a sentence.
        rf"|(?:{_PARTS_OF_PLANS}){_NUMERAL}(?:[-－‐–.．]{_NUMERAL})*(?=\s|$)"
        r"|[-－–—‐](?=[^\d０-９])|注[\d０-９:：)）]|(?!A [a-z])[ＱＡQA][\d０-９]*[.．:：\s]"
    ),
}
# A number that counts something (２人, 26年度, ３つ) is no item's.
_COUNTERS = (
    "年月日時分秒週人名件回度割％か箇ヶカヵ章節条項号頁ペ十百千万億円歳才倍つ番階級種類位点本台冊枚"
    "社校棟戸世団自段行歩部課区都県市町村丁対次字以者例"
)
_BARE_NUMBER = re.compile(rf"({_NUMERAL})(?![{_COUNTERS}])[ぁ-んァ-ヶ一-鿿「（]")
# A number that is all of its line, as a number cell has one a line: 3, No.3, 1-3.
_WHOLE_NUMBER = re.compile(r"\D{0,4}\d{1,4}(?:[-－‐–.]\d{1,4})*")
_DIGITS = re.compile(r"\d+")
# （意見２について）, 【質問３】: six characters on either side tell labels from remarks.
_NUMBERED_LABEL = re.compile(
    rf"([（(【〔＜<\[［][^（()）\d０-９、。]{{1,6}})({_NUMERAL})[^（()）\d０-９、。]{{0,6}}[）)】〕＞>\]］]"
)
# 要望日　, 理由：; judgement: a longer word before white space is a title, or a clause.
_ENTRY_LABEL = re.compile(r"[^\W\d_]{2,8}[\u3000：]")
_RANGE_END = re.compile(r"第?[^～〜~\s]{1,4}[～〜~]第?(.{1,4})")
_COUNTING = (LineStart.ENCLOSED, LineStart.BRACKETED, LineStart.NUMBERED)
_ORDINAL_LENGTH = 4  # characters; judgement: a bracket or 第 and up to three digits
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_LENGTH = 6  # characters; judgement: two brackets and up to four letters
_ROMAN_MARK = re.compile(r"[(（]([ivx]{1,4})[)）]")
_START = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _STARTS.items()))
_CLOSING = "".join(sorted(CLOSING))
_SENTENCE_END = re.compile(rf"[{re.escape(''.join(sorted(SENTENCE_END)))}][{re.escape(_CLOSING)}]*")
LAST_RUN = re.compile(r"[!-~]+$")
"""The ASCII characters that a text ends with."""
FIRST_RUN = re.compile(r"[!-~]+")
"""The ASCII characters that a text begins with."""
ADDRESS = re.compile(r"://|www\.|\w@(?:\w|$)|\w\.[a-z]{2,}|[a-z]/[a-z]|[?&]\w+=")
"""What shows that a run of ASCII characters is a web or mail address, or a piece of one."""
_POINT_IN_NUMBER = re.compile(r"[\dA-Za-z０-９Ａ-Ｚａ-ｚⅠ-Ⅻ][．.]$")

_PAGE_MARK = re.compile(
    r"(?:[pｐ]{1,2}[.．]?\s*\d+|\d+\s*(?:頁|ページ)).{0,8}", re.IGNORECASE
)  # judgement: eight characters behind it may name a line or a figure
_BEFORE_PAGE_MARK = re.compile(r"[\s：:](?=[\dpｐPＰ])")

_NOTES = ("※", "（注", "(注", "注）", "注)")
_CLOSING_WORD = re.compile(r"[-(]?(?:以上|以下余白|終わり|おわり)[-)]?")
_PAGE_NUMBER = re.compile(
    r"[-‐–—―ー・(]*(?:p\.?|page|ページ|第(?=\d+[頁ペ]))?(\d{1,4})(?:(?:/|of|頁|ページ)\d{0,4})?(?:頁|ページ)?"
    r"[-‐–—―ー・)]*",
    re.IGNORECASE,
)


def begins_note(text: str) -> bool:
    """Whether a text begins as a note on a table does: ※, （注１）."""
    return text.startswith(_NOTES)


def closes_document(text: str) -> bool:
    """Whether a text is the word that closes a document, and nothing else (`以上`, `－以上－`)."""
    return bool(_CLOSING_WORD.fullmatch(fold(text)))


def frames_list(text: str) -> bool:
    """Whether a text is the word above a formal list (`記`) or below it (`以上`)."""
    return fold(text) == "記" or closes_document(text)


def is_page_number(text: str) -> bool:
    """Whether a text is a page's number and nothing else (`3`, `- 3 -`, `3/10`, `3ページ`)."""
    return read_page_number(text) is not None


def read_page_number(text: str) -> int | None:
    """The number of a page that a text is, and nothing else; None: it is other text."""
    match = _PAGE_NUMBER.fullmatch(fold(text))
    return int(match[1]) if match is not None else None


@lru_cache(KEPT_LINES)
def classify_line_start(text: str) -> LineStart:
    """Tell by its first characters how a line begins (never `OPENING` or `PAGE`)."""
    match = _START.match(text)
    if match is not None and match.lastgroup is not None:
        return LineStart(match.lastgroup)
    return LineStart.INDENT if text[:1].isspace() else LineStart.PLAIN


def begins_with_mark(text: str) -> bool:
    """Whether a line opens an item, a heading or a note (①, ・, （１）, ア　, 【, 第２章, ※)."""
    return classify_line_start(text) not in (LineStart.INDENT, LineStart.PLAIN)


def is_mark(text: str) -> bool:
    """Whether a text is a list mark and nothing else (①, ３．, （１）, 第２条)."""
    match = _START.match(text + " ")
    return match is not None and match.end() >= len(text)


def remove_mark(text: str) -> str:
    """A line without the marks that it begins with: 現状と課題 of ７．② 現状と課題."""
    while match := _START.match(text):
        text = text[match.end() :].lstrip()
    return text


def read_ordinal(text: str) -> int | None:
    """Read the number in a line's mark: 3 for ③, （３）, ３．, (ウ) and 三　; None without one."""
    if classify_line_start(text) not in _COUNTING:
        return None
    bare = fold_width(text[:_ORDINAL_LENGTH]).strip("(（第注 \u3000")
    digits = re.match(r"\d+", bare)
    if digits is not None:
        return int(digits.group())
    kanji = re.match(KANJI_NUMBER, bare)
    if kanji is not None:
        return read_kanji_number(kanji[0])
    roman = _ROMAN_MARK.match(fold_width(text[:_ROMAN_LENGTH]))
    if roman is not None and roman[1] in _ROMAN:
        return _ROMAN.index(roman[1]) + 1
    place = _KANA.find(bare[:1]) if bare else -1
    return place + 1 if place >= 0 else None


def read_last_ordinal(text: str) -> int | None:
    """Read the last number in a line's mark: 2 of １～２（略）, else what `read_ordinal` reads."""
    number = read_ordinal(text)
    end = _RANGE_END.match(text) if number is not None else None
    return number if end is None else read_ordinal(f"（{end[1][:2].strip('　（(略')}）") or number


def read_numbered_label(text: str) -> tuple[str, int] | None:
    """Read how a label in brackets begins, and its number: （意見, 2 of （意見２について）."""
    match = _NUMBERED_LABEL.match(text)
    return (match[1], int(fold_width(match[2]))) if match is not None else None


def read_bare_ordinal(text: str) -> int | None:
    """Read a number that a text begins with, without a mark: 1 of １調剤基本料; None: it has none.

    Only the numbers of other lines tell whether it is an item's.
    """
    match = _BARE_NUMBER.match(text)
    return int(fold_width(match[1])) if match is not None else None


def read_entry_label(text: str) -> str | None:
    """Read the label of an entry, with what parts it from the rest: 要望日　, 理由：."""
    match = _ENTRY_LABEL.match(text)
    return match[0] if match is not None else None


def counts_on(above: str, below: str) -> bool:
    """Whether a number is all of each line, written alike, and the lower is higher: 2 / 3.

    The rest of a number that was too long for its line is shorter or written otherwise: 202 / 4.
    """
    if not (above[-1:].isdigit() and _WHOLE_NUMBER.fullmatch(above)):
        return False  # true of most lines
    if _DIGITS.sub("0", above) != _DIGITS.sub("0", below):
        return False
    one, other = (list(map(int, _DIGITS.findall(line))) for line in (above, below))
    return one < other


def lists_numbers(lines: Sequence[str]) -> bool:
    """Whether lines are several numbers, one a line (2 / 3 / 4)."""
    return len(lines) > 1 and all(starmap(counts_on, pairwise(lines)))


def begins_with_address(text: str) -> bool:
    """Whether a web or mail address stands at a line's start."""
    run = FIRST_RUN.match(text)
    return run is not None and ADDRESS.search(run.group()) is not None


def is_page_mark(text: str) -> bool:
    """Whether a text names a page of a document and says little else (p.68, ３頁５行目)."""
    return bool(_PAGE_MARK.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence; the point behind a number (Ⅲ．) ends none."""
    bare = text.rstrip()
    return bare.rstrip(_CLOSING)[-1:] in SENTENCE_END and not _POINT_IN_NUMBER.search(bare[-2:])


def find_inner_places(text: str) -> Iterator[int]:
    """Find the places inside a line where its author might have begun a new one, and did not.

    They are behind a sentence's end, before a mark, and before a page (第３章　現状　12ページ).

    Yields:
        How many characters stand before the place, in order.
    """
    places = {match.end() for match in _SENTENCE_END.finditer(text)}
    places |= {match.start() for match in _START.finditer(text)}
    ends = (match.end() for match in _BEFORE_PAGE_MARK.finditer(text))
    places |= {end for end in ends if is_page_mark(text[end:])}
    yield from sorted(p for p in places if text[:p].strip() and text[p:].strip())
