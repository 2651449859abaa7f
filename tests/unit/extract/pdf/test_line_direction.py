"""Which way lines run: vertical type, on the page or on its side, and what only looks like it."""

from collections.abc import Callable, Iterable
from random import Random

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.pdf.document import read_drawings
from pipeline.extract.pdf.page_content import Drawing
from tests.support.pdfs import FONT, MakePdf
from tests.support.vertical import SIZE, upright

TEXT = "第一条　市民の意見を市政に生かすため、市民会議を置く。"

Place = Callable[[canvas.Canvas, float, float, str], None]


def on_side(sheet: canvas.Canvas, x: float, y: float, text: str) -> None:
    """Set a line to the right whose glyphs lie on their side."""
    for place, character in enumerate(text):
        shown = sheet.beginText()
        shown.setTextTransform(0, 1, -1, 0, x + SIZE * (place + 0.88), y - SIZE / 2)
        shown.setFont(FONT, SIZE)
        shown.textOut(character)
        sheet.drawText(shown)


def level(sheet: canvas.Canvas, x: float, y: float, text: str) -> None:
    sheet.drawString(x, y, text)


def read(make_pdf: MakePdf, draw: Callable[[canvas.Canvas], None]) -> Drawing:
    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    return drawing


def lines(drawing: Drawing) -> list[str]:
    return [line.text for line in build_lines(drawing.glyphs, 1)]


def test_upright_glyphs_below_each_other_are_lines_from_right_to_left(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for column, text in enumerate(("意見", TEXT, TEXT)):
            upright(sheet, 500 - 20 * column, 700, text)

    drawing = read(make_pdf, draw)
    assert (drawing.turn, drawing.vertical) == (90, True)
    assert lines(drawing) == ["意見", TEXT, TEXT]


def test_glyphs_on_their_side_do_not_turn_lines_to_the_right(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for row in range(3):
            on_side(sheet, 100, 700 - 16 * row, TEXT)

    drawing = read(make_pdf, draw)
    assert (drawing.turn, drawing.vertical) == (0, True)
    assert lines(drawing) == [TEXT] * 3


def test_level_lines_an_em_apart_are_level(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for row in range(20):
            level(sheet, 100, 700 - SIZE * row, TEXT)

    drawing = read(make_pdf, draw)
    assert (drawing.turn, drawing.vertical) == (0, False)


LABELS = ("提出者氏名", "提出者住所", "電話の番号", "該当箇所頁", "意見の内容", "理由その他")


def test_labels_with_a_character_a_line_do_not_turn_a_form(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        level(sheet, 100, 780, TEXT)
        for place, label in enumerate(LABELS):
            sheet.rect(85 + 40 * place, 600, 30, 110)
            upright(sheet, 100 + 40 * place, 700, label)

    drawing = read(make_pdf, draw)
    assert (drawing.turn, drawing.vertical) == (0, False)


def test_marks_below_each_other_do_not_turn_a_table(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for row in range(30):
            level(sheet, 100, 700 - 12 * row, "市民")
            for column in range(10):
                level(sheet, 200 + 30 * column, 700 - 12 * row, "○×"[column % 2])

    assert read(make_pdf, draw).turn == 0


def test_the_type_between_rulings_decides_where_both_share_a_page(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        for row in range(12):
            level(sheet, 100, 800 - 16 * row, TEXT)
        for column in range(3):
            sheet.rect(400 - 30 * column, 200, 30, 300)
            upright(sheet, 415 - 30 * column, 495, TEXT)

    drawing = read(make_pdf, draw)
    assert (drawing.turn, drawing.vertical) == (90, True)
    assert [text for text in lines(drawing) if text == TEXT] == [TEXT] * 15


def test_a_page_number_does_not_turn_the_end_of_a_vertical_text(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(485, 200, 30, 500)
        upright(sheet, 500, 695, "（略）")
        level(sheet, 290, 30, "12 / 12")

    assert read(make_pdf, draw).turn == 90


@pytest.mark.parametrize("place", [upright, level])
def test_the_order_of_drawing_need_not_be_the_order_of_reading(
    place: Place, make_pdf: MakePdf
) -> None:
    """Then the nearest glyph tells, which stands closer in the line than across."""
    glyphs = [
        (
            500 - (16 * line if place is upright else -SIZE * at),
            700 - (16 * line if place is level else SIZE * at),
            character,
        )
        for line in range(8)
        for at, character in enumerate(TEXT)
    ]

    def draw(sheet: canvas.Canvas) -> None:
        for x, y, character in shuffled(glyphs):
            place(sheet, x - 300 * (place is level), y, character)

    drawing = read(make_pdf, draw)
    assert drawing.turn == (90 if place is upright else 0)
    assert lines(drawing) == [TEXT] * 8


def shuffled(glyphs: Iterable[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    order = list(glyphs)
    Random(5).shuffle(order)
    return order


def test_white_space_over_vertical_type_is_no_picture(make_pdf: MakePdf) -> None:
    """One character fewer than there are was counted, and a picture that is not there reported."""

    def draw(sheet: canvas.Canvas) -> None:
        for column, text in enumerate(("意見", TEXT, TEXT)):
            upright(sheet, 400 - 2 * SIZE * column, 700, text)
        upright(sheet, 400, 700 - SIZE, "\u3000")

    drawing = read(make_pdf, draw)
    assert (drawing.source, drawing.count) == ("text_layer", drawing.columns.inked.sum())
