"""besshi's interpreter of content streams against pdfminer's, glyph for glyph, shape for shape."""

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject
from reportlab.pdfgen import canvas

from benchmarks.factory.make import make
from pipeline.extract.pdf.content import Painting
from pipeline.extract.pdf.content.display_list import PaintedShape
from pipeline.extract.pdf.content.graphics_state import bounding_rect
from pipeline.extract.pdf.content.interpreter import OPERATORS
from pipeline.extract.pdf.content.lexer import read_string, split_instructions
from pipeline.extract.pdf.document import Document
from pipeline.model import UNMAPPED
from tests.support import oracle
from tests.support.pdfs import OTA, ROOT, MakePdf

NEAR = 1e-6  # points; the order of two sums may differ
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\x7f]")  # as pdfminer writes them


def read_paintings(path: Path) -> list[Painting]:
    document = Document(path.read_bytes())
    return [document.read_painting(number)[0] for number in range(1, len(document) + 1)]


def assert_same_paintings(path: Path) -> list[Painting]:
    """Both paint the same on every page; returns what besshi does."""
    ours = read_paintings(path)
    theirs = oracle.paint_pages(path)
    assert len(ours) == len(theirs)
    for own, other in zip(ours, theirs, strict=True):
        assert_same_glyphs(own, other.glyphs)
        assert [look_of(shape) for shape in own.shapes] == [look_of(s) for s in other.shapes]
        np.testing.assert_allclose(flat(own.shapes), flat(other.shapes), rtol=0, atol=NEAR)
        assert own.images == other.images
    return ours


def assert_same_glyphs(painting: Painting, expected: Sequence[oracle.PaintedGlyph]) -> None:
    own = painting.glyphs()
    texts = [_UNMAPPED.sub(UNMAPPED, glyph.text) or UNMAPPED for glyph in expected]
    assert list(own.texts) == texts
    boxes = np.array([[*glyph.box, glyph.size] for glyph in expected]).reshape(-1, 5)
    np.testing.assert_allclose(
        np.stack((own.x0, own.y0, own.x1, own.y1, own.size), axis=1), boxes, rtol=0, atol=NEAR
    )
    assert own.direction.tolist() == [glyph.direction for glyph in expected]
    assert own.seen.tolist() == [glyph.seen for glyph in expected]
    assert own.pale.tolist() == [glyph.color == () for glyph in expected]
    assert own.order.tolist() == [glyph.order for glyph in expected]


def look_of(shape: "PaintedShape | oracle.PaintedShape") -> tuple[object, ...]:
    """All of a shape but where it is; a colour that cannot be told is never equal to itself."""
    return shape.kind, len(shape.points), str(shape.stroke), str(shape.fill)


def flat(shapes: "Sequence[PaintedShape | oracle.PaintedShape]") -> list[float]:
    points = [number for shape in shapes for point in shape.points for number in point]
    return points + [number for shape in shapes for number in shape.clip]


@pytest.mark.parametrize(
    "path",
    [
        OTA,
        *(
            pytest.param(path, marks=pytest.mark.slow)
            for path in sorted((ROOT / "tests" / "layouts").glob("*.pdf"))
        ),
    ],
    ids=lambda path: path.stem,
)
def test_annexes_are_painted_as_pdfminer_paints_them(path: Path) -> None:
    paintings = assert_same_paintings(path)
    assert all(painting.texts and painting.shapes for painting in paintings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("family", "engine"), [("simple", "drawn"), ("simple", "flowed"), ("wide", "drawn")]
)
def test_made_annexes_are_painted_as_pdfminer_paints_them(
    family: str, engine: str, tmp_path: Path
) -> None:
    assert_same_paintings(make(tmp_path, family, engine, seed=51, place=3).pdf)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_moved_and_cropped_pages(turn: int, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(ROOT / "tests" / "layouts" / "ota_annex_calc.pdf"))
    for page in list(writer.pages)[2:]:
        writer.remove_page(page)
    for page in writer.pages:
        page.add_transformation(Transformation().rotate(7).scale(0.9, 1.1).translate(40, -25))
        page.mediabox = RectangleObject((-30, 20, 700, 560))
        page.cropbox = RectangleObject((10, 50, 600, 500))
        page.rotate(turn)
    writer.write(tmp_path / "turned.pdf")
    assert_same_paintings(tmp_path / "turned.pdf")


