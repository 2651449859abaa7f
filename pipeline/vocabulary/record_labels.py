"""Read the labels that name the parts of a record: 問１, （答）, Q1., 意見 2, No.3, 市の考え方.

A label is printed beside its text or above it, where a column table would have a header.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import DIALOGUE_ROLES, TEXT_ROLES, Role, remove_white_space
from pipeline.vocabulary.folding import fold, fold_width
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD, IS_WORD, strip_header
from pipeline.vocabulary.kanji_numbers import KANJI_NUMBER, read_kanji_number
from pipeline.vocabulary.line_marks import KEPT_LINES

LONGEST_LABEL = 20
"""Characters without white space and notes; judgement: a label stands beside its text."""
_OPEN, _CLOSE = "（(【[［〔＜<〈≪《「", "）)】]］〕＞>〉≫》」"
# In one width: behind Q13１．対象者 is 13 a list begins.
_DIGITS = r"(?:[0-9]{1,4}+|[０-９]{1,4}+)"
_NUMBER = rf"(?:{_DIGITS}(?:[-－‐–—―ー.．の]{_DIGITS})*|[一二三四五六七八九十]{{1,3}})"
# A longer word is a label only before its text: alone on a line it may head a column.
_BEFORE_TEXT = r"(?=\s*\S)"
# Without a number or a colon an English word goes on with a sentence: Comment on Article 3.
_COUNTED_WORD = r"(?=[ \u3000]?(?:\d|[:：]))"
_QUESTION = (
    rf"(?:[Cc]omment|COMMENT|[Qq]uestion|QUESTION){_COUNTED_WORD}|"
    r"問い?|[ご御]?質問|質疑|[QＱ]|[ご御]?意見|照会|再々?質(?:問|疑)"
    rf"|[ご御]?(?:質問|意見)の?(?:内容|概要|要旨){_BEFORE_TEXT}"
)
_ANSWER = (
    rf"(?:\w{{2,10}}(?:['’]s)? )?(?:[Rr]esponse|RESPONSE|[Aa]nswer|ANSWER|[Rr]eply){_COUNTED_WORD}|"
    r"[お御]?答え?|回答|[AＡ](?! [a-z])|答弁|見解|再々?(?:回答|答弁)"
    rf"|(?:\w{{1,6}}の)?(?:考え方|見解|回答){_BEFORE_TEXT}"
)
_BEFORE_NUMBER = r"(?:No|NO|Ｎｏ|ＮＯ|no)[.．]?|№|番号|意見番号|質問番号"
_STOPS = r"[.．:：、,，)）]"
_END = rf"(?:{_STOPS}|(?=\s)|$)"
# What goes on with a sentence behind a number: particles, and words for what is counted.
_SENTENCE = r"のはへにとでがをもやから件人名点回つ年月日番号－‐–—―ー\-"
_LINE, _UNSPACED, _COUNTED_LINE = (
    re.compile(
        rf"\s*(?P<label>(?P<open>[{re.escape(_OPEN)}])?"
        rf"(?P<word>(?P<question>{_QUESTION})|(?P<answer>{_ANSWER}))"
        rf"(?:[ \u3000]?[（(]?(?P<number>{number})[）)]?(?(open)|{behind}))?"
        rf"(?(open)[{re.escape(_CLOSE)}]|))"
        rf"(?P<separator>(?(open)[.．:：]?|{end}))\s*"
    )
    for number, behind, end in (
        (_NUMBER, rf"(?={_STOPS}|\s|$)", _END),
        (_NUMBER, rf"(?![{_SENTENCE}0-9０-９])", rf"(?(number){_STOPS}?|{_END})"),
        (_DIGITS, rf"(?![{_SENTENCE}])", rf"(?(number){_STOPS}?|{_END})"),
    )
)
_PARTS = re.compile(r"\d\D+\d")
_ITEM = re.compile(rf"\s*(?P<label>[（(]?(?P<number>{_NUMBER})[）)]?)(?:[.．、]\s*|\s+)(?=\S)")
_NUMBERED = re.compile(
    rf"[{re.escape(_OPEN)}]?(?P<word>{_QUESTION}|{_ANSWER}|{_BEFORE_NUMBER})"
    rf"[-－‐–.．・]?(?P<number>{_NUMBER})[{re.escape(_CLOSE)}]?[.．:：]?"
)
_COUNTED = re.compile(
    rf"[{re.escape(_OPEN)}]?(?P<word>.{{2,8}}?)(?P<number>{_NUMBER})[{re.escape(_CLOSE)}]?"
)
"""A longer word for a comment with a number behind it: 指摘事項１, 審査意見２."""
_BARE = re.compile(
    rf"[{re.escape(_OPEN)}]?(?:(?P<question>{_QUESTION})|(?P<answer>{_ANSWER}))"
    rf"[{re.escape(_CLOSE)}]?[.．:：]?"
)
_HEADING = re.compile(
    r"\s*[【〔［\[＜<≪《〈■●◆◇□○◎・]\s*(?P<word>[^】〕］\]＞>≫》〉]{1,20})[】〕］\]＞>≫》〉]?[:：]?\s*"
)
_LEADING = re.compile(
    rf"\s*(?P<label>[{re.escape(_OPEN)}](?P<word>[^{re.escape(_OPEN + _CLOSE)}]{{1,20}})"
    rf"[{re.escape(_CLOSE)}][:：]?|(?P<bare>[^\s:：、。]{{1,12}})[:：])\s*"
)
# A date is the value of a label, although it ends in 日 as some labels do: 回答日.
_DATE = re.compile(r"[0-9０-９]日(?:[（(].[)）])?$")


class RecordLabel(Struct, frozen=True):
    """A label, and what it names."""

    header: str
    """As printed, without white space and without its number: 問, （答）, 市の考え方."""
    role: Role | None
    """None: its text is kept in `extra`."""
    known: bool = True
    """The vocabulary or the annex's spec has it; else only its place says that it is a label."""
    exact: bool = True
    """It is a word of the vocabulary; else it only ends in one, as a value may."""
    ordinal: int | None = None
    """The last part of its number: 3 of 問２－３; None: it has no number."""


