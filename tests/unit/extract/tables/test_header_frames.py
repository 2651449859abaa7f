"""Headers and outer columns that stand without rulings at ruled records."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.extracting import extract
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (60.0, 110.0, 300.0, 490.0)
MIDDLES = (85.0, 205.0, 395.0)
ROWS = [(str(n), f"第{n}の意見を書く", f"第{n}の考えを書く") for n in range(1, 5)]
TOP, STEP = 700.0, 30.0


def draw_records(sheet: canvas.Canvas, columns: tuple[float, ...]) -> None:
    """Ruled rows, with verticals at some of the columns."""
    for row, cells in enumerate(ROWS):
        for x, text in zip(COLUMNS, cells, strict=False):
            sheet.drawString(x + 4, TOP - row * STEP - 18, text)
    for row in range(len(ROWS) + 1):
        sheet.line(COLUMNS[0], TOP - row * STEP, COLUMNS[-1], TOP - row * STEP)
    for x in columns:
        sheet.line(x, TOP, x, TOP - len(ROWS) * STEP)


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[:2]], ids=["ruled", "one ruled"])
@pytest.mark.parametrize(
    "header",
    [
        [["番号", "意見", "市の考え方"]],
        [["", "", "市の"], ["番号", "意見", ""], ["", "", "考え方"]],
    ],
    ids=["one line", "two lines"],
)
@pytest.mark.parametrize("title", [(60, 10), (120, 13)], ids=["over an edge", "larger"])
def test_words_above_the_columns_head_them(
    header: list[list[str]],
    title: tuple[float, float],
    columns: tuple[float, ...],
    make_pdf: MakePdf,
) -> None:
    """As the line above the table they would be its title, or lost."""

    def draw(sheet: canvas.Canvas) -> None:
        draw_records(sheet, columns)
        for line, words in enumerate(reversed(header)):
            for x, word in zip(MIDDLES, words, strict=True):
                sheet.drawCentredString(x, TOP + 4 + 6 * line, word)
        sheet.setFont(FONT, title[1])
        sheet.drawString(title[0], TOP + 13 + 6 * len(header), "部会での意見と回答")

    (page,) = extract(make_pdf(draw)).pages
    (grid,) = page.grids
    expected = [("番号", "意見", "市の考え方"), *ROWS]
    assert [c.text.replace("\n", "") for c in grid.cells] == [t for row in expected for t in row]
    assert [line.text for line in page.loose_lines] == ["部会での意見と回答"]


@pytest.mark.parametrize("words", ["番号、意見", "意見の募集", "１班"])
def test_a_line_that_names_no_columns_is_no_header(words: str, make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        draw_records(sheet, COLUMNS)
        sheet.drawString(COLUMNS[1] + 4, TOP + 4, words)

    (page,) = extract(make_pdf(draw)).pages
    assert page.grids[0].cells[0].text == "1"


@pytest.mark.parametrize(
    ("ruled", "places"),
    [
        (COLUMNS[1:], COLUMNS),
        (COLUMNS[1:], (12.0, *COLUMNS[1:])),
        (COLUMNS[:-1], COLUMNS),
    ],
    ids=["left", "far left", "right"],
)
def test_texts_beside_the_rows_below_a_header_are_a_column(
    ruled: tuple[float, ...], places: tuple[float, ...], make_pdf: MakePdf
) -> None:
    """They were text around the table. The second page has no header."""

    def draw(sheet: canvas.Canvas) -> None:
        for header in ([("番号", "意見", "回答")], []):
            for row, cells in enumerate([*header, *ROWS]):
                for x, text in zip(places, cells, strict=False):
                    sheet.drawString(x + 4, TOP - row * STEP - 18, text)
            for row in range(len(header) + len(ROWS) + 1):
                sheet.line(ruled[0], TOP - row * STEP, ruled[-1], TOP - row * STEP)
            for x in ruled:
                sheet.line(x, TOP, x, TOP - (len(header) + len(ROWS)) * STEP)
            sheet.showPage()
            sheet.setFont(FONT, 10)

    first, second = list(extract(make_pdf(draw)).pages)[:2]
    texts = [[cell.text for cell in p.grids[0].cells] for p in (first, second)]
    assert texts[1] == [text for row in ROWS for text in row]
    assert texts[0] == ["番号", "意見", "回答", *texts[1]]
    assert first.grids[0].column_edges == second.grids[0].column_edges


@pytest.mark.parametrize("words", [("", "一", "二", "三"), ("", "", "", "備考")])
def test_texts_beside_the_rows_without_a_header_are_none(
    words: tuple[str, ...], make_pdf: MakePdf
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        draw_records(sheet, COLUMNS)
        for row, word in enumerate(words):
            sheet.drawString(COLUMNS[-1] + 6, TOP - row * STEP - 18, word)

    (page,) = extract(make_pdf(draw)).pages
    assert len(page.grids[0].column_edges) == len(COLUMNS)
