"""Rows of a tagged PDF that a page's end cuts."""

import pytest
from msgspec.structs import replace

from pipeline.model import Grid
from tests.support.grids import grid, page, segment

HEADER = ["意見", "回答"]
ABOVE = [["道が狭い。", "広げる。"], ["橋が古い。", "直す。"]]
BELOW = [["川が深い。", "掘る。"], ["池が浅い。", "埋める。"]]


def tag(of: Grid, elements: dict[str, int]) -> Grid:
    """Give lines their structure elements, by their text."""
    cells = [
        replace(
            cell,
            lines=tuple(
                replace(line, elements=(elements.get(line.text, 0),) * 2) for line in cell.lines
            ),
        )
        for cell in of.cells
    ]
    return replace(of, cells=tuple(cells))


def count_records(elements: dict[str, int]) -> int:
    """How many records a table on two pages has, whose rows number no record."""
    (table,) = segment(
        page(1, [tag(grid([HEADER, *ABOVE]), elements)]),
        page(2, [tag(grid(BELOW, page=2), elements)]),
    ).tables
    return len(table.rows)


def test_paragraphs_on_both_sides_of_a_pages_end_are_one_record() -> None:
    assert count_records({}) == 4
    assert count_records({"橋が古い。": 7, "川が深い。": 7, "直す。": 8, "掘る。": 8}) == 3


@pytest.mark.parametrize(
    "elements",
    [
        {"橋が古い。": 7, "川が深い。": 8, "直す。": 9, "掘る。": 9},  # an answer to two comments
        dict.fromkeys([text for row in (*ABOVE, *BELOW) for text in row], 7),  # the page is one
        {"橋が古い。": 7, "直す。": 7, "川が深い。": 7, "掘る。": 7},  # the two rows are one
    ],
)
def test_other_elements_tell_nothing(elements: dict[str, int]) -> None:
    assert count_records(elements) == 4
