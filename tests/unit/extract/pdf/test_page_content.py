"""What a reader sees of a page: no text that is drawn and yet not there, sideways pages upright."""

from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.extract import extract_annex
from pipeline.extract.pdf.document import read_drawings
from pipeline.model import AnnexHeader
from tests.support.pdfs import FONT, OTA, ROOT, MakePdf

SEEN, UNSEEN = "見える", "隠れた文"


def invisible(sheet: canvas.Canvas) -> None:
    text = sheet.beginText(100, 500)
    text.setTextRenderMode(3)
    text.textOut(UNSEEN)
    sheet.drawText(text)


def transparent(sheet: canvas.Canvas) -> None:
    sheet.setFillAlpha(0)
    sheet.drawString(100, 500, UNSEEN)


def white_on_paper(sheet: canvas.Canvas) -> None:
    sheet.setFillGray(1)
    sheet.drawString(100, 500, UNSEEN)


def behind_the_clip(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.rect(300, 300, 50, 50)
    sheet.clipPath(path, stroke=0)
    sheet.drawString(100, 500, UNSEEN)


def off_the_paper(sheet: canvas.Canvas) -> None:
    sheet.drawString(700, 500, UNSEEN)


@pytest.mark.parametrize(
    "hide", [invisible, transparent, white_on_paper, behind_the_clip, off_the_paper]
)
def test_text_that_no_reader_sees_is_hidden_and_counted(
    hide: Callable[[canvas.Canvas], None], make_pdf: MakePdf
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 700, SEEN)
        hide(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert "".join(glyph.text for glyph in drawing.glyphs) == SEEN
    assert (drawing.count, drawing.hidden) == (len(SEEN) + len(UNSEEN), len(UNSEEN))


@pytest.mark.parametrize(("text", "shown"), [("別紙１　", "別紙１　"), ("別紙１　様式", "別紙１")])
def test_a_space_behind_a_line_hangs_out_of_a_clip(
    text: str, shown: str, make_pdf: MakePdf
) -> None:
    """Chromium clips a page to its margins; of a text that is cut off no white space shows."""

    def draw(sheet: canvas.Canvas) -> None:
        path = sheet.beginPath()
        path.rect(100, 300, 32, 500)
        sheet.clipPath(path, stroke=0)
        sheet.setFont(FONT, 10)
        sheet.drawString(100, 700, text)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert "".join(glyph.text for glyph in drawing.glyphs) == shown


def test_white_text_on_a_dark_cell_is_seen(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.rect(90, 490, 200, 30, stroke=0, fill=1)
        sheet.setFillGray(1)
        sheet.drawString(100, 500, SEEN)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert drawing.hidden == 0


def test_text_outside_the_crop_box_is_hidden(make_pdf: MakePdf, tmp_path: Path) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 700, SEEN)
        sheet.drawString(100, 100, UNSEEN)

    page = PdfReader(make_pdf(draw)).pages[0]
    page.cropbox = RectangleObject((50, 400, 545, 800))
    writer = PdfWriter()
    writer.add_page(page)
    writer.write(tmp_path / "cropped.pdf")
    (drawing,) = read_drawings((tmp_path / "cropped.pdf").read_bytes())
    assert (drawing.width, drawing.height) == (495, 400)
    assert drawing.hidden == len(UNSEEN)
    # 800 - 700 from the top, and the font's ascent above that.
    assert 85 < drawing.glyphs[0].box.top < 100
    assert drawing.glyphs[0].box.x0 == pytest.approx(50)


def sideways_table(sheet: canvas.Canvas) -> None:
    """A landscape table set on portrait paper, its lines running up the page."""
    sheet.translate(595, 0)
    sheet.rotate(90)
    sheet.setFont(FONT, 10)
    for x in (50, 150, 400):
        sheet.line(x, 500, x, 400)
    for y in (500, 450, 400):
        sheet.line(50, y, 400, y)
    for x, y, text in ((55, 470, "番号"), (155, 470, "意見"), (55, 420, "1"), (155, 420, "横の文")):
        sheet.drawString(x, y, text)


def test_a_sideways_table_is_read_upright_and_its_places_are_the_pages(make_pdf: MakePdf) -> None:
    path = make_pdf(sideways_table)
    page = extract_annex(AnnexHeader("x", ""), path.read_bytes()).pages[0]
    assert page.header.turn == 270
    (grid,) = page.grids
    assert [cell.text for cell in grid.cells] == ["番号", "意見", "1", "横の文"]
    cell = grid.cells[-1].box.turned_back(page.header.turn, page.header.width, page.header.height)
    with pdfplumber.open(path) as pdf:
        last = pdf.pages[0].chars[-1]
    assert cell.x0 < (last["x0"] + last["x1"]) / 2 < cell.x1
    assert cell.top < (last["top"] + last["bottom"]) / 2 < cell.bottom


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [OTA, *sorted((ROOT / "tests" / "layouts").glob("*.pdf"))], ids=lambda p: p.stem
)
def test_the_glyphs_are_those_that_pdfplumber_sees(path: Path) -> None:
    """pdfplumber is the oracle for text and places; what no reader sees is not here."""
    drawings = read_drawings(path.read_bytes())
    with pdfplumber.open(path) as pdf:
        for drawing, page, _ in zip(drawings, pdf.pages, range(3), strict=False):
            chars = [char for char in page.chars if char["text"].strip()]
            theirs = {(c["text"], round(c["x0"]), round(c["top"])) for c in chars}
            ours = [g for g in drawing.glyphs if g.text.strip()]
            assert {(g.text, round(g.box.x0), round(g.box.top)) for g in ours} == theirs
            assert len(ours) + drawing.hidden == len(chars)


def test_an_image_as_thin_as_a_pen_is_a_bar(make_pdf: MakePdf) -> None:
    """Printer drivers draw the patterned lines of a table so."""
    black = ImageReader(Image.new("L", (1, 1), 0))

    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 300, SEEN)
        sheet.drawImage(black, 100, 500, 200, 0.5)
        sheet.drawImage(black, 100, 400, 200, 50)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert [round(shade.box.width) for shade in drawing.shades] == [200]
    assert drawing.shades[0].box.height < 1


def test_a_filled_rectangle_needs_no_line_back_to_its_start(make_pdf: MakePdf) -> None:
    """Browsers fill each dash of a thick border so, many in one path."""
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, ""))
    corners = ((x, y) for y in (500, 520, 540) for x in range(9, 540, 9))
    dashes = (
        "{0} {1} m {2} {1} l {2} {3} l {0} {3} l ".format(x, y, x + 6, y + 2) for x, y in corners
    )
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(("".join(dashes) + "f").encode())
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert not drawing.pictured
    assert {round(shade.box.width, 1) for shade in drawing.shades} == {6.0}


@pytest.mark.parametrize(("state", "count"), [(b"/On gs ", len(SEEN)), (b"/On gs /Off gs ", 0)])
def test_type_that_a_soft_mask_may_hide(state: bytes, count: int, make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(100, 700, SEEN))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (page,) = pdf.pages
        shown = page.Contents.read_bytes()
        group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
        form = pdf.make_stream(b"0 g 0 0 600 800 re f", BBox=[0, 0, 600, 800], Group=group)
        form.Subtype = pikepdf.Name.Form
        mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=form)
        page.Resources.ExtGState = pikepdf.Dictionary(
            On=pikepdf.Dictionary(SMask=mask), Off=pikepdf.Dictionary(SMask=pikepdf.Name("/None"))
        )
        page.Contents = pdf.make_stream(state + shown)
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert len(drawing.masked) == count
    assert len(drawing.glyphs) == len(SEEN)
