"""Invisible text behind a scan is believed where it says what the picture shows."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pypdf
import pytest
from reportlab.pdfgen import canvas

from benchmarks.factory.scans import PRESETS, scan_pdf
from pipeline.extract import extract_annex
from pipeline.extract.ocr import reader
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import LineRecognizer
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.model import AnnexHeader, Extracted, Line
from tests.support.pdfs import OTA
from tests.support.scanned import DPI, pages_of

pytestmark = pytest.mark.slow
DENSE = 9  # page of ota_annex with 1,274 glyphs


@pytest.fixture(scope="module")
def page() -> bytes:
    return pages_of(OTA, DENSE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each page asked the recogniser for."""
    counts: list[int] = []

    class Counted(LineRecognizer):
        def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
            counts.append(len(lines))
            return super().read(lines)

    monkeypatch.setattr(reader, "LineRecognizer", Counted)
    return counts


def scan_with_layer(page: bytes, wrong: float, turn: int = 0) -> bytes:
    scanner = replace(PRESETS["scan"], resolution=DPI, turn=turn)
    return scan_pdf(page, scanner, seed=3, layer=wrong)


def read(data: bytes) -> Extracted:
    return extract_annex(AnnexHeader("a", ""), data)


def text_of(extracted: Extracted) -> str:
    (page,) = extracted.pages
    cells = [cell for grid in page.grids for cell in grid.cells]
    return "".join("".join(line.text.split()) for cell in cells for line in cell.lines)


@pytest.mark.parametrize("turn", [0, 90])
def test_sound_text_is_read_and_counted_as_seen(page: bytes, asked: list[int], turn: int) -> None:
    found = read(scan_with_layer(page, 0.0, turn))
    (scanned,) = found.pages
    assert text_of(found) == text_of(read(page))
    assert scanned.header.hidden < 0.02 * scanned.header.glyphs
    assert found.header.issues == ()
    assert sum(asked) < 100  # lines; the page has more, and recognition is most of the time


def test_text_with_errors_is_not_believed(page: bytes) -> None:
    found = read(scan_with_layer(page, 0.03))
    (scanned,) = found.pages
    assert scanned.header.hidden > 1000
    assert [issue.code for issue in found.header.issues] == ["recognised"]


def test_what_a_black_box_hides_is_not_read(page: bytes) -> None:
    """An office blacks out a word of a scan, and forgets the text behind the picture."""
    clean = replace(PRESETS["clean"], resolution=DPI)
    out = pypdf.PdfWriter(io.BytesIO(scan_pdf(page, clean, seed=3, layer=0.0)))
    cells = [cell for grid in read(page).pages[0].grids for cell in grid.cells]
    line = next(cell.lines[1] for cell in cells if len(cell.lines) > 3)
    out.pages[0].merge_page(black_box(line, out.pages[0]))
    data = io.BytesIO()
    out.write(data)
    hidden, found = line.text[:4], text_of(read(data.getvalue()))
    assert found.count(hidden) == text_of(read(page)).count(hidden) - 1


def black_box(line: Line, page: pypdf.PageObject) -> pypdf.PageObject:
    """A page with a box over the first half of a line."""
    height, drawn = float(page.mediabox.height), io.BytesIO()
    sheet = canvas.Canvas(drawn, pagesize=(float(page.mediabox.width), height))
    width = (line.edges[-1] - line.edges[0]) / 2
    sheet.rect(line.edges[0], height - line.bottom, width, line.bottom - line.top, fill=1)
    sheet.save()
    return pypdf.PdfReader(drawn).pages[0]
