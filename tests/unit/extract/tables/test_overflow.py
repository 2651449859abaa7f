"""extract: the last lines of a text that run out of its cell at the head or foot of a table."""

import pytest
from msgspec.structs import replace

from pipeline.extract.tables.overflow import keep_overflowing
from tests.support.grids import WIDTH, grid
from tests.support.making import line

FULL = "市が定める計画のう"
TOP = 120.0  # of the last row, points


@pytest.mark.parametrize(
    ("text", "moved", "is_kept"),
    [
        ("ちのもの。", (0, 0), True),
        ("※　注です。", (0, 6), False),  # farther below than the lines are apart
        ("ちのもの。", (12, 0), False),  # set in
        ("ちのものを含めて市が定める。", (0, 0), False),  # as wide as two columns
    ],
)
def test_a_line_right_below_a_full_one_belongs_to_its_cell(
    text: str, moved: tuple[float, float], is_kept: bool
) -> None:
    made = grid([["意見", "回答"], ["はい。", f"{FULL}\n{FULL}"]])
    below = line(text, x0=WIDTH + 2 + moved[0], top=TOP + 22 + moved[1])
    (found,), loose = keep_overflowing([made], [below])
    assert (len(found.cells[-1].lines), len(loose)) == ((3, 0) if is_kept else (2, 1))


@pytest.mark.parametrize("last", ["市が定める計画です。", "市が定める"])
@pytest.mark.parametrize(("column", "is_kept"), [(0, False), (1, True)])
def test_below_a_text_that_has_ended_prose_begins_at_the_side_of_the_table(
    last: str, column: int, is_kept: bool
) -> None:
    body = ["はい。", "はい。"]
    body[column] = f"{FULL}\n{last}"
    made = grid([["意見", "回答"], body])
    below = line("ちのもの。", x0=column * WIDTH + 2, top=TOP + 22)
    assert (keep_overflowing([made], [below])[0] == [made]) is not is_kept


def test_several_lines_may_run_out_of_a_cell() -> None:
    made = grid([["意見", "回答"], ["はい。", f"{FULL}\n{FULL}"]])
    below = [line(FULL, x0=WIDTH + 2, top=TOP + 22 + 10 * n) for n in range(3)]
    (found,), loose = keep_overflowing([made], below)
    assert (len(found.cells[-1].lines), loose) == (5, ())


def test_a_line_beside_another_one_is_that_of_other_text() -> None:
    made = grid([["意見", "回答"], ["はい。", f"{FULL}\n{FULL}"]])
    below = [line("ちのもの。", x0=x, top=TOP + 22) for x in (2.0, WIDTH + 2)]
    assert keep_overflowing([made], below)[0] == [made]


@pytest.mark.parametrize(("apart", "is_kept"), [(10.0, True), (14.0, False)])
def test_a_line_set_solid_below_one_full_line_belongs_to_its_cell(
    apart: float, is_kept: bool
) -> None:
    made = grid([["意見", "回答"], ["はい。", FULL]])
    below = line("ちのもの。", x0=WIDTH + 2, top=TOP + 2 + apart)
    found, loose = keep_overflowing([made], [below])
    assert (len(found[0].cells[-1].lines), len(loose)) == ((2, 0) if is_kept else (1, 1))


@pytest.mark.parametrize(
    ("room", "count", "is_kept"),
    [(-2, 1, True), (0, 2, True), (5, 1, True), (3, 1, False)],
    ids=["text over the ruling", "text at the ruling", "line over the ruling", "room above both"],
)
def test_lines_above_a_text_that_has_no_room_in_its_cell_belong_to_it(
    room: float, count: int, is_kept: bool
) -> None:
    """A program cuts rows whose texts are in the middle, and lets long ones run out of them."""
    pitch, top = 14, 100 + room
    made = grid([["はい。", f"{FULL}\n{FULL}"], ["はい。", "いいえ。"]])
    lines = tuple(line(FULL, x0=WIDTH + 2, top=top + pitch * n) for n in range(2))
    cells = (made.cells[0], replace(made.cells[1], lines=lines), *made.cells[2:])
    above = [line("市の", x0=WIDTH + 2, top=top - pitch * n) for n in range(count, 0, -1)]
    (found,), loose = keep_overflowing([replace(made, cells=cells)], above)
    assert len(found.cells[1].lines) == 2 + count * is_kept
    assert len(loose) == count * (not is_kept)


