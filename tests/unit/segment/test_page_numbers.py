"""Page numbers that fall into cells."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.model import Line, Page
from pipeline.segment.page_numbers import move_out_page_numbers
from tests.support.grids import WIDTH, grid, page
from tests.support.making import line

TOP = 170  # of the page's number, points
RULING = 2 * WIDTH


def with_number(number: int, left: str, right: str, apart: float = 0.0, below: str = "") -> Page:
    """A page of one row; the page's number stands left and right of a ruling, or below the row."""
    table = grid([[f"{number}", "意見", "提出者"]], page=number)
    left_x0 = RULING - 5.5 * len(left) - apart
    cells = list(table.cells)
    for cell, text, x0 in ((1, left, left_x0), (2, right, RULING + 0.5)):
        typed = line(text, x0=x0, top=TOP, page=number)
        cells[cell] = replace(cells[cell], lines=(*cells[cell].lines, *([typed] if text else [])))
    loose = [line(below, x0=RULING, top=TOP, page=number)] if below else []
    return page(number, [replace(table, cells=tuple(cells))], loose)


def texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize(("left", "right"), [("-", "{} -"), ("- {}", "-"), ("", "- {} -")])
def test_a_number_that_a_ruling_runs_through_leaves_both_cells(left: str, right: str) -> None:
    pages = [with_number(n, left.format(n), right.format(n)) for n in (3, 4, 5)]
    for moved in move_out_page_numbers(pages):
        in_cells = [texts(cell.lines) for cell in moved.grids[0].cells]
        number = "".join(texts(moved.loose_lines)).replace(" ", "")
        assert in_cells == [[str(moved.header.number)], ["意見"], ["提出者"]]
        assert number == f"-{moved.header.number}-"


def test_numbers_below_the_tables_tell_that_one_in_a_table_is_the_pages() -> None:
    pages = [with_number(n, "", "", below=f"- {n} -") for n in (1, 2)]
    moved = move_out_page_numbers([*pages, with_number(3, "-", "3 -")])[2]
    assert texts(moved.loose_lines) == ["-", "3 -"]


@pytest.mark.parametrize("numbers", [(1, 2), (1, 2, 4)])
def test_numbers_of_few_pages_or_that_do_not_count_on_stay(numbers: Sequence[int]) -> None:
    pages = [with_number(at, "", f"- {n} -") for at, n in enumerate(numbers, start=1)]
    assert move_out_page_numbers(pages) == pages


def test_texts_far_apart_are_no_number() -> None:
    pages = [with_number(n, "-", f"{n} -", apart=40) for n in (1, 2, 3)]
    assert move_out_page_numbers(pages) == pages


def on_its_side(*lines: Line) -> Page:
    """A page of vertical type, turned so that its lines run to the right."""
    sheet = page(1, [], lines)
    return replace(sheet, header=replace(sheet.header, turn=90))


@pytest.mark.parametrize(("gap", "parts"), [("　　", ["おわります。", "12"]), ("", [])])
def test_the_number_below_a_vertical_line_is_no_part_of_it(gap: str, parts: list[str]) -> None:
    """A browser draws it with the glyphs of the line that ends above it."""
    long = "おなじながさの本文。"
    short = line("おわります。" + " " * 8 + gap + "12", top=40)
    turned = on_its_side(line(long, top=20), short, line(long, top=60))
    (moved,) = move_out_page_numbers([turned])
    assert texts(moved.loose_lines) == [long, *(parts or [short.text]), long]
    assert (
        move_out_page_numbers([replace(turned, header=page(1).header)])[0].loose_lines[1] == short
    )
