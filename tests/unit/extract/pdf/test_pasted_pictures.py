"""A picture in a cell of the page's own table is no text of a record, and a person is told."""

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.picture_glyphs import find_pasted
from pipeline.files.parquet import read_rows
from pipeline.model import LOW_CONFIDENCE, Box
from tests.support.annexes import FIRST, HEADER, THIRD, besshi, ruled_table
from tests.support.pdfs import Draw, MakePdf

CELLS = [Box(x, 0.0, x + 0.5, 100.0) for x in (0.0, 100.0, 300.0)]
RULINGS = [*CELLS, *(Box(0.0, y, 300.0, y + 0.5) for y in (0.0, 100.0))]


@pytest.mark.parametrize(
    ("box", "strokes", "found"),
    [
        (Box(110.0, 10.0, 290.0, 90.0), RULINGS, True),
        (Box(99.0, -1.0, 301.0, 101.0), RULINGS, True),  # it fills its cell
        (Box(10.0, 10.0, 290.0, 90.0), RULINGS, False),  # over two cells: a scan of both
        (Box(110.0, 10.0, 130.0, 30.0), RULINGS, False),  # a seal
        (Box(110.0, 10.0, 190.0, 24.0), RULINGS, True),  # a line of type
        (Box(110.0, 2.0, 190.0, 22.0), [*RULINGS, Box(0.0, 24.0, 300.0, 24.5)], False),  # a header
        (Box(110.0, 10.0, 290.0, 90.0), RULINGS[1:], False),  # a frame around one picture
        (Box(110.0, 10.0, 290.0, 90.0), RULINGS[:-1], False),  # nothing below it
    ],
)
def test_a_pasted_picture_has_rulings_around_it(box: Box, strokes: list[Box], found: bool) -> None:
    assert bool(find_pasted([box], strokes)) is found


def diagram(sheet: canvas.Canvas, x: float, y: float, width: float, height: float) -> None:
    sheet.drawImage(ImageReader(Image.new("L", (200, 20), 60)), x, y, width, height)


def test_a_picture_in_a_cell_is_named_and_not_read(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, FIRST, ("2", "", "下図のとおりです。"), THIRD)(sheet)
        diagram(sheet, 92, 681, 226, 28)

    pdf = make_pdf(draw, name="a.pdf")
    done = besshi("run", pdf, "--out", tmp_path / "out")
    assert "a picture or a drawn sign stands in one of its cells" in done.stderr
    rows = read_rows(tmp_path / "out/records/a.parquet")
    assert [(row["number"], row["comment"]) for row in rows] == [FIRST[:2], ("2", ""), THIRD[:2]]
    assert ["pictured" in row["flags"] for row in rows] == [False, True, False]
    assert {row["source"] for row in rows} == {"text_layer"}


def test_a_picture_alone_on_the_next_page_goes_on_with_its_row(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    def next_page(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, ("", "", ""), THIRD)(sheet)
        diagram(sheet, 92, 711, 226, 28)

    pdf = make_pdf(
        ruled_table(HEADER, FIRST, ("2", "図のとおり", "はい。")), next_page, name="a.pdf"
    )
    besshi("run", pdf, "--out", tmp_path / "out")
    rows = read_rows(tmp_path / "out/records/a.parquet")
    assert [(row["page_first"], row["page_last"]) for row in rows] == [(1, 1), (1, 2), (2, 2)]


def draw_tick(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.moveTo(100, 695)
    path.lineTo(104, 691)
    path.lineTo(112, 700)
    sheet.drawPath(path)


def draw_cross(sheet: canvas.Canvas) -> None:
    sheet.line(100, 690, 108, 698)
    sheet.line(100, 698, 108, 690)


@pytest.mark.parametrize(
    ("draw_sign", "is_seen"),
    [
        (lambda sheet: sheet.circle(110, 695, 4), True),
        (draw_tick, True),
        (draw_cross, True),
        (lambda sheet: sheet.circle(110, 695, 1), False),  # a speck
        (lambda sheet: sheet.line(91, 681, 319, 709), False),  # through the empty cell
    ],
)
def test_a_sign_drawn_alone_in_a_cell_may_be_its_text(
    draw_sign: Draw, is_seen: bool, make_pdf: MakePdf, tmp_path: Path
) -> None:
    """A drawn ○ leaves its field empty, and nobody may take that for sure."""

    def draw(sheet: canvas.Canvas) -> None:
        ruled_table(HEADER, FIRST, ("2", "", "はい。"), THIRD)(sheet)
        draw_sign(sheet)

    pdf = make_pdf(draw, name="a.pdf")
    besshi("run", pdf, "--out", tmp_path / "out")
    rows = read_rows(tmp_path / "out/records/a.parquet")
    assert ["pictured" in row["flags"] for row in rows] == [False, is_seen, False]
    assert (rows[1]["field_confidence"]["comment"] < LOW_CONFIDENCE) is is_seen
