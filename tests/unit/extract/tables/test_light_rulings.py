"""White rulings on coloured grounds: of a header above dark ones, or of the whole table."""

from functools import partial
from itertools import pairwise

import pytest
from reportlab.pdfgen import canvas

from tests.support.extracting import first_page
from tests.support.pdfs import Draw, MakePdf

COLUMNS = (60.0, 110.0, 300.0, 500.0)
TOP, STEP = 700.0, 20.0
HEADER = ("番号", "ご意見の概要", "区の考え方")


def ground(sheet: canvas.Canvas) -> None:
    sheet.setFillColorRGB(0.1, 0.3, 0.5)
    sheet.rect(COLUMNS[0], TOP - STEP, COLUMNS[-1] - COLUMNS[0], STEP, stroke=0, fill=1)
    sheet.setFillGray(1)
    for x, text in zip(COLUMNS, HEADER, strict=False):
        sheet.drawString(x + 4, TOP - 14, text)


def records(sheet: canvas.Canvas) -> None:
    sheet.setFillGray(0)
    sheet.setStrokeGray(0)
    sheet.setLineWidth(0.5)
    bottom = TOP - 5 * STEP
    for x in COLUMNS:
        sheet.line(x, TOP - STEP, x, bottom)
    for row in range(1, 6):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
    for row in range(1, 5):
        for x, text in zip(COLUMNS, (str(row), "意見を書く", "回答を書く"), strict=False):
            sheet.drawString(x + 4, TOP - row * STEP - 14, text)


def white_lines(shift: float, width: float) -> Draw:
    def draw(sheet: canvas.Canvas) -> None:
        ground(sheet)
        sheet.setStrokeGray(1)
        sheet.setLineWidth(width)
        for x in COLUMNS[1:-1]:
            sheet.line(x + shift, TOP, x + shift, TOP - STEP)
        records(sheet)

    return draw


@pytest.mark.parametrize(("shift", "width"), [(0.0, 0.5), (1.5, 3.0), (-2.0, 1.0)])
def test_white_rulings_part_the_header(make_pdf: MakePdf, shift: float, width: float) -> None:
    (grid,) = first_page(make_pdf, white_lines(shift, width)).grids
    assert [cell.text for cell in grid.cells if cell.row == 0] == list(HEADER)
    assert len(grid.column_edges) == len(COLUMNS)


def test_grounds_with_gaps_part_the_header(make_pdf: MakePdf) -> None:
    """A browser paints one ground a cell; the border between two is paper."""

    def draw(sheet: canvas.Canvas) -> None:
        for left, right, text in zip(COLUMNS, COLUMNS[1:], HEADER, strict=False):
            sheet.setFillColorRGB(0.1, 0.3, 0.5)
            sheet.rect(left + 1, TOP - STEP, right - left - 2, STEP, stroke=0, fill=1)
            sheet.setFillGray(1)
            sheet.drawString(left + 4, TOP - 14, text)
        records(sheet)

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells if cell.row == 0] == list(HEADER)


