"""What marks text is no ruling, and it is known which characters it marks."""

from collections.abc import Callable

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen import canvas

from pipeline.model import Line, MarkKind, Page
from tests.support.extracting import extract, table
from tests.support.pdfs import FONT, MakePdf

SIZE = 10.5
LEFT, TOP, PITCH = 55.4, 760.0, 15.0
FULL = "この要綱は地域の交通を守るため必要な事項を定める"  # as wide as its cell but for its margins
COLUMNS, ROWS = [50.0, LEFT + SIZE * len(FULL) + 5.4, 500.0], [780.0, 700.0]

Sign = Callable[[canvas.Canvas, float, float, float], None]
"""Draws a mark from x to x beside type with its baseline at y."""


def draw(sheet: canvas.Canvas, sign: Sign, lines: dict[str, tuple[int, int]], size: float) -> None:
    """A table of one row whose lines bear a mark from one character to another."""
    table(sheet, COLUMNS, ROWS)
    sheet.drawString(COLUMNS[1] + 5, TOP, "右")
    for row, (text, (start, end)) in enumerate(lines.items()):
        y = TOP - row * PITCH
        if start < end:
            sign(sheet, LEFT + start * size, LEFT + end * size, y)
        sheet.setFillGray(0)
        sheet.setFont(FONT, size)
        sheet.drawString(LEFT, y, text)


