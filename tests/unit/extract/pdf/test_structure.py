"""The tags of a PDF: which structure element each glyph is of (PDF 32000-1, 14.7)."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.psparser import literal_name
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen import canvas

from pipeline.extract.pdf.document import read_drawings
from tests.support.pdfs import FONT, MakePdf

TAGS = ("/P", "/Span", "/Span", "/P")
TEXTS = ("一", "二", "三", "四", "五")


def draw(sheet: canvas.Canvas, tags: tuple[str, ...] = TAGS) -> None:
    """One character for each tag, and one that has none."""
    sheet.setFont(FONT, 10)
    for number, text in enumerate(TEXTS):
        if number < len(tags):
            sheet._code.append(f"{tags[number]} <</Lang (ja) /MCID {number}>> BDC")
        sheet.drawString(50, 700 - 20 * number, text)
        if number < len(tags):
            sheet._code.append("EMC")


def tagged(path: Path, holders: tuple[str, ...]) -> bytes:
    """The page with a structure tree: by MCID the paragraph, or the span of one, that holds it."""
    with pikepdf.open(path) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        made: dict[str, pikepdf.Object] = {}
        for holder in holders:
            paragraph = made.setdefault(
                holder[0], pdf.make_indirect(Dictionary(S=Name.Standard, P=root))
            )
            made.setdefault(holder, pdf.make_indirect(Dictionary(S=Name.Span, P=paragraph)))
        parents = pdf.make_indirect(Array([made[holder] for holder in holders]))
        root.ParentTree = Dictionary(Nums=Array([7, parents]))
        pdf.Root.StructTreeRoot = root
        pdf.pages[0].StructParents = 7
        return save(pdf)


def save(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **how)
    return written.getvalue()


def find_elements(data: bytes) -> list[int]:
    (drawing,) = read_drawings(data)
    elements: list[int] = drawing.columns.element.tolist()
    return elements


@pytest.fixture
def page(make_pdf: MakePdf) -> Path:
    return make_pdf(draw)


def test_spans_are_of_their_paragraph(page: Path) -> None:
    """A word processor tags the lines of a paragraph one by one."""
    one, two, three, four, outside = find_elements(tagged(page, ("a", "a1", "a2", "b")))
    assert one == two == three != four
    assert outside == 0
    assert four


def test_a_word_with_furigana_is_in_no_element(make_pdf: MakePdf) -> None:
    """Chromium parts the text before such a word from it, wherever the line ends."""
    pieces_only = ("/NonStruct",) * 3
    with pikepdf.open(make_pdf(lambda sheet: draw(sheet, pieces_only))) as pdf:
        root = pdf.make_indirect(Dictionary(S=Name.P))
        ruby = pdf.make_indirect(Dictionary(S=Name.Ruby, P=root))
        pieces = [
            pdf.make_indirect(Dictionary(S=Name.NonStruct, P=above)) for above in (root, ruby, root)
        ]
        nums = Array([0, Array(pieces)])
        pdf.Root.StructTreeRoot = Dictionary(ParentTree=Dictionary(Nums=nums))
        pdf.pages[0].StructParents = 0
        before, read, behind, *_ = find_elements(save(pdf))
    assert before != behind
    assert before
    assert behind
    assert read == 0


def test_a_page_without_tags_has_no_elements(page: Path) -> None:
    assert find_elements(page.read_bytes()) == [0] * len(TEXTS)


@pytest.mark.parametrize("holders", [("a",), ()])
def test_a_piece_that_the_tree_lacks_has_no_element(holders: tuple[str, ...], page: Path) -> None:
    first, *others = find_elements(tagged(page, holders))
    assert bool(first) == bool(holders)
    assert others == [0] * len(others)


def test_a_tree_that_goes_round_ends(page: Path) -> None:
    with pikepdf.open(page) as pdf:
        span = pdf.make_indirect(Dictionary(S=Name.Span))
        span.P = span
        nums = Array([0, Array([span] * len(TAGS))])
        pdf.Root.StructTreeRoot = Dictionary(ParentTree=Dictionary(Nums=nums))
        pdf.pages[0].StructParents = 0
        assert len(find_elements(save(pdf))) == len(TEXTS)


@pytest.mark.parametrize("broken", [Name.Broken, Dictionary(ParentTree=3), Dictionary()])
def test_a_broken_tree_loses_no_text(broken: pikepdf.Object, page: Path) -> None:
    with pikepdf.open(page) as pdf:
        pdf.Root.StructTreeRoot = broken
        pdf.pages[0].StructParents = 0
        assert find_elements(save(pdf)) == [0] * len(TEXTS)


def test_a_tree_is_read_once_where_its_nodes_hold_each_other(page: Path) -> None:
    """Two nodes that each hold the next two twice: a reader of each path would never end."""
    with pikepdf.open(page) as pdf:
        node = pdf.make_indirect(Dictionary(Nums=Array([0, Array()])))
        for _ in range(60):
            node = pdf.make_indirect(Dictionary(Kids=Array([node, node])))
        pdf.Root.StructTreeRoot = Dictionary(ParentTree=node)
        assert find_elements(save(pdf)) == [0] * len(TEXTS)


def test_a_number_that_no_object_can_have_is_no_element(page: Path) -> None:
    """A glyph's properties are kept as floats, which have no such number."""
    with pikepdf.open(page) as pdf:
        pdf.Root.StructTreeRoot = Dictionary(
            ParentTree=Dictionary(Nums=Array([0, Array([String("HERE")])]))
        )
        pdf.pages[0].StructParents = 0
        data = save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    broken = data.replace(b"(HERE)", b"1" + b"0" * 400 + b" 0 R")
    assert broken != data
    assert find_elements(broken) == [0] * len(TEXTS)


def test_parts_of_a_paragraph_are_not_read_one_by_one(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page has a span for each of its lines: to read each took longer than all else."""
    with pikepdf.open(page) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        paragraph = pdf.make_indirect(Dictionary(S=Name.Standard, P=root))
        spans = [pdf.make_indirect(Dictionary(S=Name.Span, P=paragraph)) for _ in TAGS]
        paragraph.K = Array(spans)
        root.ParentTree = Dictionary(Nums=Array([0, Array([paragraph, *spans[1:]])]))
        pdf.Root.StructTreeRoot = root
        pdf.pages[0].StructParents = 0
        data = save(pdf)
    read: dict[int, object] = {}
    getobj = PDFDocument.getobj
    monkeypatch.setattr(
        PDFDocument, "getobj", lambda own, number: read.setdefault(number, getobj(own, number))
    )
    one, two, three, *_ = find_elements(data)
    assert one == two == three
    tags = [str(literal_name(found.get("S"))) for found in read.values() if isinstance(found, dict)]
    assert tags.count("Span") == 1
