"""Headers that mean another role beside certain columns: 問 beside 質問, 事務局案 behind 意見."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.model import Role
from pipeline.vocabulary.header_words import IS_WORD, RoleMatch, fold_header

_QUESTION = "問"  # the header of a question, or of its number beside its text
_LETTERS = ("q", "a")  # beside each other; alone they may be classes
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
        if name == _QUESTION and found[index]:
            if Role.COMMENT in others and Role.NUMBER not in others:
                found[index] = RoleMatch(Role.NUMBER, IS_WORD, 0)
        elif name == _DRAFT and Role.COMMENT in before and Role.RESPONSE not in others:
            found[index] = RoleMatch(Role.RESPONSE, IS_WORD, 0)
    return found
