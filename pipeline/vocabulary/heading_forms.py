"""The forms of headings: 第１章, １, （１）, ●, and how deep each form stands."""

import re
from functools import lru_cache

from msgspec import Struct

from pipeline.vocabulary.counts import COUNTER
from pipeline.vocabulary.folding import KEPT_TEXTS, fold, fold_width
from pipeline.vocabulary.kanji_numbers import KANJI_NUMERALS
from pipeline.vocabulary.line_marks import MASKED_NAME, ends_sentence

PLAIN = "plain"
"""The kind of a heading that only words make."""
BULLET = "・"
"""The kind of one that is marked as items of lists are, too."""
# From the outermost to the innermost, as laws and plans are divided.
_RANKED = (
    ("編", rf"第[\d{KANJI_NUMERALS}]+編"),
    ("部", rf"第[\d{KANJI_NUMERALS}]+部"),
    ("章", rf"第[\d{KANJI_NUMERALS}]+章|序章|終章"),
    ("節", rf"第[\d{KANJI_NUMERALS}]+節"),
    ("款", rf"第[\d{KANJI_NUMERALS}]+款"),
    ("条", rf"第[\d{KANJI_NUMERALS}]+条(?:の\d+)?"),
    ("項", rf"第[\d{KANJI_NUMERALS}]+[項号]"),
    ("第1", rf"第[\d{KANJI_NUMERALS}]+(?=[.．、:：\s])"),
    ("Ⅰ", r"[IVX]{1,5}(?=[.．、:：\s])"),
    ("1", r"\d{1,2}(?:[.．、:：\s]+(?!\d)|(?![年月日件人名代歳回番個号次つかヶカケ])(?=[^\d\W]))"),
    ("1-1", r"\d{1,2}[.\-]\d{1,2}(?![\d.\-])"),
    ("1-1-1", r"\d{1,2}(?:[.\-]\d{1,2}){2,}"),
    ("(1)", r"\(\d{1,2}\)"),
    ("ア", r"[ア-ン](?=[.．、:：\s])"),
    ("(ア)", r"\([ア-ン]\)"),
    ("a", r"[A-Za-z](?=[.．、:：\s])"),
    ("(a)", r"\([A-Za-z]\)"),
)
_OF_ITEMS = (BULLET, "(1)", "①", "ア", "(ア)", "a", "(a)")
_RANKS = {kind: rank for rank, (kind, _) in enumerate(_RANKED)}
# ① loses its ring and Ⅰ its kind when widths are folded: both are told from the text as printed.
_ENCLOSED = re.compile(r"[①-⑳㉑-㊿❶-❿⓵-⓾⑴-⒇]")
_ENCLOSED_RANK = _RANKS["(1)"] + 0.5
_ROMAN = re.compile(r"[Ⅰ-Ⅻ]")
# ○○市 masks a name; ＜＜総則＞＞ and ●●　総則 do not.
_MARK = re.compile(rf"(?!{MASKED_NAME})[●■◆★◎○□◇▼▽▲△☆◯▶►➢※【〔《＜<≪\[［]")
_BRACKETS = "※【〔《＜<≪[［"
"""Marks with which labels and captions begin, too."""
_FORMS = [(kind, re.compile(pattern)) for kind, pattern in _RANKED]
# 基本目標１, 施策２－１, 論点３: a word that a number follows names a level of its own.
_NAMED = re.compile(r"([^\W\d_]{1,8}?)\s?\d{1,3}(?:[.\-]\d{1,3})*(?=[.．、:：\s(]|$)")
_LONGEST = 100  # characters; judgement: a heading with its count takes two lines of a page at most
_NUMBERED_PART = re.compile(r"(\d{1,2})[.\-]\d")
_NUMBER = re.compile(r"\d{1,2}")
# Predicates end in kana; so do these words, which end headings.
_PREDICATE = re.compile(r"[ぁ-ん]$")
_NOMINAL = re.compile(r"(?:について|に関して|に対して|こと|もの|など|ほか|づくり|とりくみ)$")
_COUNT = re.compile(r"[(（【［\[][^)）】］\]]*[)）】］\]]$")
_PART = re.compile(
    r"(?:に(?:関する|対する|係る|ついての)(?:御|ご)?(?:意見等?|質問等?|事項|こと|もの)"
    r"|について|関係|関連|全般|総論|各論|共通(?:事項)?|全体)$|^(?:その|上記以外の?)他"
)
_CONTINUED = re.compile(
    r"[(（【\[]?(?:の?続き?|の?つづき|再掲)[)）】\]]?$"
    rf"|[(（【\[](?:の?続き?|の?つづき|再掲)[)）】\]](?=\s*[(（【\[]?[計全]?[\d０-９]+{COUNTER})"
)
# What an office writes where nobody said anything; it is a record's text.
_NOTHING = re.compile(
    r"[(「【]?(?:(?:御|ご)?(?:意見|質問|該当|回答|修正|変更)?(?:は|等)?"
    r"(?:なし|無し|無|ありません(?:でした)?)|特に(?:なし|無し)|特段なし|欠番|削除|取下げ?|-|同上)"
    r"[)」】]?。?"
)


