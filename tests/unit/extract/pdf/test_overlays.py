"""Watermarks belong to no cell; turned pages, titles and labels are none."""

from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from pipeline.files.parquet import read_rows
from tests.support.annexes import COMMENTS, FIRST, HEADER, SECOND, besshi, comments_of, ruled_table
from tests.support.pdfs import FONT, MakePdf


def watermark(sheet: canvas.Canvas, text: str, size: float, turn: float) -> None:
    sheet.saveState()
    sheet.setFont(FONT, size)
    sheet.setFillGray(0.85)
    sheet.translate(170, 700)
    sheet.rotate(turn)
    sheet.drawString(0, 0, text)
    sheet.restoreState()


@pytest.mark.parametrize(("text", "size", "turn"), [("取扱注意", 24, 45), ("案", 80, 0)])
def test_no_glyph_of_a_watermark_is_in_a_record(
    text: str, size: float, turn: float, make_pdf: MakePdf, tmp_path: Path
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        watermark(sheet, text, size, turn)
        sheet.setFillGray(0)
        COMMENTS(sheet)

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    assert comments_of(tmp_path / "out", "a") == [FIRST[1], SECOND[1]]
    (account,) = read_rows(tmp_path / "out" / "pages" / "a.parquet")
    assert account["unaccounted"] == 0
    assert account["in_furniture"] == len(text)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_lines_along_the_page_are_no_watermark(turn: int, make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.translate(300, 400)
        sheet.rotate(turn)
        sheet.drawString(0, 0, "文章")
        sheet.setFont(FONT, 40)
        sheet.drawString(0, 100, "題")

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert len(drawing.overlays) == 0
    assert len(drawing.glyphs) == 3


def test_light_texts_over_others_and_their_copies_are_no_text_of_cells(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    """As large as the type around them: only their ink and their height tell them from a line."""

    def draw(sheet: canvas.Canvas) -> None:
        COMMENTS(sheet)
        sheet.setFillGray(0.8)
        for x, y, text in ((110, 696, "社　外秘"), (250, 708, "社　外秘"), (304, 681, "未定稿")):
            sheet.drawString(x, y, text)
        sheet.drawString(44, 690, "社　外秘")  # right behind the side of a cell

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    assert comments_of(tmp_path / "out", "a") == [FIRST[1], SECOND[1]]
    (account,) = read_rows(tmp_path / "out" / "pages" / "a.parquet")
    assert account["unaccounted"] == 0
    assert account["in_furniture"] == 12


def test_a_light_text_that_runs_over_the_side_of_its_cell_is_the_text_of_it(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    long = "歩道の段差をなくしてほしいという声が多くある。"

    def draw(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, FIRST, ("2", "", ""))(sheet)
        sheet.setFillColorRGB(0, 0.69, 0.94)
        sheet.drawString(94, 692, long)

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    assert comments_of(tmp_path / "out", "a") == [FIRST[1], long]
