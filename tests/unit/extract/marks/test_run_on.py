"""Marks that go on over line ends, and lines whose ends miss their type."""

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
    frame,
    lines_of,
    marked,
    put_lines,
    read,
    strike,
    underline,
)
from tests.support.pdfs import FONT, MakePdf


def test_a_frame_over_many_lines_has_sides_on_its_first_and_last_only(make_pdf: MakePdf) -> None:
    """The lines between them would be underlined, or cut the cell."""
    ends = [(4, len(FULL)), (0, len(FULL)), (0, len(FULL)), (0, 5)]

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL] * 4)
        for row, (start, end) in enumerate(ends):
            x0, x1, y = LEFT + start * SIZE, LEFT + end * SIZE, TOP - row * PITCH
            low, high = y - 0.2 * SIZE, y + 0.95 * SIZE
            sheet.line(x0, low, x1, low)
            sheet.line(x0, high, x1, high)
            for x in [x0] * (row == 0) + [x1] * (row == 3):
                sheet.line(x, low, x, high)

    expected = [{(FULL[start:end], MarkKind.BOX)} for start, end in ends]
    assert lines_of(read(make_pdf, paint)) == expected


@pytest.mark.parametrize("margin", [0.6, 1.0, 2.2, 5.4])  # points
def test_a_frame_may_have_two_lines_beside_it_in_the_next_cell(
    margin: float, make_pdf: MakePdf
) -> None:
    """Two boxes side by side are cells only where no ruling parts them."""
    end, start = COLUMNS[1] - margin, COLUMNS[1] + margin

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL], end - len(FULL) * SIZE)
        frame(sheet, end - 4 * SIZE, end, TOP)
        sheet.drawString(start, TOP, "三文字")
        for y in (TOP - 0.2 * SIZE, TOP + 0.95 * SIZE):
            sheet.line(start, y, start + 3 * SIZE, y)

    assert lines_of(read(make_pdf, paint)) == [{(FULL[20:], MarkKind.BOX)}]


@pytest.mark.parametrize("margin", [0.6, 0.8, 1.0, 1.2, 1.4])  # points
def test_an_underline_in_the_next_cell_is_no_piece_of_a_frame(
    margin: float, make_pdf: MakePdf
) -> None:
    """It begins where the bottom of the frame ends, but for the margins of two cells."""

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [])
        end, low = COLUMNS[1] - margin, TOP - 0.2 * SIZE
        sheet.drawString(end - len(FULL) * SIZE, TOP, FULL)
        frame(sheet, end - len(FULL) * SIZE, end, TOP)
        sheet.line(COLUMNS[1] + margin, low, COLUMNS[1] + 3 * SIZE, low)

    assert lines_of(read(make_pdf, paint)) == [{(FULL, MarkKind.BOX)}]


def test_a_line_drawn_past_its_type_marks_it_if_the_mark_runs_on(make_pdf: MakePdf) -> None:
    """As far as one more character could have stood, which did not fit."""
    texts = [FULL[:-1], FULL[:-1], "定める。"]

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, texts)
        for row, end in enumerate((len(FULL) - 0.4, len(FULL) - 0.4, 3)):
            underline(sheet, LEFT, LEFT + end * SIZE, TOP - row * PITCH)

    expected = [{(text, MarkKind.UNDERLINE)} for text in (*texts[:2], "定める")]
    assert lines_of(read(make_pdf, paint)) == expected


def test_a_line_under_an_overfull_line_marks_it_if_the_mark_runs_on(make_pdf: MakePdf) -> None:
    """The program lets a character that begins no line stand over the end, and its mark not."""
    texts = [FULL, FULL, "定める。"]

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, texts)
        for row, end in enumerate((len(FULL) - 0.3, len(FULL) - 0.3, 3)):
            underline(sheet, LEFT, LEFT + end * SIZE, TOP - row * PITCH)

    expected = [{(text, MarkKind.UNDERLINE)} for text in (FULL, FULL, "定める")]
    assert lines_of(read(make_pdf, paint)) == expected


@pytest.mark.parametrize("text", ["（第三条）", "「定める。"])
def test_brackets_set_without_their_blank_halves_are_marked(make_pdf: MakePdf, text: str) -> None:
    """Browsers trim them, so that their boxes stand out of the line at its start and its end."""
    start, end = LEFT + SIZE / 2 + 0.01, LEFT + (len(text) - 0.5) * SIZE - 0.01

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [text])
        underline(sheet, start, end, TOP)

    assert lines_of(read(make_pdf, paint)) == [{(text, MarkKind.UNDERLINE)}]


def test_a_dotted_line_ends_up_to_a_period_before_its_type(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL])
        for dot in range(9):  # the tenth would stand out by a little
            sheet.circle(LEFT + 0.5 + dot * 3.4, TOP - 2, 0.5, stroke=0, fill=1)

    assert lines_of(read(make_pdf, paint)) == [{(FULL[:3], MarkKind.UNDERLINE)}]


@pytest.mark.parametrize("rows", [ROWS, [780.0, 757.5, 700.0]])
def test_a_line_from_the_side_of_a_cell_to_its_middle_is_no_ruling(
    make_pdf: MakePdf, rows: list[float]
) -> None:
    """Cells without margins: a ruling would go on to the other side."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, rows)
        sheet.setFont(FONT, SIZE)
        for row in range(2):
            sheet.drawString(COLUMNS[0] + 0.4, TOP - row * PITCH, FULL)
        underline(sheet, COLUMNS[0], COLUMNS[0] + 0.4 + 8 * SIZE, TOP)

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.row_edges) == len(rows)
    lines = [line for cell in grid.cells if cell.column == 0 for line in cell.lines]
    assert list(map(marked, lines)) == [{(FULL[:8], MarkKind.UNDERLINE)}, set()]


def test_a_line_through_spread_type_strikes_it(make_pdf: MakePdf) -> None:
    """A short line may be justified over the whole column, at its ends the cell's margins."""
    step = (COLUMNS[1] - COLUMNS[0] - SIZE - 1) / 4

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL])
        for place, char in enumerate("とします。"):
            sheet.drawString(COLUMNS[0] + 0.4 + place * step, TOP - PITCH, char)
        strike(sheet, COLUMNS[0] + 0.9, COLUMNS[1] - 0.9, TOP - PITCH)

    expected = [set(), {("とします。", MarkKind.STRIKE)}]
    assert lines_of(read(make_pdf, paint)) == expected


def test_a_wave_above_tight_type_underlines_the_line_before(make_pdf: MakePdf) -> None:
    """Painted as one area it reaches down to the middle of the next line."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        for row in range(2):
            sheet.drawString(LEFT, TOP - row * 1.03 * SIZE, FULL)
        path = sheet.beginPath()
        for x, y in ((0, 0), (100, 0), (100, -3.6), (0, -3.6)):
            (path.lineTo if x or y else path.moveTo)(LEFT + x / 100 * 6 * SIZE, TOP - 3.2 + y)
        path.close()
        sheet.drawPath(path, stroke=0, fill=1)

    expected = [{(FULL[:6], MarkKind.UNDERLINE)}, set()]
    assert lines_of(read(make_pdf, paint)) == expected
