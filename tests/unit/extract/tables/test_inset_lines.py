"""Lines and grounds of a paragraph, which part no rows."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.tables.fills import drop_inset
from pipeline.extract.tables.rulings import Segment
from tests.support.extracting import table
from tests.support.marking import COLUMNS, FULL, LEFT, PITCH, ROWS, SIZE, TOP, read
from tests.support.pdfs import FONT, MakePdf

VERTICALS = [Segment(x, 0, 100) for x in (0.0, 100.0, 200.0)]


@pytest.mark.parametrize("is_filled", [True, False])
def test_a_paragraph_with_a_line_or_a_ground_stays_in_its_record(
    is_filled: bool, make_pdf: MakePdf
) -> None:
    """Both are as wide as the cell but for its margins, and would cut the record."""
    x0, x1, y = COLUMNS[0] + 3, COLUMNS[1] - 3, TOP - PITCH - 3

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        if is_filled:
            sheet.setFillGray(0.8)
            sheet.rect(x0, y, x1 - x0, 2 * PITCH, stroke=0, fill=1)
            sheet.setFillGray(0)
        else:
            sheet.line(x0, y, x1, y)
        sheet.setFont(FONT, SIZE)
        for row, text in enumerate([FULL, "ものとする。", "次の段落。"]):
            sheet.drawString(LEFT, TOP - row * PITCH, text)

    (grid,) = read(make_pdf, paint).grids
    assert [len(cell.lines) for cell in grid.cells] == [3, 0]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([Segment(50, 3, 97)], 0),
        ([Segment(50, 0, 97)], 1),  # it meets the side
        ([Segment(50, 3, 97), Segment(50, 103, 197)], 2),  # rows of a design with gaps
        ([Segment(50, 3, 97), Segment(60, 103, 197)], 0),
        ([Segment(50, 3, 197)], 1),  # over two columns
        ([Segment(50, 210, 290)], 1),  # outside the table
        ([Segment(150, 3, 97)], 1),
        ([Segment(50, 30, 70), Segment(40, 30, 100)], 2),  # it begins where a ruling does
        ([Segment(50, 30, 70), Segment(40, 30, 70)], 0),
    ],
)
def test_only_lines_alone_within_a_cell_are_dropped(lines: list[Segment], kept: int) -> None:
    assert len(drop_inset(lines, VERTICALS, size=10)) == kept
