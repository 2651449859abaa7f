"""Rows over all columns that only the ends of verticals show."""

import pytest

from pipeline.extract.tables.gap_rows import add_gap_rows
from pipeline.extract.tables.rulings import Rulings, Segment

SIDES = [Segment(0, 0, 200), Segment(300, 0, 200)]
LEVEL = [Segment(0, 0, 300), Segment(200, 0, 300)]


def added(*inner: Segment, level: list[Segment] = LEVEL) -> list[Segment]:
    verticals = sorted([*SIDES, *inner], key=lambda line: line.position)
    rulings = Rulings(tuple(level), tuple(verticals))
    return [line for line in add_gap_rows(rulings, 6).horizontal if line not in level]


def stops(*places: float, top: float = 80, bottom: float = 100) -> list[Segment]:
    return [part for x in places for part in (Segment(x, 0, top), Segment(x, bottom, 200))]


def test_where_all_inner_verticals_stop_is_a_row() -> None:
    assert added(*stops(50, 150)) == [Segment(80, 0, 300), Segment(100, 0, 300)]


def test_the_rulings_of_a_row_are_not_doubled() -> None:
    level = [*LEVEL[:1], Segment(81, 0, 300), Segment(99, 0, 300), *LEVEL[1:]]
    assert added(*stops(50, 150), level=level) == []


@pytest.mark.parametrize(
    "inner",
    [
        stops(50),  # one vertical alone may be broken
        [*stops(50, 150), Segment(100, 0, 200)],  # another one goes on between them
        stops(50, 150, bottom=85),  # no line of text is so low
        stops(50, 150, bottom=160),  # nor a heading so high
    ],
)
def test_other_gaps_are_no_rows(inner: list[Segment]) -> None:
    assert added(*inner) == []
