"""Rulings become frames of cells."""

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
