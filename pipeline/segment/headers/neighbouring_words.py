"""Headers that mean another role beside certain columns: 問 beside 質問, 事務局案 behind 意見.

委員の所見 are comments where no other column has them, although 所見 alone answers.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.model import Role
from pipeline.vocabulary.header_words import (
    AFTER_WORDS,
    CONTAINS_WORD,
    IS_WORD,
    RoleMatch,
    fold_header,
    strip_header,
)
from pipeline.vocabulary.speaker_headers import read_speaker

_QUESTION = "問"  # the header of a question, or of its number beside its text
_LETTERS = ("q", "a")  # beside each other; alone they may be classes
_WORDINGS = ("記述", "記載", "文章")  # of a draft beside comments; alone of anybody (自由記述)
# What an office plans: answers behind comments; alone the columns of any plan.
_PLANS = re.compile(
    "(?:取組|取り組み|取組内容|取組方針|取組の方向性|実施内容|対策内容|改善計画"
    "|今後の方針|今後の進め方|再発防止策|検討状況|協議結果|調整結果)$"
)
_DRAFT = "事務局案"  # what is commented on, or, behind comments, what the office would answer


def match_neighbours(
    names: Sequence[str], matches: Iterable[RoleMatch | None]
) -> list[RoleMatch | None]:
    """Correct the roles of a table's headers by those of its other columns.

    Args:
        names: The headers, from left to right.
        matches: The role that each names by itself; None: it names none.
    """
    found = list(matches)
    folded = [fold_header(name) for name in names]
    for index, pair in enumerate(pairwise(folded)):
        if pair == _LETTERS and not any(found[index : index + 2]):
            found[index : index + 2] = (
                RoleMatch(Role.COMMENT, IS_WORD, 0),
                RoleMatch(Role.RESPONSE, IS_WORD, 0),
            )
    for index, name in enumerate(names):
        before = {match.role for match in found[:index] if match}
        others = before | {match.role for match in found[index + 1 :] if match}
        unanswered = Role.COMMENT in before and Role.RESPONSE not in others
        if name == _QUESTION and found[index]:
            if Role.COMMENT in others and Role.NUMBER not in others:
                found[index] = RoleMatch(Role.NUMBER, IS_WORD, 0)
        elif unanswered and name == _DRAFT:
            found[index] = RoleMatch(Role.RESPONSE, IS_WORD, 0)
        elif name in _WORDINGS and Role.COMMENT in others and Role.ORIGINAL_TEXT not in others:
            found[index] = RoleMatch(Role.ORIGINAL_TEXT, CONTAINS_WORD, AFTER_WORDS)
        elif unanswered and _names_plans(name, found[index]):
            found[index] = RoleMatch(Role.RESPONSE, CONTAINS_WORD, AFTER_WORDS)
        elif _names_public(name, found[index]) and Role.COMMENT not in others:
            found[index] = RoleMatch(Role.COMMENT, CONTAINS_WORD, AFTER_WORDS)
    return found


def _names_plans(name: str, match: RoleMatch | None) -> bool:
    unsure = match is None or match.manner == CONTAINS_WORD
    return unsure and _PLANS.search(strip_header(name)) is not None


def _names_public(name: str, match: RoleMatch | None) -> bool:
    """Whether a word for answers heads what the public says: 有識者の所見."""
    answers = match is not None and match.role == Role.RESPONSE
    return answers and read_speaker(strip_header(name)) == Role.COMMENT
