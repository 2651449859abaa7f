"""Tell how a line ends by its last characters and words, and by the first of the next line.

The sentences of remarks in brackets are not those of the line that they stand in. A line may also
end inside a number: 令和 / ２年, 第３ / ２条, 11月 / 23日.
"""

import re
from collections.abc import Sequence

from pipeline.model import Morpheme
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.tokenizer import PREDICATES
from pipeline.vocabulary.eras import ERA
from pipeline.vocabulary.line_marks import MASKED_NAME, frames_list
from pipeline.vocabulary.punctuation import BRACKETS, CLOSING

HEADING = re.compile(r"[【＜〈《〔<].*[】＞〉》〕>]")
"""A line in the brackets of headings."""
_CHOICE = re.compile(r"[□■☐☑☒]\S")
HEADING_ENDS = ("について", "に関して", "とおり")
"""Particles at the end of a heading."""
# ました may stand before a noun: お寄せいただきました / ご意見.
_FINAL_ENDS = re.compile(r"(?:(?:ます|です|でしょう|ではない)か|ませんでした)$")
_PREDICATE_ENDS = re.compile(r"[るたいうすの]か$")
_RUNNING_FORMS = ("連用形", "未然形", "仮定形", "語幹")
_FUNCTION_WORDS = {"助詞", "助動詞", "接尾辞"}
_COORDINATING = {"及び", "又は", "並びに", "若しくは", "且つ", "乃至", "外"}  # normalized forms
# Nouns that need a clause before them: 提示された / ため、.
_FORMAL_NOUNS = {"為", "事", "物", "時", "所", "様", "上", "際", "場合", "通り", "訳", "筈"}
# The tokenizer takes them for suffixes behind a noun (加盟国): …への対応 / 国の制度が.
_AUTHORITIES = {"国", "区"}
_STEM = "助動詞語幹"  # よう, みたい: くださいます / よう、
_TIMES = ("今", "毎年", "昨年", "現在", "近年", "従来")
_REMARK = re.compile(r"[（(][^（()）]*[）)]")
_REMARK_ENDS = re.compile(r"。[）)]$")
# In the language of laws, a bracket inside a sentence ends so: it explains the word before it.
_INSERTION = re.compile(r"(?:を含む|を除く|をいう|に限る|以下同じ)。")

_ERA_ENDS = re.compile(rf"(?:{ERA})$")
_ERA_GOES_ON = re.compile(r"(?:\d{1,2}|元)年")
_ORDINAL_ENDS = re.compile(r"第[\d一二三四五六七八九十]+$")
_ORDINAL_GOES_ON = re.compile(r"[編章節款条項号](?!目)")
# 第３ / ２条 is one number; 資料３ / ２条 and 12 / 34円 may be two.
_NUMBER_ENDS = re.compile(rf"(?:{ERA}|第|約|\d[,，.．])\d+$")
_NUMBER_GOES_ON = re.compile(r"\d{1,4}(?:年|月|日|条|項|号|円|人|件|％|%|回|か所|億|万|千)")
# One date. A schedule may begin a line with a month (令和６年 / ４月　説明会).
_DATE_ENDS = re.compile(r"\d(?:月|年)$")
_DATE_GOES_ON = re.compile(r"\d{1,2}(?:日|月\d{1,2}日)")
# A year that ends more than itself: 着手は令和９年 / ４月, but 令和９年 / ４月 may be two labels.
_YEAR_ENDS = re.compile(rf"\S\s*(?:(?:{ERA})(?:\d{{1,2}}|元)|\d{{4}})年$")
_MONTH_GOES_ON = re.compile(r"\d{1,2}月(?!\s)")
# One range, fraction, telephone number or amount: P.8～ / P.9, 令和６年～ / 10年, １／ / ３,
# 027-000- / 1111, 前年比△ / ８％.
_RANGE_OPENS = re.compile(r"(?:\d(?:[年月日時頁条]?[～〜~]|[-‐－／/])|\w[△▲])$")
_RANGE_ENDS = re.compile(rf"(?:[pPｐＰ][.．]?|第|{ERA})?\d")
# P.12 / ～13; a time or a day may begin a line so: ４月１日 / ～30日.
_PAGE_ENDS = re.compile(r"[pPｐＰ][.．]?\s?\d+$")
_PAGES_GO_ON = re.compile(r"[～〜~‐－-]\d")
# Behind a bracket or a stop, an office without its name belongs to the word behind it:
# （参考）市 / ホームページ：https://…, 詳細は、本区 / ホームページ.
_OFFICE_ENDS = re.compile(r"[、。）」：・][本当]?[市区町村県都府国]$")
_KATAKANA = re.compile("[ァ-ヶー]{2}")
_MASKED_NAME = re.compile(MASKED_NAME)
_SIGN_ENDS = re.compile("(?:[№℡〒§]|(?<![次及落])第)$")
_COUNTS_ON = re.compile(r"\d")
# Behind a sentence a number alone ends no line: …と考えます。６ / （６）の記載は.
_LONE_NUMBER = re.compile(r"[。、]\d{1,2}$")


def ends_choices(tail: str, head: str) -> bool:
    """Whether a line holds the last of boxes to tick, and nothing else: ☑反映する　□反映しない."""
    choices = tail.split()
    return len(choices) > 1 and all(map(_CHOICE.match, choices)) and not _CHOICE.match(head)


