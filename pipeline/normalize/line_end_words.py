"""Tell how a line ends by its last characters and its last word."""

import re
from collections.abc import Sequence

from pipeline.model import Morpheme
from pipeline.normalize.line_endings import LineEnding
from pipeline.normalize.tokenizer import PREDICATES
from pipeline.vocabulary.line_marks import frames_list
from pipeline.vocabulary.punctuation import CLOSING

HEADING = re.compile(r"[【＜〈《〔<].*[】＞〉》〕>]")
"""A line in the brackets of headings."""
HEADING_ENDS = ("について", "に関して", "とおり")
"""Particles at the end of a heading."""
# ました may stand before a noun: お寄せいただきました / ご意見.
_FINAL_ENDS = re.compile(r"(?:(?:ます|です|でしょう|ではない)か|ませんでした)$")
_PREDICATE_ENDS = re.compile(r"[るたいうすの]か$")
_RUNNING_FORMS = ("連用形", "未然形", "仮定形", "語幹")


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
