"""Which PDFs can be opened, and which pages are blank and not damaged."""

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import PSException
from pikepdf import Name
from reportlab.pdfgen import canvas

from pipeline.errors import DamagedError
from pipeline.extract import extract_annex
from pipeline.extract.pdf.document import ObjectParser, read_drawings
from pipeline.model import AnnexHeader
from tests.support.annexes import COMMENTS, FIRST
from tests.support.pdfs import MakePdf


def with_stream(path: Path, raw: bytes) -> bytes:
    """The PDF with another stream, said to be compressed, for its first page."""
    with pikepdf.open(path) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(raw, filter=Name.FlateDecode)
        pdf.pages[0].Contents = stream
        written = io.BytesIO()
        pdf.save(written, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return written.getvalue()


def read_tokens(parser: PDFParser) -> list[object]:
    """Each token with its place, and the error that ends them."""
    tokens: list[object] = []
    while True:
        try:
            tokens.append(parser.nexttoken())
        except PSException as error:
            return [*tokens, str(error)]


def test_the_tokens_of_objects_are_those_that_pdfminer_reads() -> None:
    objects = (
        b"12 0 obj <</W[1[500 +500 -3 .5 1.25 -0.5 7. 1.2.3]]/A#20b/Caf\xc3\xa9 /\xff(a\\051)<E3>"
        b"/Kids[3 0 R]/Null null/T true>>% 1 R\nendobj 5R]/ /x "
    )
    for before in range(len(objects) + 1):  # so that each token stands at the end of a buffer once
        file = b" " * (PDFParser.BUFSIZ - before) + objects + b"9" * 5000 + b" 7 "
        expected = read_tokens(PDFParser(io.BytesIO(file)))
        assert read_tokens(ObjectParser(io.BytesIO(file))) == expected


def test_an_empty_stream_is_a_blank_page(make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    (drawing,) = read_drawings(with_stream(path, b""))
    assert (drawing.count, len(drawing.strokes)) == (0, 0)


@pytest.mark.parametrize("end", [b"", b"\0\0\0\0"])
def test_a_stream_without_its_checksum_is_whole(end: bytes, make_pdf: MakePdf) -> None:
    """Every viewer shows it."""
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    content = zlib.compress(b"50 500 m 90 500 l S")
    (drawing,) = read_drawings(with_stream(path, content[:-4] + end))
    assert len(drawing.strokes) == 1


def test_a_stream_that_is_cut_off_is_damage(make_pdf: MakePdf) -> None:
    path = make_pdf(lambda sheet: sheet.drawString(50, 700, "頁"))
    with pytest.raises(DamagedError, match="page 1 is damaged"):
        list(read_drawings(with_stream(path, b"\x78\x9c\x01")))


def test_a_page_between_others_that_share_resources_has_its_own(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont("Helvetica", 10)
        sheet.drawString(50, 700, "ab")

    with pikepdf.open(make_pdf(draw, draw, draw, draw)) as pdf:
        latin = pdf.make_indirect(pdf.pages[0].Resources)
        differences = pikepdf.Array([ord("a"), Name.alpha, Name.beta])
        font = pikepdf.Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Symbol,
            Encoding=pikepdf.Dictionary(Differences=differences),
        )
        greek = pikepdf.Dictionary(Font=dict.fromkeys(latin.Font, font))
        for page, resources in zip(pdf.pages, (latin, greek, latin, latin), strict=True):
            page.Resources = resources
        written = io.BytesIO()
        pdf.save(written)
    texts = ["".join(glyph.text for glyph in d.glyphs) for d in read_drawings(written.getvalue())]
    assert texts == ["ab", "αβ", "ab", "ab"]


def test_a_pdf_with_wrong_offsets_is_read_and_told(make_pdf: MakePdf) -> None:
    """Every viewer opens it."""
    data = make_pdf(COMMENTS).read_bytes()
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    table = data[start:].replace(b" 00000 n", b" 00000 n")
    lines = table.split(b"\n")
    wrong = [b"0000000007 00000 n " if line.endswith(b" n ") else line for line in lines]
    header = AnnexHeader("a", "")
    extracted = extract_annex(header, data[:start] + b"\n".join(wrong))
    assert [issue.code for issue in extracted.header.issues] == ["rewritten"]
    (page,) = extracted.pages
    assert FIRST[1] in {cell.text for grid in page.grids for cell in grid.cells}
