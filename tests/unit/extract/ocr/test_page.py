"""Whole scans: their cells, their text and their columns are those of the page."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from benchmarks.factory.scans import PRESETS, scan_pdf
from pipeline.extract import extract_annex
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.page_image import PageRenderer, Picture
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.page import recognize_page
from pipeline.model import AnnexHeader, Box, Extracted, Page
from tests.support.pdfs import OTA, MakePdf
from tests.support.scanned import DPI, UNIT, Counting, Grey, blobs, drawing, pages_of, ruled

LABEL = 28
"""The length of a label's ink, in pixels."""


def grid_cells(page: Page) -> list[Box]:
    return [cell.box for grid in page.grids for cell in grid.cells]


def overlap(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(width, 0) * max(height, 0)
    return shared / (one.width * one.height + other.width * other.height - shared)


class Reader:
    """Reads one low label: cut at its ink as the first, in a box of its type as the second."""

    def __init__(self, first: str, second: str) -> None:
        self._readings = first, second

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        return [self._read(line.image) for line in lines]

    def _read(self, image: Grey) -> tuple[Character, ...]:
        ink = np.flatnonzero((image < 128).any(axis=0))
        if len(ink) > LABEL:
            return ()
        text = self._readings[int(ink[0] > LABEL // 4)]
        x = np.linspace(ink[0], ink[-1] + 1, len(text) + 1)
        return tuple(
            Character(own, a, 5, b, 20, 0.75) for own, a, b in zip(text, x, x[1:], strict=False)
        )


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("N", "No", "No"),
        ("N№o", "No", "No"),
        ("No", "N", "No"),
        ("5", "５", "5"),
        ("ABC", "", "ABC"),
    ],
)
def test_a_low_label_is_read_once_more_in_a_box_of_its_type(
    first: str, second: str, read: str
) -> None:
    """Of two likely readings one leaves out no character; widths are told elsewhere."""
    image = ruled()
    image[60:78, 215 : 215 + LABEL : 6] = 0
    image[60:62, 215 : 215 + LABEL] = 0
    picture = Picture(1, image, 595, 842, UNIT)
    found = recognize_page(drawing(), picture, Reader(first, second))
    assert "".join(glyph.text for glyph in found.glyphs) == read
    assert abs(found.glyphs[0].box.x0 * UNIT - 215) < LABEL / 4


@pytest.mark.parametrize(("text", "is_small"), [("しせつ", True), ("・・・", False)])
def test_low_kana_are_furigana_and_low_dots_are_dots(text: str, is_small: bool) -> None:
    """At 200 dpi the ink of しせつ may be lower than a third of the text below it."""
    image = ruled()
    blobs(image, 215, 110, 6, size=28)
    for x in range(215, 215 + LABEL, 7):
        image[60:66, x : x + 4] = 0
    found = recognize_page(drawing(), Picture(1, image, 595, 842, UNIT), Reader(text, text))
    sizes = {glyph.text: glyph.size for glyph in found.glyphs}
    assert (sizes[text[0]] * UNIT < 14) == is_small


class BarReader:
    """Reads one struck word: as dashes while its bar is there."""

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        return [self._read(line.image < 128) for line in lines]

    def _read(self, dark: NDArray[np.bool_]) -> tuple[Character, ...]:
        ink = np.flatnonzero(dark.any(axis=0))
        if not len(ink) or ink[-1] - ink[0] > 100:
            return ()
        has_bar = bool((dark[:, ink[0] : ink[-1] + 1].mean(axis=1) > 0.9).any())
        text, confidence = ("-----", 0.6) if has_bar else ("ABCDE", 0.9)
        x = np.linspace(ink[0], ink[-1] + 1, len(text) + 1)
        return tuple(
            Character(own, a, 5, b, 20, confidence)
            for own, a, b in zip(text, x, x[1:], strict=False)
        )


def test_a_struck_line_is_read_once_more_without_its_bar() -> None:
    image = ruled()
    for x in range(215, 311, 8):
        image[57:79, x : x + 3] = 0
    image[67:69, 215:306] = 0
    found = recognize_page(drawing(), Picture(1, image, 595, 842, UNIT), BarReader())
    assert "".join(glyph.text for glyph in found.glyphs) == "ABCDE"


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["clean", "scan", "bad", "bw", "worn"])
def test_all_cells_are_found(preset: str, sparse_page: bytes, counting: Counting) -> None:
    (drawn,) = extract_annex(AnnexHeader("a", ""), sparse_page).pages
    scanner = replace(PRESETS[preset], resolution=DPI)
    (page,) = extract_annex(AnnexHeader("a", ""), scan_pdf(sparse_page, scanner, seed=2)).pages
    expected, found = grid_cells(drawn), grid_cells(page)
    assert len(found) == len(expected)
    shift = np.median([f.x0 - e.x0 for f, e in zip(found, expected, strict=True)])
    fall = np.median([f.top - e.top for f, e in zip(found, expected, strict=True)])
    for cell, other in zip(expected, found, strict=True):
        moved = Box(cell.x0 + shift, cell.top + fall, cell.x1 + shift, cell.bottom + fall)
        assert overlap(moved, other) > 0.8


def text_of(extracted: Extracted) -> str:
    lines = [
        line.text
        for page in extracted.pages
        for cell in (cell for grid in page.grids for cell in grid.cells)
        for line in cell.lines
    ]
    return re.sub(r"\s", "", "".join(lines))


def differences(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other) / max(len(one), 1)


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_scan_says_what_the_page_said(sparse_page: bytes, turn: int) -> None:
    scanner = replace(PRESETS["scan"], resolution=DPI, turn=turn)
    expected = extract_annex(AnnexHeader("a", ""), sparse_page)
    found = extract_annex(AnnexHeader("a", ""), scan_pdf(sparse_page, scanner, seed=4))
    (page,) = found.pages
    assert (page.header.source, page.header.turn) == ("ocr", turn)
    assert differences(text_of(expected), text_of(found)) <= 0.007  # docs/scores.md, `scan`
    assert found.header.issues == ()


@pytest.mark.slow
def test_a_table_that_is_a_picture_on_a_drawn_page_is_read(
    sparse_page: bytes, make_pdf: MakePdf
) -> None:
    picture = PageRenderer(sparse_page).render(1, 300).image
    image = ImageReader(Image.fromarray(picture[200:1500]))

    def page(sheet: canvas.Canvas) -> None:
        for line in range(4):
            sheet.drawString(50, 800 - 15 * line, "ご意見への回答を別に示します。")
        sheet.drawImage(image, 0, 100, 595, 595 * 1300 / picture.shape[1])

    (read,) = extract_annex(AnnexHeader("a", ""), make_pdf(page).read_bytes()).pages
    assert read.header.source == "mixed"
    assert read.grids
    assert any(line.text.startswith("ご意見への回答") for line in read.loose_lines)


@pytest.mark.slow
def test_sheets_that_lie_elsewhere_on_the_glass_have_the_same_columns(counting: Counting) -> None:
    scanner = replace(PRESETS["bad"], resolution=DPI, margin=0.1)
    extracted = extract_annex(
        AnnexHeader("a", ""), scan_pdf(pages_of(OTA, 7, 7, 7), scanner, seed=9)
    )
    columns = [page.grids[0].column_edges for page in extracted.pages]
    assert len(columns) == 3
    for edges in columns[1:]:
        assert edges == pytest.approx(columns[0], abs=0.01)
