"""extract: punctuation that hangs out of its cell."""

import pytest
from reportlab.pdfgen import canvas

from tests.support.annexes import HEADER, besshi, comments_of
from tests.support.pdfs import FONT, Draw, MakePdf

COLUMNS = (50, 90, 320, 545)
PADDING = 2


def hung(gap: float, mark: str, spaced: float) -> Draw:
    """A comment and an answer whose marks hang over the right border of their cells.

    `gap`: points between a text and its mark. `mark`: the comment's. `spaced`: points between the
    letters of a text.
    """

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in COLUMNS:
            sheet.line(x, 700, x, 780)
        for y in (700, 760, 780):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString(COLUMNS[column] + 4, 766, text)
        sheet.drawString(COLUMNS[0] + 4, 748, "1")
        for column, text, hanging in ((1, "橋を直す", mark), (2, "古いので直します", "。")):
            end = COLUMNS[column + 1] - PADDING
            start = end - (10 + spaced) * len(text) + spaced
            sheet.drawString(start, 748, text, charSpace=spaced)
            sheet.drawString(end + gap, 748, hanging)

    return draw


def read(make_pdf: MakePdf, gap: float, mark: str = "。", spaced: float = 0.0) -> list[str]:
    path = make_pdf(hung(gap, mark, spaced))
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    return comments_of(out, path.stem)


@pytest.mark.parametrize("mark", ["。", "」。", "ョ"])
def test_a_mark_that_hangs_over_the_border_stays_with_its_text(
    make_pdf: MakePdf, mark: str
) -> None:
    assert read(make_pdf, gap=0, mark=mark) == ["橋を直す" + mark]


def test_a_mark_of_a_letter_spaced_line_stays_with_it(make_pdf: MakePdf) -> None:
    assert read(make_pdf, gap=2, spaced=2) == ["橋を直す。"]


def test_a_mark_apart_from_the_text_before_it_is_the_next_cells(make_pdf: MakePdf) -> None:
    assert read(make_pdf, gap=6) == ["橋を直す"]


@pytest.mark.parametrize(
    ("before", "is_text"), [("", False), ("橋", True)], ids=["alone", "in a text"]
)
def test_a_sign_over_the_ruling_between_two_cells_is_of_neither(
    make_pdf: MakePdf, before: str, is_text: bool
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        hung(0.0, "。", 0.0)(sheet)
        sheet.drawString(COLUMNS[2] - 6 - 10 * len(before), 735, f"{before}⇒")

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    (comment,) = comments_of(out, path.stem)
    assert ("⇒" in comment) is is_text
