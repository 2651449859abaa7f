"""Find text that is cut off: a program drew only what its cell has room for, or the page ends."""

import re

from pipeline.model import Field, FieldPart
from pipeline.normalize.tokenizer import PREDICATES, analyze
from pipeline.vocabulary.line_marks import begins_with_mark, ends_sentence
from pipeline.vocabulary.punctuation import CLOSING, SMALL, STOPS

_CLAUSE = (("助詞", "係助詞"), ("補助記号", "読点"))  # は, も; 、
_ELLIPSIS = "…"
_OVER = 0.05  # em; judgement: rounding moves the end of a line, or the side of its cell, by less
_KANA = re.compile("[ぁ-ヶ]")
_STEMS = ("語幹", "未然形", "連用形", "仮定形")
"""Forms of a predicate that ask for more: 生じるおそ(れ)."""


def is_clipped(field: Field, value: str) -> bool:
    """Whether the page cuts the field's text off.

    It does where a line goes on out of sight, a program put … at the cell's side for its rest, or a
    character stands on the cell's side: a spreadsheet draws no more of what it does not wrap.
    It also does where the lines fill the cell from top to bottom, the last is full, and its
    sentence is unfinished: a bracket is open, or it runs on from a clause (は, も, 、) without a
    whole predicate or a sentence's end.

    Args:
        value: Its logical text.
    """
    if not value or not field.parts or not field.parts[-1].lines:
        return False
    if any(line.clipped for line in field.lines):
        return True
    part = field.parts[-1]
    if _is_shortened(part, value) or any(map(_runs_over_side, field.parts)):
        return True
    return part.is_tight and _is_full(part) and _is_unfinished(value.split("\n")[-1])


def _is_shortened(part: FieldPart, value: str) -> bool:
    """Whether it ends in one …, where its cell ends; people type two, or put it anywhere."""
    ends = value.endswith(_ELLIPSIS) and not value.endswith(2 * _ELLIPSIS)
    return ends and part.lines[-1].fills(part.box.x1)


def _runs_over_side(part: FieldPart) -> bool:
    """Whether the last character of a line stands on the side of its cell.

    No wrapped line ends so, but where a stop hangs out of it or a Latin word has no place to wrap.
    """
    lines = (line for line in part.lines if not line.confidences)
    return any(
        line.x1 > part.box.x1 + _OVER * line.size
        and line.edges[-2] < part.box.x1
        and not line.text[-1].isascii()
        and line.text[-1] not in CLOSING | STOPS | SMALL
        for line in lines
    )


def _is_full(part: FieldPart) -> bool:
    """Whether the last line is as long as the longest; one alone, or an item, as its cell."""
    last = part.lines[-1]
    alone = len(part.lines) == 1 or begins_with_mark(last.text)
    reach = part.box.x1 if alone else max(line.x1 for line in part.lines)
    return last.fills(reach)


def _is_unfinished(line: str) -> bool:
    if ends_sentence(line) or line[-1] in "）)」】：:":
        return False
    clause = line[line.rfind("。") + 1 :]
    if sum(map(clause.count, "「『（(")) > sum(map(clause.count, "」』）)")):
        return True
    if not _KANA.search(clause):  # English has no such ends: see Part 2, as proposed
        return False
    parts = [morpheme.part_of_speech for morpheme in analyze(clause)]
    runs_on = any(part[:2] in _CLAUSE for part in parts[:-1])
    kind, form = parts[-1][0], parts[-1][5]
    return runs_on and (kind not in PREDICATES or form.startswith(_STEMS))
