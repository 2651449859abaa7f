"""Line ends take little memory: a long annex has hundreds of thousands of them at once."""

import gc

import pytest
from msgspec.structs import replace

from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.line_breaks import decide_breaks
from pipeline.normalize.line_ends.line_rhythm import measure_rhythms
from pipeline.normalize.line_ends.line_widths import measure_fits, observe_kinsoku
from tests.support.making import lay_out, line


def test_line_ends_of_a_column_share_its_key() -> None:
    texts = ["手続の案内を窓口に置いてほしい。", "様式の記入例を載せてほしい。"]
    columns = [
        c.column for c in find_candidates(lay_out([[text] for text in texts], ["comment"], [5.0]))
    ]
    assert len(columns) > 2
    assert all(column is columns[0] for column in columns)


def test_the_search_for_cycles_leaves_lines_and_decisions_out() -> None:
    """Each would have a header of 16 bytes for it, and hold the search up."""
    segmented = lay_out([["手続の案内を窓口に置いてほしい。"]], ["comment"], [5.0])
    decision = decide_breaks(segmented)[0, 0, 0][0]
    candidate = decision.candidate
    row = segmented.tables[0].rows[0]
    values = (decision, candidate, candidate.before, row, row.fields[0], row.fields[0].parts[0])
    assert not any(map(gc.is_tracked, values))


@pytest.mark.parametrize(
    ("over", "left", "unit"),
    [("ゆうせんじゅんい", 7.5, 5.0), ("ゆうせんじゅんい", 37.5, 1.0), ("────────", 7.5, 1.0)],
    ids=["first", "inside", "ruling"],
)
def test_a_program_keeps_a_word_that_one_reading_stands_over(
    over: str, left: float, unit: float
) -> None:
    """Its line ends where the whole word did not fit: 、 stays with it."""
    segmented = lay_out([["道の幅を調べる\n優先順位、道の幅"]], ["comment"], [8.0])
    (own,) = find_candidates(segmented)
    reading = line(over, left, own.after.top - 5, size=4.5)
    page = replace(segmented.pages[0], furniture_lines=(reading,))
    segmented = replace(segmented, pages=(page,))
    candidates = find_candidates(segmented)
    rhythms = measure_rhythms(segmented, candidates)
    (fit,) = measure_fits(segmented, candidates, rhythms, observe_kinsoku(candidates, rhythms))
    assert fit.unit == pytest.approx(unit)


def test_no_reading_stands_over_a_bracket_alone() -> None:
    segmented = lay_out([["道の幅を調べる\n「"]], ["comment"], [8.0])
    (own,) = find_candidates(segmented)
    reading = line("みち", own.after.x0, own.after.top - 5, size=4.5)
    page = replace(segmented.pages[0], furniture_lines=(reading,))
    (own,) = find_candidates(replace(segmented, pages=(page,)))
    assert own.read == 0
