"""Characters that the ToUnicode map of a font may name wrongly, since the font names others."""

import io
from collections.abc import Mapping
from pathlib import Path
from struct import pack

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name, String

from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import MakePdf

EM = 1000
CHARACTERS = "意見①（市会"  # of the glyphs of the embedded font, from 1 on
NAMES = [f"g{number}" for number in range(1, len(CHARACTERS) + 1)]


@pytest.fixture
def page(make_pdf: MakePdf) -> Path:
    return make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))


def build_program(*, is_named: bool) -> bytes:
    """A font of boxes, each wider than the one before; it may list their characters."""
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for number, name in enumerate(NAMES, start=1):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for corner in ((100 * number, 0), (100 * number, 800), (0, 800)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    listed = dict(zip(map(ord, CHARACTERS), NAMES, strict=True))
    font.setupCharacterMap(listed if is_named else {})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (EM, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupPost()
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def damage_list(program: bytes, table: bytes) -> bytes:
    """Put a damaged list of characters into a font."""
    font = TTFont(io.BytesIO(program))
    font["cmap"] = DefaultTable("cmap")
    font["cmap"].data = pack(">2H2HL", 0, 1, 3, 10, 12) + table
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def find(
    path: Path,
    mapped: Mapping[str, str],
    encoding: str = "Identity-H",
    ordering: str = "Identity",
    program: bytes = b"",
    widths: Mapping[int, int] | None = None,
) -> set[str]:
    """The texts that are doubted on a page that shows these codes (in hexadecimal)."""
    rows = "\n".join(f"<{c}> <{t.encode('utf-16-be').hex()}>" for c, t in mapped.items())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        described = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Own, Flags=4, Ascent=800, Descent=-200,
            FontBBox=Array([0, -200, EM, 800]),
        )  # fmt: skip
        if program:
            described.FontFile2 = pdf.make_stream(program)
        info = Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=2)
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Own, CIDSystemInfo=info,
            FontDescriptor=described, CIDToGIDMap=Name.Identity,
            W=Array([item for at, wide in (widths or {}).items() for item in (at, Array([wide]))]),
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Own, Encoding=Name(f"/{encoding}"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )  # fmt: skip
        cmap = f"{len(mapped)} beginbfchar\n{rows}\nendbfchar\n"
        font.ToUnicode = pdf.make_stream(cmap.encode())
        pdf.pages[0].Resources.Font.F = pdf.make_indirect(font)
        shown = "".join(f"<{code}> " for code in mapped)
        pdf.pages[0].Contents = pdf.make_stream(f"BT /F 10 Tf 50 500 Td [{shown}] TJ ET".encode())
        pdf.save(path)
    (drawing,) = read_drawings(path.read_bytes())
    return {glyph.text for glyph in drawing.contradicted}


@pytest.mark.parametrize(
    ("texts", "doubted"),
    [
        ("意見①（市会", ""),
        ("意見1（市会", "1"),
        ("意見①(市会", "("),
        ("意⾒①（市會", "會"),  # a radical is repaired later; the font lists no 會
        ("あいうえお会", ""),  # a list of another numbering denies most
    ],
)
def test_the_list_of_an_embedded_font(texts: str, doubted: str, page: Path) -> None:
    mapped = {f"{number:04X}": text for number, text in enumerate(texts, start=1)}
    widths = dict.fromkeys(range(1, 7), 600)
    found = find(page, mapped, program=build_program(is_named=True), widths=widths)
    assert found == set(doubted)


@pytest.mark.parametrize(("text", "doubted"), [("期", ""), ("朝", "朝"), ("布", "布")])
def test_the_collection_of_adobe(text: str, doubted: str, page: Path) -> None:
    mapped = {"027A": "、", "027B": "。", "034B": "あ", "0638": text}  # the last one is 期
    assert find(page, mapped, ordering="Japan1") == set(doubted)


def test_a_code_is_a_character_of_its_set(page: Path) -> None:
    mapped = {"8E73": "布", "8A4F": "外", "8160": "〜", "88C4": "案"}  # 市外～案
    assert find(page, mapped, "90ms-RKSJ-H", "Japan1") == {"布"}


def test_two_glyphs_that_look_unlike_are_not_one_kanji(page: Path) -> None:
    mapped = {"0001": "同", "0002": "同", "0003": "っ", "0004": "っ"}
    program = build_program(is_named=False)
    assert find(page, mapped, program=program) == {"同"}, "a small kana has a vertical form"


def test_one_glyph_is_not_several_characters(page: Path) -> None:
    mapped = {"0001": "(株)", "0002": "fi", "0003": "葛\U000e0100", "0004": "..."}
    mapped["0005"] = "ﾊﾟ"  # Typst maps what is typed as one character to the first of its glyphs
    assert find(page, mapped) == {"(株)", "..."}


def test_a_half_width_character_as_wide_as_a_kanji(page: Path) -> None:
    mapped = {"0001": "1", "0002": "a", "0003": "市"}
    assert find(page, mapped, widths={1: 1000, 2: 500}) == {"1"}
    assert find(page, mapped) == set(), "a font that tells no widths"


def test_a_damaged_list_tells_nothing(page: Path) -> None:
    """One names codes that no character has, one the same codes in 9,000 segments."""
    many = 9000
    segments = (*[0xFFFE] * many, 0, *[0] * (2 * many), *[2 * many] * many)
    long = pack(f">7H{4 * many + 1}H", 4, 0, 0, 2 * many, 0, 0, 0, *segments) + bytes(2**18)
    for table in (pack(">2H6L", 12, 0, 28, 0, 1, 2**32 - 16, 2**32 - 1, 1), long):
        program = damage_list(build_program(is_named=False), table)
        assert find(page, {"0001": "意", "0002": "見"}, program=program) == set()
