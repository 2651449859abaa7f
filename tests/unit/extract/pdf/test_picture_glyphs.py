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


def draw_outlines(sheet: canvas.Canvas, x: float, size: float) -> None:
    """Two strokes side by side, as of 川."""
    for left in (x, x + size / 2):
        path = sheet.beginPath()
        path.moveTo(left, 699)
        path.curveTo(left, 699, left + size / 3, 699 + size / 2, left, 699 + size)
        path.lineTo(left + size / 2.2, 699 + size)
        path.close()
        sheet.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize(
    ("x", "size", "found"),
    [(70, 10, 1), (71, 4, 0), (110, 10, 0), (52, 20, 0)],
    ids=["in the gap", "a bullet", "behind the text", "a figure"],
)
def test_outlines_between_two_characters_are_one(
    make_pdf: MakePdf, x: float, size: float, found: int
) -> None:
    """A program drew a character that its fonts lack: without it the line reads like a space."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 700, "葛")
        sheet.drawString(80, 700, "区の")
        draw_outlines(sheet, x, size)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert sum(glyph.text == UNMAPPED for glyph in drawing.glyphs) == found


def test_two_pictures_in_a_row_are_two_characters(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 700, "葛")
        sheet.drawString(90, 700, "区の")
        draw_picture(sheet, 70, 10)
        draw_picture(sheet, 80, 10)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert sum(glyph.text == UNMAPPED for glyph in drawing.glyphs) == 2
