"""Tell how one line ends and how the next one begins: the context of a line end."""

import re
from functools import lru_cache

from pipeline.model import Morpheme
from pipeline.normalize.line_ends.line_end_words import (
    HEADING,
    HEADING_ENDS,
    classify_ending,
    ends_choices,
    ends_in_remark,
    is_counted,
    is_inside_masked_name,
    is_inside_number,
    is_remark,
    leans_on,
    opens_clause,
    parts_office,
    remove_remarks,
)
from pipeline.normalize.line_ends.line_endings import NOUNS, LineEndContext, LineEnding
from pipeline.normalize.tokenizer import morphemes_at
from pipeline.vocabulary.contact_lines import opens_address, parts_contacts
from pipeline.vocabulary.line_marks import (
    ADDRESS,
    CONJUNCTION,
    EDITORS_NOTE,
    FIRST_RUN,
    KEPT_LINES,
    LAST_RUN,
    LineStart,
    begins_with_address,
    begins_with_mark,
    classify_line_start,
    counts_on,
    ends_sentence,
    frames_list,
    is_mark,
    is_page_mark,
)
from pipeline.vocabulary.punctuation import BRACKETS, CLOSING, OPENING, SMALL

# A comma, a topic or an object, which no title has; が stands in some (災害が起きるリスク).
_CLAUSE = re.compile(r"[、。はを]")
_NEVER_FIRST = CLOSING | SMALL | set("、。，．")
# A raised mark that refers to a note goes with the text before it: します / ※1。面積は.
_REFERENCE = re.compile(r"[（(]?[※＊*注]\d{0,2}[）)]?[、。，．]")
# Lengths in characters; judgement: labels of forms are shorter, clauses are longer.
# 委託事業者対象：, but not 担当課（E-mail: and not 市のページhttps:
_LABEL = re.compile(r"[^。、（(「『]{1,15}(?<!http)(?<!https)[：:]")
_KEY = re.compile(r"[^。、（(「『\s\d]{1,8}：")  # 担当：総務課
# A row of columns that are set with spaces or a leader: 住民情報　　約18万件, 計……340円. No running
# text has such a gap.
_TYPED_ROW = re.compile(
    r"[^\s。、][^。、]*?(?:(?<=\S)[ \u3000]{2,}+|(?<=[^\s.․・…‥])[.․・…‥]{2,}+)(?=\S)[^。、]+"
)
# What may stand below a label: 趣旨同一 / （既に記載）. In running text, more follows the bracket.
_LABEL_IN_BRACKETS = re.compile(r"[（(][^（()）。]*[）)]")
# A stop behind the bracket ends the sentence before it: …ではないか / （p.12）。
_CITATION = re.compile(r"[（(][^（()）]*[）)]。")
_SECTION_ENDS = re.compile(r"\d[-－‐]\d{1,2}$")  # 施策7-3 / 106頁
# 約350世帯 / 以上, 過半数 / 以上
_COUNT_ENDS = re.compile(r"[\d一二三四五六七八九十百千万半数][^\d、。）)]{0,3}$")
# P43 / 8～34行目: nobody types the number of a page and that of a line as one number.
_PAGE_ENDS = re.compile(r"(?:[pｐ]{1,2}[.．]?\s*\d+)", re.IGNORECASE)
_LINES = re.compile(r"\d+(?:[～〜~‐–－-]\d+)?\s*行")
_HEADING_OPENS = re.compile(r"[【＜〈《〔<]")
# Behind a sentence these stand as lines of their own: → 【修正】…, 以上、よろしくお願いします。
# So does an address behind its label: 参照：https://…, （参考）https://…
_STANDS_ALONE = re.compile(
    r"[^。、\s（(]{1,10}[：:\s]\s*(?:https?://|www\.)"
    r"|[（(【\[][^。、\s]{1,8}[）)】\]]\s*(?:https?://|www\.)"
    r"|[→⇒](?!.*[→⇒])|以上[、，]?[^。、]{0,12}(?:よろしく|宜しく|お願い)[^。、]*。?$"
)
_CLAUSE_END = re.compile(r"[A-Za-z][\x00-\x7f]*[A-Za-z\d)][:;]$")
_CAPITAL = re.compile(r"[“\"‘(]?[A-Z][a-z]")
_LATIN_LINE = re.compile(r"[!-~\s]*[a-z]{3}[!-~\s]*")  # a word, and nothing but ASCII
# Not Co., Ltd., but by March 2027. and (404 Not Found).
_LATIN_SENTENCE = re.compile(r"[!-~\s]*[a-z] [!-~\s]*(?:[a-z]{3}|[a-z] \d+|\w\))[.?!]")
_JAPANESE = re.compile(r"[第ぁ-ヿ一-鿿]")
# measured: of 12,457 paragraphs of real and made annexes none ends inside a bracket that opens
# behind other text of its line and closes in the next one.
_OPEN_INSIDE = re.compile(r"\S[（(][^（()）]*$")
_CLOSES = re.compile(r"[^（()）]*[）)]")
_OPEN = re.compile(r"[（(][^（()）]*$")
_READING = re.compile(r"[（(][ぁ-ー]+[）)]")
_CLOSES_FIRST = re.compile(r"[^（()）\s]{1,3}[）)]")  # as a mark does: 2）
_SURNAME = 2  # characters; judgement: one (林, 原) is a word more often
# Characters; judgement: 勅使河原 has four, and a name in katakana is seldom longer than eight.
_LONGEST_SURNAME = 12
_NO_SURNAME = re.compile(rf"\S{{{_LONGEST_SURNAME + 1}}}")
# 東山自治会 / 外２団体: 外 is no suffix there.
_OTHERS = re.compile(r"[外他][\s\d一二三四五六七八九十]+(?:名|人|団体|社|者)")
# What an author may set on a line of its own: 「各課は、点検する。」 / を追加する.
_QUOTATION = re.compile(r"「[^「」]+」|『[^『』]+』")
_CLAUSES = (LineEnding.FINAL, LineEnding.PREDICATE)
"""The line ends with a verb, but without a stop."""
_COMPLETE = (LineEnding.NOMINAL, LineEnding.PREDICATE, LineEnding.CLOSING)
_INSIDE_WORD = LineEndContext(LineEnding.INSIDE_WORD)


