"""A text that has no room in its cell may be cut: nobody is sure of it."""

import pytest
from reportlab.pdfgen import canvas

from pipeline.files.parquet import read_rows
from tests.support.annexes import HEADER, besshi
from tests.support.pdfs import FONT, MakePdf

COLUMNS = (50, 90, 184, 290)


def read_confidence(make_pdf: MakePdf, foot: float, lift: float = 0.0, number: int = 0) -> float:
    """That of a comment whose lower line stands at 640, in a cell that ends at `foot`.

    Args:
        lift: How much higher all lines of the comment and the number stand.
        number: How much lower the number stands.
    """

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for x in COLUMNS:
            sheet.line(x, foot, x, 692)
        for y in (foot, 672, 692):
            sheet.line(COLUMNS[0], y, COLUMNS[-1], y)
        for column, text in enumerate(HEADER):
            sheet.drawString(COLUMNS[column] + 2, 678, text)
        sheet.drawString(COLUMNS[0] + 2, 655 + lift - number, "1")
        sheet.drawString(COLUMNS[1] + 2, 655 + lift, "駅前の橋を早く直し")
        sheet.drawString(COLUMNS[1] + 2, 642 + lift, "てほしい。")
        sheet.drawString(COLUMNS[2] + 2, 655, "直します。")

    path = make_pdf(draw)
    out = path.parent / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    (record,) = read_rows(out / "records" / f"{path.stem}.parquet")
    assert record["comment"] == "駅前の橋を早く直してほしい。"
    return float(record["field_confidence"]["comment"])


def test_a_line_that_stands_out_of_its_cell_is_in_doubt(make_pdf: MakePdf) -> None:
    assert read_confidence(make_pdf, foot=636) > 0.95
    assert read_confidence(make_pdf, foot=642.5) == pytest.approx(0.75, abs=0.05)


@pytest.mark.parametrize(("number", "confidence"), [(0, 1.0), (12, 0.75)])
def test_a_font_that_stands_above_cells_with_room_cuts_no_text(
    make_pdf: MakePdf, number: int, confidence: float
) -> None:
    found = read_confidence(make_pdf, foot=648, lift=12, number=number)
    assert found == pytest.approx(confidence, abs=0.05)
