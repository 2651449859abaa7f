"""Every place where a break may be the author's or the layout's, with what is seen there."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Field, Line, Segmented
from pipeline.normalize.tokenizer import PREDICATES, Morpheme, morphemes_at
from pipeline.vocabulary.line_marks import (
    ADDRESS,
    FIRST_RUN,
    KEPT_LINES,
    LAST_RUN,
    begins_with_mark,
    ends_sentence,
    line_start,
)
from pipeline.vocabulary.punctuation import CLOSING, OPENING

FieldKey = tuple[int, int, int]
"""A field's place: table, row and column, from 0."""

ColumnKey = tuple[int, int]
"""A column's place: table and column, from 0."""

SMALL_TABLE = "small table"
"""The context of a line end beside a row of a small table inside the cell."""

_FUNCTION_WORDS = {"助詞", "助動詞", "接尾辞"}
_COORDINATING = {"及び", "又は", "並びに", "若しくは", "且つ", "乃至", "外"}  # normalized forms
# Nouns that a clause needs before them: 提示された / ため、.
_FORMAL_NOUNS = {"為", "事", "物", "時", "所", "様", "上", "際", "場合", "通り", "訳", "筈"}
_TIMES = ("今", "毎年", "昨年", "現在", "近年", "従来")
_BRACKETS = ("（", "(")
_NEAR = 8  # lines on each side in which a sentence or a remark in brackets is looked for
_LABEL = re.compile(r"[^。、（(「『]{1,15}[：:]")  # 委託事業者対象：, but not 担当課（E-mail:
_KEY = re.compile(r"[^。、（(「『\s\d]{1,8}：")  # 担当：総務課
_PAGE = re.compile(r"(?:[pｐ]{1,2}[.．]?\s*\d+|\d+\s*(?:頁|ページ)).{0,8}", re.IGNORECASE)
# What a bracket inside a sentence says of the word before it, in the language of laws.
_INSERTION = re.compile(r"(?:を含む|を除く|をいう|に限る|以下同じ)。")
_HEADING = re.compile(r"[【＜〈《〔<].*[】＞〉》〕>]")
_HEADING_ENDS = ("について", "に関して", "とおり")  # particles at the end of a heading
_RUNNING_FORMS = ("連用形", "未然形", "仮定形", "語幹")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two neighbouring physical lines of a field."""

    field: FieldKey
    index: int
    """Of the line before, within its field."""
    before: Line
    after: Line
    limit: float
    """Right edge of the cell, in points."""
    left: float
    """Left edge of the cell, in points."""
    same_cell: bool
    """Both lines stand in one cell of one page."""
    context: str
    """How the line before ends and the one after begins: the class whose habits are learnt."""
    bracketed: bool
    """A bracket opened before the break is closed behind it."""

    @property
    def column(self) -> ColumnKey:
        """The column that the field belongs to."""
        return self.field[0], self.field[2]

    @property
    def surely_wrapped(self) -> bool:
        """Nobody types a break here: inside a word, or before a particle."""
        return self.context in ("inside word", "before particle")


def find_candidates(segmented: Segmented) -> list[Candidate]:
    """All candidates of an annex, field by field in reading order."""
    return [
        candidate
        for t, table in enumerate(segmented.tables)
        for r, row in enumerate(table.rows)
        for c, field in enumerate(row.fields)
        for candidate in _field_candidates((t, r, c), field)
    ]


def _field_candidates(key: FieldKey, field: Field) -> Iterator[Candidate]:
    placed = [(line, part) for part in field.parts for line in part.lines]
    for index, ((before, part), (after, next_part)) in enumerate(itertools.pairwise(placed)):
        near = placed[max(0, index + 1 - _NEAR) : index + 1 + _NEAR]
        split = min(index + 1, _NEAR)
        # More than the line itself tells something only where a bracket opens it.
        ahead = near[split:] if after.text.startswith(_BRACKETS) else near[split : split + 1]
        following = "".join(line.text for line, _ in ahead)
        yield Candidate(
            field=key,
            index=index,
            before=before,
            after=after,
            limit=part.box.x1,
            left=part.box.x0,
            same_cell=part is next_part,
            context=SMALL_TABLE
            if before.inline_row or after.inline_row
            else context(before.text, after.text, following),
            bracketed=any(mark in after.text for mark in "）」』)")
            and _depth(_sentence_so_far([line for line, _ in near[:split]])) > 0,
        )


def _sentence_so_far(lines: Sequence[Line]) -> str:
    text = ""
    for line in reversed(lines):
        if text and ends_sentence(line.text):
            break
        text = line.text + text
        if begins_with_mark(line.text):
            break
    return text


def _depth(text: str) -> int:
    """How many brackets a text leaves open."""
    depth = 0
    for character in text:
        if character in "（「『(":
            depth += 1
        elif character in "）」』)" and depth:
            depth -= 1
    return depth


def context(before: str, after: str, following: str = "") -> str:
    """The class of a place between two texts: how the one ends and how the other begins.

    Either `inside word`, `before particle`, or one of `sentence`, `final`, `heading`, `closing`,
    `nominal`, `predicate`, `running` with one of `line_start`'s kinds or `opening`.

    Args:
        before: The line before the place.
        after: The line behind it.
        following: `after` and some lines more.
    """
    name = _context(before, after)
    if name.startswith("nominal, ") and _is_remark(following):
        return "nominal, heading"
    return name


@lru_cache(KEPT_LINES)
def _context(before: str, after: str) -> str:
    """The class of a place between two lines, whatever follows them."""
    tail, head = before.rstrip(), after.lstrip()
    if tail[-1] in OPENING or head[0] in CLOSING or head[0] in "、。，．":
        return "inside word"
    if _inside_address(tail, head):
        return "inside word"
    start = "heading" if _is_headed(head) else line_start(after)
    if ends_sentence(before):
        return f"sentence, {start}"
    left, right = _morphemes_at(tail, head)
    if left is None and right is None:
        return "inside word"
    if right is not None and start == "plain" and _binds(left, right):
        return "before particle"
    opens = start == "plain" and _opens_clause(left, right)
    return f"{_ending(tail, left)}, {'opening' if opens else start}"


def _is_headed(head: str) -> bool:
    """Whether a line begins with a label or is one: 担当：総務課, p.68, ３頁５行目."""
    return any((_LABEL.fullmatch(head), _KEY.match(head), _PAGE.fullmatch(head)))


def _inside_address(tail: str, head: str) -> bool:
    """Whether both sides are of one web or mail address, which is wrapped behind . / or -."""
    left, right = LAST_RUN.search(tail), FIRST_RUN.match(head)
    if left is None or right is None:
        return False
    return ADDRESS.search(left.group() + right.group()) is not None


def _is_remark(text: str) -> bool:
    """Whether a text opens with a bracket that holds a whole sentence: it stands on its own."""
    if not text.startswith(_BRACKETS) or text[1:].startswith("以下"):
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth == 0:
            return False
        if character == "。":
            return not any(m.end() == place + 1 for m in _INSERTION.finditer(text[: place + 1]))
    return False


def _morphemes_at(tail: str, head: str) -> tuple[Morpheme | None, Morpheme | None]:
    """The morphemes that end and begin between two texts; both None inside a morpheme."""
    if tail[-1].isdigit() and head[0].isdigit() and tail[-1].isascii() != head[0].isascii():
        # Full- and half-width digits make no number together: p.29 / ９行目.
        tail += " "
    return morphemes_at(tail + head, len(tail))


def _binds(left: Morpheme | None, right: Morpheme) -> bool:
    """Whether a morpheme leans on the one before it: no line of an author begins so."""
    if right.part_of_speech[0] in _FUNCTION_WORDS or right.normalized_form in _COORDINATING:
        return True
    after_predicate = left is not None and left.part_of_speech[0] in PREDICATES
    return after_predicate and right.normalized_form in _FORMAL_NOUNS


def _opens_clause(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether a morpheme begins a clause (また, なお, この) rather than goes on with one.

    So does a noun that repeats the one before it: …するリスク / リスクを軽減する….
    """
    if right is None:
        return False
    if right.part_of_speech[0] in ("接続詞", "連体詞", "感動詞"):
        return True
    repeated = left is not None and left.surface == right.surface and len(right.surface) > 1
    return repeated or right.surface.startswith(_TIMES)


