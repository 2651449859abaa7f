"""White space between the lines of all columns."""

import pytest

from pipeline.model import Field, FieldPart, Line, TableRow
from pipeline.segment.rows.vertical_gaps import find_gaps, leave_out_labels
from tests.support.making import box, line


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


def test_a_label_between_two_texts_fills_no_gap() -> None:
    def row(*labels: Line) -> TableRow:
        texts = [line("道が狭い。", x0=60, top=top) for top in (0, 12, 50, 62)]
        parts = (FieldPart(1, box(0, 0, 50, 80), labels), FieldPart(1, box(50, 0, 200, 80), texts))
        return TableRow(tuple(Field((part,)) for part in parts))

    between, beside = line("Ａ氏", top=31), line("Ａ氏", top=12)
    assert len(find_gaps(leave_out_labels(row(between), [0], 3.0))) == 3
    assert leave_out_labels(row(beside), [0], 3.0)[0] is beside
