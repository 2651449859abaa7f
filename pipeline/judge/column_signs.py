"""Signs of a field against its column: a kind, a length or an ending that no other has."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from statistics import median

from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_end, quote_start
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.line_marks import begins_with_mark, ends_sentence, lists_numbers

EMPTY, NUMBER, MARK, LABEL, SENTENCE = "empty", "a number", "a mark", "a label", "a sentence"
"""Kinds of content."""
_NUMBER = re.compile(r"[^\d\u3040-\u30ff]{0,4}\d+(?:[-‐－–.]\d+)*(?:番|号|項|頁|\W){0,2}")
_DIGITS = re.compile(r"\d+")
_SIGNS_ONLY = re.compile(r"[^\w\s]{1,3}")
_MOST = 0.8  # share of a column; judgement: below it the column has two kinds of content
_SURE = 20  # fields of one kind beside which another is as odd as can be; judgement: some pages
_MANY_TIMES = 6.0  # times the column's length; judgement: texts of one column vary by three
_STEADY = 0.9  # share of a column; judgement: an author who mixes styles mixes them more often
FEW = 3  # fields; judgement: of two nobody knows which is the odd one
_SENTENCES = 0.5  # strength of two sentences on one line; judgement: half of what two lines weigh
_SHORT = 20  # characters; judgement: below it a text is as long as it happens to be


def find_column_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find the fields that stand apart from their columns.

    Columns under one header are one, over all tables: a table may be read in pieces.
    """
    columns: dict[tuple[str, str], list[Passage]] = {}
    for table in tables:
        for name, passages in table.columns.items():
            header = table.records[0].headers.get(name, name)
            columns.setdefault((name, header), []).extend(passages)
    for passages in columns.values():
        yield from _find_odd_kinds(passages)
        yield from _find_doubled(passages)
        if passages[0].is_text:
            yield from _find_odd_ends(passages)
            if passages[0].field != "revision":  # 修正しました。 is a note on one
                yield from _find_odd_styles(passages)
            yield from _find_odd_lengths(passages)


