"""Scans that the factory makes."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.factory.scans import PRESETS, scan_pdf
from pipeline.extract.ocr.image.page_image import PageRenderer
from tests.support.pdfs import OTA
from tests.support.scanned import TABLE, pages_of


@pytest.mark.slow
def test_a_seed_gives_the_same_scan() -> None:
    sparse_page = pages_of(OTA, TABLE)
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
