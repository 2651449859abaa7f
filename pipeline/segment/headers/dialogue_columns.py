"""Find the column whose texts ask, and the one whose texts answer them."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.model import Role, Table
from pipeline.segment.headers.shown_roles import LEAST_CELLS, LONG, SAMPLE, ShownRole
from pipeline.vocabulary.dialogue import answers, asks, reports

# Shares of the filled cells.
_ASKED = 0.5  # judgement: half of all comments only tell something
_ANSWERED = 0.6  # judgement: an answer may be cut, a note, or 同上


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