def everything(sheet: canvas.Canvas) -> None:
    """What reportlab can draw that a table seldom has."""
    clip = sheet.beginPath()
    clip.rect(80, 90, 300, 640)
    sheet.clipPath(clip, stroke=1)
    for mode in range(8):
        text = sheet.beginText(60 + 10 * mode, 700 - 20 * mode)
        text.setTextRenderMode(mode)
        text.setCharSpace(mode / 2)
        text.setHorizScale(100 - 5 * mode)
        text.setRise(mode - 3)
        text.textOut("隠れた 文 No.1")
        sheet.saveState()  # what is painted later is clipped to the glyphs of the last modes
        sheet.drawText(text)
        sheet.restoreState()
    sheet.beginForm("stamp", 0, 0, 60, 30)
    sheet.setFillGray(1)
    sheet.drawString(5, 5, "印")
    sheet.drawString(500, 5, "外")
    sheet.endForm()
    for place, color in enumerate(((1, 1, 1), (0.99, 0.99, 0.99), (0.2, 0.4, 1))):
        sheet.setFillColorRGB(*color)
        sheet.setFillAlpha(0.0 if place == 1 else 0.5)
        sheet.rect(100, 100 + 50 * place, 90, 40, stroke=place % 2, fill=1)
        sheet.drawString(110, 110 + 50 * place, "色")
        sheet.saveState()
        sheet.translate(250, 100 + 50 * place)
        sheet.rotate(30 * place)
        sheet.doForm("stamp")
        sheet.restoreState()
    sheet.setFillColorCMYK(0, 0, 0, 0)
    sheet.drawString(200, 400, "白")
    sheet.setFont("Helvetica", 9)
    sheet.drawString(200, 380, "Latin (in brackets) \\ and back")
    sheet.ellipse(200, 300, 260, 340, stroke=1, fill=1)
    sheet.lines([(200, 200, 300, 200), (200, 210, 300, 210)])


def test_clips_forms_modes_and_colours(make_pdf: MakePdf) -> None:
    (painting,) = assert_same_paintings(make_pdf(everything))
    assert {bool(seen) for seen in painting.glyphs().seen} == {True, False}
    assert painting.glyphs().pale.any()


CID_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Unmapped /Encoding /Identity-%s "
    b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unmapped /DW 900 "
    b"/W [1 [500 600 700]] /DW2 [800 -900] /W2 [2 [-500 300 700]] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /Unmapped /Ascent 800 /Descent -200 "
    b"/FontBBox [0 -200 1000 800] >> >>] >> "
)
FONTS = (
    b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
    b"/F2 " + CID_FONT % b"H" + b"/F4 " + CID_FONT % b"V" + b"/F3 << /Type /Font /Subtype /Type3 "
    b"/FontBBox [0 -2 10 8] /FontMatrix [0.1 0 0 0.1 0 0] "
    b"/FirstChar 65 /LastChar 66 /Widths [7 9] /CharProcs << >> "
    b"/Encoding << /Type /Encoding /Differences [65 /A /B] >> >> "
)
SPACES = b"/Ink [/Separation /Spot /DeviceGray 4 0 R] /Table [/Indexed /DeviceRGB 1 <000000ffffff>]"


def write_content(path: Path, content: bytes) -> Path:
    """A page with a content stream as it is given, and a form that draws itself."""
    resources = (
        b"<< /Font << " + FONTS + b" >> /ColorSpace << " + SPACES + b" >> "
        b"/XObject << /Again 5 0 R >> /ExtGState << /Clear << /ca 0.01 /CA 0 >> >> >>"
    )
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 90 50] /Matrix [1 0 0 1 7 3]"
    drawn = b"BT /F1 8 Tf 10 10 Td (form) Tj ET /Again Do"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 6 0 R /Resources "
        + resources + b" >>",
        b"<< /FunctionType 2 /Domain [0 1] /N 1 >>",
        b"<< " + form + b" /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
    )  # fmt: skip
    written, places = b"%PDF-1.4\n", []
    for number, stored in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + stored + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(places) + 1, len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    written += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start)
    path.write_bytes(written)
    return path


