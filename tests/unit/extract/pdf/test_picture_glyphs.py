"""A picture in a line of type is a character of it; an icon or a bullet is none."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from pipeline.model import UNMAPPED
from tests.support.pdfs import MakePdf


def draw_picture(sheet: canvas.Canvas, x: float, size: float) -> None:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "black").save(written, "PNG")
    sheet.drawImage(ImageReader(written), x, 699, size, size)


@pytest.mark.parametrize(
    ("x", "size", "found"),
    [(70, 10, 1), (70, 4, 0), (85, 10, 0), (52, 10, 0), (110, 10, 0)],
    ids=["in the gap", "a speck", "over a character", "beside the text", "behind the text"],
)
def test_a_picture_between_two_characters_is_one(
    make_pdf: MakePdf, x: float, size: float, found: int
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 700, "葛")
        sheet.drawString(80, 700, "区の")
        draw_picture(sheet, x, size)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert sum(glyph.text == UNMAPPED for glyph in drawing.glyphs) == found
    assert drawing.count == len(drawing.glyphs) + drawing.hidden == 3 + found


def test_at_a_lines_end_it_is_one_where_another_proves_it(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 700, "葛")
        sheet.drawString(80, 700, "区の")
        draw_picture(sheet, 70, 10)
        draw_picture(sheet, 100, 10)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert sum(glyph.text == UNMAPPED for glyph in drawing.glyphs) == 2