def classify_ending(tail: str, left: Morpheme | None) -> LineEnding:
    """Classify how a line ends.

    Args:
        tail: The line, without white space behind it.
        left: Its last morpheme; None: one goes on in the next line.
    """
    last = tail[-1]
    if last in "、，":
        return LineEnding.COMMA
    if HEADING.fullmatch(tail) or frames_list(tail):
        return LineEnding.HEADING
    if last in CLOSING or last in "：:；;":
        return LineEnding.CLOSING
    if left is None or tail.endswith(HEADING_ENDS):
        return LineEnding.NOMINAL
    if _FINAL_ENDS.search(tail):
        return LineEnding.FINAL
    if _PREDICATE_ENDS.search(tail):  # the tokenizer takes it for the か of どうか
        return LineEnding.PREDICATE
    if left.part_of_speech[5].startswith("連用形") and tail[: -len(left.surface)].endswith("の"):
        return LineEnding.NOMINAL  # 対象年齢の引下げ: such a form of a verb is a noun behind の
    return _classify_part_of_speech(left.part_of_speech)


def _classify_part_of_speech(part_of_speech: Sequence[str]) -> LineEnding:
    kind, detail, form = part_of_speech[0], part_of_speech[1], part_of_speech[5]
    # A polite form ends a sentence even without a stop: no noun follows it (…しています / 切れ目).
    if detail == "終助詞" or _is_polite(part_of_speech):
        return LineEnding.FINAL
    if kind in ("助詞", "接続詞", "連体詞", "接頭辞"):
        return LineEnding.RUNNING
    if kind in PREDICATES:
        # 連体形 looks like 終止形, and authors leave the stop out: 記載している / ただし、…
        return LineEnding.RUNNING if form.startswith(_RUNNING_FORMS) else LineEnding.PREDICATE
    return LineEnding.NOMINAL


def _is_polite(part_of_speech: Sequence[str]) -> bool:
    """Whether a morpheme is ます or です as a sentence ends in them, or a request (ください)."""
    auxiliary = part_of_speech[4] in ("助動詞-マス", "助動詞-デス")
    # Before a noun the tokenizer takes 終止形 for 連体形.
    return part_of_speech[5].startswith(("終止形", "連体形", "命令形") if auxiliary else "命令形")


def is_counted(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether a number ends before what it counts: 法律第50 / 条."""
    if left is None or right is None or left.part_of_speech[1] != "数詞":
        return False
    return right.part_of_speech[2] == "助数詞可能"


def leans_on(left: Morpheme | None, right: Morpheme) -> bool:
    """Whether a morpheme leans on the one before it: no author begins a line with it."""
    if right.part_of_speech[0] in _FUNCTION_WORDS or right.normalized_form in _COORDINATING:
        return right.surface not in _AUTHORITIES
    kind = left.part_of_speech[0] if left is not None else ""
    if kind == "名詞" and right.normalized_form == "為る":  # 報告 / し、
        return True
    needs_clause = right.normalized_form in _FORMAL_NOUNS or right.part_of_speech[1] == _STEM
    return kind in PREDICATES and needs_clause


def opens_clause(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether a morpheme begins a clause (また, なお, この) rather than goes on with one.

    So does a noun that repeats the one before it: …するリスク / リスクを軽減する….
    """
    if right is None:
        return False
    if right.part_of_speech[0] in ("接続詞", "連体詞", "感動詞"):
        return True
    repeated = left is not None and left.surface == right.surface and len(right.surface) > 1
    return repeated or right.surface.startswith(_TIMES)


def is_remark(text: str) -> bool:
    """Whether a text opens with a bracket that holds a whole sentence: it stands on its own."""
    if not text.startswith(BRACKETS) or text[1:].startswith("以下"):
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth == 0:
            return False
        if character == "。":
            return not any(m.end() == place + 1 for m in _INSERTION.finditer(text[: place + 1]))
    return False


def remove_remarks(text: str) -> str:
    """A text without its remarks: 職員研修の実施 of 職員研修（委託先を含む。）の実施."""
    return _REMARK.sub("", text)


def ends_in_remark(text: str) -> bool:
    """Whether a text ends with the sentence of a remark: 職員研修（委託先を含む。）."""
    return _REMARK_ENDS.search(text) is not None


def is_inside_masked_name(tail: str, head: str) -> bool:
    """Whether a wrap parts the two marks in the place of a name: 実際に○ / ○市では.

    A mark behind white space or a colon is an answer of its own: 評価：○ / ○今後の課題.
    """
    stands_apart = len(tail) == 1 or tail[-2].isspace() or tail[-2] in "：:"
    return not stands_apart and _MASKED_NAME.match(tail[-1] + head) is not None


def parts_office(tail: str, head: str) -> bool:
    """Whether a line ends behind an office without its name, and the next word says what of it."""
    return _OFFICE_ENDS.search(tail) is not None and _KATAKANA.match(head) is not None


def is_inside_number(tail: str, head: str) -> bool:
    """Whether one number that counts something stands on both sides of a line end.

    Args:
        tail: The line before, without white space at its end.
        head: The line after, without white space at its start.
    """
    if _ERA_GOES_ON.match(head) and _ERA_ENDS.search(tail):
        return True
    if _ORDINAL_GOES_ON.match(head) and _ORDINAL_ENDS.search(tail):
        return True
    if _SIGN_ENDS.search(tail) and _COUNTS_ON.match(head):
        return True
    if _RANGE_OPENS.search(tail) and _RANGE_ENDS.match(head):
        return True
    if not (tail[-1].isdigit() or tail[-1] in "年月"):
        return False  # true of most lines
    if _PAGES_GO_ON.match(head) and _PAGE_ENDS.search(tail):
        return True
    if _MONTH_GOES_ON.match(head) and _YEAR_ENDS.search(tail):
        return True
    if _LONE_NUMBER.search(tail) or (_DATE_ENDS.search(tail) and _DATE_GOES_ON.match(head)):
        return True
    same_width = tail[-1].isascii() == head[0].isascii()
    return same_width and bool(_NUMBER_ENDS.search(tail) and _NUMBER_GOES_ON.match(head))