def _is_polite(part_of_speech: Sequence[str]) -> bool:
    """Whether a morpheme is ます or です as a sentence ends in them, or a request (ください)."""
    auxiliary = part_of_speech[4] in ("助動詞-マス", "助動詞-デス")
    # Before a noun 終止形 is taken for 連体形.
    return part_of_speech[5].startswith(("終止形", "連体形", "命令形") if auxiliary else "命令形")


def _ending(tail: str, left: Morpheme | None) -> str:
    last = tail[-1]
    if last in "、，":
        return "running"
    if _HEADING.fullmatch(tail):
        return "heading"
    if last in CLOSING or last in "：:；;":
        return "closing"
    if tail.endswith(_HEADING_ENDS):
        return "nominal"
    return _part_of_speech_class(left.part_of_speech) if left is not None else "nominal"


def _part_of_speech_class(part_of_speech: Sequence[str]) -> str:
    kind, detail, form = part_of_speech[0], part_of_speech[1], part_of_speech[5]
    # Polite forms end a sentence, stop or not: no noun follows them (…しています / 切れ目のない).
    if detail == "終助詞" or _is_polite(part_of_speech):
        return "final"
    if kind in ("助詞", "接続詞", "連体詞", "接頭辞"):
        return "running"
    if kind in PREDICATES:
        # 連体形 looks like 終止形, and authors leave the stop out: 記載している / ただし、…
        return "running" if form.startswith(_RUNNING_FORMS) else "predicate"
    return "nominal"
