"""A glyph that its font calls white space or an accent has no Unicode value if it draws ink."""

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name

from pipeline.extract.pdf.document import read_drawings
from pipeline.model import UNMAPPED
from tests.support.pdfs import MakePdf

EM = 1000


def build_font() -> bytes:
    """Glyph 1 is blank, glyph 2 a box; the codes of a simple font are their numbers."""
    pen = TTGlyphPen(None)
    for step, corner in enumerate(((100, 0), (900, 0), (900, 800), (100, 800))):
        (pen.lineTo if step else pen.moveTo)(corner)
    pen.closePath()
    blank = TTGlyphPen(None).glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "blank", "box"])
    font.setupCharacterMap({})
    font.setupGlyf({".notdef": blank, "blank": blank, "box": pen.glyph()})
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "blank", "box"), (EM, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupPost()
    cmap = font.font["cmap"]
    simple = cmap.tables[0].newSubtable(6)
    simple.platformID, simple.platEncID, simple.language = 1, 0, 0
    simple.cmap = {1: "blank", 2: "box"}
    cmap.tables = [simple]
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def show(path: Path, composite: bool, text: str) -> None:
    """Show both glyphs alone on a page, in a font whose map has one text for both."""
    one, two = ("<0001>", "<0002>") if composite else ("<01>", "<02>")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        ends = "<0000> <FFFF>" if composite else "<00> <FF>"
        mapped = f"1 begincodespacerange\n{ends}\nendcodespacerange\n2 beginbfchar\n"
        target = f"<{ord(text):04X}>"
        mapped += f"{one} {target}\n{two} {target}\nendbfchar\n"
        described = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Own, Flags=4, Ascent=800, Descent=-200,
            FontBBox=Array([0, -200, EM, 800]), FontFile2=pdf.make_stream(build_font()),
        )  # fmt: skip
        common = Dictionary(Type=Name.Font, BaseFont=Name.Own, FontDescriptor=described)
        if composite:
            kind = Dictionary(Subtype=Name.CIDFontType2, DW=EM, CIDToGIDMap=Name.Identity)
            kind.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
            font = Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Own,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(Dictionary({**common, **kind}))]),
            )  # fmt: skip
        else:
            kind = Dictionary(Subtype=Name.TrueType, FirstChar=1, LastChar=2)
            kind.Widths = Array([EM, EM])
            font = Dictionary({**common, **kind})
        font.ToUnicode = pdf.make_stream(mapped.encode())
        pdf.pages[0].Resources.Font.F = pdf.make_indirect(font)
        shown = f"BT /F 10 Tf 50 500 Td [{one} {two}] TJ ET".encode()
        pdf.pages[0].Contents = pdf.make_stream(shown)
        pdf.save(path)


@pytest.mark.parametrize("composite", [True, False])
@pytest.mark.parametrize("text", [" ", "\u3000", "\u00ad"])
def test_only_the_glyph_with_contours_is_no_space(
    composite: bool, text: str, make_pdf: MakePdf
) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    show(path, composite, text)
    (drawing,) = read_drawings(path.read_bytes())
    assert sorted(glyph.text for glyph in drawing.glyphs) == [text, UNMAPPED]


@pytest.mark.parametrize("text", ["\u0301", "\ufe00"])
def test_an_accent_as_wide_as_a_kanji_is_another_character(text: str, make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    show(path, True, text)
    (drawing,) = read_drawings(path.read_bytes())
    assert UNMAPPED in [glyph.text for glyph in drawing.glyphs]
