"""Tables of which one column is ruled, and white space parts the others."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.model import Page
from tests.support.extracting import extract
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (60.0, 110.0, 300.0, 480.0, 540.0)
HEADER = ("回", "部会の意見", "事務局の考え方", "資料")
ROWS = [(str(n), f"第{n}の意見を書く", f"第{n}の考えを書く", "") for n in range(1, 6)]
TOP, STEP = 700.0, 30.0


def draw(sheet: canvas.Canvas, rows: list[tuple[str, ...]], side_from: int) -> None:
    """Rows between rulings, and a side at the right of the first column from a row on."""
    for row, cells in enumerate(rows):
        for x, text in zip(COLUMNS, cells, strict=False):
            sheet.drawString(x + 4, TOP - row * STEP - 18, text)
    for row in range(len(rows) + 1):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
    sheet.line(COLUMNS[1], TOP - side_from * STEP, COLUMNS[1], TOP - len(rows) * STEP)


def read(make_pdf: MakePdf, *sheets: tuple[list[tuple[str, ...]], int]) -> list[Page]:
    def draw_all(sheet: canvas.Canvas) -> None:
        for at, own in enumerate(sheets):
            if at:
                sheet.showPage()
                sheet.setFont(FONT, 10)
            draw(sheet, *own)

    return list(extract(make_pdf(draw_all)).pages)


@pytest.mark.parametrize("side_from", [0, 1])
def test_headers_in_one_cell_part_its_column(side_from: int, make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, ([HEADER, *ROWS], side_from))
    (grid,) = page.grids
    assert [cell.text for cell in grid.cells] == [text for row in (HEADER, *ROWS) for text in row]


def test_a_page_without_a_header_has_the_columns_of_the_page_before(make_pdf: MakePdf) -> None:
    pages = read(make_pdf, ([HEADER, *ROWS], 1), (ROWS, 0))
    edges = [page.grids[0].column_edges for page in pages]
    assert edges[1] == pytest.approx(edges[0], abs=1)
    assert [cell.text for cell in pages[1].grids[0].cells] == [text for row in ROWS for text in row]


@pytest.mark.parametrize("has_paragraphs", [True, False])
def test_rows_without_verticals_have_the_columns_that_their_lines_stand_in(
    has_paragraphs: bool, make_pdf: MakePdf
) -> None:
    """A style rules the header's columns only. A lone line in a row may be a heading."""

    def draw_all(sheet: canvas.Canvas) -> None:
        draw(sheet, [HEADER, *ROWS[:4]], 4)
        for row in (1, 2, 3, 4) if has_paragraphs else ():
            for x in COLUMNS[1:3]:
                sheet.drawString(x + 4, TOP - row * STEP - 29, "二行目に続けて書く")
        for x in COLUMNS:
            sheet.line(x, TOP, x, TOP - STEP)
        for x in (COLUMNS[0], COLUMNS[-1]):
            sheet.line(x, TOP, x, TOP - 5 * STEP)

    (page,) = extract(make_pdf(draw_all)).pages
    (grid,) = page.grids
    own = [cell for cell in grid.cells if cell.row == 2]
    assert (len(own) == len(HEADER)) is has_paragraphs


def test_a_line_across_a_gap_leaves_its_column_whole(make_pdf: MakePdf) -> None:
    across = ("6", "意見がここから考えの欄まで一行で続いていて切れ目がない", "", "")
    (page,) = read(make_pdf, ([HEADER, *ROWS, across], 1))
    (grid,) = page.grids
    assert not any(abs(x - COLUMNS[2]) < STEP for x in grid.column_edges)
    assert across[1] in [cell.text for cell in grid.cells]