def test_a_line_above_the_first_column_is_a_heading() -> None:
    """In a table without sides, headings of records stand between its pieces."""
    made = grid([["", "はい。"]])
    lines = tuple(line(FULL, x0=2, top=100 + 14 * n) for n in range(2))
    made = replace(made, cells=(replace(made.cells[0], lines=lines), made.cells[1]))
    heading = line("２　道路について", x0=2, top=86)
    (found,), loose = keep_overflowing([made], [heading])
    assert (found, loose) == (made, (heading,))


def test_a_line_between_two_tables_belongs_to_one_of_them() -> None:
    pitch = 14
    upper = grid([["はい。", f"{FULL}\n{FULL}"]], top=100)
    lower = grid([["はい。", f"{FULL}\n{FULL}"]], top=136)
    lines = tuple(line(FULL, x0=WIDTH + 2, top=136 + pitch * n) for n in range(2))
    lower = replace(lower, cells=(lower.cells[0], replace(lower.cells[1], lines=lines)))
    between = line("ちのもの。", x0=WIDTH + 2, top=122)
    found, loose = keep_overflowing([upper, lower], [between])
    assert ([len(one.cells[1].lines) for one in found], loose) == ([3, 2], ())


@pytest.mark.parametrize(("text", "x0", "is_kept"), [("６", 45.0, True), ("６", 2.0, False)])
@pytest.mark.parametrize("top", [TOP + 16.0, TOP + 20.0])
def test_the_second_line_of_a_centred_number_may_stand_on_the_lower_border(
    text: str, x0: float, is_kept: bool, top: float
) -> None:
    """The number of a card (意見 / ６) that a page's end cut after its first row."""
    made = grid([["番号", "該当箇所"], ["", "３頁"]])
    number = replace(made.cells[2], lines=(line("意見", x0=40, top=TOP + 2),))
    made = replace(made, cells=(*made.cells[:2], number, *made.cells[3:]))
    below = line(text, x0=x0, top=top)
    (found,), _ = keep_overflowing([made], [below])
    kept = is_kept and top < TOP + 20
    assert [li.text for li in found.cells[2].lines] == (["意見", text] if kept else ["意見"])


@pytest.mark.parametrize(
    ("x0", "top", "is_kept"),
    [
        (WIDTH + 30.0, 95.0, True),
        (WIDTH + 2.0, 95.0, False),  # not in the middle of the cell
        (WIDTH + 30.0, 88.0, False),  # a title above the table
    ],
)
def test_the_first_line_of_a_centred_header_may_stand_on_the_upper_ruling(
    x0: float, top: float, is_kept: bool
) -> None:
    """A spreadsheet's row is too low for a header of two lines: 修正の有 / 無."""
    made = grid([["番号", "無", "無"], ["1", "有", "無"]], top=100)
    headers = [replace(made.cells[c], lines=(line("無", WIDTH * c + 45, 105.0),)) for c in (1, 2)]
    made = replace(made, cells=(made.cells[0], *headers, *made.cells[3:]))
    above = [line("修正の有", x0=x0, top=top), line("該当の有", x0=x0 + WIDTH, top=top)]
    (found,), loose = keep_overflowing([made], above)
    assert [len(cell.lines) for cell in found.cells[1:3]] == [1 + is_kept] * 2
    assert len(loose) == 2 * (not is_kept)
