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


def test_a_paragraph_on_both_sides_of_a_pages_end_is_one_record() -> None:
    assert count_records({}) == 4
    assert count_records({"橋が古い。": 7, "川が深い。": 7, "直す。": 8, "掘る。": 9}) == 3


@pytest.mark.parametrize(
    "elements",
    [
        {"橋が古い。": 7, "川が深い。": 8},  # two paragraphs: of one record, or of two
        dict.fromkeys([text for row in (*ABOVE, *BELOW) for text in row], 7),  # the page is one
        {"橋が古い。": 7, "直す。": 7, "川が深い。": 7, "掘る。": 7},  # the two rows are one
    ],
)
def test_other_elements_tell_nothing(elements: dict[str, int]) -> None:
    assert count_records(elements) == 4


def test_a_label_on_both_sides_of_a_pages_end_tells_nothing() -> None:
    """Its cell may be merged over the last record of a page and the first of the next."""
    above = [["区分", *HEADER], ["道路", *ABOVE[0]], ["まちづ", *ABOVE[1]]]
    below = [["くり", *BELOW[0]], ["公園", *BELOW[1]]]
    counts = []
    for elements in ({}, {"まちづ": 7, "くり": 7}):
        (table,) = segment(
            page(1, [tag(grid(above), elements)]), page(2, [tag(grid(below, page=2), elements)])
        ).tables
        counts.append(len(table.rows))
    assert counts == [4, 4]
