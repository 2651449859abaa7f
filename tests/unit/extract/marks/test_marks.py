"""What marks text is no ruling, and it is known which characters it marks."""

import itertools

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen import canvas

from pipeline.model import MarkKind
from tests.support.extracting import table
from tests.support.marking import (
    COLUMNS,
    FULL,
    LEFT,
    LINES,
    PITCH,
    ROWS,
    SIGNS,
    SIZE,
    TOP,
    draw,
    lines_of,
    marked,
    put_lines,
    read,
)
from tests.support.pdfs import FONT, MakePdf


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


def test_a_wave_that_ends_at_the_side_of_its_cell_is_no_ruling(make_pdf: MakePdf) -> None:
    """Word processors draw whole waves, as far behind the type as the last one takes."""

    def bend(sheet: canvas.Canvas, x0: float, x1: float, y: float) -> None:
        path = sheet.beginPath()
        path.moveTo(x0, y - 2)
        bends = 2 * round((x1 - x0) / 5.2)
        for place in range(bends):
            left, right = (x0 + (x1 - x0) * at / bends for at in (place, place + 1))
            height = y - 2 + (1.3 if place % 2 else -1.3)
            path.curveTo(left, height, right, height, right, y - 2)
        sheet.drawPath(path)

    def paint(sheet: canvas.Canvas) -> None:
        put_lines(sheet, [FULL] * 3)
        for row in range(3):
            bend(sheet, LEFT, COLUMNS[1], TOP - row * PITCH)

    assert lines_of(read(make_pdf, paint)) == [{(FULL, MarkKind.UNDERLINE)}] * 3


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


def test_the_borders_of_one_cell_that_overlap_those_of_the_next_are_no_frame(
    make_pdf: MakePdf,
) -> None:
    """As programs draw them that paint each side of each cell, up to the outer corners."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        sheet.setLineWidth(0.8)
        edges = (50, 73, 300)
        for row, (top, bottom) in enumerate(((720, 702), (702, 640), (640, 580))):
            for left, right in itertools.pairwise(edges):
                for y in (top, bottom):
                    sheet.line(left - 0.4, y, right + 0.4, y)
                for x in (left, right):
                    sheet.line(x, top + 0.4, x, bottom - 0.4)
            sheet.drawString(52.5, top - 13, "二字" if row == 0 else "1")
            sheet.drawString(76, top - 13, "意見" if row == 0 else FULL[:10])

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.cells) == 6
    assert all(not line.marks for cell in grid.cells for line in cell.lines)


@pytest.mark.parametrize("inner", [250.0, 250.25, 250.5, 250.75, 251.0, 251.25])
def test_a_cell_whose_sides_go_on_below_is_no_frame(make_pdf: MakePdf, inner: float) -> None:
    """As browsers draw it: its upper border begins a pen's width behind the one beside it."""
    pen, top, middle, bottom = 0.75, 720.0, 703.0, 500.0
    left, right = 50.0, inner + 4 * SIZE

    def paint(sheet: canvas.Canvas) -> None:
        def fill(x0: float, x1: float, y0: float, y1: float) -> None:
            sheet.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)

        sheet.setFont(FONT, SIZE)
        for x0, x1 in ((left, inner), (inner, right)):
            fill(x0 + pen, x1 - pen * (x1 == inner), top - pen, top)
            for y in (middle, bottom):
                fill(x0, x1, y, y + pen)
                fill(x0 + pen, x1, y, y + pen)
        for x in (left, inner - pen, right - pen):
            fill(x, x + pen, middle + pen * (x > inner), top)
            fill(x, x + pen, bottom, middle)
        sheet.drawString(left + 3, middle + 5, "意見")
        sheet.drawString(inner + SIZE / 2, middle + 5, "意見数")
        sheet.drawString(left + 3, middle - 12, FULL[:10])
        sheet.drawString(inner + SIZE / 2, middle - 12, "3")

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.cells) == 4
    assert all(not line.marks for cell in grid.cells for line in cell.lines)


@pytest.mark.parametrize("dash", [[1, 2], []])
@pytest.mark.parametrize(("text", "followed"), [(FULL, True), ("短い行", False)])
def test_dotted_or_inset_lines_guide_only_where_text_runs_on_over_them(
    make_pdf: MakePdf, text: str, followed: bool, dash: list[int]
) -> None:
    """Else they part rows, as the rulings of many tables are dotted."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        for row in range(4):
            sheet.drawString(LEFT, TOP - row * PITCH, text)
        sheet.setDash(dash)
        inset = 0 if dash else 2.5
        for row in range(3):
            for x0, x1 in itertools.pairwise(COLUMNS):
                y = TOP - row * PITCH - 3
                sheet.line(x0 + inset, y, x1 - inset, y)

    (grid,) = read(make_pdf, paint).grids
    left = [cell for cell in grid.cells if cell.column == 0]
    assert [len(cell.lines) for cell in left] == ([4] if followed else [1, 1, 1, 1])


def test_dotted_lines_part_rows_though_each_label_fills_its_narrow_column(
    make_pdf: MakePdf,
) -> None:
    """Below a header over two columns the ruling between these begins inside the table."""
    columns, right = [50.0, 50 + 9 * SIZE, 320.0], 500.0
    top, header, bottom = 780.0, 765.0, 650.0
    dotted_levels = [750.0, 715.0, 680.0]

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, SIZE)
        for y in (top, bottom):
            sheet.line(columns[0], y, right, y)
        for x in (columns[0], columns[1], right):
            sheet.line(x, top, x, bottom)
        sheet.line(columns[2], header, columns[2], bottom)
        sheet.drawString(columns[1] + 4, header + 3, "意見と対応")
        sheet.setDash([1, 2])
        sheet.line(columns[1], header, right, header)
        for y in dotted_levels:
            sheet.line(columns[0], y, right, y)
            sheet.drawString(columns[0] + 3, y - 13, "図書館との連携の在")
            for x in columns[1:]:
                for line in (13, 26):
                    sheet.drawString(x + 4, y - line, FULL[:12])

    (grid,) = read(make_pdf, paint).grids
    assert len(grid.row_edges) == len([top, header, bottom]) + len(dotted_levels)


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


@pytest.mark.parametrize(("black", "is_mark"), [(6, True), (2, False)])
def test_most_of_a_page_may_be_coloured(make_pdf: MakePdf, black: int, is_mark: bool) -> None:
    """On a page that is blue for nearly all of its type, blue is its ink."""

    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, COLUMNS, ROWS)
        sheet.setFont(FONT, SIZE)
        sheet.setFillColor(HexColor("#0000ff"))
        sheet.drawString(LEFT, TOP, FULL[:12])
        sheet.setFillColor(HexColor("#000000"))
        sheet.drawString(COLUMNS[1] + 5, TOP, FULL[:black])

    (grid,) = read(make_pdf, paint).grids
    expected = {(FULL[:12], MarkKind.COLOUR)} if is_mark else set()
    assert marked(grid.cells[0].lines[0]) == expected


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
