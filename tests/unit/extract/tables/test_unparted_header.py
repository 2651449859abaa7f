"""A header in one cell, over the columns of the rows below."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.extracting import extract
from tests.support.pdfs import MakePdf

EDGES = (60.0, 110.0, 200.0, 350.0, 500.0)
TOP, STEP = 700.0, 34.0
ROWS = [(str(n), "第３章", "道が狭い。", "直します。") for n in range(1, 4)]

Texts = list[tuple[float, float, str]]
WORDS: Texts = [
    (70, 14, "番号"),
    (120, 14, "該当箇所"),
    (230, 14, "ご意見"),
    (380, 14, "市の考え方"),
]
UNDER: Texts = [
    (70, 18, "番号"),
    (120, 18, "該当箇所"),
    (230, 28, "ご意見"),
    (380, 28, "市の考え方"),
]


def read_cells(make_pdf: MakePdf, header: Texts) -> list[tuple[int, int, str]]:
    def draw(sheet: canvas.Canvas) -> None:
        for x, down, text in header:
            sheet.drawString(x, TOP - down, text)
        for row, texts in enumerate(ROWS, 1):
            for x, text in zip(EDGES, texts, strict=False):
                sheet.drawString(x + 4, TOP - row * STEP - 18, text)
        for row in range(len(ROWS) + 2):
            sheet.line(EDGES[0], TOP - row * STEP, EDGES[-1], TOP - row * STEP)
        for x in EDGES:
            start = TOP if x in (EDGES[0], EDGES[-1]) else TOP - STEP
            sheet.line(x, start, x, TOP - (len(ROWS) + 1) * STEP)

    (page,) = extract(make_pdf(draw)).pages
    cells = [(c.row, c.column, c.text) for grid in page.grids for c in grid.cells if c.text]
    return [cell for cell in cells if cell[2] not in {text for row in ROWS for text in row}]


def test_each_word_heads_the_column_below_it(make_pdf: MakePdf) -> None:
    found = [(0, column, text) for column, (_, _, text) in enumerate(WORDS)]
    assert read_cells(make_pdf, WORDS) == found


def test_a_word_over_an_edge_heads_both_columns(make_pdf: MakePdf) -> None:
    found = read_cells(make_pdf, [*UNDER, (330, 12, "意見と対応")])
    assert found == [
        (0, 0, "番号"),
        (0, 1, "該当箇所"),
        (0, 2, "意見と対応"),
        (1, 2, "ご意見"),
        (1, 3, "市の考え方"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        [(70, 18, "意見の一覧（計画の全体について、市民と団体から）")],  # a heading
        WORDS[:3],  # a column without a word
        [(70, 18, "第１章"), (120, 18, "総論"), (230, 18, "概要"), (380, 18, "その他")],
    ],
)
def test_other_texts_stay_in_one_cell(header: Texts, make_pdf: MakePdf) -> None:
    assert {(row, column) for row, column, _ in read_cells(make_pdf, header)} == {(0, 0)}