class LineLabel(Struct, frozen=True):
    """The label that a line of running text begins with."""

    label: RecordLabel
    start: int
    """Characters of white space before it."""
    end: int
    """Index after the label, its number and bracket."""
    text: int
    """Index of the first character of the text behind it."""
    spaced_number: int | None = None
    """Index of its number, if white space parts that from the word: 意見 2; else None."""

    @property
    def asks(self) -> bool:
        """Whether it opens a question; else an answer."""
        return self.label.role == Role.COMMENT


@lru_cache(KEPT_LINES)
def read_line_label(line: str, spaced: bool = True) -> LineLabel | None:
    """Read the label (問１, （答）) at the start of a line of running text; None: there is none.

    A label without a bracket ends in white space or a point: 問３の回答 goes on with a sentence.

    Args:
        line: The text of the line.
        spaced: Its white space is known. On a picture, that behind a wide digit may not be seen.
    """
    return _read_match((_LINE if spaced else _UNSPACED).match(line), line)


def read_counted_label(line: str, above: str, last: LineLabel) -> LineLabel | None:
    """Read a label that counts on from one above it, and touches its text: Q9　… / Q10対象者.

    Its number has one part, as that above has: behind Ａ10．１．対象者 is 10 a list begins.

    Args:
        line: The text of the line.
        above: That of the line with the label `last`.
    """
    own = _read_match(_COUNTED_LINE.match(line), line)
    number = last.label.ordinal
    if own is None or number is None or _PARTS.search(above[last.start : last.end]):
        return None
    counts = own.label.header == last.label.header and own.label.ordinal == number + 1
    return own if counts else None


def _read_match(match: re.Match[str] | None, line: str) -> LineLabel | None:
    if match is None:
        return None
    number = match["number"]
    header = match["word"] if number else remove_white_space(match["label"])
    role = Role.COMMENT if match["question"] else Role.RESPONSE
    label = RecordLabel(header, role, ordinal=_read_ordinal(number) if number else None)
    behind = match.end("word")
    is_spaced = number and not match["open"] and line[behind].isspace()
    spaced_number = behind + 1 if is_spaced else None
    return LineLabel(label, match.start("label"), match.end("label"), match.end(), spaced_number)


def read_item_number(line: str) -> LineLabel | None:
    """Read the number that a heading begins with, as that of a question: １　防災について."""
    match = _ITEM.match(line)
    if match is None:
        return None
    label = RecordLabel("", Role.COMMENT, ordinal=_read_ordinal(match["number"]))
    return LineLabel(label, match.start("label"), match.end("label"), match.end())


def give_back_list_numbers(labels: Sequence[LineLabel | None]) -> list[LineLabel | None]:
    """Take the number of a list out of the labels of answers: Ａ　１．対象です。

    White space parts it from the word, and other answers have no number.
    """
    answers = [label for label in labels if label is not None and not label.asks]
    if all(label.label.ordinal is not None for label in answers):
        return list(labels)
    return [
        label
        if label is None or label.asks or (at := label.spaced_number) is None
        else LineLabel(replace(label.label, ordinal=None), label.start, at - 1, at)
        for label in labels
    ]


