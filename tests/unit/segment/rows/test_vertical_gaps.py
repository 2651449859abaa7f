"""White space between the lines of all columns."""

import pytest

from pipeline.segment.rows.vertical_gaps import find_gaps
from tests.support.making import line


def test_a_gap_runs_across_all_columns() -> None:
    lines = [line("一", top=0), line("二", x0=100, top=8), line("三", top=30)]
    (gap,) = find_gaps(lines[::-1])
    assert (gap.top, gap.bottom) == (lines[1].bottom, 30)
    assert gap.middle == (lines[1].bottom + 30) / 2
    assert find_gaps([]) == []


def test_the_room_of_furigana_is_no_gap() -> None:
    lines, above = [line("一", top=0), line("二", top=30)], [line("に", top=24, size=5)]
    assert find_gaps(lines, above)[0].height == find_gaps(lines)[0].height - 6


@pytest.mark.parametrize(("overlap", "count"), [(0.0, 0), (0.05, 1)])
def test_lines_may_reach_into_each_other_by_rounding(overlap: float, count: int) -> None:
    first = line("一", top=0)
    second = line("二", top=first.bottom - 0.03 * first.size)
    assert len(find_gaps([first, second], overlap=overlap)) == count
