"""A ToUnicode map of the usual form is read here as by pdfminer, any other one by pdfminer."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pikepdf import Dictionary, Name

from pipeline.extract.pdf.content.to_unicode import read_usual_map
from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import MakePdf

MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)/Ordering (UCS)
/Supplement 0>> def
/CMapName /AAAAAA+明朝 def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{sections}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def make_map(sections: str) -> bytes:
    return MAP.format(sections=sections).encode("cp932")


@pytest.mark.parametrize(
    "sections",
    [
        "2 beginbfchar\n<01> <9AD9>\n<0002><d842dFb7>\nendbfchar",
        "1 beginbfchar <01> <00410042> endbfchar\n1 beginbfchar\n<01> <0043>\nendbfchar",
        "2 beginbfchar\n<01> <0020>\n<01> <00A0>\nendbfchar",
        "1 beginbfrange\n<10> <13> <FFFE>\nendbfrange",
        "1 beginbfrange\n<10> <12> <D842DFB7>\nendbfrange",
        "1 beginbfrange\n<0000> <FFFF> <41>\nendbfrange",
        "1 beginbfrange\n<10> <12> <00660066DBFFDFFF>\nendbfrange",
        "2 beginbfrange\n<10> <11> [<0041> <00420043>]\n<12> <14> [<0044>]\nendbfrange",
        "2 beginbfrange\n<10> <0012> <0041>\n<13> <10> <0041>\nendbfrange",
        "0 beginbfchar\nendbfchar",
    ],
)
def test_a_usual_map_says_what_pdfminer_reads(sections: str) -> None:
    data = make_map(sections)
    expected, found = FileUnicodeMap(), FileUnicodeMap()
    CMapParser(expected, BytesIO(data)).run()
    entries = read_usual_map(data)
    assert entries is not None
    for code, text in entries:
        found.add_cid2unichr(code, text)
    assert list(found.cid2unichr.items()) == list(expected.cid2unichr.items())


@pytest.mark.parametrize(
    "sections",
    [
        "1 beginbfchar\n% 1 of 1\n<01> <0041>\nendbfchar",
        "/Adobe-Japan1-UCS2 usecmap",
        "1 begincidchar\n<01> 1\nendcidchar",
        "1 beginbfchar\n<1> <0041>\nendbfchar",
        "1 beginbfchar\n<01> /A\nendbfchar",
        "endcmap\n1 beginbfchar\n<01> <0041>\nendbfchar",
    ],
)
def test_any_other_map_is_left_to_pdfminer(sections: str) -> None:
    assert read_usual_map(make_map(sections)) is None


def test_a_range_of_all_codes_ends_before_it_fills_the_memory() -> None:
    entries = read_usual_map(make_map("1 beginbfrange\n<00000000> <FFFFFFFF> <0000>\nendbfrange"))
    assert entries is not None
    assert entries[0xFFFF] == (0xFFFF, b"\xff\xff")


def test_a_map_that_ends_in_the_middle_of_names_is_told_at_once() -> None:
    """Each name ends in digits: read as a shorter name and a number, there are 2^40 ways."""
    assert read_usual_map(make_map(f"/A << {'/A11' * 40} def")) is None


@pytest.mark.parametrize("comment", ["", "% 1 of 1\n"])
def test_the_text_is_that_of_the_map(comment: str, make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    _add_text(path, make_map(f"{comment}1 beginbfchar\n<41> <9AD9>\nendbfchar"))
    (drawing,) = read_drawings(path.read_bytes())
    assert "".join(glyph.text for glyph in drawing.glyphs) == "髙B"


def test_kana_and_the_mark_that_voices_them_are_one_character(make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    _add_text(path, make_map("2 beginbfchar\n<41> <304B3099>\n<42> <30D5309A30A9>\nendbfchar"))
    (drawing,) = read_drawings(path.read_bytes())
    assert [glyph.text for glyph in drawing.glyphs] == ["が", "プォ"]


def _add_text(path: Path, to_unicode: bytes) -> None:
    """Show the codes of A and B alone on the page, in a font with a map."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.ToUnicode = pdf.make_stream(to_unicode)
        pdf.pages[0].Resources.Font.F = pdf.make_indirect(font)
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F 10 Tf 50 500 Td (AB) Tj ET")
        pdf.save(path)
