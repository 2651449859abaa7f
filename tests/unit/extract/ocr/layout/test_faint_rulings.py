"""Rulings of which only specks are left."""

from random import Random

import cv2
import numpy as np
import pytest

from pipeline.extract.ocr.layout.faint_rulings import find_faint_rulings
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.rulings import find_rulings
from tests.support.scanned import Grey, blobs

EM = 22.0
ROWS, COLUMNS = (200, 420, 760, 1100), (150, 500, 1000)


def speckled(rng: Random, share: float = 0.04) -> Grey:
    """A table with text, of whose hairlines a few pixels are left."""
    image = np.full((1300, 1200), 255, np.uint8)
    for y in ROWS:
        for x in range(COLUMNS[0], COLUMNS[-1]):
            image[y, x] = 0 if rng.random() < share else 255
    for x in COLUMNS:
        for y in range(ROWS[0], ROWS[-1]):
            image[y, x] = 0 if rng.random() < share else 255
    for top in (240, 460, 800, 840):
        blobs(image, 170, top, 11)
        blobs(image, 520, top, 16)
    return image


@pytest.mark.parametrize("seed", range(4))
def test_specks_in_rows_are_rulings(seed: int) -> None:
    found = find_rulings(speckled(Random(seed)), EM)
    across = sorted((r.x0, r.top, r.x1) for r in found if r.is_horizontal)
    down = sorted((r.top, r.x0, r.bottom) for r in found if not r.is_horizontal)
    assert [top for _, top, _ in sorted(across, key=lambda r: r[1])] == pytest.approx(ROWS, abs=1)
    assert sorted(x for _, x, _ in down) == pytest.approx(COLUMNS, abs=1)
    assert all(x0 < 155 and x1 > 995 for x0, _, x1 in across)
    assert all(top < 205 and bottom > 1095 for top, _, bottom in down)


def test_a_small_framed_table_in_a_cell_does_not_hide_them() -> None:
    image = speckled(Random(1))
    for y in (900, 930, 960):
        image[y : y + 2, 560:720] = 0
    for x in (560, 640, 718):
        image[900:962, x : x + 2] = 0
    across = [r for r in find_rulings(image, EM) if r.is_horizontal and r.x1 - r.x0 > 800]
    assert sorted(r.top for r in across) == pytest.approx(ROWS, abs=1)


def test_specks_below_framed_prose_are_rulings() -> None:
    image = speckled(Random(1))
    cv2.rectangle(image, (150, 60), (1000, 150), 0, 2)
    blobs(image, 170, 90, 16)
    found = [r for r in find_rulings(image, EM) if r.is_horizontal and r.top > 160]
    assert sorted(r.top for r in found) == pytest.approx(ROWS, abs=1)


def test_dirt_is_no_ruling() -> None:
    rng, image = Random(5), np.full((1300, 1200), 255, np.uint8)
    for _ in range(800):
        image[rng.randrange(1300), rng.randrange(1200)] = 0
    assert find_faint_rulings(image, EM, []) == []


def test_hyphens_below_each_other_are_no_ruling() -> None:
    image = np.full((1300, 1200), 255, np.uint8)
    for y in range(200, 1000, 40):
        image[y : y + 2, 100:107] = 0
    assert find_faint_rulings(image, EM, []) == []


def test_the_noise_of_a_header_on_a_grey_ground_is_no_ruling() -> None:
    """Rulings of it ran through the header's words, and the table had no header."""
    rng, image = Random(5), np.full((1300, 1200), 255, np.uint8)
    known = [PixelRuling(100, y, 1100, y + 3, y, y + 3) for y in (200, 228)]
    for x in range(100, 1100):
        for y in (212, 215, 218):
            image[y, x] = 160 if rng.random() < 0.1 else 255
    assert find_faint_rulings(image, EM, known) == []


def test_the_noise_of_a_grey_copy_is_no_rulings() -> None:
    """JPEG puts noise into rows, beside which there is little; a page of it had 20 rulings."""
    noise = np.random.default_rng(3)
    image = np.full((1300, 1200), 255, np.uint8)
    for x, y in zip(noise.integers(0, 1200, 6000), noise.integers(0, 1300, 6000), strict=True):
        image[y, x] = 0
    for y in range(100, 1300, 150):
        image[y, noise.integers(0, 1200, 80)] = 0
    assert find_faint_rulings(image, EM, []) == []


def test_a_ruling_of_specks_ends_at_the_side_of_a_merged_cell() -> None:
    image = speckled(Random(2), 0.08)
    image[755:766, 155:495] = 255
    (row,) = (r for r in find_rulings(image, EM) if r.is_horizontal and abs(r.top - 760) <= 1)
    assert (row.x0, row.x1) == (pytest.approx(500, abs=2), pytest.approx(1000, abs=5))


@pytest.mark.parametrize("is_heading", [False, True])
def test_a_column_of_specks_goes_on_in_a_low_row_without_any(is_heading: bool) -> None:
    """A heading that runs over its place has no column."""
    image = speckled(Random(3), 0.05)
    for x in range(150, 1000, 20):
        image[240, x] = 0
    image[203:238, 495:506] = image[242:262, 170:900] = 255
    if is_heading:
        blobs(image, 400, 210, 10)
    columns = [r for r in find_rulings(image, EM) if not r.is_horizontal and abs(r.x0 - 500) <= 1]
    assert any(r.top <= 201 for r in columns) != is_heading


def test_a_column_of_specks_has_no_piece_in_the_next_table() -> None:
    """Its piece in the low first row there is too short to tell, but joins no other piece."""
    image, rng = np.full((1300, 1200), 255, np.uint8), Random(1)
    tables = (((100, 300, 600), (150, 500, 1000)), ((700, 740, 1000, 1250), (150, 800, 1000)))
    for rows, columns in tables:
        for y in rows:
            image[y, [x for x in range(150, 1000) if rng.random() < 0.06]] = 0
        for x in columns:
            image[[y for y in range(rows[0], rows[-1]) if rng.random() < 0.06], x] = 0
    found = [r for r in find_rulings(image, EM) if not r.is_horizontal and abs(r.x0 - 500) <= 1]
    assert found
    assert max(r.bottom for r in found) <= 602
