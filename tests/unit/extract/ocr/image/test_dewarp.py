"""A skewed and bent page made straight, and places led back to it."""

from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np
import pytest

from pipeline.extract import extract_annex
from pipeline.extract.ocr.image.binarize import find_ink
from pipeline.extract.ocr.image.dewarp import find_skew, straighten
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.page_layout import analyze_scan
from pipeline.extract.ocr.layout.rulings import find_rulings
from pipeline.model import AnnexHeader
from tests.support.pdfs import OTA
from tests.support.scanned import DPI, TABLE, UNIT, Grey, pages_of, ruled, tilt, turned, waves


@pytest.mark.parametrize("degrees", [-5.0, -1.3, -0.2, 0.0, 0.5, 2.0, 5.0])
def test_the_skew_is_found(degrees: float) -> None:
    found = find_skew(find_ink(turned(ruled(), degrees)), DPI)
    assert found == pytest.approx(degrees, abs=0.06)


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


def test_dashed_rulings_are_straight_afterwards() -> None:
    image = np.full((2339, 1654), 255, np.uint8)
    for y in range(300, 2001, 170):
        image[y : y + 2, 200:1450] = np.where(np.arange(1250) % 17 < 11, 0, 255)
    for x in (200, 420, 900, 1448):
        image[300:2002, x : x + 2] = np.where(np.arange(1702)[:, None] % 17 < 11, 0, 255)
    straight, _ = straighten(turned(waves(tilt(image)), 1.5), DPI)
    bars = find_rulings(straight, em=20)
    assert len(bars) == 15
    assert all(bar.ink_end - bar.ink_start <= 5 for bar in bars)
    assert sorted(bar.length > 1600 for bar in bars) == [False] * 11 + [True] * 4


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
            x, y = sheet.warp.to_scan(box.x0 + share * box.width, box.center[1])
            column = spoiled[round(y * UNIT) - 2 : round(y * UNIT) + 3, round(x * UNIT)]
            assert column.min() < 128


def test_places_in_a_lattice_are_interpolated() -> None:
    (page,) = extract_annex(AnnexHeader("a", ""), pages_of(OTA, TABLE)).pages
    assert page.header.warp is None
    sheet = analyze_scan(Picture(1, ruled(), 1654 / UNIT, 2339 / UNIT, UNIT))
    steps = {round(b - a, 6) for a, b in pairwise(sheet.warp.columns)}
    assert len(steps) == 1
    for x, y in ((10.0, 20.0), (300.3, 400.7), (590.0, 830.0)):
        assert sheet.warp.to_scan(x, y) == pytest.approx((x, y), abs=0.5)
