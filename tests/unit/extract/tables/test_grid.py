"""The cells that a page's rulings make."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.model import Box, Doubt, Page
from tests.support.extracting import extract, table
from tests.support.pdfs import Draw, MakePdf


def texts(page: Page) -> list[list[str]]:
    return [[line.text for line in cell.lines] for grid in page.grids for cell in grid.cells]


def test_a_row_without_a_ruling_below_is_kept(make_pdf: MakePdf) -> None:
    """pdfplumber's table finder drops it without a word (its issues 160, 1024, 1240, 1370)."""

    def draw(sheet: canvas.Canvas) -> None:
        for x in (50, 150, 300):
            sheet.line(x, 800, x, 100)
        for y in (800, 780):
            sheet.line(50, y, 300, y)
        sheet.drawString(55, 785, "番号")
        sheet.drawString(55, 760, "1")
        sheet.drawString(155, 110, "最後の行")

    page = extract(make_pdf(draw)).pages[0]
    assert page.grids[0].open_bottom
    assert not page.grids[0].open_top
    assert texts(page) == [["番号"], [], ["1"], ["最後の行"]]


def test_a_page_with_verticals_only_is_a_piece_open_at_both_ends(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for x in (50, 150, 300):
            sheet.line(x, 800, x, 100)
        sheet.drawString(155, 400, "途中")

    grid = extract(make_pdf(draw)).pages[0].grids[0]
    assert grid.open_top
    assert grid.open_bottom
    assert len(grid.cells) == 2


def test_a_stamp_on_a_patch_over_type_is_a_doubt_of_its_cell(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [800, 780, 700])
        for x, text in ((55, "道が狭いです。"), (155, "広げます。")):
            sheet.drawString(x, 760, text)
        sheet.setFillGray(1)
        sheet.rect(75, 756, 30, 14, stroke=0, fill=1)
        sheet.setFillColorRGB(1, 0, 0)
        sheet.drawString(85, 760, "済")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    assert [cell.doubts for cell in grid.cells if cell.lines] == [(Doubt.STAMPED,), ()]


def test_rulings_of_other_makes_draw_the_same_grid(make_pdf: MakePdf) -> None:
    columns, rows = [50.0, 150.0, 300.0], [700.0, 650.0, 600.0]

    def strokes(sheet: canvas.Canvas) -> None:
        table(sheet, columns, rows)

    def bars(sheet: canvas.Canvas) -> None:
        for x in columns:
            sheet.rect(x - 0.3, 600, 0.6, 100, stroke=0, fill=1)
        for y in rows:
            sheet.rect(50, y - 0.3, 250, 0.6, stroke=0, fill=1)

    def frames(sheet: canvas.Canvas) -> None:
        for x0, x1 in ((50, 150), (150, 300)):
            for y in (600, 650):
                sheet.rect(x0, y, x1 - x0, 50, stroke=1, fill=0)

    def paths(sheet: canvas.Canvas) -> None:
        for x0, x1 in ((50, 150), (150, 300)):
            for y in (600, 650):
                path = sheet.beginPath()
                path.moveTo(x0, y)
                for corner in ((x1, y), (x1, y + 50), (x0, y + 50), (x0, y)):
                    path.lineTo(*corner)
                sheet.drawPath(path)

    # The smallest text tells how far rulings may be apart and still be one.
    def with_text(rulings: Draw) -> Draw:
        return lambda sheet: (sheet.drawString(60, 660, "文"), rulings(sheet))[1]

    pages = extract(make_pdf(*map(with_text, (strokes, bars, frames, paths)))).pages
    for page in pages:
        (grid,) = page.grids
        assert grid.column_edges == pytest.approx((50, 150, 300), abs=0.5)
        assert grid.row_edges == pytest.approx((142, 192, 242), abs=0.5)
        assert len(grid.cells) == 4


def test_spans_are_cells_of_several_rows_and_columns(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [700, 600])
        sheet.line(150, 650, 300, 650)
        sheet.drawString(55, 640, "縦")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans == {(0, 0): (2, 1), (0, 1): (1, 1), (1, 1): (1, 1)}


def test_boxes_and_underlines_are_no_tables(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(50, 600, 300, 100)
        sheet.drawString(60, 650, "囲みの文章")
        sheet.drawString(60, 500, "下線")
        sheet.line(60, 498, 80, 498)

    page = extract(make_pdf(draw)).pages[0]
    assert page.grids == ()
    assert [line.text for line in page.loose_lines] == ["囲みの文章", "下線"]


def test_a_table_inside_a_cell_belongs_to_the_table_around(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 400], [700, 500])
        table(sheet, [200, 250, 300], [650, 620, 590])
        sheet.drawString(205, 630, "内")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    assert grid.box == Box(*(pytest.approx(v, abs=0.1) for v in (50, 142, 400, 342)))
    (cell,) = (cell for cell in grid.cells if cell.lines)
    assert cell.box.width == pytest.approx(50, abs=0.1)


def test_a_hatch_beside_a_table_leaves_its_rulings_alone(make_pdf: MakePdf) -> None:
    """Strokes two points apart chained the table's own rulings into one, and a record was lost."""

    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [700, 675, 650])
        sheet.drawString(55, 680, "上")
        sheet.drawString(55, 655, "下")
        for i in range(40):
            sheet.line(500, 710 - 2 * i, 515, 710 - 2 * i)

    page = extract(make_pdf(draw)).pages[0]
    assert texts(page) == [["上"], [], ["下"], []]


def test_white_strokes_are_no_rulings(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setStrokeColorRGB(1, 1, 1)
        table(sheet, [50, 150, 300], [700, 650, 600])

    assert extract(make_pdf(draw)).pages[0].grids == ()


def test_an_underline_at_a_frames_edge_is_no_ruling(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [690, 650])
        for x in (50, 150, 300):
            sheet.line(x, 690, x, 720)  # the row above goes on from the page before
        sheet.line(152, 718, 200, 718)  # struck through from the column's edge on
        sheet.drawString(155, 714, "続きの行")

    (grid,) = extract(make_pdf(draw)).pages[0].grids
    assert grid.open_top
    assert [cell.text for cell in grid.cells if cell.lines] == ["続きの行"]


@pytest.mark.parametrize(("y", "is_doubted"), [(740, True), (760, False)])
def test_a_line_that_is_drawn_as_outlines_makes_its_cell_doubtful(
    y: float, is_doubted: bool, make_pdf: MakePdf
) -> None:
    """Around its characters curves are no line of their own."""

    def draw(sheet: canvas.Canvas) -> None:
        table(sheet, [50, 150, 300], [800, 700])
        sheet.drawString(55, 760, "三年に一度改定する")
        for x in (55, 65, 75):
            sheet.ellipse(x, y - 1, x + 8, y + 8, stroke=0, fill=1)

    cell, _ = extract(make_pdf(draw)).pages[0].grids[0].cells
    assert (Doubt.OUTLINED in cell.doubts) == is_doubted
