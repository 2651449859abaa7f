"""A column of numbers without a header, in a table without rulings between its columns."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.extracting import first_page
from tests.support.pdfs import Draw, MakePdf

PLACES = ["Ｐ．３", "Ｐ．５", "Ｐ．９"]


def draw(numbers: list[str], wrapped: str = "") -> Draw:
    """The header of the places is centred above them; the numbers have none."""

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((120, "該当頁"), (220, "御意見"), (400, "市の考え方")):
            sheet.drawString(x, 760, text)
        for row, (number, place) in enumerate(zip(numbers, PLACES, strict=True)):
            y = 740 - row * 40
            texts = ((60, number), (120, place), (200, "道が狭いので広げてほしい。"))
            for x, text in (*texts, (380, "今後の参考とします。")):
                sheet.drawString(x, y, text)
            sheet.drawString(60, y - 14, wrapped)

    return paint


@pytest.mark.parametrize(
    ("numbers", "wrapped", "columns"),
    [
        (["意見１", "意見２", "意見３"], "", 4),
        (["1", "2", "3"], "", 4),
        (["1-1", "1-2", "2-1"], "", 4),
        (["1", "3", "2"], "", 3),
        (["1-1", "2-2", "3-3"], "", 3),
        (["総則", "総則", "附則"], "", 3),
        (["1", "2", "3"], "続きは一つの欄の文です", 3),
    ],
)
def test_numbers_that_count_up_beside_the_header_s_first_word_are_a_column(
    make_pdf: MakePdf, numbers: list[str], wrapped: str, columns: int
) -> None:
    (grid,) = first_page(make_pdf, draw(numbers, wrapped)).grids
    assert len(grid.column_edges) - 1 == columns
    if columns == 4:  # rows are parted later, at the numbers
        assert grid.cells[columns].text == "".join(numbers)


def test_numbers_below_a_centred_header_are_its_own(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        rows = [("1-1", "3"), ("2-1", "5"), ("3-1", "9")]
        for x, text in ((85, "連番"), (170, "頁"), (300, "御意見"), (450, "回答")):
            sheet.drawString(x, 760, text)
        for row, (number, leaf) in enumerate(rows):
            for x, text in ((60, number), (150, leaf), (200, "道が狭いので広げてほしい。")):
                sheet.drawString(x, 740 - row * 40, text)
            sheet.drawString(420, 740 - row * 40, "参考とします。")

    (grid,) = first_page(make_pdf, paint).grids
    assert len(grid.column_edges) - 1 == 4


def test_a_heading_above_a_number_leaves_the_numbers_their_column(make_pdf: MakePdf) -> None:
    rows = draw(["1", "2", "3"])

    def paint(sheet: canvas.Canvas) -> None:
        rows(sheet)
        sheet.drawString(60, 714, "総則")

    (grid,) = first_page(make_pdf, paint).grids
    assert len(grid.column_edges) - 1 == 4


@pytest.mark.parametrize("item", ["", "８　歩道"])
@pytest.mark.parametrize(("numbers", "rows"), [("123", 3), ("179", 1)])
def test_a_record_far_below_the_last_one_goes_on_counting(
    make_pdf: MakePdf, numbers: str, rows: int, item: str
) -> None:
    """The item of a list in the last one's text has a number of its own."""

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (200, "御意見"), (380, "市の考え方")):
            sheet.drawString(x, 760, text)
        for row, number in enumerate(numbers):
            y = 740 - row * 120
            for x, text in ((60, number), (200, "広げてほしい。"), (380, "参考とします。")):
                sheet.drawString(x, y, text)
            sheet.drawString(200, y - 14, item)

    (grid,) = first_page(make_pdf, paint).grids
    assert "".join(cell.text for cell in grid.cells).count("広げて") == rows


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize(("footer", "last"), [("", "3"), ("", "第３号"), ("1", "3")])
def test_a_number_alone_at_the_page_s_foot_begins_a_record(
    make_pdf: MakePdf, footer: str, last: str, ruled: bool
) -> None:
    """Its texts begin on the next page; alone, it looks like a page number or a note."""
    numbers = [last.replace("3", n).replace("３", n) for n in "12"]

    def paint(sheet: canvas.Canvas) -> None:
        for x, text in ((60, "番号"), (150, "御意見"), (380, "市の考え方")):
            sheet.drawString(x, 760, text)
        for row, number in enumerate(numbers):
            y = 730 - row * 40
            for x, text in ((60, number), (150, "道が狭いので広げてほしい。")):
                sheet.drawString(x, y, text)
            sheet.drawString(380, y, "今後の参考とします。")
            if ruled:
                sheet.line(50, y + 18, 550, y + 18)
        if ruled:
            sheet.line(50, 778, 550, 778)
            sheet.line(50, 668, 550, 668)
        sheet.drawString(60, 650, last)
        sheet.drawCentredString(300, 30, footer)

    (grid,) = first_page(make_pdf, paint).grids
    assert "".join(cell.text for cell in grid.cells if cell.column == 0).endswith(last)


def test_a_number_alone_at_the_page_s_foot_may_stand_behind_a_column_of_labels(
    make_pdf: MakePdf,
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        places = (50, 100, 150, 380)
        rows = [(760, ("分類", "番号", "御意見", "市の考え方"))]
        rows += [
            (730 - 40 * n, ("全般", str(n + 1), "道が狭い。", "参考とします。")) for n in range(2)
        ]
        for y, texts in (*rows, (650, ("", "3"))):
            for x, text in zip(places, texts, strict=False):
                sheet.drawString(x, y, text)
        for y in (778, 748, 708, 668):
            sheet.line(50, y, 550, y)

    (grid,) = first_page(make_pdf, paint).grids
    assert [cell.text for cell in grid.cells if cell.column == 1] == ["番号", "1", "2", "3"]
