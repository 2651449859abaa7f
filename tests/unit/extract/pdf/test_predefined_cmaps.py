"""Codes that a CMap leads to glyphs are characters of a known set, or of the font's own map."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.extract.pdf.document import read_drawings
from pipeline.model import UNMAPPED
from tests.support.pdfs import MakePdf

TEXT = "髙﨑～－①㈱№ｱ1"


@pytest.fixture
def page(make_pdf: MakePdf) -> Path:
    return make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))


def read(path: Path, encoding: str | bytes, codes: bytes, to_unicode: bytes = b"") -> str:
    """The text of a page that shows codes in a font with an encoding: a name, or a CMap."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2)
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Ryumin, CIDSystemInfo=info
        )
        named = isinstance(encoding, str)
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.Ryumin,
            Encoding=Name(f"/{encoding}") if named else pdf.make_stream(encoding),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )
        if not named:
            font.Encoding.CMapName = Name.Own
        if to_unicode:
            font.ToUnicode = pdf.make_stream(to_unicode)
        pdf.pages[0].Resources.Font.F = pdf.make_indirect(font)
        content = b"BT /F 10 Tf 50 500 Td <" + codes.hex().encode() + b"> Tj ET"
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    return "".join(glyph.text for glyph in drawing.glyphs)


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("90ms-RKSJ-H", "cp932"),
        ("UniJIS-UTF16-H", "utf-16-be"),
        ("UniJIS-UCS2-HW-H", "utf-16-be"),  # names its half-width characters only
        ("UniJISX0213-UTF32-H", "utf-32-be"),
        ("90ms-RKSJ-V", "cp932"),
    ],
)
def test_each_code_is_its_character(encoding: str, codec: str, page: Path) -> None:
    assert read(page, encoding, TEXT.encode(codec)) == TEXT


def test_a_cmap_that_the_pdf_holds_is_read(page: Path) -> None:
    cmap = b"/UniJIS-UCS2-H usecmap 1 begincidrange <e000> <e001> 843 endcidrange"
    assert read(page, cmap, "意\ue001".encode("utf-16-be")) == "意ぃ"
    assert read(page, b"1 begincidchar <41> 843 endcidchar", b"A") == "あ"


def test_codes_of_an_unknown_cmap_are_not_lost(page: Path) -> None:
    assert read(page, "Unknown-H", b"\1\2\1\3") == 2 * UNMAPPED


def test_a_map_to_unicode_is_of_codes_and_not_of_glyphs(page: Path) -> None:
    """The glyph of P has the number 49, which is the code of 1."""
    cmap = b"2 beginbfchar <31> <0031> <50> <0050> endbfchar"
    assert read(page, "90msp-RKSJ-H", b"P1", cmap) == "P1"