def read_heading_label(line: str, roles: HeaderRoles) -> LineLabel | None:
    """Read a marked label that a line is, or that it begins with: ■ 市の考え方, 【市の考え方】….

    Returns:
        None where the line is other text, or the label of something that nobody wrote a text for.
    """
    label = read_card_label(line, roles)
    if label is None or not label.label.known:
        return None
    whole = label.text == len(line)
    return label if label.label.role in (TEXT_ROLES if whole else DIALOGUE_ROLES) else None


def read_plain_label(line: str, roles: HeaderRoles) -> LineLabel | None:
    """Read a line that is the header of a comment or an answer, without a mark: 市の考え方.

    Args:
        line: A line of running text, with nothing beside it.
    """
    text = remove_white_space(line)
    label = read_cell_label(text, roles)
    if label is None or label.ordinal is not None or label.role not in DIALOGUE_ROLES:
        return None
    return LineLabel(label, len(line) - len(line.lstrip()), len(line.rstrip()), len(line))


def read_card_label(line: str, roles: HeaderRoles) -> LineLabel | None:
    """Read a marked label whatever it names: 【質問者】, 【件名】…; None: the line has none."""
    whole = _HEADING.fullmatch(line)
    marked = whole or _LEADING.match(line)
    if marked is None:
        return None
    match = roles.match(marked["word"] or marked["bare"], ENDS_IN_WORD)
    role = match.column_role if match is not None else None
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip()) if whole else marked.end("label")
    exact = match is not None and match.manner == IS_WORD
    label = RecordLabel(remove_white_space(line[start:end]), role, match is not None, exact)
    return LineLabel(label, start, end, marked.end())


def read_cell_label(text: str, roles: HeaderRoles) -> RecordLabel | None:
    """Read a cell that holds a label and nothing else; None: it holds other text.

    Args:
        text: The cell's text without white space.
    """
    long = len(strip_header(text)) > LONGEST_LABEL
    if not text or long or roles.is_prose(text) or _DATE.search(text):
        return None
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None:
        role = _role_of_word(numbered["word"], roles)
        return RecordLabel(numbered["word"], role, ordinal=_read_ordinal(numbered["number"]))
    counted = _COUNTED.fullmatch(text)
    if counted is not None and _is_comment(counted["word"], roles):
        ordinal = _read_ordinal(counted["number"])
        return RecordLabel(counted["word"], Role.COMMENT, ordinal=ordinal)
    bare = _BARE.fullmatch(text)
    match = roles.match(text, ENDS_IN_WORD)
    if match is not None:
        return RecordLabel(text, match.column_role, exact=match.manner == IS_WORD)
    if bare is not None:
        return RecordLabel(text, Role.COMMENT if bare["question"] else Role.RESPONSE)
    return None


def unknown_label(text: str, roles: HeaderRoles) -> RecordLabel | None:
    """Take a short text for a label because it stands where labels stand; None: it is prose.

    A number behind a word counts it: 修正１.
    """
    if not text or len(text) > LONGEST_LABEL or roles.is_prose(text):
        return None
    counted = _COUNTED.fullmatch(text)
    if counted is not None and counted["word"].isalpha():
        ordinal = _read_ordinal(counted["number"])
        return RecordLabel(counted["word"], None, known=False, ordinal=ordinal)
    match = roles.match(text)
    return RecordLabel(text, match.column_role if match is not None else None, known=False)


def _is_comment(word: str, roles: HeaderRoles) -> bool:
    match = roles.match(word, ENDS_IN_WORD)
    return match is not None and match.role == Role.COMMENT


def _role_of_word(word: str, roles: HeaderRoles) -> Role | None:
    match = roles.match(word)
    if match is not None and match.column_role is not None:
        return match.column_role
    bare = _BARE.fullmatch(word)
    return Role.COMMENT if bare is not None and bare["question"] else Role.RESPONSE


def _read_ordinal(number: str) -> int | None:
    last = re.split(r"[-‐–—―ー.の]", fold(number))[-1]
    if last.isdigit():
        return int(last)
    return read_kanji_number(last) if re.fullmatch(KANJI_NUMBER, last) else None


def is_list_of_contents(line: str) -> bool:
    """Whether a line ends in a leader and a page number, as lines of a table of contents do."""
    return bool(re.search(r"[.․・…‥]{3,}\s*\d{0,4}\s*$", fold_width(line)))
