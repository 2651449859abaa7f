"""Strokes become rulings."""

from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings


def test_double_and_broken_rulings_are_one() -> None:
    rulings = merge_rulings(
        Rulings((Segment(10, 0, 50), Segment(12, 0, 50), Segment(11, 51, 90)), ()), 3
    )
    (ruling,) = rulings.horizontal
    assert (ruling.start, ruling.end) == (0, 90)
    assert 10 <= ruling.position <= 12
