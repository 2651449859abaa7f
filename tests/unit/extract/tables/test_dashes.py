"""A border that a program draws dash by dash is one ruling, whatever its gaps."""

import pytest

from pipeline.extract.tables.rulings import Rulings, Segment, join_dashes


def draw(starts: list[float], length: float) -> Rulings:
    return Rulings(tuple(Segment(100.0, x, x + length) for x in starts), ())


@pytest.mark.parametrize(("length", "step"), [(2.0, 5.0), (6.0, 9.0), (3.0, 5.0)])
def test_even_dashes_are_one_line(length: float, step: float) -> None:
    starts = [40 + step * place for place in range(20)]
    again = starts[4:]  # the cell below draws the same border
    (line,) = join_dashes(draw(starts + again, length)).horizontal
    assert (line.position, line.start, line.end) == (100, 40, 40 + 19 * step + length)


@pytest.mark.parametrize(
    ("starts", "length"),
    [
        ([40, 45, 50, 55], 2.0),  # few: the sides of small things
        ([40 + 9 * i for i in range(20)], 2.0),  # far apart
        ([40 + 20 * i for i in range(20)], 15.0),  # the borders of cells
        ([40 + 5 * i + i % 3 for i in range(20)], 2.0),  # uneven
    ],
)
def test_what_is_no_line_of_dashes_stays(starts: list[float], length: float) -> None:
    drawn = draw(starts, length)
    assert set(join_dashes(drawn).horizontal) == set(drawn.horizontal)


def test_even_dashes_go_on_with_other_gaps_beside_the_next_cell() -> None:
    cells = [40 + 8.1 * i for i in range(5)], [80.5 + 7.5 * i for i in range(5)]
    (line,) = join_dashes(draw([x for cell in cells for x in cell], 4.5)).horizontal
    assert (line.start, line.end) == (40, 115)
