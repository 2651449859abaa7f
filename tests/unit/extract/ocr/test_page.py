"""Scans: how a page is to be read, what its picture shows, and that its records are the same."""

import dataclasses
import io
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdf
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from benchmarks.factory.scans import PRESETS, Scanner, scan_pdf
from pipeline.extract import extract_annex
from pipeline.extract.ocr import dispatch as pictured
from pipeline.extract.ocr import reader
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.binarize import find_ink, whiten, whiten_backgrounds, wipe_margins
from pipeline.extract.ocr.image.dewarp import find_skew, no_distortion, straighten
from pipeline.extract.ocr.image.page_image import PageRenderer, Picture
from pipeline.extract.ocr.layout.fills import find_shades
from pipeline.extract.ocr.layout.page_layout import PageLayout, analyze_scan
from pipeline.extract.ocr.layout.rulings import erase_rulings, find_rulings
from pipeline.extract.ocr.layout.text_lines import InkLine, Region, find_lines, find_text_ink
from pipeline.extract.ocr.page_choice import Verdict, choose_source
from pipeline.extract.ocr.registration import find_move
from pipeline.extract.pdf.document import read_drawings
from pipeline.extract.pdf.page_content import Drawing
from pipeline.model import UNMAPPED, AnnexHeader, Box, Extracted, Glyph, Page
from tests.support.pdfs import OTA, MakePdf

Grey = NDArray[np.uint8]

DPI = 200
UNIT = DPI / 72
TABLE = 8  # page of ota_annex with 674 glyphs


@pytest.fixture(scope="session")
def sparse_page() -> bytes:
    """The page of ota_annex with the least text."""
    return pages_of(OTA, TABLE)


@pytest.fixture(scope="session")
def plain_scan(sparse_page: bytes) -> bytes:
    """That page from a scanner without faults."""
    return scan_pdf(sparse_page, Scanner(resolution=DPI), seed=1)


