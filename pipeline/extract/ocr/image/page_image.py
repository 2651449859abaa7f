"""Get the grey pixels of a page: its stored scan if there is one, otherwise PDFium renders it."""

from contextlib import closing

import cv2
import numpy as np
import pypdfium2
from msgspec import Struct
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.errors import DamagedError
from pipeline.model import Box

Grey = NDArray[np.uint8]
"""Pixels, rows by columns; 0 is black, 255 white."""

_POINTS = 72  # per inch; standard: PDF 32000-1, 8.3.2.3
_LEAST_SIDE = 1.0  # points; judgement: a shrunken picture of less would have no pixel
_DRAWN = 300  # dots per inch for drawn pages; judgement: offices scan at this resolution too
_FINEST = 400  # dots per inch; judgement: above it, 6-point type gains nothing and pixels cost time
_COARSEST = 200  # dots per inch; judgement: below, hairlines and gaps in kanji are under a pixel
_LONGEST = 7000  # pixels; judgement: A3 at 400 dpi has 6,614, and a plan of A0 takes gigabytes
_SMALL_IMAGE = 0.01  # share of the page's area; judgement: a stamp or a logo sets no resolution
_FULL_PAGE = 0.98  # share of the page's sides; judgement: a scan fills nearly all of them
_MIN_RED = 50  # above green and blue, of 255; judgement: on yellowed paper red and green are equal
_SEAL = (18.0, 100.0)  # points; judgement: seals are 30 to 85 (10.5-30 mm), red text is smaller


class Picture(Struct, frozen=True):
    """The grey picture of one page as displayed."""

    number: int
    image: Grey
    width: float
    """Width of the page as displayed, in points."""
    height: float
    """Height of the page as displayed, in points."""
    scale: float
    """Pixels per point."""

    @property
    def resolution(self) -> float:
        """In dots per inch."""
        return self.scale * _POINTS

    def cut(self, box: Box, more: float = 0.0) -> tuple[slice, slice]:
        """The rows and columns of pixels that a box in points covers, and `more` points around."""
        sides = box.x0 - more, box.top - more, box.x1 + more, box.bottom + more
        x0, top, x1, bottom = (max(int(side * self.scale), 0) for side in sides)
        return slice(top, bottom + 1), slice(x0, x1 + 1)


class PageRenderer:
    """Makes pictures of a document's pages."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises:
            DamagedError: PDFium cannot open it.
        """
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise DamagedError(
                f"cannot be rendered ({error}); repair the PDF (for example, print it to PDF "
                "again) and try again"
            ) from error

    def close(self) -> None:
        """Release the document."""
        self._document.close()

    def render(self, number: int, resolution: float | None = None) -> Picture:
        """Make the picture of one page, without a resolution at that of its scan (200-400).

        Raises:
            DamagedError: PDFium cannot load the page.
        """
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise DamagedError(f"page {number} cannot be rendered ({error})") from error
        with closing(page):
            width, height = page.get_size()
            if min(width, height) < _LEAST_SIDE:
                raise DamagedError(f"page {number} has no size; get the file again from its source")
            image = None if resolution else _read_stored_scan(page)
            if image is None:
                wanted = (resolution or _choose_resolution(page)) / _POINTS
                scale = min(wanted, _LONGEST / max(width, height))
                image = _to_grey(page.render(scale=scale, draw_annots=True), scale)
        return Picture(number, image, width, height, image.shape[1] / width)


def _read_stored_scan(page: pypdfium2.PdfPage) -> Grey | None:
    """The pixels of an image that fills a page and is its only content; None if there is none.

    Rendering would resample it, because the width of a page is not a whole number of pixels.
    """
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or objects[0].type != raw.FPDF_PAGEOBJ_IMAGE:
        return None
    image = objects[0]
    a, b, c, d, _, _ = image.get_matrix().get()
    wide, high = page.get_size()
    if page.get_rotation() in (90, 270):
        wide, high = high, wide
    fills = b == c == 0 and max(abs(a / wide - 1), abs(d / high - 1)) < 1 - _FULL_PAGE
    across, down = image.get_px_size()
    fits = _COARSEST - 1 <= _POINTS * across / wide <= _FINEST + 1
    square = abs(across / wide - down / high) < (1 - _FULL_PAGE) * across / wide
    if not (fills and fits and square and max(across, down) <= _LONGEST):
        return None
    grey = _to_grey(image.get_bitmap(render=False), across / wide)
    return np.ascontiguousarray(np.rot90(grey, -page.get_rotation() // 90))


def _choose_resolution(page: pypdfium2.PdfPage) -> float:
    """The resolution of the finest image on the page that is not small, in dots per inch."""
    width, height = page.get_size()
    finest = 0.0
    for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]):
        x0, y0, x1, y1 = image.get_bounds()
        if (x1 - x0) * (y1 - y0) > _SMALL_IMAGE * width * height:
            across, down = image.get_px_size()
            finest = max(finest, min(across, down) / min(x1 - x0, y1 - y0) * _POINTS)
    if finest < _COARSEST:
        return float(_DRAWN)
    return min(finest, _FINEST)


def shrink(image: Grey, scale: float) -> Grey:
    """The picture that many times as large; each pixel is the mean of those that it covers."""
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _to_grey(bitmap: pypdfium2.PdfBitmap, scale: float) -> Grey:
    pixels = bitmap.to_numpy()
    if bitmap.format == raw.FPDFBitmap_Gray:
        return np.array(pixels.reshape(pixels.shape[:2]), dtype=np.uint8)
    colours = np.array(pixels[:, :, :3], dtype=np.uint8)
    return _without_seals(colours, scale)


def _without_seals(colours: NDArray[np.uint8], scale: float) -> Grey:
    """Convert blue, green and red to grey, with the red channel as the grey of red seals.

    In plain grey, a seal hides the text below it. Red text, which is smaller, and red rulings,
    which are larger, are left unchanged.
    """
    grey: Grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    reds: Grey = colours[:, :, 2]
    red = cv2.subtract(reds, cv2.max(colours[:, :, 0], colours[:, :, 1])) > _MIN_RED
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