def classify_line_end(before: str, after: str, following: str = "") -> LineEndContext:
    """Classify a place between two texts by how the one ends and how the other begins.

    Args:
        following: `after` and some lines more.
    """
    if _PAGE_ENDS.fullmatch(before) and _LINES.match(following or after):
        return LineEndContext(LineEnding.HEADING, LineStart.PAGE)
    context = _classify_pair(before, after)
    if context.ending in NOUNS and is_remark(following):
        return LineEndContext(context.ending, LineStart.HEADING)
    if (
        context.start is LineStart.PLAIN
        and _OPEN_INSIDE.search(before)
        and _CLOSES.match(following)
    ):
        return LineEndContext(LineEnding.KINSOKU)
    if context.ending in _CLAUSES and _CITATION.match(following):
        return LineEndContext(LineEnding.RUNNING, context.start)
    labelled = context.ending is LineEnding.NOMINAL and _is_phrase(before)
    if labelled and _LABEL_IN_BRACKETS.fullmatch(following.strip()):
        return LineEndContext(LineEnding.PHRASE, context.start)
    return context


@lru_cache(KEPT_LINES)
def _classify_pair(before: str, after: str) -> LineEndContext:
    """Classify a place between two lines, whatever follows them."""
    tail, head = before.rstrip(), after.lstrip()
    shown = _classify_by_characters(tail, head, after)
    return shown or _classify_by_words(tail, head, before, after)