def underline(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.line(x0, y - 1.5, x1, y - 1.5)


def double(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    for below in (1.2, 2.6):
        sheet.line(x0, y - below, x1, y - below)


def dotted(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    x = x0
    while x < x1 - 1:
        sheet.rect(x, y - 2, 1, 1, stroke=0, fill=1)
        x += 2.5


def wavy(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    path = sheet.beginPath()
    path.moveTo(x0, y - 2)
    steps = int((x1 - x0) / 1.5)
    for step in range(1, steps + 1):
        path.lineTo(x0 + (x1 - x0) * step / steps, y - 2 + (step % 2))
    sheet.drawPath(path)


def strike(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.line(x0, y + 0.35 * SIZE, x1, y + 0.35 * SIZE)


def double_strike(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    for up in (2.0, 4.5):
        sheet.line(x0, y + up, x1, y + up)


def ground(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.setFillColor(HexColor("#ffff00"))
    sheet.rect(x0, y - 0.2 * SIZE, x1 - x0, 1.2 * SIZE, stroke=0, fill=1)


def frame(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
    sheet.rect(x0, y - 0.2 * SIZE, x1 - x0, 1.15 * SIZE, stroke=1, fill=0)


SIGNS = {
    "underline": (underline, MarkKind.UNDERLINE),
    "double": (double, MarkKind.UNDERLINE),
    "dotted": (dotted, MarkKind.UNDERLINE),
    "wavy": (wavy, MarkKind.UNDERLINE),
    "strike": (strike, MarkKind.STRIKE),
    "double_strike": (double_strike, MarkKind.STRIKE),
    "ground": (ground, MarkKind.HIGHLIGHT),
    "frame": (frame, MarkKind.BOX),
}
LINES = {FULL: (0, len(FULL)), "ものとする。市は、": (6, 9), "これを公表する。": (0, 0)}


def read(make_pdf: MakePdf, paint: Callable[[canvas.Canvas], None]) -> Page:
    (page,) = extract(make_pdf(paint)).pages
    return page


def marked(line: Line) -> set[tuple[str, MarkKind]]:
    return {(line.text[mark.start : mark.end], mark.kind) for mark in line.marks}


@pytest.mark.parametrize("name", SIGNS)
def test_a_marked_line_is_one_line_of_its_cell(make_pdf: MakePdf, name: str) -> None:
    sign, kind = SIGNS[name]
    page = read(make_pdf, lambda sheet: draw(sheet, sign, LINES, SIZE))
    (grid,) = page.grids
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1)]
    first, second, third = grid.cells[0].lines
    assert marked(first) == {(FULL, kind)}
    assert marked(second) == {("市は、", kind)}
    assert marked(third) == set()


def lines_of(page: Page) -> list[set[tuple[str, MarkKind]]]:
    """What is marked on each line of the left cell of a table with one row."""
    (grid,) = page.grids
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1)]
    return [marked(line) for line in grid.cells[0].lines]


def put_lines(sheet: canvas.Canvas, texts: list[str], left: float = LEFT) -> None:
    """A table of one row with these lines in its left cell."""
    table(sheet, COLUMNS, ROWS)
    sheet.setFont(FONT, SIZE)
    for row, text in enumerate(texts):
        sheet.drawString(left, TOP - row * PITCH, text)


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


def test_a_line_drawn_past_its_type_marks_it_if_the_mark_runs_on(make_pdf: MakePdf) -> None:
    """As far as one more character could have stood, which did not fit."""
    texts = [FULL[:-1], FULL[:-1], "定める。"]

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, texts)
        for row, end in enumerate((len(FULL) - 0.4, len(FULL) - 0.4, 3)):
            underline(sheet, LEFT, LEFT + end * SIZE, TOP - row * PITCH)

    expected = [{(text, MarkKind.UNDERLINE)} for text in (*texts[:2], "定める")]
    assert lines_of(read(make_pdf, paint)) == expected


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


def test_a_ruling_between_rows_marks_nothing(make_pdf: MakePdf) -> None:
    """It meets the sides, however close it is to the type."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, [780, 757.5, 740])
        sheet.setFont(FONT, SIZE)
        sheet.drawString(LEFT, TOP, FULL)
        sheet.drawString(LEFT, TOP - PITCH, FULL)

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.row_edges) == 3
    assert all(not line.marks for cell in grid.cells for line in cell.lines)


def test_a_ruling_drawn_cell_by_cell_marks_nothing(make_pdf: MakePdf) -> None:
    """Without margins each piece is as long as the text above it; only the last meets a side."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        middle, right = LEFT + SIZE * len(FULL), LEFT + SIZE * (len(FULL) + 12)
        for x0, x1, text in ((LEFT, middle, FULL), (middle, right, FULL[:12])):
            sheet.drawString(x0, TOP, text)
            sheet.line(x0, TOP - 2, x1 - (x1 < right), TOP - 2)
        sheet.line(right, TOP + 20, right, TOP - 40)

    page = read(make_pdf, paint)
    assert all(not line.marks for line in page.loose_lines)


def test_cells_as_narrow_as_their_text_are_no_frames(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for row in range(3):
            for column in range(4):
                x, y = 50 + column * 32.5, 700 - row * 13
                sheet.rect(x, y, 32.5, 13, stroke=1, fill=0)
                sheet.drawString(x + 0.5, y + 3, "三文字")

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.cells) == 12
    assert all(not line.marks for cell in grid.cells for line in cell.lines)


def test_borders_that_each_cell_has_of_its_own_are_no_frames(make_pdf: MakePdf) -> None:
    """As browsers draw them where cells do not share their borders."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for row in range(3):
            for column in range(4):
                x, y = 50 + column * 38, 700 - row * 17
                sheet.rect(x, y, 35, 15, stroke=1, fill=0)
                sheet.drawString(x + 3, y + 4, "三文字" if column != 2 else "")

    page = read(make_pdf, paint)
    cells = [cell for grid in page.grids for cell in grid.cells]
    assert all(not line.marks for cell in cells for line in cell.lines)
    assert all(not line.marks for line in page.loose_lines)


@pytest.mark.parametrize(("text", "followed"), [(FULL, True), ("短い行", False)])
def test_dotted_lines_guide_only_where_text_runs_on_over_them(
    make_pdf: MakePdf, text: str, followed: bool
) -> None:
    """Else they part rows, as the rulings of many tables are dotted."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        for row in range(4):
            sheet.drawString(LEFT, TOP - row * PITCH, text)
        sheet.setDash([1, 2])
        for row in range(3):
            sheet.line(COLUMNS[0], TOP - row * PITCH - 3, COLUMNS[1], TOP - row * PITCH - 3)

    (grid,) = read(make_pdf, paint).grids
    left = [cell for cell in grid.cells if cell.column == 0]
    assert [len(cell.lines) for cell in left] == ([4] if followed else [1, 1, 1, 1])


def test_coloured_type_is_marked_and_grey_type_is_not(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        for place, (char, ink) in enumerate(
            (("黒", "#000000"), ("赤", "#ff0000"), ("字", "#ff0000"), ("灰", "#999999"))
        ):
            sheet.setFillColor(HexColor(ink))
            sheet.drawString(LEFT + place * SIZE, TOP, char)
        sheet.setFillColor(HexColor("#000000"))
        sheet.drawString(COLUMNS[1] + 5, TOP, "よくある黒い字")

    (grid,) = read(make_pdf, paint).grids
    assert marked(grid.cells[0].lines[0]) == {("赤字", MarkKind.COLOUR)}
    assert marked(grid.cells[1].lines[0]) == set()


@pytest.mark.parametrize("sign", "•・○")
def test_emphasis_dots_are_no_text(make_pdf: MakePdf, sign: str) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        sheet.drawString(LEFT, TOP, "速やかに通知する")
        sheet.setFont(FONT, SIZE / 2)
        for place in range(3):
            sheet.drawString(LEFT + place * SIZE + SIZE / 4, TOP + SIZE, sign)

    page = read(make_pdf, paint)
    (line,) = page.grids[0].cells[0].lines
    assert line.text == "速やかに通知する"
    assert marked(line) == {("速やか", MarkKind.EMPHASIS)}
    assert sum(dots.glyphs for dots in page.ruby) == 3
