"""Tell from a small picture whether the lines of a page run across it or along its side.

In a small tile of text, the rows of pixels differ more from each other than the columns do. Each
tile of a page has one vote.
"""

import cv2
import numpy as np

from pipeline.extract.ocr.image.binarize import drop_rulings, find_ink, whiten
from pipeline.extract.ocr.image.page_image import Grey, shrink

_RESOLUTION = 100  # dots per inch; judgement: the white between lines of 6 points is 3 pixels
_TILE = 0.5  # inches; judgement: a few lines, over which a skewed page does not leave its rows
# Inches; judgement: less white is between the characters of a line, more is between lines.
_GAP = 0.05


def lies_on_side(image: Grey, resolution: float) -> bool:
    """Whether the ink of type stands in columns rather than in rows; False where in doubt.

    Args:
        image: The picture as scanned.
        resolution: In dots per inch.
    """
    ink = find_ink(whiten(shrink(image, _RESOLUTION / resolution), _RESOLUTION))
    drop_rulings(ink, _RESOLUTION)
    # Kanji below each other leave white columns.
    gap = round(_GAP * _RESOLUTION)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    tile = round(_TILE * _RESOLUTION)
    height, width = (side // tile * tile for side in ink.shape)
    tiles = (closed[:height, :width] > 0).reshape(height // tile, tile, width // tile, tile)
    rows, columns = (
        (np.diff(tiles.sum(axis=across, dtype=np.int64), axis=along) ** 2).sum(axis=along)
        for across, along in ((3, 1), (1, 2))
    )
    return int((columns > rows).sum()) > int((rows > columns).sum())
