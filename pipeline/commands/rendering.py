"""PDFium's place: a page as a reader sees it, as pixels."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from PIL.Image import Resampling, Transform, Transpose

from pipeline.errors import DamagedError
from pipeline.model import Box, Warp

_POINTS = 72  # to the inch
_RESOLUTION = 150  # dots an inch: the 6-point type of ota_annex can be read
_TURNS = {90: Transpose.ROTATE_90, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_270}
_LONGEST = 6000  # pixels; a plan of 3 m would else take gigabytes


@dataclass(frozen=True, slots=True)
class Rendering:
    """One page, rendered."""

    number: int
    image: Image.Image
    """RGB; the page as displayed, its crop box only."""
    scale: float
    """Pixels to the point."""

    def upright(self, turn: int) -> "Rendering":
        """The page turned as the model's places are.

        Args:
            turn: Degrees clockwise by which the displayed lines run away from the right
                (`Page.turn`).
        """
        if turn not in _TURNS:
            return self
        return Rendering(self.number, self.image.transpose(_TURNS[turn]), self.scale)

    def straightened(self, warp: Warp | None) -> "Rendering":
        """A scan as its places are: those of the straightened page.

        Args:
            warp: How it was straightened; None: it was not.
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
        """A rectangle of the straightened page in pixels, and its corners on the scanned one."""
        width, height = self.image.size
        # Pillow does not cut off with a rectangle what is outside the image: it would squeeze it.
        x0, x1 = (min(max(round(x * self.scale), 0), width) for x in (box.x0, box.x1))
        top, bottom = (min(max(round(y * self.scale), 0), height) for y in (box.top, box.bottom))
        corners = ((x0, top), (x0, bottom), (x1, bottom), (x1, top))
        places = [warp.to_scan(x / self.scale, y / self.scale) for x, y in corners]
        return (x0, top, x1, bottom), tuple(v * self.scale for place in places for v in place)


def render_pages(data: bytes, numbers: Iterable[int]) -> Iterator[Rendering]:
    """Render pages of a PDF, one at a time.

    Args:
        data: The bytes of the file.
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
            f"cannot be rendered ({error}); repair the PDF (for example print it to PDF anew) "
            "and try again"
        ) from error


def _render(document: pypdfium2.PdfDocument, number: int) -> Rendering:
    page = document[number - 1]
    longest = max(page.get_size())
    if longest <= 0:
        raise DamagedError(f"page {number} has no size; get the file again from its source")
    scale = min(_RESOLUTION / _POINTS, _LONGEST / longest)
    image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return Rendering(number, image, scale)