def _classify_by_characters(tail: str, head: str, after: str) -> LineEndContext | None:
    """Classify a place that the characters around it tell; None: they do not."""
    if _may_not_end(tail) or _may_not_begin(tail, head) or is_inside_number(tail, head):
        return LineEndContext(LineEnding.KINSOKU)
    if counts_on(tail, head):
        return LineEndContext(LineEnding.NUMBER)
    if parts_contacts(tail, head):
        return LineEndContext(LineEnding.HEADING, LineStart.HEADING)
    inside_name = is_inside_masked_name(tail, head) or parts_office(tail, head)
    if inside_name or is_inside_address(tail, head):
        return _INSIDE_WORD
    # ＞ / ＜: the tokenizer joins the two.
    if (HEADING.fullmatch(tail) and _HEADING_OPENS.match(head)) or ends_choices(tail, head):
        return LineEndContext(LineEnding.HEADING, classify_line_start(after))
    if _TYPED_ROW.fullmatch(tail) and _TYPED_ROW.fullmatch(head):
        return LineEndContext(LineEnding.HEADING, LineStart.HEADING)
    return None


def _classify_by_words(tail: str, head: str, before: str, after: str) -> LineEndContext:
    """Classify a place by whether a sentence ends there, and by the morphemes on both sides."""
    framed = frames_list(head) and not _COUNT_ENDS.search(tail)
    start = LineStart.HEADING if framed else _classify_start(tail, after, head)
    ended = ends_sentence(tail)
    if ended and (_STANDS_ALONE.match(head) or begins_with_address(head)):
        return LineEndContext(LineEnding.SENTENCE, LineStart.HEADING)
    if _ends_clause(tail, head) or (ended and not _goes_on_behind_remark(tail, head)):
        return LineEndContext(LineEnding.SENTENCE, start)
    # An ideographic space parts two words: （２）取組 / 　みなみ児童館は, but not 取組み.
    left, right = _morphemes_between(tail, after if after[0] == "\u3000" else head)
    if (left is None and right is None) or is_counted(left, right):
        return _INSIDE_WORD
    if start is LineStart.PLAIN:
        apart = _OTHERS.match(head) or _QUOTATION.fullmatch(tail)
        leans = right is not None and leans_on(left, right) and not _is_part(right, head)
        if leans and not apart:
            return LineEndContext(LineEnding.BEFORE_PARTICLE)
        if opens_clause(left, right):
            start = LineStart.OPENING
    # A translation stands below the original: Interpretation / 第３条　解釈.
    if start is not LineStart.PLAIN and _LATIN_LINE.fullmatch(tail) and _JAPANESE.match(head):
        ending = LineEnding.FINAL if start is LineStart.OPENING else LineEnding.SENTENCE
        return LineEndContext(ending, start)
    if start is LineStart.PLAIN and _LATIN_SENTENCE.fullmatch(tail) and _JAPANESE.match(head):
        return LineEndContext(LineEnding.SENTENCE, LineStart.HEADING)  # and it begins as a heading
    ending = classify_ending(tail, left)
    # No sentence goes on so behind a noun or a verb: ・緑地の保全 / なお、区は.
    if ending in _COMPLETE and CONJUNCTION.match(head):
        ending = LineEnding.FINAL
    if ending is LineEnding.NOMINAL and _is_phrase(tail) and not head.startswith(BRACKETS):
        ending = LineEnding.PHRASE
    # ３．減免の基準について / 　市は、…
    if start is LineStart.INDENT and tail.endswith(HEADING_ENDS) and begins_with_mark(before):
        ending = LineEnding.HEADING
    return LineEndContext(ending, start)


def _goes_on_behind_remark(tail: str, head: str) -> bool:
    """Whether a line goes on behind a remark: 職員研修（委託先を含む。） / の実施."""
    if not ends_in_remark(tail):
        return False
    left, right = _morphemes_between(tail, head)
    return right is not None and leans_on(left, right)


def _ends_clause(tail: str, head: str) -> bool:
    """Whether an English clause ends with a colon or a semicolon, and a capital begins the next."""
    if not _CLAUSE_END.search(tail) or not _CAPITAL.match(head):
        return False
    return not begins_with_address(head)


def _may_not_end(tail: str) -> bool:
    """Whether no author ends a line so; one dot joins two words (手法・ / 日程), several are …."""
    return tail[-1] in OPENING or (tail[-1] == "・" and not tail.endswith("・・") and len(tail) > 1)


