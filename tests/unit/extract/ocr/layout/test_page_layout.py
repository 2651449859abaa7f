"""Lines of a page, cell by cell."""

import cv2
import numpy as np

from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.page_layout import analyze_scan

SCALE = 200 / 72


def test_a_line_half_over_the_open_side_of_a_table_is_one_line() -> None:
    """The rest of a row at the head of a page: its text begins above its verticals."""
    image = np.full((1654, 1200), 255, np.uint8)
    for x in (150, 550, 1050):
        cv2.line(image, (x, 212), (x, 600), 0, 2)
    for y in (400, 600):
        cv2.line(image, (150, y), (1050, y), 0, 2)
    for top in (200, 260, 300, 440, 480):
        for x in range(180, 520, 30):
            cv2.rectangle(image, (x, top), (x + 22, top + 24), 0, 2)
    picture = Picture(1, image, 1200 / SCALE, 1654 / SCALE, SCALE)
    assert len(analyze_scan(picture).lines) == 5
