"""Rulings become frames of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.frames import find_frames
from pipeline.extract.tables.rulings import merge_rulings, split_strokes
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
