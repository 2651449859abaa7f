"""Renders pages with PDFium, as a reader sees them."""

from collections.abc import Iterable, Iterator
from contextlib import closing

import pypdfium2
from msgspec import Struct
from PIL import Image
from PIL.Image import Resampling, Transform, Transpose

from pipeline.errors import DamagedError
from pipeline.model import Box, Warp

_POINTS = 72  # in an inch
_RESOLUTION = 150
"""Dots per inch; judgement: the 6-point type of ota_annex is readable."""
_TURNS = {90: Transpose.ROTATE_90, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_270}
_MAX_PIXELS = 6000
"""Pixels of a page's longer side; judgement: else a plan of 3 m would take gigabytes."""


class Rendering(Struct, frozen=True):
    """A rendered page."""

    number: int
    image: Image.Image
    """RGB; the page as displayed, inside its crop box."""
    scale: float
    """Pixels per point."""

    def upright(self, turn: int) -> "Rendering":
        """The page turned upright, as the model's coordinates are.

        Args:
            turn: Direction of the displayed lines, in degrees clockwise from the right
                (`PageHeader.turn`).
        """
        if turn not in _TURNS:
            return self
        return Rendering(self.number, self.image.transpose(_TURNS[turn]), self.scale)

    def straightened(self, warp: Warp | None) -> "Rendering":
        """The page straightened, as the coordinates of a scan are.

        Args:
            warp: How the scan was straightened; None: it was not.
        """
        if warp is None:
            return self
        size = self.image.size
        mesh = [self._piece(warp, box) for box in warp.boxes]
        image = self.image.transform(
            size, Transform.MESH, mesh, Resampling.BILINEAR, fillcolor="white"
        )
        return Rendering(self.number, image, self.scale)

    def _piece(self, warp: Warp, box: Box) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """A rectangle of the straightened page in pixels, and its corners on the scanned page."""
        width, height = self.image.size
        # Cut the rectangle to the image: Pillow would squeeze what is outside into it.
        x0, x1 = (min(max(round(x * self.scale), 0), width) for x in (box.x0, box.x1))
        top, bottom = (min(max(round(y * self.scale), 0), height) for y in (box.top, box.bottom))
        corners = ((x0, top), (x0, bottom), (x1, bottom), (x1, top))
        points = [warp.to_scan(x / self.scale, y / self.scale) for x, y in corners]
        return (x0, top, x1, bottom), tuple(v * self.scale for point in points for v in point)


def render_pages(data: bytes, numbers: Iterable[int]) -> Iterator[Rendering]:
    """Render pages of a PDF, one at a time.

    Args:
        numbers: The pages, from 1.

    Raises:
        DamagedError: PDFium cannot open the document or load one of the pages.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            for number in numbers:
                yield _render(document, number)
    except pypdfium2.PdfiumError as error:
        raise DamagedError(
            f"cannot be rendered ({error}); repair the PDF (for example, print it to PDF again) "
            "and try again"
        ) from error


def _render(document: pypdfium2.PdfDocument, number: int) -> Rendering:
    page = document[number - 1]
    longest = max(page.get_size())
    if longest <= 0:
        raise DamagedError(f"page {number} has no size; get the file again from its source")
    scale = min(_RESOLUTION / _POINTS, _MAX_PIXELS / longest)
    image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return Rendering(number, image, scale)
