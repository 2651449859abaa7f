"""A page as grey pixels: its scan as it was stored where there is one, else rendered by PDFium."""

from contextlib import closing
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.errors import DamagedError

Grey = NDArray[np.uint8]
"""Pixels, rows by columns; 0 is black, 255 white."""

_POINTS = 72  # to the inch
_DRAWN = 300  # dots an inch for what is drawn: offices scan at this resolution too
_FINEST = 400  # dots an inch; beyond it 6-point type gains nothing and pixels cost
_COARSEST = 200  # dots an inch; below it a hairline and the gaps in kanji are under a pixel
_LONGEST = 7000  # pixels; A3 at 400 dots an inch has 6,614, and a plan of A0 would take gigabytes
_SMALL = 0.01  # share of the page; a smaller picture is a stamp or a logo and sets no resolution
_WHOLE = 0.98  # share of the page's sides that a scan fills
_RED = 50  # of 255: red over green and blue; yellowed paper has red and green alike
_SEAL = (18.0, 100.0)  # points; seals are 10.5 to 30 mm wide (30 to 85), red text is smaller


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a reader sees it, in grey."""

    number: int
    image: Grey
    width: float
    """Of the page as displayed, in points."""
    height: float
    scale: float
    """Pixels to the point."""


class Pictures:
    """The pictures of a document's pages."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Args:
            data: The bytes of the file.

        Raises:
            DamagedError: PDFium cannot open it.
        """
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise DamagedError(
                f"cannot be rendered ({error}); repair the PDF (for example print it to PDF "
                "anew) and try again"
            ) from error

    def close(self) -> None:
        """Release the document."""
        self._document.close()

    def take(self, number: int, resolution: float | None = None) -> Picture:
        """The picture of one page.

        Args:
            number: The page, from 1.
            resolution: In dots an inch; None: that of the scan on it, within reason.

        Raises:
            DamagedError: PDFium cannot load the page.
        """
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise DamagedError(f"page {number} cannot be rendered ({error})") from error
        with closing(page):
            width, height = page.get_size()
            if min(width, height) <= 0:
                raise DamagedError(f"page {number} has no size; get the file from its source again")
            image = None if resolution else _stored_scan(page)
            if image is None:
                image = _render(page, resolution or _resolution(page))
        return Picture(number, image, width, height, image.shape[1] / width)


def _stored_scan(page: pypdfium2.PdfPage) -> Grey | None:
    """The image that fills a page and is all there is on it, pixel by pixel.

    Rendering resamples it, because pages are no whole number of pixels wide.
    """
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or objects[0].type != raw.FPDF_PAGEOBJ_IMAGE:
        return None
    image = objects[0]
    a, b, c, d, _, _ = image.get_matrix().get()
    wide, high = page.get_size()
    if page.get_rotation() in (90, 270):
        wide, high = high, wide
    fills = a > _WHOLE * wide and d > _WHOLE * high and max(a / wide, d / high) < 2 - _WHOLE
    across, down = image.get_px_size()
    fits = _COARSEST - 1 <= _POINTS * across / wide <= _FINEST + 1
    fits = fits and max(across, down) <= _LONGEST
    square = abs(across / wide - down / high) < (1 - _WHOLE) * across / wide
    if b or c or not fills or not fits or not square:
        return None
    turns = -page.get_rotation() // 90
    return np.ascontiguousarray(
        np.rot90(_grey(image.get_bitmap(render=False), across / wide), turns)
    )


def _render(page: pypdfium2.PdfPage, resolution: float) -> Grey:
    scale = min(resolution / _POINTS, _LONGEST / max(page.get_size()))
    return _grey(page.render(scale=scale, draw_annots=True), scale)


def _resolution(page: pypdfium2.PdfPage) -> float:
    """That of the finest larger image on the page."""
    width, height = page.get_size()
    finest = 0.0
    for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]):
        x0, y0, x1, y1 = image.get_bounds()
        if (x1 - x0) * (y1 - y0) > _SMALL * width * height:
            across, down = image.get_px_size()
            finest = max(finest, min(across, down) / min(x1 - x0, y1 - y0) * _POINTS)
    if finest < _COARSEST:
        return float(_DRAWN)
    return min(finest, _FINEST)


def _grey(bitmap: pypdfium2.PdfBitmap, scale: float) -> Grey:
    pixels = bitmap.to_numpy()
    if bitmap.format == raw.FPDFBitmap_Gray:
        return np.array(pixels.reshape(pixels.shape[:2]), dtype=np.uint8)
    colours = np.array(pixels[:, :, :3], dtype=np.uint8)
    return _without_seals(colours, scale)


def _without_seals(colours: NDArray[np.uint8], scale: float) -> Grey:
    """Grey, with red seals as bright as their red.

    In plain grey a seal hides the text that it stands on. Red text stays: it is smaller; so do
    red rulings, which are larger.

    Args:
        colours: Blue, green, red.
        scale: Pixels to the point.
    """
    grey: Grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    reds: Grey = colours[:, :, 2]
    red = cv2.subtract(reds, cv2.max(colours[:, :, 0], colours[:, :, 1])) > _RED
    if not red.any():
        return grey
    joined = cv2.dilate(red.astype(np.uint8), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    least, most = _SEAL[0] * scale, _SEAL[1] * scale
    for x, y, width, height, _ in stats[1:]:
        if least < width < most and least < height < most:
            seal = np.s_[y : y + height, x : x + width]
            near = joined[seal] > 0
            grey[seal][near] = np.maximum(grey[seal], reds[seal])[near]
    return grey
