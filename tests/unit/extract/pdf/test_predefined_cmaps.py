"""Codes of a known character set are that set's characters."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import MakePdf

TEXT = "髙﨑～－①㈱№ｱ1"


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("90ms-RKSJ-H", "cp932"),
        ("UniJIS-UTF16-H", "utf-16-be"),
        ("UniJIS-UCS2-HW-H", "utf-16-be"),  # names its half-width characters only
        ("90ms-RKSJ-V", "cp932"),
    ],
)
def test_each_code_is_its_character(encoding: str, codec: str, make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2)
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Ryumin, CIDSystemInfo=info
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.Ryumin,
            Encoding=Name(f"/{encoding}"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )
        pdf.pages[0].Resources.Font.F = pdf.make_indirect(font)
        codes = TEXT.encode(codec).hex().encode()
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F 10 Tf 50 500 Td <" + codes + b"> Tj ET")
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    assert "".join(glyph.text for glyph in drawing.glyphs) == TEXT
