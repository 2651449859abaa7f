"""Rulings become frames of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.cells import find_faces
from pipeline.extract.tables.frame_rulings import drop_marks
from pipeline.extract.tables.frames import find_frames
from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings, split_strokes
from pipeline.model import Box


@given(st.floats(-200, 200), st.floats(-200, 200), st.floats(0.5, 3))
def test_moving_or_scaling_a_page_changes_no_cell(dx: float, dy: float, scale: float) -> None:
    def strokes(dx: float, dy: float, scale: float) -> list[Box]:
        lines = [(0, 0, 0, 90), (40, 0, 40, 90), (100, 30, 100, 90), (200, 0, 200, 90)]
        lines += [(0, 0, 200, 0), (0, 30, 200, 30), (40, 60, 200, 60), (0, 90, 200, 90)]
        return [
            Box(*(scale * value + move for value, move in zip(line, (dx, dy, dx, dy), strict=True)))
            for line in lines
        ]

    def faces(dx: float, dy: float, scale: float) -> tuple[object, ...]:
        tolerance = 3 * scale
        rulings = merge_rulings(split_strokes(strokes(dx, dy, scale), tolerance), tolerance)
        return tuple(frame.faces for frame in find_frames(rulings, tolerance)[0])

    assert faces(dx, dy, scale) == faces(0, 0, 1)


def _column_edges(sides: tuple[float, ...], height: float) -> tuple[float, ...]:
    """The columns of a table of two rows after a page whose columns end at 0, 40, 100 and 200.

    Args:
        sides: Where its vertical rulings stand.
        height: Of the last one; the others run through the table.
    """
    lines = [Box(2, y, 200, y) for y in (0, 30, 60)]
    lines += [Box(x, 0, x, height if x == sides[-1] else 60) for x in sides]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 3), 3), 6, (0, 40, 100, 200))
    return frame.column_edges


def test_columns_that_are_ruled_keep_their_place() -> None:
    """Another table may follow whose columns are wider by less than a character."""
    assert _column_edges((2, 44, 105, 200), 60) == (2, 44, 105, 200)


def test_a_side_that_is_not_ruled_is_that_of_the_page_before() -> None:
    """The last ruling is that of a small table in a cell."""
    assert _column_edges((44, 105, 197), 30) == (0, 44, 105, 200)


def test_a_small_table_in_an_outer_cell_moves_no_side_and_loses_no_row() -> None:
    """Without drawn sides its rulings are the outermost, and few others meet a row's ruling."""
    lines = [Box(0, y, 200, y) for y in (0, 30, 90)]
    lines += [Box(100, 0, 100, 90)]
    lines += [Box(4, y, 96, y) for y in (50, 60, 70)] + [Box(x, 50, x, 70) for x in (4, 50, 96)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    assert (frame.column_edges[0], frame.column_edges[-1]) == (0, 200)
    assert {0, 30, 90} <= set(frame.row_edges)


@pytest.mark.parametrize(("sides", "row"), [((), True), ((0, 200), False)])
def test_a_word_over_all_columns_of_a_table_without_sides_has_a_row(
    sides: tuple[float, ...], row: bool
) -> None:
    """No vertical goes past it. Above a table with sides a ruling is that of a page's head."""
    lines = [Box(0, y, 200, y) for y in (0, 20, 40, 80)]
    lines += [Box(x, 20, x, 80) for x in (100, *sides)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    assert (frame.row_edges[0] == 0) == row
    assert any(face.column_end - face.column == 2 for face in frame.faces) == row


@pytest.mark.parametrize("mirror", [False, True])
def test_a_merged_cell_keeps_the_side_that_only_its_first_row_draws(mirror: bool) -> None:
    """`td + td {border-left}`: in its other rows no cell stands before the second one."""
    lines = [Box(0, y, 200, y) for y in (0, 30, 120)] + [Box(40, y, 200, y) for y in (60, 90)]
    lines += [Box(40, 0, 40, 60), Box(100, 0, 100, 120)]
    if mirror:
        lines = [Box(200 - b.x1, b.top, 200 - b.x0, b.bottom) for b in lines]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    merged = [f for f in frame.faces if f.row_end - f.row > 1]
    assert [(f.row, f.row_end, f.column_end - f.column) for f in merged] == [(1, 4, 1)]
    assert len(frame.faces) == 3 + 1 + 3 * 2


@pytest.mark.parametrize(
    ("closed", "are_open"), [(100, [2]), (40, [1, 2]), (36, []), (200, []), (0, [])]
)
def test_a_cell_of_the_last_row_goes_on_where_only_its_neighbours_are_closed(
    closed: float, are_open: list[int]
) -> None:
    assert _find_open((0, 40, 100, 200), closed) == are_open


def test_a_ruling_that_goes_from_one_side_into_the_table_is_no_underline() -> None:
    """At a page's end it closes all columns but the merged label's, which no ruling parts."""
    lines = [Box(0, y, 200, y) for y in (0, 30)] + [Box(x, 0, x, 90) for x in (0, 200)]
    drawn = [*lines, Box(60, 90, 200, 90), Box(20, 50, 60, 50)]
    kept = drop_marks(merge_rulings(split_strokes(drawn, 2), 2), 6)
    assert [(line.position, line.start) for line in kept.horizontal] == [(0, 0), (30, 0), (90, 60)]


def _find_open(columns: tuple[float, ...], closed: float) -> list[int]:
    """The columns whose cells go on where the last row is ruled from the left to some x."""
    lines = [Box(0, y, 200, y) for y in (0, 30)] + [Box(x, 0, x, 90) for x in columns]
    lines += [Box(0, 90, closed, 90)] if closed else []
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    return [f.column for f in frame.faces if f.goes_on]


def test_the_sides_of_a_shaded_heading_take_no_ruling_beside_a_merged_cell_away() -> None:
    """The table has no other sides: the ruling meets the vertical between the two texts only."""
    lines = [Box(0, y, 200, y) for y in (0, 30, 50, 140)] + [Box(40, y, 200, y) for y in (80, 110)]
    lines += [Box(x, 30, x, 50) for x in (0, 200)]
    lines += [Box(40, 0, 40, 30), Box(40, 50, 40, 80), Box(100, 0, 100, 30), Box(100, 50, 100, 140)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    assert frame.row_edges == (0, 30, 50, 80, 110, 140)
    assert [f.row_end - f.row for f in frame.faces if f.column == 0] == [1, 1, 3]


def test_the_end_of_a_small_table_against_a_side_is_no_side_of_a_cell() -> None:
    lines = [Box(0, y, 200, y) for y in (0, 30, 90)] + [Box(x, 0, x, 90) for x in (0, 100, 200)]
    lines += [Box(103, y, 160, y) for y in (50, 62, 74)] + [Box(x, 50, x, 74) for x in (130, 160)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    edges, last = frame.column_edges, len(frame.column_edges) - 1
    whole = [f for f in frame.faces if edges[f.column] == 100 and f.column_end == last]
    assert {frame.row_edges[f.row] for f in whole} == {0, 30, 74}


def test_a_small_table_at_the_foot_of_a_cell_does_not_part_what_is_above_it() -> None:
    lines = [Box(0, y, 200, y) for y in (0, 30, 90)] + [Box(x, 0, x, 90) for x in (0, 100, 200)]
    lines += [Box(120, 70, 180, 70)] + [Box(x, 70, x, 89.7) for x in (120, 180)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    upper = [f for f in frame.faces if frame.row_edges[f.row] == 30]
    assert [frame.column_edges[f.column] for f in upper] == [0, 100]


def test_frames_that_are_level_but_for_rounding_go_from_left_to_right() -> None:
    lines = [Box(x, y, x + 80, y) for x, up in ((0, 0.01), (100, 0)) for y in (up, 20, 40 + x)]
    lines += [Box(x, 0, x, 40 + x // 100 * 100) for x in (0, 40, 80, 100, 140, 180)]
    frames, _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    assert [frame.box.x0 for frame in frames] == [0, 100]


def test_a_row_without_sides_alone_on_a_page_keeps_its_columns_beside_a_small_table() -> None:
    lines = [Box(x, 0, x, 90) for x in (40, 100)]
    lines += [Box(x, 30, x, 85) for x in (103, 150, 196)]
    lines += [Box(103, y, 196, y) for y in (30, 50, 85)]
    rulings = merge_rulings(split_strokes(lines, 2), 2)
    (frame,), _ = find_frames(rulings, 6, (0, 40, 100, 200))
    assert frame.column_edges == (0, 40, 100, 150, 200)
    whole = [
        face for face in frame.faces if face.row == 0 and face.row_end == len(frame.row_edges) - 1
    ]
    assert [face.column for face in whole] == [0, 1]


@pytest.mark.parametrize(("border", "edge"), [(40, 40), (42, 44)])
def test_borders_of_neighbouring_cells_are_the_edge_that_the_page_before_had(
    border: float, edge: float
) -> None:
    """The longer of them may be another one on each page: a cell is merged over this one's rows."""
    lines = [Box(0, y, 200, y) for y in (0, 30, 60)]
    lines += [Box(x, 0, x, 60) for x in (0, 44, 100, 200)]
    lines += [Box(border, 0, border, 28), Box(border, 32, border, 60)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 1), 1), 6, (0, 40, 100, 200))
    assert frame.column_edges == (0, edge, 100, 200)


@pytest.mark.parametrize(
    ("sides", "inner", "is_open"),
    [(68, 60, False), (80, 60, True), (68, 68, True)],
    ids=["spacing at a page's end", "room for a line", "a cut row"],
)
def test_sides_that_reach_a_little_beyond_the_last_ruling_open_no_row(
    sides: float, inner: float, is_open: bool
) -> None:
    lines = [Box(0, y, 200, y) for y in (0, 30, 60)]
    lines += [Box(x, 0, x, inner if x == 100 else sides) for x in (0, 100, 200)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 3), 3), 6)
    assert (frame.open_bottom, len(frame.row_edges)) == (is_open, 3 + is_open)


@pytest.mark.parametrize(("sides", "rows"), [(0, [0, 30, 60]), (-14, [-14, 0, 30, 60])])
def test_one_column_that_goes_on_above_a_table_with_sides_opens_no_row(
    sides: float, rows: list[float]
) -> None:
    """On a scan, a stroke of the title stands on the column's ruling."""
    lines = [Box(0, y, 200, y) for y in (0, 30, 60)]
    lines += [Box(x, sides, x, 60) for x in (0, 200)] + [Box(40, -14, 40, 60)]
    (frame,), _ = find_frames(merge_rulings(split_strokes(lines, 2), 2), 6)
    assert list(frame.row_edges) == rows


def test_a_merged_cell_that_a_gap_runs_around_at_the_page_s_ends_is_one_face() -> None:
    """Cells have borders apart, and the page cuts the merged one at its head and its foot."""
    across = [Segment(y, start, 200) for y, start in ((0, 0), (4, 50), (40, 50), (90, 50))]
    down = [Segment(x, 0, 100) for x in (0, 200)]
    down += [Segment(x, 4, end) for x, end in ((50, 100), (120, 90))]
    rulings = Rulings(tuple(across), tuple(down))
    faces = find_faces((0, 50, 120, 200), (0, 4, 40, 90, 100), rulings)
    assert (1, 0, 4, 1) in [face[:4] for face in faces]


def test_a_lattice_of_one_edge_has_no_faces() -> None:
    """Two posts stand on a ruling: nothing is above or below it."""
    posts = tuple(Segment(x, 4, 10) for x in (0, 50))
    assert find_faces((0, 50), (10,), Rulings((Segment(10, 0, 50),), posts)) == []


def test_a_piece_beside_another_takes_no_columns_of_it_from_the_page_before() -> None:
    """Two pieces of a table abreast were one frame there, as their outer rulings were level."""
    left, right = (0, 40, 100), (120, 160, 220)
    lines = [Box(x, 0, x, end) for edges, end in ((left, 90), (right, 60)) for x in edges]
    lines += [Box(left[0], 30, left[-1], 30), Box(right[0], 60, right[-1], 60)]
    rulings = merge_rulings(split_strokes(lines, 2), 2)
    frames, _ = find_frames(rulings, 6, (*left, *right))
    assert [frame.column_edges for frame in frames] == [left, right]
