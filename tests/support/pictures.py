"""Pictures of pages, looked at pixel by pixel."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.commands.inspect.page_view import PageView
from pipeline.commands.inspect.picture import MARGINS
from pipeline.commands.inspect.views import read_views
from pipeline.commands.rendering import Rendering, render_pages
from pipeline.model import Box
from pipeline.stages import extract_file, segment_extracted
from tests.support.pdfs import ROOT

WRITER = ROOT / "tests" / "layouts" / "ota_annex_writer.pdf"
Pixels = NDArray[np.uint8]
Places = NDArray[np.bool_]


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"))


def page_of(drawn: Image.Image, rendering: Rendering) -> Pixels:
    """The page without the desk around it."""
    width, height = rendering.image.size
    return pixels(drawn)[MARGINS.top : MARGINS.top + height, MARGINS.left : MARGINS.left + width]


def colored(image: Pixels, color: tuple[int, int, int]) -> Places:
    places: Places = (image == color).all(axis=-1)
    return places


def inside(box: Box, rendering: Rendering) -> tuple[slice, slice]:
    def px(points: float) -> int:
        return round(points * rendering.scale)

    return slice(px(box.top), px(box.bottom)), slice(px(box.x0), px(box.x1))


def render(path: Path, number: int = 1) -> Rendering:
    (rendering,) = render_pages(path.read_bytes(), [number])
    return rendering


def view_of(path: Path, number: int = 1) -> PageView:
    extracted = extract_file(path)
    (view,) = read_views(extracted, segment_extracted(extracted), [number])
    return view
