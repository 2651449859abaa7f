"""Which characters of the second count are rulings, by a second implementation of the rule."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from msgspec import Struct

from pipeline.commands.verify.characters import Character
from pipeline.vocabulary.box_drawing import DOWN, LEFT, RIGHT, UP, find_arms, is_joint

_LEAST = 3
"""Corners and crossings of a lattice; judgement: no sum and no row of dashes has so many."""
_BESIDE = 0.6
"""Size between two joined characters of a line; judgement: no full-width character fits there."""
_BELOW = 3.0
"""Sizes between two joined characters of a column; judgement: lines are set closer."""
_OFF = 0.5
"""Size that joined characters are off each other; judgement: no column is so narrow."""


class _Stroke(Struct, frozen=True):
    number: int
    text: str
    along: float
    """The middle, in the direction of the line."""
    down: float
    """The middle, towards the next line."""
    length: float
    """Extent along the line."""
    size: float


def without_typed_rulings(characters: Sequence[Character]) -> list[Character]:
    """Leave out the characters that join each other to a lattice with corners or crossings."""
    rulings: set[int] = set()
    for up in {one.up for one in characters}:
        strokes = sorted(_read_strokes(characters, up), key=lambda one: one.down)
        if sum(is_joint(one.text) for one in strokes) >= _LEAST:
            rulings |= _find_lattices(strokes)
    return [one for number, one in enumerate(characters) if number not in rulings]


def _read_strokes(characters: Sequence[Character], up: tuple[int, int]) -> Iterator[_Stroke]:
    right, down = up
    for number, one in enumerate(characters):
        if one.up == up and find_arms(one.text):
            x, y = one.middle
            length = one.bottom - one.top if right else one.x1 - one.x0
            yield _Stroke(
                number, one.text, right * y - down * x, -right * x - down * y, length, one.size
            )


def _find_lattices(strokes: Sequence[_Stroke]) -> set[int]:
    """The numbers of all that hangs together with enough joints that join two directions."""
    rows = list(_split_rows(strokes))
    beside = _join(pair for row in rows for pair in pairwise(row) if _is_beside(*pair))
    along = _join(pair for two in pairwise(rows) for pair in _pair_rows(*two))
    loose = {
        one.number
        for one in strokes
        if is_joint(one.text) and not (one.number in beside and one.number in along)
    }
    found: set[int] = set()
    for one in strokes:
        if one.number not in found | loose:
            part = _reach(one, beside, along, loose)
            if sum(is_joint(member.text) for member in part) >= _LEAST:
                found |= {member.number for member in part}
    return found


def _join(pairs: Iterable[tuple[_Stroke, _Stroke]]) -> dict[int, list[_Stroke]]:
    """The neighbours of each stroke that has any, by its number."""
    neighbours: dict[int, list[_Stroke]] = {}
    for one, other in pairs:
        neighbours.setdefault(one.number, []).append(other)
        neighbours.setdefault(other.number, []).append(one)
    return neighbours


def _split_rows(strokes: Sequence[_Stroke]) -> Iterator[list[_Stroke]]:
    """The strokes of each line, along the line."""
    row: list[_Stroke] = []
    for one in strokes:
        if row and one.down - row[0].down >= _OFF * row[0].size:
            yield sorted(row, key=lambda stroke: stroke.along)
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda stroke: stroke.along)


def _pair_rows(
    above: Sequence[_Stroke], below: Sequence[_Stroke]
) -> Iterator[tuple[_Stroke, _Stroke]]:
    """Those of two lines that join: in order if there are as many, else those that stand over
    each other."""
    if below[0].down - above[0].down > _BELOW * above[0].size:
        return
    upper = [one for one in above if DOWN in find_arms(one.text)]
    lower = [one for one in below if UP in find_arms(one.text)]
    if len(upper) == len(lower):
        yield from zip(upper, lower, strict=True)
        return
    for one, other in product(upper, lower):
        if abs(one.along - other.along) < _OFF * one.size:
            yield one, other


def _reach(
    start: _Stroke,
    beside: dict[int, list[_Stroke]],
    along: dict[int, list[_Stroke]],
    loose: set[int],
) -> list[_Stroke]:
    part, seen = [start], {start.number} | loose
    for one in part:  # grows
        for other in (*beside.get(one.number, ()), *along.get(one.number, ())):
            if other.number not in seen:
                seen.add(other.number)
                part.append(other)
    return part


def _is_beside(left: _Stroke, right: _Stroke) -> bool:
    gap = right.along - left.along - (right.length + left.length) / 2
    joins = RIGHT in find_arms(left.text) and LEFT in find_arms(right.text)
    return joins and gap < _BESIDE * left.size
