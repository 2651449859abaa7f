"""How much room centred lines leave in their cells."""

import pytest
from msgspec.structs import replace

from pipeline.model import Field, Segmented
from pipeline.normalize.line_ends.candidates import find_candidates
from pipeline.normalize.line_ends.line_breaks import decide_breaks
from pipeline.normalize.line_ends.line_rhythm import measure_rhythms
from pipeline.normalize.line_ends.line_widths import measure_fits, observe_kinsoku
from tests.support.making import lay_out, line

COMMENT = "駅前の橋が古く、大雨のたびに通れなくなるので、早く直してほしい。"


def centre(segmented: Segmented, column: int) -> Segmented:
    """Centre the lines of a column in their cells."""
    (table,) = segmented.tables
    rows = []
    for row in table.rows:
        (part,) = row.fields[column].parts
        middle = (part.box.x0 + part.box.x1) / 2
        lines = tuple(line(own.text, middle - (own.x1 - own.x0) / 2, own.top) for own in part.lines)
        fields = [*row.fields]
        fields[column] = Field((replace(part, lines=lines),))
        rows.append(replace(row, fields=tuple(fields)))
    return replace(segmented, tables=(replace(table, rows=tuple(rows)),))


def annex(offices: str, ems: float) -> Segmented:
    made = lay_out([[COMMENT, offices]] * 3, ["comment", "担当部署"], [12, ems])
    return centre(made, 1)


def slack(segmented: Segmented) -> float:
    candidates = find_candidates(segmented)
    rhythms = measure_rhythms(segmented, candidates)
    fits = measure_fits(segmented, candidates, rhythms, observe_kinsoku(candidates, rhythms))
    return fits[-1].slack


@pytest.mark.parametrize("ems", [7, 4.6])
def test_lines_of_one_length_in_the_middle_of_their_cell_leave_room(ems: float) -> None:
    """Nothing but the cell tells that they are centred: their left edges are the same."""
    made = annex("建設部\n道路課", ems)
    assert slack(made) > 0
    assert all(own[0].kept for key, own in decide_breaks(made).items() if key[2])


def test_lines_that_fill_their_cell_leave_none() -> None:
    assert slack(annex("建設部\n道路課", 3)) < 0


def test_a_bracket_that_hangs_into_the_padding_makes_none_of_it() -> None:
    """Typst draws the empty half of an opening bracket left of the lines below it."""
    comment = "駅前の橋が古くてとても「早く直してほしい」との声があるのでお願いしたい。"
    made = lay_out([[comment, "令和８年\n９月"]] * 3, ["comment", "完了時期"], [12, 4.6])
    made = centre(made, 1)
    assert slack(made) <= 0
    assert slack(hang(made)) <= 0


def hang(segmented: Segmented) -> Segmented:
    """Move the lines of the first column that a bracket opens by half its width."""
    (table,) = segmented.tables
    rows = []
    for row in table.rows:
        (part,) = row.fields[0].parts
        lines = tuple(
            line(own.text, own.x0 - 5 * (own.text[0] == "「"), own.top) for own in part.lines
        )
        rows.append(row.with_field(0, Field((replace(part, lines=lines),))))
    return replace(segmented, tables=(replace(table, rows=tuple(rows)),))
