"""A small picture shows whether a page lies on its side."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.factory.fonts import CARRIED
from pipeline.extract.ocr.image.orientation import lies_on_side
from pipeline.extract.ocr.image.page_image import Grey

TEXT = "個人情報の保護に関する法律の規定により、住民の意見を聴く手続を行いました。"


def draw_page(resolution: int) -> Grey:
    """A table of two columns of text, with rulings."""
    size = round(10 / 72 * resolution)
    font = ImageFont.truetype(str(CARRIED["IPAexGothic"]), size)
    page = Image.new("L", (8 * resolution, 11 * resolution), 255)
    drawer = ImageDraw.Draw(page)
    for row in range(30):
        for column in range(2):
            left, top = (0.6 + 3.6 * column) * resolution, (1 + 0.25 * row) * resolution
            drawer.text((left, top), TEXT[row % 5 : row % 5 + 20], font=font, fill=0)
    for x in (0.5, 4.1, 7.7):
        drawer.line((x * resolution, resolution, x * resolution, 9 * resolution), 0, 3)
    return np.asarray(page)


@pytest.mark.parametrize("resolution", [200, 300])
def test_lines_down_the_page_are_seen(resolution: int) -> None:
    upright = draw_page(resolution)
    assert not lies_on_side(upright, resolution)
    assert not lies_on_side(np.ascontiguousarray(np.rot90(upright, 2)), resolution)
    assert lies_on_side(np.ascontiguousarray(np.rot90(upright)), resolution)
    assert lies_on_side(np.ascontiguousarray(np.rot90(upright, -1)), resolution)


def test_an_empty_page_counts_as_upright() -> None:
    assert not lies_on_side(np.full((800, 600), 255, np.uint8), 100)