TEXT = b"BT /F1 10 Tf 20 200 Td "
CONTENTS = {
    "escapes": TEXT + rb"(a\(b\)c (nested (deep)) \101\60\\\t) Tj ET",
    "array": TEXT + b"[(A) 120 (W) -30.5 <56 41> .5(A)] TJ ET",
    "spacing": TEXT + b"2 Tc 5 Tw 80 Tz 3 Ts (a b  c) Tj 100 Tz (d e) Tj ET",
    "spaced array": TEXT + b"2 Tc [-500 (ab) 100 (c)] TJ (d) Tj (e) Tj ET",
    "lines": TEXT + b"12 TL (one) Tj T* (two) Tj (three) ' 5 -14 TD (four) Tj T* (five) Tj ET",
    "matrix": b"1 .2 -.3 1 9 9 cm BT /F1 7 Tf 0 1 -1 0 50 60 Tm (up) Tj 5 0 Td (on) Tj ET",
    "unmapped": b"BT /F2 9 Tf 30 80 Td <000100020003> Tj ET " + TEXT + b"(\x01A) Tj ET",
    "vertical": b"BT /F4 9 Tf 1 Tc 2 Ts 300 280 Td [<00010002> 90 <0003>] TJ <0002> Tj ET",
    "vertical, turned": b"0 1 -1 0 300 0 cm BT /F4 9 Tf 90 Tz 30 80 Td <000100020003> Tj ET",
    "type 3": b"BT /F3 9 Tf 30 80 Td (ABAB) Tj ET",
    "lost font": b"BT /F9 9 Tf 30 80 Td (lost) Tj ET",
    "no font": b"BT 30 80 Td (none) Tj ET",
    "comment": TEXT + b"% (not text) Tj\n(text) % 1 0 0 rg\rTj ET",
    "form": b"q 1 1 1 rg 2 0 0 2 30 40 cm /Again Do Q /Again Do",
    "transparent": b"/Clear gs " + TEXT + b"(clear) Tj 1 Tr (both) Tj ET 5 5 30 20 re B",
    "spot colours": b"/Ink cs 0 scn " + TEXT + b"(paper) Tj 1 scn (ink) Tj "
    b"/Table cs 1 sc (?) Tj ET",
    "pattern": b"/Pattern cs /P1 scn 10 10 50 50 re f " + TEXT + b"(pattern) Tj ET",
    "cmyk": b"0 0 0 0 k 0 0 0 1 K 10 10 50 50 re B " + TEXT + b"(white) Tj ET",
    "paths": b"10 10 m 90 10 l S 10 20 m 90 20 l h s 5 5 m 9 5 l 9 9 l 5 9 l h f "
    b"5 5 m 9 5 l 9 9 l 5 9 l 5 5 l h B* 1 1 m 2 5 6 7 8 9 c 4 4 5 5 v 6 6 7 7 y b "
    b"20 20 30 10 re 60 60 -30 -10 re f* 3 3 m 7 8 l 9 1 l f 1 2 l S 9 9 m S",
    "clips": b"q 10 10 80 80 re W n 0 0 400 300 re f q 50 50 m 90 50 l 70 90 l h W* n "
    + TEXT + b"(out) Tj 40 -140 Td (in) Tj ET Q 20 20 m 300 20 l S Q 5 5 m 300 5 l S",
    "inline image": b"q 9 0 0 9 5 5 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00(EI<[ EI Q " + TEXT
    + b"(behind) Tj ET",
    "no operands": b"1 0 rg 5 w Tf Td " + TEXT + b"(still) Tj ET 1 re 0 0 l f",
    "odd numbers": b"BT /F1 +10. Tf 20 --5 Td (minus) Tj 3 .5 Td (half) Tj ET",
    "strange operators": b"foo 1 2 bar " + TEXT + b"/Span << /MCID 0 /A [1 2] /T (x) >> BDC "
    b"(marked) Tj EMC ET /P /Q DP BX 1 baz EX",
    "dash": b"[3 2] 0 d 10 10 m 50 10 l S [] 0 d 10 20 m 50 20 l S",
    "deep q": b"Q Q q q q 1 g Q Q Q Q " + TEXT + b"(white?) Tj ET",
    "open string": TEXT + b"(first) Tj (second Tj ET",
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_content_streams_are_carried_out_as_pdfminer_does(name: str, tmp_path: Path) -> None:
    assert_same_paintings(write_content(tmp_path / "content.pdf", CONTENTS[name]))


def test_an_operator_that_is_spelled_over_two_streams_is_two(tmp_path: Path) -> None:
    """Content streams are parted by white space (PDF 32000-1, 7.8.2)."""
    path = write_content(tmp_path / "one.pdf", TEXT + b"(seen) Tj ET")
    writer = PdfWriter(clone_from=PdfReader(path))
    page = writer.pages[0]
    page.merge_page(PdfReader(path).pages[0])
    writer.write(tmp_path / "two.pdf")
    (painting,) = assert_same_paintings(tmp_path / "two.pdf")
    assert "".join(painting.texts) == "seenseen"


def test_a_frame_filled_between_two_rectangles_is_a_bar_for_each_side(tmp_path: Path) -> None:
    """Some programs fill a cell's borders at once. Here the upper one is on another page."""
    content = b"10 10 80 50 re 11 11 78 49 re f* 10 100 80 50 re 30 110 20 20 re f*"
    (painting,) = read_paintings(write_content(tmp_path / "content.pdf", content))
    boxes = [bounding_rect(shape.points) for shape in painting.shapes]
    assert boxes[:3] == [(10, 10, 11, 60), (89, 10, 90, 60), (10, 10, 90, 11)]
    assert boxes[3:] == [(10, 100, 90, 150), (30, 110, 50, 130)]


def test_what_pdfminer_leaves_out_is_painted(tmp_path: Path) -> None:
    """F is f, and " moves to the next line before it shows its string."""
    content = b'10 10 30 20 re F BT /F1 10 Tf 12 TL 20 200 Td (a) Tj 1 2 (b) " ET'
    path = write_content(tmp_path / "content.pdf", content)
    (painting,) = read_paintings(path)
    assert [shape.kind for shape in painting.shapes] == ["rect"]
    low = painting.glyphs().y0.tolist()
    assert low[0] - low[1] == pytest.approx(12)


def test_type_of_a_negative_size_that_is_turned_upright_runs_to_the_right(tmp_path: Path) -> None:
    content = TEXT.replace(b"10 Tf 20 200 Td", b"-10 Tf -1 0 0 -1 20 200 Tm") + b"(ab) Tj ET"
    (painting,) = read_paintings(write_content(tmp_path / "content.pdf", content))
    glyphs = painting.glyphs()
    assert glyphs.direction.tolist() == [0, 0]
    assert glyphs.x0[0] < glyphs.x0[1]


@pytest.mark.parametrize(("fill", "is_seen"), [(b"0 0 400 300 re f", True), (b"", False)])
def test_type_that_clips_is_seen_where_something_is_painted_through_it(
    fill: bytes, is_seen: bool, tmp_path: Path
) -> None:
    content = b"q " + TEXT + b"7 Tr (ab) Tj ET " + fill + b" Q 5 5 90 20 re f"
    (painting,) = read_paintings(write_content(tmp_path / "content.pdf", content))
    assert painting.glyphs().seen.tolist() == [is_seen] * 2
    assert len(painting.shapes) == 1  # what is painted through type is its ink


def test_any_bytes_are_read_to_their_end(tmp_path: Path) -> None:
    """Nothing takes forever and nothing is raised, whatever a stream holds."""
    rng = Random(7)
    odd = b"( ) < > [ ] / % \\ -- . BI ID EI 1 -2.5 /F1 /F2 /F4 /Again /Ink (a) <0001> [(b)-3]"
    pieces = [*odd.split(), *OPERATORS]
    for _ in range(200):
        content = TEXT + b" ".join(rng.choices(pieces, k=300))
        (painting,) = read_paintings(write_content(tmp_path / "x.pdf", content))
        assert len(painting.glyphs().texts) == len(painting.texts)


def test_instructions_hold_all_of_a_stream() -> None:
    content = b"q 1 0 0 RG0 g\n/F1 8.5 Tf[(a]b%)-3<41>]TJ % end\nET"
    found = split_instructions(content)
    whole = b"".join(operands + operator for operands, operator in found)
    assert whole == content.replace(b"% end", b"")
    assert [operator for _, operator in found if operator] == [
        b"q", b"RG", b"g", b"Tf", b"TJ", b"ET",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"<41 4>", b"A@"), (b"<>", b""), (rb"(\(\))", b"()"), (b"(a\\\nb)", b"ab"),
        (rb"(\0533\7)", b"+3\x07"), (b"((x))", b"(x)"),
    ],
)  # fmt: skip
def test_strings(written: bytes, meant: bytes) -> None:
    assert read_string(written) == meant
