"""A column that a sheet too wide for its paper leaves alone on a page."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.tables.sheet_rows import NO_ROWS
from pipeline.segment import segment_annex
from tests.support.extracting import extract, table
from tests.support.pdfs import FONT, Draw, MakePdf

ROWS = (100.0, 120.0, 150.0, 195.0)
EARLIER = NO_ROWS.add([((0.0, 50.0, 300.0), ROWS)])


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [
        (ROWS, True),
        ((101.0, 121.0, 149.0, 195.0), True),
        ((100.0, 120.0, 160.0, 195.0), False),
        ((100.0, 120.0, 150.0), False),
    ],
)
def test_its_rows_stand_where_those_of_another_page_do(
    rows: tuple[float, ...], is_one: bool
) -> None:
    assert EARLIER.has((0.0, 200.0), rows, 3) == is_one


def test_its_cells_may_be_merged_over_rows() -> None:
    earlier = NO_ROWS.add([((0.0, 50.0, 300.0), (100.0, 120.0, 150.0, 195.0, 210.0, 230.0))])
    assert earlier.has((0.0, 200.0), (100.0, 120.0, 195.0, 230.0), 3)
    assert not earlier.has((0.0, 200.0), (100.0, 120.0, 180.0, 230.0), 3)
    assert not earlier.has((0.0, 200.0), (100.0, 120.0, 150.0, 195.0), 3)


def test_rows_of_one_height_show_it_only_where_the_column_is_known() -> None:
    even = (100.0, 120.0, 140.0, 160.0)
    earlier = EARLIER.add([((0.0, 50.0, 300.0), even)])
    assert not earlier.has((0.0, 200.0), even, 3)
    assert earlier.add([((0.0, 200.0), ROWS)]).has((0.0, 200.0), even, 3)


def test_many_rows_of_one_height_show_it() -> None:
    even = tuple(100.0 + 15 * place for place in range(7))
    earlier = NO_ROWS.add([((0.0, 50.0, 300.0), even)])
    assert earlier.has((0.0, 200.0), even, 3)
    assert not earlier.has((0.0, 200.0), even[1:], 3)


def test_four_rows_show_it_if_the_header_is_lower() -> None:
    even = (100.0, 120.0, 160.0, 200.0, 240.0)
    assert NO_ROWS.add([((0.0, 50.0, 300.0), even)]).has((0.0, 200.0), even, 3)


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [((100.0, 120.0, 500.0), True), ((100.0, 140.0, 500.0), False), ((100.0, 500.0), False)],
)
def test_a_header_and_records_that_no_ruling_parts_show_it(
    rows: tuple[float, ...], is_one: bool
) -> None:
    earlier = NO_ROWS.add([((0.0, 50.0, 300.0), (100.0, 120.0, 500.0))])
    assert earlier.has((0.0, 200.0), rows, 3) == is_one
    even = (100.0, 300.0, 500.0)
    assert not NO_ROWS.add([((0.0, 50.0, 300.0), even)]).has((0.0, 200.0), even, 3)


def draw(columns: list[float], edges: list[float], *texts: str) -> Draw:
    def paint(sheet: canvas.Canvas) -> None:
        table(sheet, columns, edges)
        sheet.setFont(FONT, 10)
        for index, text in enumerate(texts):
            row, column = divmod(index, len(columns) - 1)
            sheet.drawString(columns[column] + 4, edges[row] - 14, text)

    return paint


def test_its_texts_are_in_the_records_those_of_a_cell_alone_too(make_pdf: MakePdf) -> None:
    left, right, edges = [50.0, 90.0, 400.0], [50.0, 450.0], [700.0, 680.0, 650.0, 600.0]
    first = draw(left, edges, "番号", "意見", "1", "道が狭い。", "2", "橋が古い。")
    over = draw(right, edges, "回答", "広げます。", "直します。")
    down = draw(left, edges[:2], "3", "木が枯れた。")
    last = draw(right, edges[:2], "植え直します。")
    annex = segment_annex(extract(make_pdf(first, over, down, last)))
    assert [[field.text for field in row.fields] for row in annex.tables[0].rows] == [
        ["1", "道が狭い。", "広げます。"],
        ["2", "橋が古い。", "直します。"],
        ["3", "木が枯れた。", "植え直します。"],
    ]


def test_numbers_alone_are_the_left_half_of_even_rows_and_their_title_goes_on(
    make_pdf: MakePdf,
) -> None:
    edges = [700.0 - 30 * place for place in range(8)]
    left, right = [50.0, 90.0, 200.0], [50.0, 300.0, 500.0]
    places = [text for n in range(1, 7) for text in (str(n), f"第{n}章")]
    said = [text for n in range(1, 7) for text in (f"第{n}章の道が狭い。", "広げます。")]

    def titled(paint: Draw, title: str) -> Draw:
        def both(sheet: canvas.Canvas) -> None:
            paint(sheet)
            sheet.drawString(50, 720, title)

        return both

    first = titled(draw(left, edges, "番号", "該当箇所", *places), "意見募集に寄せられた意見と市の")
    over = titled(draw(right, edges, "意見", "回答", *said), "考え方")
    annex = segment_annex(extract(make_pdf(first, over)))
    (found,) = annex.tables
    assert [field.text for field in found.rows[0].fields] == [
        "1",
        "第1章",
        "第1章の道が狭い。",
        "広げます。",
    ]
