"""What is painted over text later hides it; what only crosses or tints it does not."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from tests.support.annexes import besshi, comments_of, issues_of, ruled_table
from tests.support.pdfs import FONT, MakePdf

NAME = "山田太郎"


def box(sheet: canvas.Canvas, gray: float = 0.0) -> None:
    sheet.setFillGray(gray)
    sheet.rect(98, 495, 44, 16, stroke=0, fill=1)


def black_box(sheet: canvas.Canvas) -> None:
    box(sheet)


def white_patch(sheet: canvas.Canvas) -> None:
    box(sheet, 1.0)
    sheet.setFillGray(0)


def thick_line(sheet: canvas.Canvas) -> None:
    sheet.setLineWidth(15)
    sheet.line(98, 503, 142, 503)


def pale_thick_line(sheet: canvas.Canvas) -> None:
    sheet.setStrokeAlpha(0.4)
    thick_line(sheet)


def ruling(sheet: canvas.Canvas) -> None:
    sheet.setLineWidth(4.5)
    sheet.line(98, 503, 142, 503)


def picture(sheet: canvas.Canvas) -> None:
    sheet.drawImage(ImageReader(Image.new("L", (8, 8), 90)), 98, 495, 44, 16)


def strike_through(sheet: canvas.Canvas) -> None:
    sheet.rect(98, 503, 44, 0.7, stroke=0, fill=1)


def highlighter(sheet: canvas.Canvas) -> None:
    sheet.setFillAlpha(0.4)
    box(sheet, 0.8)


def ring(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.rect(90, 485, 70, 40)
    path.rect(95, 490, 60, 30)
    sheet.drawPath(path, stroke=0, fill=1, fillMode=0)


def half_a_clip(sheet: canvas.Canvas) -> None:
    path = sheet.beginPath()
    path.moveTo(300, 300)
    path.lineTo(350, 300)
    path.lineTo(325, 350)
    path.close()
    sheet.clipPath(path, stroke=0)
    box(sheet)


def hatching(path: Path) -> None:
    """Lay a tiling pattern with gaps over the page."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        tiles = Dictionary(PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9])
        tiles.update({"/XStep": 9, "/YStep": 9, "/Resources": Dictionary()})
        sheet = pdf.pages[0]
        sheet.obj.Resources.Pattern = Dictionary(P=pdf.make_stream(b"0 0 1 9 re f", tiles))
        sheet.contents_add(b"q /Pattern cs /P scn 0 0 595 842 re f Q")
        pdf.save(path)


def read(make_pdf: MakePdf, over: Callable[[canvas.Canvas], None]) -> tuple[str, int, int]:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 500, NAME)
        over(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    return "".join(glyph.text for glyph in drawing.glyphs), drawing.hidden, drawing.covered


@pytest.mark.parametrize("over", [black_box, white_patch, thick_line])
def test_what_is_painted_over_is_hidden_and_told(
    over: Callable[[canvas.Canvas], None], make_pdf: MakePdf
) -> None:
    assert read(make_pdf, over) == ("", len(NAME), len(NAME))


def test_text_under_a_picture_is_hidden_and_no_secret(make_pdf: MakePdf) -> None:
    """A scan lies over its own text layer."""
    assert read(make_pdf, picture) == ("", len(NAME), 0)


@pytest.mark.parametrize(
    "over", [strike_through, highlighter, ring, half_a_clip, pale_thick_line, ruling]
)
def test_what_leaves_the_text_legible_hides_nothing(
    over: Callable[[canvas.Canvas], None], make_pdf: MakePdf
) -> None:
    assert read(make_pdf, over) == (NAME, 0, 0)


def test_hatching_hides_nothing(make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(100, 500, NAME))
    hatching(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert "".join(glyph.text for glyph in drawing.glyphs) == NAME


def test_a_box_that_was_painted_first_is_a_ground(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        box(sheet, 0.9)
        sheet.setFillGray(0)
        sheet.drawString(100, 500, NAME)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert (len(drawing.glyphs), drawing.covered) == (len(NAME), 0)


def test_the_record_has_the_new_text_and_the_issue_no_secret(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    table = ruled_table(("No", "意見", "回答"), ("1", "氏名は山田太郎です。", "直します。"))

    def draw(sheet: canvas.Canvas) -> None:
        table(sheet)
        box_over = sheet.stringWidth("氏名は", FONT, 10)
        sheet.rect(94 + box_over, 718, 40, 14, stroke=0, fill=1)

    pdf = make_pdf(draw, name="a.pdf")
    assert besshi("run", pdf, "--out", tmp_path / "out").exit_code == 0
    assert comments_of(tmp_path / "out", "a") == ["氏名は　です。"]  # the box leaves a gap
    (issue,) = issues_of(tmp_path / "out", "a")
    assert (issue["code"], issue["page"]) == ("covered_text", 1)
    assert "4 characters stand under" in issue["message"]
    assert "山田" not in issue["message"]


@pytest.mark.parametrize(("y", "is_seen"), [(503, False), (495, True), (480, True)])
def test_a_ruling_that_is_painted_over_as_a_whole_is_none(
    y: float, is_seen: bool, make_pdf: MakePdf
) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.line(98, y, 142, y)
        white_patch(sheet)

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert bool(drawing.strokes) == is_seen


@pytest.mark.parametrize(("ink", "found"), [((1, 0, 0), "済"), ((0, 0, 0), "")])
def test_type_in_another_ink_on_a_patch_over_type_is_a_stamp(
    ink: tuple[float, float, float], found: str, make_pdf: MakePdf
) -> None:
    """In the ink of the text it is what the text says instead."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(100, 500, NAME)
        sheet.drawString(100, 480, "この欄の外に書かれた文です。")
        white_patch(sheet)
        sheet.setFillColorRGB(*ink)
        sheet.drawString(112, 500, "済")

    (drawing,) = read_drawings(make_pdf(draw).read_bytes())
    assert "".join(glyph.text for glyph in drawing.stamps) == found
