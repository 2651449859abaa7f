"""A frame around a paragraph inside a cell parts no rows."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.extracting import table
from tests.support.marking import read
from tests.support.pdfs import FONT, MakePdf

COLUMNS, ROWS = (50, 90, 300, 545), (780, 700, 660)
SIZE = 10


def draw_frame(sheet: canvas.Canvas, column: int, gap: float, top: float = 750) -> None:
    left, right = COLUMNS[column] + gap, COLUMNS[column + 1] - gap
    sheet.rect(left, top - 32, right - left, 32)


def draw_texts(sheet: canvas.Canvas) -> None:
    sheet.setFont(FONT, SIZE)
    for column in range(3):
        sheet.drawString(COLUMNS[column] + 6, 765, "文字")
        sheet.drawString(COLUMNS[column] + 6, 738, "枠の")
        sheet.drawString(COLUMNS[column] + 6, 724, "なか")
        sheet.drawString(COLUMNS[column] + 6, 685, "次の")


@pytest.mark.parametrize(
    ("gap", "columns"),
    [(gap, columns) for gap in (1.5, 2, 3, 4.5, 8) for columns in ((1,), (2,))]
    + [(gap, (1, 2)) for gap in (2, 3, 4.5, 8)],
)
def test_a_frame_inside_a_cell_parts_no_row(
    make_pdf: MakePdf, gap: float, columns: tuple[int, ...]
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        draw_texts(sheet)
        for column in columns:
            draw_frame(sheet, column, gap)

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.row_edges) == 3
    assert [len(cell.lines) for cell in grid.cells] == [3, 3, 3, 1, 1, 1]


def test_cells_with_borders_of_their_own_are_no_frames(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        draw_texts(sheet)
        sheet.rect(COLUMNS[0] - 1, 655, COLUMNS[-1] - COLUMNS[0] + 2, 130)
        for column in range(3):
            draw_frame(sheet, column, 1.5, 782)
            draw_frame(sheet, column, 1.5, 748)
            draw_frame(sheet, column, 1.5, 714)

    (grid,) = read(make_pdf, paint).grids
    assert len([cell for cell in grid.cells if cell.lines]) == 9


def test_a_small_table_keeps_its_frame(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        draw_texts(sheet)
        draw_frame(sheet, 2, 4)
        sheet.line(420, 750, 420, 718)

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.column_edges) == 5


@pytest.mark.parametrize("gap", [2, 2.5, 3, 4, 5, 6])
def test_cells_with_borders_of_their_own_stand_beside_one_over_several_rows(
    make_pdf: MakePdf, gap: float
) -> None:
    rows = (765, 740, 715, 660)
    width, height = COLUMNS[-1] - COLUMNS[0] + gap, rows[0] - rows[-1] + gap

    def paint(sheet: canvas.Canvas) -> None:
        def cell(first: int, last: int, top: int, bottom: int, text: str) -> None:
            left, right = COLUMNS[first], COLUMNS[last] - gap
            high, low = rows[top], rows[bottom] + gap
            sheet.rect(left, low, right - left, high - low)
            sheet.drawString(left + 4, high - 12, text)

        sheet.setFont(FONT, SIZE)
        sheet.rect(COLUMNS[0] - gap, rows[-1], width, height)
        cell(0, 1, 0, 2, "箇所")
        cell(1, 3, 0, 1, "修正内容")
        cell(1, 2, 1, 2, "修正前")
        cell(2, 3, 1, 2, "修正後")
        for column in range(3):
            cell(column, column + 1, 2, 3, "文字")

    (grid,) = read(make_pdf, paint).grids
    filled = [cell for cell in grid.cells if cell.lines]
    assert [cell.text for cell in filled[:4]] == ["箇所", "修正内容", "修正前", "修正後"]
    assert len(filled) == 7
