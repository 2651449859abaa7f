"""A page's picture: its resolution, its turn, its colours."""

import io

import cv2
import numpy as np
import pypdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.errors import DamagedError
from pipeline.extract.ocr.image.page_image import PageRenderer
from tests.support.pdfs import MakePdf
from tests.support.scanned import DPI


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


def test_a_page_smaller_than_a_point_is_damaged(make_pdf: MakePdf) -> None:
    tiny = make_pdf(lambda page: page.setPageSize((0.3, 0.3)))
    with pytest.raises(DamagedError, match="has no size"):
        PageRenderer(tiny.read_bytes()).render(1)