def pages_of(path: Path, *numbers: int) -> bytes:
    out, source = pypdf.PdfWriter(), pypdf.PdfReader(path)
    for number in numbers:
        out.add_page(source.pages[number - 1])
    data = io.BytesIO()
    out.write(data)
    return data.getvalue()


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("BESSHI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


# --- triage


def drawing(text: str = "", **changes: object) -> Drawing:
    glyphs = tuple(Glyph(c, Box(50 + 10 * i, 50, 60 + 10 * i, 60), 10) for i, c in enumerate(text))
    plain = Drawing(1, 595, 842, 0, glyphs, len(glyphs), 0, (), (), pictured=False)
    return replace(plain, **changes)  # type: ignore[arg-type]


def never() -> float:
    raise AssertionError("a page that draws its text and no pictures is not looked at")


@pytest.mark.parametrize(
    ("page", "uncovered", "source"),
    [
        (drawing("意見"), never, "text_layer"),
        (drawing(""), never, "text_layer"),
        (drawing("", pictured=True), never, "ocr"),
        (drawing("", pictured=True, count=9, hidden=9), never, "ocr"),
        (drawing("意見" * 9 + UNMAPPED), never, "ocr"),
        (drawing("意見" * 99 + UNMAPPED), never, "mixed"),
        (drawing("意見", pictured=True), lambda: 0.01, "text_layer"),
        (drawing("意見", pictured=True), lambda: 0.3, "mixed"),
        (drawing("意見" * 30, pictured=True), lambda: 0.9, "mixed"),
        (drawing("1", pictured=True), lambda: 0.9, "ocr"),
    ],
    ids=[
        "text",
        "empty",
        "picture",
        "ocr-layer",
        "unmapped",
        "few-unmapped",
        "logo",
        "part",
        "photo",
        "no.",
    ],
)
def test_how_a_page_is_to_be_read(
    page: Drawing, uncovered: Callable[[], float], source: str
) -> None:
    verdict = choose_source(page, uncovered)
    assert verdict.source == source
    assert bool(verdict.why) == (source != "text_layer")


def test_the_look_tells_ink_beside_the_text_from_the_text(sparse_page: bytes) -> None:
    (page,) = read_drawings(sparse_page)
    look = reader.ScanReader(sparse_page)
    assert look.measure_uncovered_ink(page) < 0.02
    assert look.measure_uncovered_ink(replace(page, glyphs=())) == pytest.approx(1.0)
    half = replace(page, glyphs=page.glyphs[: len(page.glyphs) // 2])
    assert 0.3 < look.measure_uncovered_ink(half) < 0.7


# --- the picture


def sheet_of(pdf: bytes, turn: int = 0) -> PageLayout:
    return analyze_scan(PageRenderer(pdf).render(1), turn)


@pytest.mark.parametrize("ready", [True, False])
def test_no_page_waits_for_all_others(ready: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is given page by page, and the pages of a book fill the memory."""
    taken: list[int] = []

    def drawings() -> Iterator[Drawing]:
        for number in range(1, 101):
            taken.append(number)
            yield replace(drawing("意見", pictured=True), number=number)

    class Reading(Future[Drawing]):
        """A page on another process: read, or so as soon as somebody waits for it."""

        def done(self) -> bool:
            return ready

    def read(_: object, page: Drawing) -> tuple[Future[Drawing], Verdict]:
        reading = Reading()
        reading.set_result(page)
        return reading, Verdict("ocr")

    monkeypatch.setattr(pictured._ReaderPool, "read", read)
    pages = pictured.read_pictured(b"", drawings(), 2, lambda number: True)
    assert next(pages)[0].number == 1
    assert len(taken) == (1 if ready else 1 + 4 * 2)
    assert [page.number for page, _ in pages] == list(range(2, 101))


@pytest.mark.slow
def test_a_scan_is_taken_at_its_own_resolution_pixel_by_pixel(plain_scan: bytes) -> None:
    picture = PageRenderer(plain_scan).render(1)
    stored = pypdf.PdfReader(io.BytesIO(plain_scan)).pages[0].images[0].image
    assert stored is not None
    assert picture.scale * 72 == pytest.approx(DPI, rel=0.001)
    # Two decoders of JPEG differ by a few grey levels here and there; resampling blurs all edges.
    assert np.abs(picture.image.astype(int) - np.asarray(stored).astype(int)).mean() < 0.3


@pytest.mark.slow
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_scan_is_taken_as_displayed(plain_scan: bytes, rotate: int) -> None:
    turned = pypdf.PdfWriter(clone_from=io.BytesIO(plain_scan))
    turned.pages[0].rotate(rotate)
    data = io.BytesIO()
    turned.write(data)
    picture = PageRenderer(data.getvalue()).render(1)
    upright = PageRenderer(plain_scan).render(1)
    assert np.array_equal(picture.image, np.rot90(upright.image, -rotate // 90))
    assert picture.width == pytest.approx(upright.height if rotate != 180 else upright.width, abs=1)


@pytest.mark.slow
def test_fine_scans_are_taken_smaller_and_coarse_ones_larger(make_pdf: MakePdf) -> None:
    for across, asked in ((4960, 400), (1240, 300)):
        image = ImageReader(Image.new("L", (across, round(across * 842 / 595)), 255))
        data = make_pdf(lambda s, i=image: s.drawImage(i, 0, 0, 595, 842)).read_bytes()
        assert PageRenderer(data).render(1).scale * 72 == pytest.approx(asked, rel=0.01)


def test_yellow_paper_in_uneven_light_becomes_white() -> None:
    paper = np.linspace(235, 150, 800)[None, :].repeat(600, axis=0)
    paper[300:304, 100:700] *= 0.3
    white = whiten(paper.astype(np.uint8), DPI)
    assert white[:200].min() > 240
    assert white[301:303, 110:690].max() < 60


def test_the_black_around_a_sheet_is_wiped_and_the_text_is_not() -> None:
    image = np.full((800, 600), 255, np.uint8)
    image[:, :40] = 0
    image[780:] = 0
    cv2.putText(image, "Text", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    text = image[350:450, 190:300].copy()
    wiped = wipe_margins(image, DPI)
    assert wiped[:, :40].min() == 255
    assert wiped[780:].min() == 255
    assert np.array_equal(wiped[350:450, 190:300], text)


@pytest.mark.parametrize("ground, pen", [(0, 255), (120, 255), (120, 0)])
@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_type_on_a_dark_ground_becomes_dark_on_white(ground: int, pen: int, skew: float) -> None:
    image = np.full((400, 1200), 255, np.uint8)
    cv2.rectangle(image, (100, 100), (1100, 150), ground, -1)
    cv2.putText(image, "Header of a column", (200, 140), cv2.FONT_HERSHEY_SIMPLEX, 1, pen, 2)
    cv2.putText(image, "Body", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    turning = cv2.getRotationMatrix2D((600, 200), skew, 1)
    askew = cv2.warpAffine(image, turning, (1200, 400), borderValue=255)
    back = cv2.invertAffineTransform(turning)
    level = cv2.warpAffine(whiten_backgrounds(askew, DPI), back, (1200, 400), borderValue=255)
    inside = level[105:146, 110:1090]
    assert (inside[:, 500:] > 200).mean() > 0.99  # no type: paper
    typed = image[105:146, 110:600] == pen
    assert (inside[:, :490][typed] < 128).mean() > 0.8
    body = image[250:320, 150:300] == 0
    assert (level[250:320, 150:300][body] < 128).mean() > 0.8


def test_a_red_seal_is_lifted_off_the_text_and_red_text_stays(make_pdf: MakePdf) -> None:
    def page(sheet: canvas.Canvas) -> None:
        pixels = np.full((1170, 827, 3), 255, np.uint8)
        cv2.putText(pixels, "Under", (300, 300), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
        cv2.putText(pixels, "Red", (300, 600), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (220, 30, 30), 2)
        cv2.circle(pixels, (340, 290), 50, (220, 50, 50), 4)
        sheet.drawImage(ImageReader(Image.fromarray(pixels)), 0, 0, 595, 842)

    image = PageRenderer(make_pdf(page).read_bytes()).render(1).image
    scale = image.shape[1] / 827
    seal = image[round(237 * scale) : round(243 * scale), round(335 * scale) : round(345 * scale)]
    red_text = image[
        round(585 * scale) : round(605 * scale), round(300 * scale) : round(350 * scale)
    ]
    assert seal.min() > 190
    assert red_text.min() < 120


# --- straightening


def ruled(width: int = 1654, height: int = 2339) -> Grey:
    """A page at 200 dpi with a table of three columns and lines of blobs in its cells."""
    image = np.full((height, width), 255, np.uint8)
    dots = Random(7)
    for y in range(300, 2001, 170):
        cv2.line(image, (200, y), (1450, y), 0, 2)
    for x in (200, 420, 900, 1450):
        cv2.line(image, (x, 300), (x, 2000), 0, 2)
    for top in range(320, 1990, 34):
        if (top - 300) % 170 > 130 or (top - 300) % 170 < 12:
            continue
        for left, right in ((215, 400), (435, 880), (915, 1430)):
            for x in range(left, right - 20, 22):
                for _ in range(3):
                    a, b = dots.randrange(18), dots.randrange(18)
                    cv2.line(image, (x + a, top), (x + b, top + 18), 0, 2)
    return image


def turned(image: Grey, degrees: float) -> Grey:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderValue=255), np.uint8)


@pytest.mark.parametrize("degrees", [-5.0, -1.3, -0.2, 0.0, 0.5, 2.0, 5.0])
def test_the_skew_is_found(degrees: float) -> None:
    found = find_skew(find_ink(turned(ruled(), degrees)), DPI)
    assert found == pytest.approx(degrees, abs=0.06)


def waves(image: Grey) -> Grey:
    height, width = image.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    moved = y + 6 * np.sin(x / width * 4)
    return np.asarray(cv2.remap(image, x, moved, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def tilt(image: Grey) -> Grey:
    height, width = image.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    off = np.array([(9, 4), (-6, 12), (7, -9), (-8, -5)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, corners + off)
    return np.asarray(
        cv2.warpPerspective(image, matrix, (width, height), borderValue=255), np.uint8
    )


@pytest.mark.parametrize(
    "spoil",
    [lambda i: i, waves, tilt, lambda i: turned(waves(tilt(i)), 2.5)],
    ids=["straight", "waves", "perspective", "all"],
)
def test_rulings_are_straight_afterwards(spoil: Callable[[Grey], Grey]) -> None:
    straight, _ = straighten(spoil(ruled()), DPI)
    bars = find_rulings(straight, em=20)
    levels = [bar for bar in bars if bar.is_horizontal]
    uprights = [bar for bar in bars if not bar.is_horizontal]
    assert (len(levels), len(uprights)) == (11, 4)
    assert all(bar.bottom - bar.top <= 4 for bar in levels)
    assert all(bar.x1 - bar.x0 <= 4 for bar in uprights)
    assert all(bar.x1 - bar.x0 > 1230 for bar in levels)


@pytest.mark.slow
def test_places_lead_back_to_the_scanned_page() -> None:
    image = ruled()
    cv2.circle(image, (1200, 400), 8, 0, -1)
    spoiled = turned(waves(tilt(image)), 2.0)
    picture = Picture(1, spoiled, 1654 / UNIT, 2339 / UNIT, UNIT)
    sheet = analyze_scan(picture)
    for bar in sheet.rulings:
        if not bar.is_horizontal:
            continue
        box = sheet.box(bar.x0, bar.top, bar.x1, bar.bottom)
        for share in (0.1, 0.5, 0.9):
            x, y = sheet.warp.place(box.x0 + share * box.width, box.center[1])
            column = spoiled[round(y * UNIT) - 2 : round(y * UNIT) + 3, round(x * UNIT)]
            assert column.min() < 128


# --- rulings, shades and lines


def test_broken_faint_and_dotted_rulings_are_found() -> None:
    image = ruled()
    image[468:473] = np.where(np.arange(1654)[None, :] % 40 < 3, 255, image[468:473])
    image[636:645] = np.maximum(image[636:645], 175)
    image[808:813] = np.where(np.arange(1654)[None, :] % 8 < 4, 255, image[808:813])
    bars = find_rulings(image, em=20)
    assert len([bar for bar in bars if bar.is_horizontal]) == 11


def test_underlines_are_rulings_and_the_strokes_of_type_are_not() -> None:
    image = np.full((600, 1200), 255, np.uint8)
    blobs(image, 100, 100, 30)
    blobs(image, 100, 200, 30)
    cv2.line(image, (100, 224), (500, 224), 0, 2)
    (bar,) = find_rulings(image, em=22)
    assert abs(bar.top - 223) <= 1


def test_brackets_below_a_ruling_are_no_rulings() -> None:
    image = ruled()
    for x in (232, 380):  # the backs of 【 and 】 in the first line of a cell
        cv2.line(image, (x, 305), (x, 331), 0, 2)
    assert len([bar for bar in find_rulings(image, em=20) if not bar.is_horizontal]) == 4


def test_shades_are_found_and_a_shadow_is_not() -> None:
    image = np.linspace(245, 215, 1654)[None, :].repeat(2339, axis=0).astype(np.uint8)
    image[400:500, 200:1450] -= 10
    image[700:760, 200:1450] -= 10
    found = find_shades(image, no_distortion(*image.shape), UNIT)
    assert len(found) == 2
    for (x0, top, x1, _), y in zip(sorted(found, key=lambda f: f[1]), (400, 700), strict=True):
        assert (x0, x1) == pytest.approx((200, 1450), abs=8)
        assert top == pytest.approx(y, abs=8)


def lines_of(image: Grey, em: float, *regions: Region) -> list[InkLine]:
    bars = find_rulings(image, em)
    wiped = erase_rulings(image, bars)
    height, width = image.shape
    return find_lines(wiped, find_text_ink(wiped, em), regions or [Region(0, 0, width, height)], em)


def blobs(image: Grey, x: int, y: int, count: int, size: int = 20) -> None:
    """What a line of kanji looks like from afar: dense in its middle, its edges less so."""
    half = size // 2
    for i in range(count):
        middle = (x + i * round(size * 1.1) + half, y + half)
        cv2.circle(image, middle, half - 1, 0, 2)
        cv2.line(image, (middle[0] - half, middle[1]), (middle[0] + half, middle[1]), 0, 2)
        cv2.line(image, (middle[0], y), (middle[0], y + size - 1), 0, 2)


def test_lines_are_cut_out_alone() -> None:
    image = np.full((400, 600), 255, np.uint8)
    blobs(image, 50, 50, 10)
    blobs(image, 50, 74, 12)
    blobs(image, 400, 60, 5)
    lines = sorted(lines_of(image, 22), key=lambda line: (line.x0, line.top))
    assert [(line.x0 // 50, line.top // 10) for line in lines] == [(0, 4), (0, 7), (7, 5)]
    for line in lines:
        assert line.image.shape == (line.bottom - line.top, line.x1 - line.x0)
        assert line.image[:2].min() == 255
        assert line.image[-2:].min() == 255
        assert (line.image < 128).any(axis=1).sum() == pytest.approx(21, abs=1)


def test_text_does_not_cross_a_cell() -> None:
    image = np.full((200, 600), 255, np.uint8)
    blobs(image, 50, 50, 10)
    left, right = lines_of(image, 22, Region(0, 0, 160, 200), Region(160, 0, 600, 200))
    assert left.x1 <= 160 + 5
    assert right.x0 >= 160 - 5


def test_lines_that_touch_are_parted_and_furigana_stand_alone() -> None:
    image = np.full((300, 600), 255, np.uint8)
    blobs(image, 50, 100, 10)
    blobs(image, 50, 120, 10)
    assert len(lines_of(image, 22)) == 2
    image[:] = 255
    blobs(image, 50, 100, 10)
    blobs(image, 72, 90, 3, 10)
    small, large = sorted(lines_of(image, 22), key=lambda line: line.top)
    assert (small.image < 128).any(axis=1).sum() <= 11
    assert (large.image < 128).any(axis=1).sum() >= 19


def test_specks_at_the_ends_of_a_line_are_left_out_and_marks_stay() -> None:
    image = np.full((300, 700), 255, np.uint8)
    blobs(image, 200, 100, 10)
    image[114:118, 160:164] = 0
    image[112:116, 445:449] = 0
    (line,) = lines_of(image, 22)
    assert line.x0 > 190
    assert line.x1 < 430
    image[:] = 255
    blobs(image, 200, 100, 10)
    cv2.circle(image, (185, 110), 2, 0, -1)  # ・
    cv2.circle(image, (426, 117), 3, 0, 1)  # 。
    (line,) = lines_of(image, 22)
    assert line.x0 < 183
    assert line.x1 > 428
    image[:] = 255
    blobs(image, 200, 100, 10)
    cv2.circle(image, (160, 110), 2, 0, -1)  # ・ and an ideographic space
    (line,) = lines_of(image, 22)
    assert line.x0 < 158
    cv2.circle(image, (160, 110), 2, 255, -1)
    cv2.circle(image, (160, 117), 3, 0, 1)  # the 。of a column on the left
    (line,) = lines_of(image, 22)
    assert line.x0 > 190


def test_specks_are_no_lines_and_dashes_are() -> None:
    image = np.full((300, 600), 255, np.uint8)
    image[50:53, 100:103] = 0
    image[100:104, 100:104] = 0
    cv2.line(image, (200, 200), (216, 200), 0, 2)
    (line,) = lines_of(image, 22)
    assert line.top < 195 < 205 < line.bottom


# --- pages


def grid_cells(page: Page) -> list[Box]:
    return [cell.box for grid in page.grids for cell in grid.cells]


def overlap(one: Box, other: Box) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(width, 0) * max(height, 0)
    return shared / (one.width * one.height + other.width * other.height - shared)


@dataclasses.dataclass
class Counting:
    """A recogniser that reads 意 for each line and counts what it was asked."""

    asked: int = 0

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        self.asked += len(lines)
        return [
            (Character("意", 2, 2, line.x1 - line.x0 - 2, line.bottom - line.top - 2, 0.99),)
            for line in lines
        ]


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    recognizer = Counting()
    monkeypatch.setattr(reader, "PaddleRecognizer", lambda: recognizer)
    return recognizer


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


@pytest.mark.slow
def test_what_was_recognised_is_kept(
    plain_scan: bytes, counting: Counting, own_cache: Path
) -> None:
    first = extract_annex(AnnexHeader("a", ""), plain_scan)
    asked = counting.asked
    assert asked > 0
    assert list(own_cache.rglob("*.json.gz"))
    assert extract_annex(AnnexHeader("a", ""), plain_scan) == first
    assert counting.asked == asked


@pytest.mark.slow
def test_a_damaged_cache_is_written_anew(
    plain_scan: bytes, counting: Counting, own_cache: Path
) -> None:
    first = extract_annex(AnnexHeader("a", ""), plain_scan)
    for kept in own_cache.rglob("*.json.gz"):
        kept.write_bytes(b"x")
    assert extract_annex(AnnexHeader("a", ""), plain_scan) == first


@pytest.mark.slow
def test_without_a_cache_folder_nothing_is_kept(
    plain_scan: bytes, counting: Counting, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    monkeypatch.setenv("BESSHI_CACHE", "")
    extract_annex(AnnexHeader("a", ""), plain_scan)
    assert not own_cache.exists()


@pytest.mark.slow
def test_ink_that_no_glyph_covers_is_counted(plain_scan: bytes, counting: Counting) -> None:
    (page,) = extract_annex(AnnexHeader("a", ""), plain_scan).pages
    assert page.header.unread_ink is not None
    assert page.header.unread_ink < 0.01

    class Blind(Counting):
        def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
            return [() for _ in lines]

    blind = reader.ScanReader(plain_scan, Blind())
    (layer,) = read_drawings(plain_scan)
    assert blind.read(layer, "ocr").unread_ink == 1.0


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
    assert differences(text_of(expected), text_of(found)) < 0.05
    assert found.issues == ()


@pytest.mark.slow
def test_each_page_is_said_when_it_is_done(
    plain_scan: bytes, counting: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "pipeline")
    extract_annex(AnnexHeader("a", ""), plain_scan)
    assert "a: page 1 recognised" in caplog.messages


@pytest.mark.slow
def test_scanned_pages_stand_among_others_on_any_number_of_processes(sparse_page: bytes) -> None:
    data = pages_of(OTA, TABLE, 10, TABLE)
    scan = scan_pdf(data, replace(PRESETS["scan"], resolution=DPI), seed=4, digital=[1])
    one = extract_annex(AnnexHeader("a", ""), scan, jobs=1)
    assert [page.header.source for page in one.pages] == ["text_layer", "ocr", "ocr"]
    assert extract_annex(AnnexHeader("a", ""), scan, jobs=2) == one


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
    assert read.source == "mixed"
    assert read.grids
    assert any(line.text.startswith("ご意見への回答") for line in read.loose)


KNOWN = (36.0, 71.2, 491.4, 650.0, 806.1, 964.7, 995.8)


@pytest.mark.parametrize("columns", [(0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 5, 6), (1, 2, 6)])
def test_a_shifted_and_stretched_page_is_laid_over_the_page_before(columns: Sequence[int]) -> None:
    expected = [KNOWN[column] for column in columns]
    found = [7.5 + 1.004 * x for x in expected]
    move = find_move(found, KNOWN, 8.0)
    assert move is not None
    assert [move.at(x) for x in found] == pytest.approx(expected)
    assert move.at(found[0] - 10) == pytest.approx(expected[0] - 10, abs=0.2)


@pytest.mark.parametrize(
    "found",
    [
        (36.0, 120.0, 400.0, 995.8),  # another table
        (36.0, 995.8),  # a box
        (136.0, 171.2, 591.4, 750.0, 906.1, 1064.7, 1095.8),  # as far off as no sheet lies
    ],
)
def test_other_columns_are_not_laid_over(found: Sequence[float]) -> None:
    assert find_move(found, KNOWN, 8.0) is None


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


@pytest.mark.slow
def test_glyphs_without_unicode_value_are_read_from_the_picture(sparse_page: bytes) -> None:
    (page,) = read_drawings(sparse_page)
    lost = {i for i, glyph in enumerate(page.glyphs) if glyph.text in "特個評"}
    spoilt = [
        replace(glyph, text=UNMAPPED) if i in lost else glyph for i, glyph in enumerate(page.glyphs)
    ]
    read = reader.ScanReader(sparse_page).read(replace(page, glyphs=tuple(spoilt)), "mixed")
    assert (read.source, read.count) == ("mixed", page.count)
    assert sorted(g.text for g in read.glyphs) == sorted(g.text for g in page.glyphs)


@pytest.mark.slow
def test_without_the_extra_it_says_what_is_missing(
    sparse_page: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictured, "is_installed", lambda: False)
    scan = scan_pdf(pages_of(OTA, TABLE, TABLE), Scanner(resolution=DPI), seed=1, digital=[1])
    extracted = extract_annex(AnnexHeader("a", ""), scan)
    (issue,) = extracted.header.issues
    assert (issue.code, issue.page) == ("page_without_text", 2)
    assert "pip install 'besshi[ocr]'" in issue.message


@pytest.mark.slow
def test_a_text_layer_is_read_without_what_reads_pictures() -> None:
    """An annex with a text layer runs as fast and as small as before."""
    import subprocess
    import sys

    script = (
        "import sys; from pathlib import Path; from pipeline.stages import extract_file; "
        f"extract_file(Path({str(OTA)!r})); "
        "print([m for m in ('cv2', 'onnxruntime', 'pypdfium2') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "cv2" not in result.stdout
    assert "onnxruntime" not in result.stdout


@pytest.mark.slow
def test_a_seed_gives_the_same_scan(sparse_page: bytes) -> None:
    one, other = (
        PageRenderer(scan_pdf(sparse_page, replace(PRESETS["bad"], resolution=100), seed=5)).render(
            1
        )
        for _ in range(2)
    )
    assert np.array_equal(one.image, other.image)
    third = PageRenderer(
        scan_pdf(sparse_page, replace(PRESETS["bad"], resolution=100), seed=6)
    ).render(1)
    assert not np.array_equal(one.image, third.image)


def test_places_in_a_lattice_are_interpolated() -> None:
    (page,) = extract_annex(AnnexHeader("a", ""), pages_of(OTA, TABLE)).pages
    assert page.header.warp is None
    sheet = analyze_scan(Picture(1, ruled(), 1654 / UNIT, 2339 / UNIT, UNIT))
    steps = {round(b - a, 6) for a, b in pairwise(sheet.warp.columns)}
    assert len(steps) == 1
    for x, y in ((10.0, 20.0), (300.3, 400.7), (590.0, 830.0)):
        assert sheet.warp.place(x, y) == pytest.approx((x, y), abs=0.5)
