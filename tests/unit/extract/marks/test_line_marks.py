"""Lines drawn past their type, and lines that stand close to rulings of the next cell."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.model import MarkKind
from tests.support.extracting import table
from tests.support.marking import (
    COLUMNS,
    FULL,
    LEFT,
    PITCH,
    ROWS,
    SIZE,
    TOP,
    lines_of,
    marked,
    put_lines,
    read,
    underline,
)
from tests.support.pdfs import FONT, MakePdf


@pytest.mark.parametrize("end", [COLUMNS[1] + 3, COLUMNS[1] + 60, COLUMNS[2] + 30])
@pytest.mark.parametrize("margin", [0.3, 5.4])  # points
def test_a_line_over_the_side_of_its_cell_marks_type(
    end: float, margin: float, make_pdf: MakePdf
) -> None:
    """It would be a ruling, and cut the record in the middle of a sentence."""
    left = COLUMNS[0] + margin

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL, "か", "次の文。"], left)
        sheet.drawString(COLUMNS[1] - 5.4 - SIZE, TOP - PITCH, "。")
        sheet.drawString(COLUMNS[1] + 5, TOP, "右")
        underline(sheet, left, end, TOP - PITCH)

    assert lines_of(read(make_pdf, paint)) == [set(), {("か。", MarkKind.UNDERLINE)}, set()]


def test_two_lines_that_end_below_each_other_mark_type(make_pdf: MakePdf) -> None:
    """Texts repeat themselves; a ruling that runs on over both shows that none of them is one."""

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL] * 3)
        for row in range(2):
            underline(sheet, LEFT, COLUMNS[1] + 60, TOP - row * PITCH)

    line = {(FULL, MarkKind.UNDERLINE)}
    assert lines_of(read(make_pdf, paint)) == [line, line, set()]


@pytest.mark.parametrize("others", [[ROWS[0], TOP - PITCH - 3], []])
def test_a_ruling_over_an_open_side_of_the_table_stays(
    others: list[float], make_pdf: MakePdf
) -> None:
    """The rulings of a table without sides end together, where no vertical one stands.

    On a table's last page there may be only one.
    """

    def paint(sheet: canvas.Canvas) -> None:
        for y in (TOP - 3, *others):
            sheet.line(LEFT, y, 500, y)
        sheet.line(COLUMNS[1], ROWS[0], COLUMNS[1], TOP - PITCH - 3)
        sheet.setFont(FONT, SIZE)
        for row in range(2):
            sheet.drawString(LEFT, TOP - row * PITCH, FULL)
            sheet.drawString(COLUMNS[1] + 5, TOP - row * PITCH, "右")

    (grid,) = read(make_pdf, paint).grids
    assert len({cell.row for cell in grid.cells}) == 2
    assert all(not line.marks for cell in grid.cells for line in cell.lines)


def test_an_underline_takes_no_ruling_of_the_next_cell(make_pdf: MakePdf) -> None:
    """Each cell draws its piece of a ruling, and the table has no side at the right."""
    end = COLUMNS[1] - 1.5
    left = end - len(FULL) * SIZE

    def paint(sheet: canvas.Canvas) -> None:
        for y in (ROWS[0], TOP - 3, TOP - PITCH - 3):
            sheet.line(COLUMNS[0], y, COLUMNS[1], y)
            sheet.line(COLUMNS[1], y, COLUMNS[2], y)
        for x in COLUMNS[:2]:
            sheet.line(x, ROWS[0], x, TOP - PITCH - 3)
        sheet.setFont(FONT, SIZE)
        for row in range(2):
            sheet.drawString(left, TOP - row * PITCH, FULL)
            sheet.drawString(COLUMNS[1] + 5, TOP - row * PITCH, "右")
        sheet.line(left, TOP - 2, end, TOP - 2)

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.cells) == 4
    assert marked(grid.cells[0].lines[0]) == {(FULL, MarkKind.UNDERLINE)}


def test_the_rulings_of_a_small_table_in_a_cell_stay(make_pdf: MakePdf) -> None:
    """It has no sides, and its rulings end in the middle of the cell that holds it."""
    x0, middle, x1 = LEFT, LEFT + 8 * SIZE, LEFT + 20 * SIZE
    levels = [TOP + 11 - row * PITCH for row in range(3)]

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        for y in levels:
            sheet.line(x0, y, x1, y)
        sheet.line(middle, levels[0], middle, levels[-1])
        sheet.setFont(FONT, SIZE)
        for row in range(2):
            sheet.drawString(x0, TOP - row * PITCH, FULL[:8])
            sheet.drawString(middle + 4, TOP - row * PITCH, "右")

    page = read(make_pdf, paint)
    lines = [line for grid in page.grids for cell in grid.cells for line in cell.lines]
    assert len(lines) > 2
    assert not any(line.marks for line in lines)
