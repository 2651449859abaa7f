"""Decide alike on a line end that an original and its revision share.

A revision is typed over its original. Where both have a line end between the same characters, one
author made both breaks, or none. So the evidence of the two adds up, but for the habits, which
count once. Twins elsewhere in the annex (see repeats.py) are weaker: other authors may break there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.model import Role, Segmented
from pipeline.normalize.candidates import FieldKey
from pipeline.normalize.line_breaks import Decision

# Characters on each side that tell the place; judgement: in two versions of one text so many do not
# recur by chance.
_AROUND = 6

_Place = tuple[str, str]
"""The characters before a line end, and those behind it."""


def settle_revised_line_ends(
    segmented: Segmented, decisions: Mapping[FieldKey, list[Decision]]
) -> dict[FieldKey, list[Decision]]:
    """Settle the line ends that an original and its revision share and were decided differently.

    Args:
        decisions: Field → its decisions in order.

    Returns:
        The same decisions; what the other version shows counts as a twin.
    """
    settled = dict(decisions)
    for original, revision in _find_versions(segmented):
        if original in settled and revision in settled:
            pair = settled[original], settled[revision]
            settled[original], settled[revision] = _settle(*pair)
    return settled


def _find_versions(segmented: Segmented) -> Iterator[tuple[FieldKey, FieldKey]]:
    """The fields of each row that hold a text and its revision."""
    for t, table in enumerate(segmented.tables):
        before, after = map(table.places.get, (Role.ORIGINAL_TEXT, Role.REVISION))
        if before is not None and after is not None:
            yield from (((t, r, before), (t, r, after)) for r in range(len(table.rows)))


def _settle(
    originals: Sequence[Decision], revisions: Sequence[Decision]
) -> tuple[list[Decision], list[Decision]]:
    settled = list(originals), list(revisions)
    places = _index(originals), _index(revisions)
    for place in places[0].keys() & places[1].keys():
        first, second = places[0][place], places[1][place]
        one, other = originals[first], revisions[second]
        if one.kept != other.kept:
            odds = _own_evidence(one) + _own_evidence(other) + (one.prior + other.prior) / 2
            settled[0][first], settled[1][second] = _decide(one, odds), _decide(other, odds)
    return settled


def _index(decisions: Sequence[Decision]) -> dict[_Place, int]:
    """The number of each decision by its place; places that occur twice are left out."""
    places = [
        (d.candidate.before.text.strip()[-_AROUND:], d.candidate.after.text.strip()[:_AROUND])
        for d in decisions
    ]
    counts = Counter(places)
    return {place: number for number, place in enumerate(places) if counts[place] == 1}


def _own_evidence(decision: Decision) -> float:
    return decision.geometry + decision.spacing + decision.series


def _decide(decision: Decision, odds: float) -> Decision:
    """The same decision with other odds."""
    return replace(decision, twins=odds - decision.prior - _own_evidence(decision))
