"""Headers that mean another role beside certain columns: 問 beside 質問, 事務局案 behind 意見.

委員の所見 are comments where no other column has them, although 所見 alone answers.
"""

import re
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from pipeline.model import EXTRA, Role
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
    "(?:取組|取り組み|取組内容|取組状況|取組方針|取組の方向性|実施内容|対策内容|改善計画|改善方針|措置計画"
    "|今後の方針|今後の進め方|再発防止策|検討状況|協議結果|調整結果)$"
)
# Who was asked, beside what: beside 意見 it is who gave them.
_ASKED = {"照会先": "照会", "協議先": "協議"}
# What a translator wrote, beside what the author did.
_TRANSLATION = re.compile(
    r"[(\[【〔](?:(?:仮|和|英|邦|全|抄|機械|参考)?訳文?|(?:provisional)?translation)"
)
# What a question is about, beside its text: 質問事項 | 質問の要旨. Alone it is the text.
_TOPIC = re.compile("(?P<act>.+)(?:事項|項目)")
_TEXT = "(?:等?の)?(?:具体的な?)?(?:内容|概要|要旨|要約|要点|趣旨|詳細|本文)"
CONTENTS = ("内容", "要旨", "概要", "詳細")
"""Of whatever an answer stands beside."""
_ACTION = ("actiontaken", "actionstaken", "action")  # beside the words of an answer
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
    for index in range(len(names)):
        found[index] = _match_beside(index, names, folded, found)
    return found


def _match_beside(
    index: int, names: Sequence[str], folded: Sequence[str], found: Sequence[RoleMatch | None]
) -> RoleMatch | None:
    """The role of one header beside the others; what it names by itself, if they change nothing."""
    name, match = names[index], found[index]
    before = {other.role for other in found[:index] if other}
    others = before | {other.role for other in found[index + 1 :] if other}
    if name == _QUESTION and match:
        numbers = Role.COMMENT in others and Role.NUMBER not in others
        return RoleMatch(Role.NUMBER, IS_WORD, 0) if numbers else match
    if _says_whom(name, names) or _is_translation(folded, index, found):
        return RoleMatch(EXTRA, IS_WORD, 0)
    if _names_topic(name, _list_comments(names, found)):
        return RoleMatch(EXTRA if Role.CATEGORY in others else Role.CATEGORY, IS_WORD, 0)
    if folded[index] in _ACTION and Role.RESPONSE in others:
        return RoleMatch(Role.DISPOSITION, IS_WORD, 0)
    if name in CONTENTS and Role.RESPONSE in others and Role.COMMENT not in others:
        return RoleMatch(Role.COMMENT, CONTAINS_WORD, AFTER_WORDS)
    unanswered = Role.COMMENT in before and Role.RESPONSE not in others
    if name == _DRAFT and Role.COMMENT in before:
        if unanswered:
            return RoleMatch(Role.RESPONSE, IS_WORD, 0)
        # Behind comments beside another answer, it may be that answer's draft.
        return RoleMatch(Role.ORIGINAL_TEXT, CONTAINS_WORD, AFTER_WORDS)
    if name in _WORDINGS and Role.COMMENT in others and Role.ORIGINAL_TEXT not in others:
        return RoleMatch(Role.ORIGINAL_TEXT, CONTAINS_WORD, AFTER_WORDS)
    if unanswered and _names_plans(name, match):
        return RoleMatch(Role.RESPONSE, CONTAINS_WORD, AFTER_WORDS)
    if Role.COMMENT not in others and _names_public(name, match, others):
        return RoleMatch(Role.COMMENT, CONTAINS_WORD, AFTER_WORDS)
    return match


def _says_whom(name: str, names: Sequence[str]) -> bool:
    return name in _ASKED and any(n.startswith(_ASKED[name]) for n in names if n != name)


def _is_translation(folded: Sequence[str], index: int, matches: Sequence[RoleMatch | None]) -> bool:
    """Whether a header says that its column translates another one: 意見（仮訳）."""
    match = matches[index]
    if match is None or not _TRANSLATION.search(folded[index]):
        return False
    return any(
        other is not None and other.role == match.role and not _TRANSLATION.search(name)
        for name, other in zip(folded, matches, strict=True)
    )


def _list_comments(names: Sequence[str], found: Sequence[RoleMatch | None]) -> list[str]:
    return [
        strip_header(name)
        for name, match in zip(names, found, strict=True)
        if match is not None and match.role == Role.COMMENT
    ]


def _names_topic(name: str, comments: Sequence[str]) -> bool:
    """Whether a header names what the comments of another column are about."""
    topic = _TOPIC.fullmatch(strip_header(name))
    text = re.compile(re.escape(topic["act"]) + _TEXT) if topic else None
    return text is not None and any(map(text.fullmatch, comments))


def _names_plans(name: str, match: RoleMatch | None) -> bool:
    unsure = match is None or match.manner == CONTAINS_WORD
    return unsure and _PLANS.search(strip_header(name)) is not None


def _names_public(name: str, match: RoleMatch | None, others: Set[str]) -> bool:
    """Whether a word for answers heads what somebody else says: 有識者の所見, 関係課意見 | 回答."""
    if match is None or match.role != Role.RESPONSE:
        return False
    bare = strip_header(name)
    answered = bare.endswith("意見") and Role.RESPONSE in others
    return answered or read_speaker(bare) == Role.COMMENT
