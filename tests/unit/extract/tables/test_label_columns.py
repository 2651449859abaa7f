"""Cards whose labels only white space parts from their texts."""

from collections.abc import Sequence

from reportlab.pdfgen import canvas

from pipeline.model import Page
from tests.support.extracting import extract
from tests.support.pdfs import Draw, MakePdf

LABEL, TEXT, PITCH = 60.0, 130.0, 16.0
CARD = [
    ("受付番号", "101"),
    ("御意見", "道が狭いので広げてほしい。"),
    ("", "橋も古い。"),
    ("回答", "直します。"),
]


def draw(*blocks: Sequence[tuple[str, str]]) -> Draw:
    """Labels beside texts, with a little white space between the blocks."""

    def paint(sheet: canvas.Canvas) -> None:
        y = 760.0
        for block in blocks:
            for label, text in block:
                sheet.drawString(LABEL, y, label)
                sheet.drawString(TEXT, y, text)
                y -= PITCH
            y -= 8

    return paint


def read(make_pdf: MakePdf, *pages: Draw) -> tuple[Page, ...]:
    return extract(make_pdf(*pages)).pages


def texts(page: Page) -> list[list[str]]:
    return [[cell.text for cell in grid.cells] for grid in page.grids]


ROWS = ["受付番号", "101", "御意見", "道が狭いので広げてほしい。橋も古い。", "回答", "直します。"]


def test_labels_that_come_again_beside_texts_at_one_x_are_cards(make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, draw(CARD, CARD))
    assert texts(page) == [[*ROWS, *ROWS]]
    assert page.grids[0].inferred


def test_a_card_goes_on_on_the_next_page(make_pdf: MakePdf) -> None:
    _, rest = read(make_pdf, draw(CARD, CARD[:3]), draw(CARD[3:]))
    assert not texts(rest)
    _, rest = read(make_pdf, draw(CARD, CARD, CARD[:3]), draw(CARD[3:]))
    assert texts(rest) == [["回答", "直します。"]]


def test_a_heading_parts_two_pieces(make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, draw(CARD, [("第２章　街づくりについての御意見", "")], CARD))
    assert texts(page) == [ROWS, ROWS]
    assert [line.text for line in page.loose_lines] == ["第２章　街づくりについての御意見"]


def test_a_letter_with_each_label_once_is_no_table(make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, draw(CARD, [("日時", "明日"), ("場所", "本庁舎")]))
    assert not page.grids


def test_questions_and_answers_alone_stay_running_text(make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, draw(CARD[1:], CARD[1:]))
    assert not page.grids


def test_labels_between_rulings_are_no_header(make_pdf: MakePdf) -> None:
    card = [
        ("通告者", "永井"),
        ("質問", "道は直るか"),
        ("答弁", "直します"),
        ("答弁者", "部長"),
    ]

    def paint(sheet: canvas.Canvas) -> None:
        draw(card, card, card)(sheet)
        for place in range(4):
            y = 776.0 - place * (len(card) * PITCH + 8)
            sheet.line(LABEL, y, 500, y)

    (page,) = read(make_pdf, paint)
    assert texts(page) == [[text for _ in range(3) for pair in card for text in pair]]


def test_a_title_above_the_first_card_is_no_part_of_it(make_pdf: MakePdf) -> None:
    title = "要望と回答の一覧"

    def paint(sheet: canvas.Canvas) -> None:
        draw(CARD, CARD)(sheet)
        sheet.drawString(TEXT + 60, 780, title)

    (page,) = read(make_pdf, paint)
    assert [line.text for line in page.loose_lines] == [title]
    assert texts(page) == [[*ROWS, *ROWS]]
