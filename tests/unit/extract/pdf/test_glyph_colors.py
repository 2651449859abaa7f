"""Type in the colour of its ground is not seen."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen import canvas

from pipeline.commands.verify.recount.pages import read_pages
from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import FONT, MakePdf

RED = (1, 0, 0)
BLACK = (0, 0, 0)


@pytest.mark.parametrize(
    ("ground", "ink", "height", "seen"),
    [
        (BLACK, BLACK, 16, False),
        (RED, RED, 16, False),
        (RED, BLACK, 16, True),
        (BLACK, (1, 1, 1), 16, True),
        (BLACK, BLACK, 1, True),  # an underline, or a ruling
    ],
)
def test_type_on_a_ground_of_its_colour_is_hidden(
    ground: tuple[float, float, float],
    ink: tuple[float, float, float],
    height: float,
    seen: bool,
    make_pdf: MakePdf,
) -> None:
    """An office that blacks out a name may only give its type a black ground."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFillColorRGB(*ground)
        sheet.rect(98, 495, 44, height, stroke=0, fill=1)
        sheet.setFont(FONT, 10)
        sheet.setFillColorRGB(*ink)
        sheet.drawString(100, 498, "山田太郎")
        sheet.setFillGray(0)
        sheet.drawString(142, 498, "様")

    (drawing,) = read_drawings(make_pdf(paint).read_bytes())
    assert len(drawing.glyphs) == (5 if seen else 1)
    assert drawing.hidden == drawing.covered == (0 if seen else 4)


def test_type_on_a_patch_over_its_colour_is_seen(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        for gray in (0, 1):
            sheet.setFillGray(gray)
            sheet.rect(98, 495, 44, 16, stroke=0, fill=1)
        sheet.setFillGray(0)
        sheet.setFont(FONT, 10)
        sheet.drawString(100, 498, "山田太郎")

    (drawing,) = read_drawings(make_pdf(paint).read_bytes())
    assert (len(drawing.glyphs), drawing.hidden) == (4, 0)


@pytest.mark.parametrize(
    ("ground", "ink", "seen"),
    [(1, 0.96, False), (0.96, 1, False), (0.85, 1, True), (0.5, 0.96, True), (1, 0.85, True)],
)
def test_type_that_is_nearly_as_pale_as_its_ground_is_hidden(
    ground: float, ink: float, seen: bool, make_pdf: MakePdf
) -> None:
    """A memo of an office in #F5F5F5 is not for its readers."""

    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(ground)
        sheet.rect(98, 495, 44, 16, stroke=0, fill=1)
        sheet.setFont(FONT, 10)
        sheet.setFillGray(ink)
        sheet.drawString(100, 498, "山田太郎")

    (drawing,) = read_drawings(make_pdf(paint).read_bytes())
    assert (len(drawing.glyphs), drawing.hidden) == ((4, 0) if seen else (0, 4))


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b"/One cs 0 scn", False),  # no ink
        (b"/One cs 1 scn", True),
        (b"/One cs 1 scn 98 495 44 16 re f 1 g", True),  # white on black
        (b"/One cs 0.97 scn 98 495 44 16 re f 1 g", True),
        (b"/Two cs 0 1 scn", True),
        (b"/Two cs 0 1 scn 98 495 44 16 re f 1 g", True),
    ],
)
def test_a_spot_ink_is_dark_where_it_is_full(content: bytes, seen: bool, make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, ""))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources = Dictionary(
            ColorSpace=Dictionary(
                One=_spot(pdf, Name.Separation, Name.Black),
                Two=_spot(pdf, Name.DeviceN, Array([Name.Cyan, Name.Black])),
            )
        )
        pdf.pages[0].Contents = pdf.make_stream(content + b" BT /F 10 Tf 100 498 Td (AB) Tj ET")
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert (len(drawing.glyphs), drawing.hidden) == ((2, 0) if seen else (0, 2))
    ((_, recounted),) = read_pages(path.read_bytes(), ())  # what `besshi verify` compares it with
    assert [character.seen for character in recounted] == [seen, seen]


def _spot(pdf: pikepdf.Pdf, family: Name, inks: Name | Array) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    return Array([family, inks, Name.DeviceGray, pdf.make_indirect(tint)])


def test_white_letters_are_seen_by_their_outlines(make_pdf: MakePdf) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        for mode, y in ((0, 480), (2, 460)):
            text = sheet.beginText(100, y)
            text.setFont(FONT, 10)
            text.setTextRenderMode(mode)
            sheet.setFillGray(1)
            text.textOut("白抜き")
            sheet.drawText(text)

    (drawing,) = read_drawings(make_pdf(paint).read_bytes())
    assert [round(glyph.box.bottom) for glyph in drawing.glyphs] == [384] * 3
    assert drawing.hidden == 3


@pytest.mark.parametrize(
    ("around", "is_group", "seen"), [(0, True, False), (0.5, True, True), (0, False, True)]
)
def test_what_a_group_sets_comes_on_top_of_its_own_opacity(
    around: float, is_group: bool, seen: bool, make_pdf: MakePdf
) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, ""))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        states = Dictionary(Full=Dictionary(ca=1), Around=Dictionary(ca=around))
        form = pdf.make_stream(b"/Full gs BT /F 10 Tf 100 498 Td (AB) Tj ET")
        form.stream_dict = Dictionary(
            Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=Dictionary(ExtGState=states)
        )
        if is_group:
            form.Group = Dictionary(S=Name.Transparency)
        pdf.pages[0].Resources = Dictionary(ExtGState=states, XObject=Dictionary(Form=form))
        pdf.pages[0].Contents = pdf.make_stream(b"/Around gs /Form Do")
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert (len(drawing.glyphs), drawing.hidden) == ((2, 0) if seen else (0, 2))
    ((_, recounted),) = read_pages(path.read_bytes(), ())
    assert [character.seen for character in recounted] == [seen, seen]


@pytest.mark.parametrize(("ink", "is_seen"), [(0.30, False), (0.34, False), (0.5, True)])
def test_type_nearly_in_the_colour_of_its_ground_is_not_seen(
    ink: float, is_seen: bool, make_pdf: MakePdf
) -> None:
    def paint(sheet: canvas.Canvas) -> None:
        sheet.setFillGray(0.3)
        sheet.rect(90, 470, 100, 40, stroke=0, fill=1)
        sheet.setFillGray(ink)
        sheet.drawString(100, 480, "確認済")

    (drawing,) = read_drawings(make_pdf(paint).read_bytes())
    assert bool(drawing.glyphs) == is_seen