def _find_doubled(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find two values in one field: each as others of the column are (1-3 1-4), or one of them."""
    texts = [passage.text for passage in column]
    shapes = [_find_shape(text) for text in texts]
    known = set(texts) - {""}
    main, most = Counter(shapes).most_common(1)[0]
    is_steady = main and most >= _MOST * len(column)
    twice = {_find_shape(main + main), f"{main} {main}"} - {main} if is_steady else set()
    for passage, shape in zip(column, shapes, strict=True):
        text = passage.text
        if not text or len(text) > 2 * _SHORT:
            continue
        seams = [
            at
            for at in range(1, len(text))
            if not text[at - 1 : at + 1].isdecimal()
            and _are_two(text[:at].rstrip(), text[at:].lstrip(), known, passage.field == "number")
        ]
        if shape in twice or seams:
            reason = f"{quote_start(text)} holds two values, where its column has one"
            runs_on = passage.is_text and seams and all(_runs_on(text, at) for at in seams)
            strength = _SENTENCES if runs_on else 1.0
            yield passage.sign("doubled", reason, strength)


def _runs_on(text: str, at: int) -> bool:
    """Whether a sentence follows another one at a place, as in an answer made of two known ones."""
    return ends_sentence(text[:at]) and not any(map(str.isspace, text[at - 1 : at + 1]))


def _are_two(one: str, other: str, known: set[str], in_number: bool) -> bool:
    """Whether two halves of a field are values of their own."""
    if one in known and other in known:
        return True
    return in_number and "0" in (shape := _find_shape(one)) and shape == _find_shape(other)


def _find_shape(text: str) -> str:
    """A short text with 0 for each number, and one space for white space."""
    if len(text) > 2 * _SHORT:
        return text
    return _DIGITS.sub("0", " ".join(fold(part) for part in text.split()))


def find_kind(passage: Passage) -> str:
    """What a field holds."""
    if len(passage.text) > 2 * _SHORT:
        return SENTENCE
    text = fold(passage.text)
    if not text:
        return EMPTY
    if _NUMBER.fullmatch(text) or lists_numbers(passage.text.split("\n")):
        return NUMBER
    if _SIGNS_ONLY.fullmatch(text):
        return MARK
    return SENTENCE if ends_sentence(passage.text) or len(text) > _SHORT else LABEL


def _find_odd_kinds(column: Sequence[Passage]) -> Iterator[Sign]:
    kinds = [find_kind(passage) for passage in column]
    counts = Counter(kinds)
    main, most = counts.most_common(1)[0]
    is_one_kind = most >= _MOST * len(column) or most == len(column) - 1
    filled = len(column) - counts[EMPTY]
    is_filled = filled >= _MOST * len(column) and column[0].is_text and filled > FEW
    for passage, kind in zip(column, kinds, strict=True):
        if kind == EMPTY != main and (is_filled or (is_one_kind and _is_odd(passage, kind, main))):
            reason = f"is empty, where its column has {main if is_one_kind else 'a text'} elsewhere"
            yield passage.sign("field_empty", reason, _surprise(filled, counts[EMPTY] - 1))
        elif kind not in (main, EMPTY) and is_one_kind and _is_odd(passage, kind, main):
            reason = (
                f"{quote_start(passage.text)} is {kind}, where its column has {main}"
                if main != EMPTY
                else f"{quote_start(passage.text)} stands in a column that is empty elsewhere"
            )
            yield passage.sign("odd_kind", reason, _surprise(most, counts[kind] - 1))


def _is_odd(passage: Passage, kind: str, main: str) -> bool:
    """Whether a kind tells anything where another is usual: texts are long or short by chance."""
    if main == EMPTY and passage.field == "revision":
        return False  # most revisions are none
    if passage.is_text:
        return not {kind, main} <= {LABEL, SENTENCE, MARK}
    if passage.field != "number" and {kind, main} <= {LABEL, NUMBER, SENTENCE}:
        return ends_sentence(passage.text)  # places are long or short, with numbers or without
    return True


def _surprise(usual: int, alike: int) -> float:
    """How odd a field is among so many usual ones, with so many others like it; 0-1."""
    return min(1.0, max(0.0, log((usual + 1) / (alike + 1)) / log(_SURE)))


def _find_odd_ends(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find texts without a sentence's end where those of their column have one."""
    unended = find_unended(column)
    count = sum(p.is_running for p in column if p.text) - len(unended)
    for passage in unended:
        strength = _surprise(count, len(unended) - 1)
        reason = f"has no full stop {quote_end(passage.text)}, as others of its column have"
        yield passage.sign("ends_unlike", reason, strength)


def find_unended(column: Sequence[Passage]) -> list[Passage]:
    """Find the texts without an end in a column where nearly all others have one; else none."""
    running = [p for p in column if p.text and p.is_running]
    unended = [p for p in running if not has_end(p.text)]
    count = len(running) - len(unended)
    is_usual = count >= FEW and (count >= _MOST * len(running) or len(unended) <= 1)
    return unended if is_usual else []


def has_end(text: str) -> bool:
    """Whether a text ends as authors end it: with a sentence, a bracket or a note."""
    last = text[text.rfind("\n") + 1 :]
    return ends_sentence(last) or last[-1:] in "）)」】" or begins_with_mark(last)


def _find_odd_styles(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find plain sentences in a column of polite ones (ます), and polite ones among plain."""
    styles = [(p, style) for p in column if (style := _find_style(p)) is not None]
    polite = sum(style for _, style in styles)
    for usual, count in ((True, polite), (False, len(styles) - polite)):
        if count < FEW or (count < _STEADY * len(styles) and count < len(styles) - 1):
            continue
        for passage, style in styles:
            if style != usual:
                strength = _surprise(count, len(styles) - count - 1)
                reason = (
                    f"{quote_end(passage.text)} is {'polite' if style else 'plain'}, "
                    f"where its column is {'polite' if usual else 'plain'}"
                )
                yield passage.sign("odd_style", reason, strength)


def _find_style(passage: Passage) -> bool | None:
    """Whether the last sentence is polite (です, ます); None: it ends in no predicate."""
    last = passage.classes.rstrip(".)")
    if not last or last[-1] not in "AV":
        return None
    ending = passage.morphemes[max(0, len(last) - 4) : len(last)]
    parts = [morpheme.part_of_speech for morpheme in ending]
    if parts[-1][5].startswith("命令形"):  # …てください is at home among both
        return None
    return any("デス" in part[4] or "マス" in part[4] for part in parts)


def _find_odd_lengths(column: Sequence[Passage]) -> Iterator[Sign]:
    lengths = [len(passage.text) for passage in column]
    filled = [length for length in lengths if length]
    if len(filled) <= FEW:
        return
    usual = max(median(filled), _SHORT)
    for passage, length in zip(column, lengths, strict=True):
        times = length / usual
        if times > _MANY_TIMES:
            reason = f"is {times:.0f} times as long as its column's texts are"
            yield passage.sign("longer", reason, min(1.0, times / _MANY_TIMES - 1))
