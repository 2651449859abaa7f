"""Find two columns whose texts belong together: original and revision, or comments and answers.

What the cells hold outweighs a word in the middle of a header (パブリックコメント版 holds no
comments), and a place: 該当ページ beside two such texts is none of them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from pipeline.model import VERSION_ROLES, Role, Table
from pipeline.segment.headers.shown_roles import LEAST_CELLS, LONG, MOST, SAMPLE, ShownRole
from pipeline.vocabulary.dialogue import answers, asks, reports
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_ALIKE = 0.6  # similarity of two texts, 0-1; judgement: unrelated texts on one subject stay below
_ASKED = 0.5  # share of the filled cells; judgement: half of all comments only tell something
_ANSWERED = 0.6  # share of the filled cells; judgement: an answer may be cut, a note, or 同上


def find_versions(table: Table, columns: Sequence[int], roles: HeaderRoles) -> list[ShownRole]:
    """Find the first two neighbours whose texts nearly repeat each other.

    Args:
        columns: Those that no other test of their cells gave a role.
    """
    taken = table.places
    both = taken.keys() >= VERSION_ROLES
    if both and _nearly_repeat(table, taken[Role.ORIGINAL_TEXT], taken[Role.REVISION]):
        return []
    settled = {
        index
        for role, index in taken.items()
        if role in VERSION_ROLES and roles.find_given(table.columns[index].header)
    }
    # Headers named both, and one of them holds places: 該当ページ, 変更箇所.
    named = {taken[role] for role in VERSION_ROLES} if both else set(columns)
    candidates = [index for index in columns if _may_be_version(table, index, roles)]
    for left, right in pairwise(candidates):
        pair = {left, right}
        if settled <= pair and named & pair and _nearly_repeat(table, left, right):
            turned = table.columns[left].role == Role.REVISION
            turned |= table.columns[right].role == Role.ORIGINAL_TEXT
            older, newer = (right, left) if turned else (left, right)
            found = [ShownRole(older, Role.ORIGINAL_TEXT), ShownRole(newer, Role.REVISION)]
            return [entry for entry in found if table.columns[entry.column].role != entry.role]
    return []


def _may_be_version(table: Table, index: int, roles: HeaderRoles) -> bool:
    """Whether no word that a header is, or ends in, gives its column another meaning."""
    column = table.columns[index]
    if column.role in VERSION_ROLES:
        return True
    match = roles.match(column.header, ENDS_IN_WORD)
    return match is None or match.role in VERSION_ROLES


def _nearly_repeat(table: Table, left: int, right: int) -> bool:
    pairs = [(row.fields[left].text, row.fields[right].text) for row in table.rows[:SAMPLE]]
    pairs = [pair for pair in pairs if all(pair)]
    length = sum(len(one) for one, _ in pairs)
    if len(pairs) < LEAST_CELLS or length < LONG * len(pairs):
        return False
    alike = sum(Indel.normalized_similarity(*pair) >= _ALIKE for pair in pairs)
    differ = sum(one != other for one, other in pairs)
    return alike >= MOST * len(pairs) and 2 * differ >= len(pairs)


def find_dialogue(table: Table, columns: Sequence[int]) -> Iterator[ShownRole]:
    """Find the column that asks most and one at its right that answers.

    Beside comments that a header names, plain sentences (検討する。) answer too.

    Args:
        table: The table, in which comments or answers have no column yet.
        columns: Those without a role.
    """
    known = table.places
    asking = known.get(Role.COMMENT, _choose(table, columns, asks, _ASKED))
    if asking is None:
        return
    right = [index for index in columns if index > asking]
    test = reports if Role.COMMENT in known else answers
    answering = known.get(Role.RESPONSE, _choose(table, right, test, _ANSWERED))
    if answering is not None and answering > asking:
        found = ((asking, Role.COMMENT), (answering, Role.RESPONSE))
        yield from (ShownRole(*entry) for entry in found if entry[1] not in known)


def _choose(
    table: Table, columns: Sequence[int], test: Callable[[str], bool], least: float
) -> int | None:
    """Choose the column of sentences that passes a test in most cells, or in `least` of them."""
    shares: dict[int, float] = {}
    for index in columns:
        fields = (row.fields[index].text for row in table.rows[:SAMPLE])
        texts = list(filter(None, fields))
        if len(texts) >= LEAST_CELLS and sum(map(len, texts)) >= LONG * len(texts):
            shares[index] = sum(map(test, texts)) / len(texts)
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= least else None
