"""Cards whose labels only white space parts from their texts."""

from collections.abc import Callable, Sequence

import pytest
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


def test_labels_with_one_middle_between_rulings_are_those_of_cards(make_pdf: MakePdf) -> None:
    """A label that wraps is one, and a running head above texts is none of them."""
    card = [("番号", "1"), ("御意見", "道が狭い。"), ("市の考え\n方", "直します。\n他も直します。")]

    def paint(sheet: canvas.Canvas) -> None:
        sheet.drawString(TEXT + 200, 800, "－取扱注意－")
        y = 760.0
        for label, text in card * 3:
            height = PITCH * len(text.split("\n"))
            for line, own in enumerate(label.split("\n")):
                sheet.drawCentredString(LABEL + 25, y - line * PITCH, own)
            for line, own in enumerate(text.split("\n")):
                sheet.drawString(TEXT, y - line * PITCH, own)
            y -= height + 4
            sheet.line(LABEL, y + 12, 500, y + 12)

    rows = [text.replace("\n", "") for row in card for text in row]
    assert [texts(page) for page in read(make_pdf, paint, paint)] == [[rows * 3]] * 2


def test_a_heading_parts_two_pieces(make_pdf: MakePdf) -> None:
    (page,) = read(make_pdf, draw(CARD, [("第２章　街づくりについての御意見", "")], CARD))
    assert texts(page) == [ROWS, ROWS]
    assert [line.text for line in page.loose_lines] == ["第２章　街づくりについての御意見"]


def test_texts_far_apart_lead_to_the_labels_half_way_down_them(make_pdf: MakePdf) -> None:
    """Word processors leave a line of room between rows that they centre."""

    def paint(sheet: canvas.Canvas) -> None:
        y = 780.0
        for number in range(1, 5):
            sheet.drawString(LABEL, y, "受付番号")
            sheet.drawString(TEXT, y, str(number))
            for label, text in (("御意見", "道が狭い。"), ("回答", "直します。")):
                sheet.drawString(LABEL, y - 40 - PITCH / 2, label)
                sheet.drawString(TEXT, y - 40, f"{text}前")
                sheet.drawString(TEXT, y - 40 - PITCH, f"{text}後")
                y -= 40 + PITCH
            y -= 40

    (page,) = read(make_pdf, paint)
    own = ("御意見", "道が狭い。前道が狭い。後", "回答", "直します。前直します。後")
    assert texts(page) == [[text for n in "1234" for text in ("受付番号", n, *own)]]


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


def pair(number: int, *comment: str, ruled: bool) -> Callable[[canvas.Canvas, float], float]:
    """A card of three rows, one of two pairs; its labels stand in the middle of their rows."""
    rows = [[str(number)], list(comment), ["直します。"]]

    def paint(sheet: canvas.Canvas, y: float) -> float:
        for place, (label, lines) in enumerate(zip(("番号", "意見", "回答"), rows, strict=True)):
            top = y
            for text in lines:
                sheet.drawString(TEXT, y - 12, text)
                y -= 12
            sheet.drawString(LABEL, (top + y) / 2 - 6, label)
            if place == 0:
                sheet.drawString(300, y, "提出者")
                sheet.drawString(380, y, f"市民{number}")
            y -= 8
            if ruled:
                sheet.line(LABEL - 4, y + 2, 500, y + 2)
        return y - 20

    return paint


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_two_pairs_and_labels_in_the_middle_of_their_texts(
    ruled: bool, make_pdf: MakePdf
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        y = 760.0
        for number in (1, 2, 3):
            y = pair(number, "道が狭い。", "橋も古いが、", "坂は急だ。", "暗い。", ruled=ruled)(
                sheet, y
            )

    (page,) = read(make_pdf, paint)
    rows = [text for own in texts(page) for text in own]
    assert rows[:4] == ["番号", "1", "提出者", "市民1"]
    assert rows[4:8] == ["意見", "道が狭い。橋も古いが、坂は急だ。暗い。", "回答", "直します。"]


def test_the_end_of_a_paragraph_above_cards_is_no_label(make_pdf: MakePdf) -> None:
    """It is drawn right before the first label; the text below one ends as it does."""

    def paint(sheet: canvas.Canvas) -> None:
        for y, text in ((790, "御意見とこれに対する考え方を次のとおり公表"), (776, "します。")):
            sheet.drawString(LABEL, y, text)
        draw(CARD, [*CARD[:3], ("回答", "直します。"), ("", "します。")])(sheet)

    (page,) = read(make_pdf, paint)
    assert texts(page)[0][:2] == ["受付番号", "101"]


def test_a_part_of_a_sentence_that_comes_again_is_no_second_label(make_pdf: MakePdf) -> None:
    """White space behind stops may be as wide as between two columns."""

    def paint(sheet: canvas.Canvas) -> None:
        draw(CARD, CARD)(sheet)
        for y in (712, 640):
            sheet.drawString(210, y, "ご指摘を踏まえ、")
            sheet.drawString(330, y, "改めた。")

    (page,) = read(make_pdf, paint)
    assert page.grids[0].column_count == 2
