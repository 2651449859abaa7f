"""extract on PDFs made for one trap each: every glyph has its place."""

import pdfplumber
import pytest
from reportlab.pdfgen import canvas

from pipeline.model import Extracted, Page
from tests.support.extracting import extract
from tests.support.pdfs import FONT, OTA, MakePdf


def placed(page: Page) -> int:
    """The glyphs that extract gave a place, counted from its lines."""
    cells = [cell for grid in page.grids for cell in grid.cells]
    return sum(line.glyphs for c in cells for line in c.lines) + sum(
        line.glyphs for line in page.loose_lines
    )


@pytest.mark.slow
def test_every_glyph_of_the_annex_has_a_place(ota_extracted: Extracted) -> None:
    with pdfplumber.open(OTA) as pdf:
        for page, drawn in zip(ota_extracted.pages, pdf.pages, strict=True):
            count = sum(bool(char["text"].strip()) for char in drawn.chars)
            assert page.header.glyphs == count
            assert placed(page) + page.header.hidden == count


def test_a_doubled_glyph_is_hidden_once(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(60, 650, "太字")
        sheet.drawString(60.3, 650, "太字")
        sheet.drawString(60, 600, "ああ")  # the same glyph side by side is text

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.glyphs, page.header.hidden) == (6, 2)
    assert [line.text for line in page.loose_lines] == ["太字", "ああ"]


def test_a_glyph_off_the_page_is_hidden(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.drawString(700, 650, "外")
        sheet.drawString(60, 650, "内")

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.glyphs, page.header.hidden) == (2, 1)
    assert [line.text for line in page.loose_lines] == ["内"]


def test_places_are_measured_from_the_crop_box(make_pdf: MakePdf) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setCropBox((50, 100, 545, 742))
        sheet.drawString(60, 642, "字")

    page = extract(make_pdf(draw)).pages[0]
    assert (page.header.width, page.header.height) == (495, 642)
    (line,) = page.loose_lines
    assert line.x0 == pytest.approx(10)
    assert line.top == pytest.approx(100 - line.size, abs=line.size / 2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_measured_as_it_is_displayed(make_pdf: MakePdf, turn: int) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        sheet.setPageSize((850, 850))
        sheet.setCropBox((10, 30, 585, 830))
        sheet.setPageRotation(turn)
        sheet.drawString(60, 630, "字")  # 50 right of and 600 above the crop box's corner

    page = extract(make_pdf(draw)).pages[0]
    assert page.header.hidden == 0
    (line,) = page.loose_lines
    assert page.header.turn == turn  # the letter lies on its side: the analysis turns it upright
    size = (800, 575) if turn in (90, 270) else (575, 800)
    x, y = line.box.turned_back(page.header.turn, *size).center
    u, v = 50 + line.size / 2, 800 - (600 + line.size / 2)
    expected = {0: (u, v), 90: (800 - v, u), 180: (575 - u, 800 - v), 270: (v, 575 - u)}[turn]
    assert (x, y) == pytest.approx(expected, abs=line.size / 2)
    assert (page.header.width, page.header.height) == size


def test_the_font_of_the_tests_is_read_as_drawn(make_pdf: MakePdf) -> None:
    """The other tests stand on this: the made PDFs carry what was typed."""
    text = "①Ⅲ・ー（１）12 abc「」【】ぁ"
    page = extract(make_pdf(lambda sheet: sheet.drawString(60, 650, text))).pages[0]
    assert FONT == "HeiseiKakuGo-W5"
    assert [line.text for line in page.loose_lines] == [text]