def _may_not_begin(tail: str, head: str) -> bool:
    """Whether no author begins a line so; a dash before white space (ー　対象) is a mark."""
    if head[0] == "＞":  # a sign of comparison, or the other half of ＜
        return "＜" in tail
    if _REFERENCE.match(head):
        return True
    if head[0] in "！？":  # behind a stop it may be an answer of its own
        return not ends_sentence(tail)
    return head[0] in _NEVER_FIRST and not head[1:2].isspace()


def _classify_start(tail: str, after: str, head: str) -> LineStart:
    """How a line begins; `head` is the line without white space before it."""
    if _OPEN.search(tail) and _CLOSES_FIRST.match(head):  # （うち国費3分の / 2）
        return LineStart.PLAIN
    if is_page_mark(head):  # white space stands before a page, no indent
        return LineStart.PLAIN if after[0].isspace() else LineStart.PAGE
    # A label or what begins with one: 担当：総務課.
    labelled = _LABEL.fullmatch(head) or _KEY.match(head) or EDITORS_NOTE.fullmatch(head)
    start = LineStart.HEADING if labelled else classify_line_start(after)
    return LineStart.PLAIN if start is LineStart.ENCLOSED and _is_referred(tail, head) else start


def _is_referred(tail: str, head: str) -> bool:
    """Whether a sentence names an item, and begins none: 重点事業 / ③に追記する, 資料 / ③参照."""
    if ends_sentence(tail) or is_mark(tail):
        return False
    word = morphemes_at(head, 1)[1]
    is_particle = word is not None and word.part_of_speech[0] == "助詞"
    return is_particle or head[1:] in ("", "参照")


def is_inside_address(tail: str, head: str) -> bool:
    """Whether both sides are of one web or mail address, which programs wrap behind . / or -."""
    left, right = LAST_RUN.search(tail), FIRST_RUN.match(head)
    if left is None or right is None or opens_address(tail, head):
        return False
    return ADDRESS.search(left.group() + right.group()) is not None


def _morphemes_between(tail: str, head: str) -> tuple[Morpheme | None, Morpheme | None]:
    """The morphemes that end and begin between two texts; both None inside a morpheme."""
    if tail[-1].isdigit() and head[0].isdigit():
        # Full- and half-width digits make no number together: p.29 / ９行目.
        other_width = tail[-1].isascii() != head[0].isascii()
        if other_width or (_SECTION_ENDS.search(tail) and is_page_mark(head)):
            tail += " "
    elif _is_phrase(tail) and begins_with_name(head):  # 教授 / 中川　一郎, but not 教授中
        tail += " "
    elif _READING.fullmatch(head):  # the tokenizer makes one word of 花子 / （みらい）
        return morphemes_at(tail, len(tail))[0], morphemes_at(head, 0)[1]
    return morphemes_at(tail + head, len(tail))


def _is_part(right: Morpheme, head: str) -> bool:
    """Whether a line's first morpheme, a suffix, is part of a longer word: 97か所 / 庁内で."""
    if right.part_of_speech[0] != "接尾辞":
        return False
    own = morphemes_at(head, 0)[1]
    return own is not None and len(own.surface) > len(right.surface)


def begins_with_name(head: str) -> bool:
    """Whether a line begins with the name of a person, the surname alone or set apart."""
    if _NO_SURNAME.match(head):
        return False
    surname = morphemes_at(head, 0)[1]
    if surname is None or surname.part_of_speech[3] != "姓" or len(surname.surface) < _SURNAME:
        return False
    rest = head[len(surname.surface) :]
    return not rest or rest[0].isspace()


def _is_phrase(tail: str) -> bool:
    """Whether a line has no clause; of another language the characters do not tell."""
    return _JAPANESE.search(tail) is not None and not has_clause(tail)


def has_clause(text: str) -> bool:
    """Whether a text has a clause, remarks in brackets aside: 職員研修（委託先を含む。）の実施."""
    return _CLAUSE.search(remove_remarks(text)) is not None