def test_a_header_over_two_ruled_columns_stays_whole(make_pdf: MakePdf) -> None:
    columns = (60.0, 110.0, 170.0, 300.0, 480.0, 540.0)
    rows = [
        (str(n), "５頁", f"第{n}の意見を書く", f"第{n}の考えを書く", "別紙") for n in range(1, 6)
    ]

    def draw_all(sheet: canvas.Canvas) -> None:
        header = zip((60.0, 180.0, 300.0, 480.0), HEADER, strict=True)
        lines = [header, *(zip(columns, row, strict=False) for row in rows)]
        for row, line in enumerate(lines):
            for x, text in line:
                sheet.drawString(x + 4, TOP - row * STEP - 18, text)
        for row in range(len(lines) + 1):
            sheet.line(columns[0], TOP - row * STEP, columns[-1], TOP - row * STEP)
        for x, first in ((columns[0], 0), (110.0, 0), (170.0, 1), (300.0, 0), (540.0, 0)):
            sheet.line(x, TOP - first * STEP, x, TOP - len(lines) * STEP)

    (page,) = extract(make_pdf(draw_all)).pages
    (grid,) = page.grids
    top = [(cell.text, cell.column_span) for cell in grid.cells if cell.row == 0]
    assert top == [("回", 1), ("部会の意見", 2), ("事務局の考え方", 1), ("資料", 1)]


@pytest.mark.parametrize(
    ("letters", "columns"), [("箇所", 3), ("条項", 3), ("結果", 3), ("誤正", 4)]
)
def test_letters_of_a_header_that_are_spread_over_its_cell_are_one_word(
    letters: str, columns: int, make_pdf: MakePdf
) -> None:
    def draw_all(sheet: canvas.Canvas) -> None:
        rows = [("意見", "回答", *letters), *(("広げる", "直す", "三行目", "下から"),) * 4]
        for row, cells in enumerate(rows):
            for x, text in zip((60, 160, 260, 360), cells, strict=True):
                sheet.drawString(x + 4, TOP - row * STEP - 18, text)
        for row in range(len(rows) + 1):
            sheet.line(60, TOP - row * STEP, 460, TOP - row * STEP)
        for x in (60, 160, 260, 460):
            sheet.line(x, TOP, x, TOP - len(rows) * STEP)

    (page,) = extract(make_pdf(draw_all)).pages
    (grid,) = page.grids
    assert len(grid.column_edges) - 1 == columns


def test_a_header_in_one_cell_may_have_a_second_line(make_pdf: MakePdf) -> None:
    def draw_all(sheet: canvas.Canvas) -> None:
        draw(sheet, [HEADER, *ROWS], 0)
        sheet.drawString(COLUMNS[2] + 4, TOP - 28, "（素案）")

    (page,) = extract(make_pdf(draw_all)).pages
    (grid,) = page.grids
    header = ("回", "部会の意見", "事務局の考え方（素案）", "資料")
    assert [cell.text for cell in grid.cells] == [text for row in (header, *ROWS) for text in row]


@pytest.mark.parametrize("blank", [False, True])
def test_the_rows_below_part_a_header_that_stands_alone(blank: bool, make_pdf: MakePdf) -> None:
    """A scan lost the short ruling between two headers; a heading row has no sides."""
    header, body = ("区分", "意見", "回答"), (60.0, 110.0, 300.0, 480.0)

    def draw_all(sheet: canvas.Canvas) -> None:
        for x, text in zip(body, header, strict=False):
            sheet.drawString(x + 4, 682, text)
        for y in (700, 670, *([730] if blank else [])):
            sheet.line(60, y, 480, y)
        for x in (60, 300, 480):
            sheet.line(x, 670, x, 700)
        for x in (60, 480):
            sheet.line(x, 700, x, 730 if blank else 700)
        sheet.drawString(250, 655, "第１章")
        for row in range(3):
            for x, text in zip(body, ("道路", "狭い。", "広げる。"), strict=False):
                sheet.drawString(x + 4, 632 - row * 20, text)
        for y in (645, 625, 605, 585):
            sheet.line(60, y, 480, y)
        for x in body:
            sheet.line(x, 585, x, 645)

    (page,) = extract(make_pdf(draw_all)).pages
    upper, _ = page.grids
    assert upper.column_edges == pytest.approx(body, abs=1)
    assert [cell.text for cell in upper.cells if cell.lines] == [*header]