class HeadingForm(Struct, frozen=True):
    """How a heading begins."""

    kind: str
    """章, 1, (1), ● …: headings of one kind stand on one level."""
    rank: float | None
    """Its place in the usual order of kinds, 0 outermost; None: it has none (●, words)."""


@lru_cache(KEPT_TEXTS)
def read_form(text: str) -> HeadingForm:
    """Tell how a heading begins."""
    bare = text.strip()
    mark = _MARK.match(bare)
    if mark is not None:
        return HeadingForm(mark.group(), None)
    if bare.startswith(BULLET):
        return HeadingForm(BULLET, None)
    if _ENCLOSED.match(bare):
        return HeadingForm("①", _ENCLOSED_RANK)
    if _ROMAN.match(bare):
        return HeadingForm("Ⅰ", _RANKS["Ⅰ"])
    folded = fold_width(bare)
    for kind, pattern in _FORMS:
        if pattern.match(folded):
            return HeadingForm(kind, _RANKS[kind])
    named = _NAMED.match(folded)
    return HeadingForm(named.group(1) if named else PLAIN, None)


def is_part_of_another(text: str, heading: str) -> bool:
    """Whether a number says that a heading is a part of another one: ２－４ is none of １."""
    part = _NUMBERED_PART.match(fold_width(text.strip()))
    number = _NUMBER.match(fold_width(heading.strip()))
    return part is not None and number is not None and part[1] != number.group()


@lru_cache(KEPT_TEXTS)
def may_head(text: str) -> bool:
    """Whether a text may head rows: short and no sentence; 意見なし heads nothing."""
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or says_nothing(bare):
        return False
    return not ends_sentence(_COUNT.sub("", bare) or bare)


@lru_cache(KEPT_TEXTS)
def is_noun_phrase(text: str) -> bool:
    """Whether a text ends in no predicate, as most headings do: 総論に関する意見, 公園について."""
    words = _COUNT.sub("", text.strip()).rstrip() or text
    return not _PREDICATE.search(words) or bool(_NOMINAL.search(words))


@lru_cache(KEPT_TEXTS)
def says_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing: 意見なし, 該当なし, 欠番."""
    return bool(_NOTHING.fullmatch(fold(text)))


@lru_cache(KEPT_TEXTS)
def has_place(text: str) -> bool:
    """Whether a text begins as one of a series of headings: 第１章, （１）, ●."""
    form = read_form(text)
    return form.rank is not None or bool(_MARK.fullmatch(form.kind) and form.kind not in _BRACKETS)


@lru_cache(KEPT_TEXTS)
def may_be_item(text: str) -> bool:
    """Whether items of lists begin as a text does, too: （１）, ①, ア."""
    return read_form(text).kind in _OF_ITEMS


@lru_cache(KEPT_TEXTS)
def names_part(text: str) -> bool:
    """Whether a text says what the records below it are about: …に関する意見, …関係, その他."""
    return bool(_PART.search(fold(_COUNT.sub("", text.strip()))))


def strip_continued(text: str) -> str:
    """Take off what a page adds to a heading that it prints again: （続き）."""
    return _CONTINUED.sub("", text.strip()).rstrip()
