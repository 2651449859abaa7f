"""Which characters may start or end a line."""

import pytest

from pipeline.normalize.line_ends.kinsoku import Kinsoku


def test_a_program_is_watched_for_what_may_start_its_lines() -> None:
    nothing = [("個", True)] * 20
    strict = Kinsoku.observe(nothing, full=1.5, inner=40, length=20)
    assert {"。", "ー", "・"} <= strict.no_start
    loose = Kinsoku.observe([*nothing, ("、", True)], full=1.5, inner=40, length=20)
    assert "。" not in loose.no_start
    assert "・" not in loose.no_start
    bullets = Kinsoku.observe([*nothing, *[("・", False)] * 9], full=1.5, inner=80, length=20)
    assert "・" in bullets.no_start


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("個人", 1),
        ("「個人」", 2),
        ("た。次", 2),
        ("12桁", 2),
        ("73.8％低下", 5),
        ("％低下", 1),
        ("web site", 3),
        ("Q&A（Vol.4）", 9),
        ("６％（18人）以上", 5),
        ("6％（18人）以上", 5),
        ("（注", 2),
        ("±10％、事", 5),
        ("￥100", 4),
        ("（m3/s→m³/s」と", 11),
        ("3×4の", 3),
        ("→R6：9件", 3),
        ("（10/8、11/12、2/18）開催", 16),
    ],
)
def test_units_that_hold_together(text: str, unit: int) -> None:
    assert Kinsoku(frozenset("。、ー」")).first_unit(text) == unit