def test_a_header_that_nothing_parts_has_the_columns_of_its_records(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        ground(sheet)
        records(sheet)

    (grid,) = first_page(make_pdf, draw).grids
    assert [cell.text for cell in grid.cells if cell.row == 0] == list(HEADER)


def test_a_coloured_row_with_one_text_is_one_cell(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillColorRGB(0.8, 0.9, 1)
        sheet.rect(COLUMNS[0], TOP - STEP, COLUMNS[-1] - COLUMNS[0], STEP, stroke=0, fill=1)
        sheet.setFillGray(0)
        sheet.drawString(64, TOP - 14, "第１章　総論に関する意見")
        records(sheet)

    (grid,) = first_page(make_pdf, draw).grids
    (cell,) = (cell for cell in grid.cells if cell.row == 0)
    assert cell.column_span == 3


def white_lattice(sheet: canvas.Canvas, *, grounds: bool) -> None:
    """One ground under all rows, parted by white lines, as table styles of spreadsheets are."""
    if grounds:
        ground(sheet)
        sheet.setFillColorRGB(0.9, 0.95, 1)
        sheet.rect(COLUMNS[0], TOP - 5 * STEP, COLUMNS[-1] - COLUMNS[0], 4 * STEP, stroke=0, fill=1)
    sheet.setFillGray(0)
    for row in range(1, 5):
        for x, text in zip(COLUMNS, (str(row), "意見を書く", "回答を書く"), strict=False):
            sheet.drawString(x + 4, TOP - row * STEP - 14, text)
    sheet.setStrokeGray(1)
    for x in COLUMNS:
        sheet.line(x, TOP, x, TOP - 5 * STEP)
    for row in range(6):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)


def test_white_lines_on_the_ground_of_a_table_are_its_rulings(make_pdf: MakePdf) -> None:
    (grid,) = first_page(make_pdf, partial(white_lattice, grounds=True)).grids
    assert (len(grid.row_edges), len(grid.column_edges)) == (6, 4)
    assert not grid.inferred


@pytest.mark.parametrize("bare", [False, True], ids=["grounds", "a text on paper"])
def test_gaps_between_the_grounds_of_all_cells_are_rulings(make_pdf: MakePdf, bare: bool) -> None:
    """The grounds of narrow columns parted no rows: all numbers stood in one cell."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.9)
        for row in range(5):
            for left, right in pairwise(COLUMNS):
                if not (bare and row == 3 and left == COLUMNS[1]):
                    low = TOP - (row + 1) * STEP
                    sheet.rect(left + 2, low + 2, right - left - 4, STEP - 4, stroke=0, fill=1)
        sheet.setFillGray(0)
        rows = [HEADER, *((f"{n}", "意見を書く", "回答を書く") for n in range(1, 5))]
        for row, texts in enumerate(rows):
            for x, text in zip(COLUMNS, texts, strict=False):
                sheet.drawString(x + 4, TOP - row * STEP - 14, text)

    (grid,) = first_page(make_pdf, draw).grids
    assert grid.inferred == bare
    if not bare:
        assert [cell.text for cell in grid.cells if not cell.column] == ["番号", *"1234"]


def test_a_white_lattice_on_paper_is_nothing(make_pdf: MakePdf) -> None:
    assert not first_page(make_pdf, partial(white_lattice, grounds=False)).grids


def test_white_lines_on_paper_are_nothing(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        records(sheet)
        sheet.setStrokeGray(1)
        sheet.line(200, TOP - STEP, 200, TOP - 5 * STEP)

    (grid,) = first_page(make_pdf, draw).grids
    assert len(grid.column_edges) == len(COLUMNS)


def test_dark_rulings_in_a_header_say_which_of_its_cells_are_merged(make_pdf: MakePdf) -> None:
    """No text of the lower row stands where the ruling of the upper row would go on."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFillColorRGB(0.8, 0.9, 1)
        sheet.rect(COLUMNS[0], TOP - STEP, COLUMNS[-1] - COLUMNS[0], 2 * STEP, stroke=0, fill=1)
        records(sheet)
        sheet.line(400, TOP - STEP, 400, TOP - 5 * STEP)
        for x in (*COLUMNS, 400):
            sheet.line(x, TOP + STEP, x, TOP if x in (COLUMNS[2], 400) else TOP - STEP)
        for y in (TOP, TOP + STEP):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for x, text in zip(COLUMNS, HEADER, strict=False):
            sheet.drawString(x + 4, TOP + 6, text)
        sheet.drawString(COLUMNS[1] + 4, TOP - 14, "質問")

    (grid,) = first_page(make_pdf, draw).grids
    spans = [[cell.column_span for cell in grid.cells if cell.row == row] for row in (0, 1, 2)]
    assert spans == [[1, 1, 1, 1], [1, 3], [1, 1, 1, 1]]
