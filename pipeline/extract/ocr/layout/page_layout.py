"""A scanned page prepared for recognition: straightened, its rulings, its lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.ocr.image.binarize import Mask, find_ink, level_grounds, whiten, wipe_margins
from pipeline.extract.ocr.image.dewarp import Bend, level_bend, straighten
from pipeline.extract.ocr.image.page_image import Grey, Picture
from pipeline.extract.ocr.layout.fills import Rect, find_shades
from pipeline.extract.ocr.layout.rulings import Bar, find_bars, measure_type, wipe_bars
from pipeline.extract.ocr.layout.text_lines import InkLine, Region, find_lines, ink_of
from pipeline.extract.tables.frames import Frame, find_frames
from pipeline.extract.tables.rulings import merge_rulings, split_strokes
from pipeline.model import Box, Warp

_POINTS = 72  # to the inch
_LATTICE = 12  # intervals each way of the way back: between them bends are straight to a pixel

# In em, as extract.py takes them of text whose size is known.
_RULING = 0.3
_GAP = 0.6


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on the straightened picture of one page."""

    picture: Picture
    """As scanned, turned upright."""
    turn: int
    """Degrees by which it was turned for that (`Page.turn`)."""
    bend: Bend
    em: float
    """Size of the page's smaller type, in pixels."""
    bars: tuple[Bar, ...]
    shades: tuple[Rect, ...]
    lines: tuple[InkLine, ...]
    ink: Mask
    """The ink of text: without rulings, margins and specks."""

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A rectangle of the straightened picture in points, from the page's top left."""
        margin, scale = self.bend.margin, self.picture.scale
        return Box(*((value - margin) / scale for value in (x0, top, x1, bottom)))

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """A box in points as a rectangle of the straightened picture, a pixel larger all around."""
        margin, scale = self.bend.margin, self.picture.scale
        x0, top, x1, bottom = (
            round(side * scale + margin) for side in (box.x0, box.top, box.x1, box.bottom)
        )
        return x0 - 1, top - 1, x1 + 1, bottom + 1

    @property
    def warp(self) -> Warp:
        """The way back to the scanned page, in points."""
        height, width = self.ink.shape
        x, y = np.linspace(0, width, _LATTICE + 1), np.linspace(0, height, _LATTICE + 1)
        columns, rows = self.bend.places(*np.meshgrid(x, y))
        scale, margin = self.picture.scale, self.bend.margin
        return Warp(
            tuple(float(v - margin) / scale for v in x),
            tuple(float(v - margin) / scale for v in y),
            tuple(
                (float(u) / scale, float(v) / scale)
                for u, v in zip(columns.flat, rows.flat, strict=True)
            ),
        )


def read_sheet(picture: Picture, turn: int = 0) -> Sheet:
    """Find what there is to recognise on a scanned page.

    Args:
        picture: The page as scanned.
        turn: Degrees clockwise by which its lines run away from the right, a quarter turn's
            multiple.
    """
    upright = _turned(picture, turn)
    resolution = upright.scale * _POINTS
    whitened = wipe_margins(whiten(upright.image, resolution), resolution)
    white = level_grounds(whitened, resolution)
    straight, bend = straighten(white, resolution)
    return _read(upright, turn, straight, bend)


def read_rest(picture: Picture, turn: int, known: Sequence[Box]) -> Sheet:
    """Find what there is to recognise on a drawn page besides its glyphs.

    Args:
        picture: The page as displayed.
        turn: As for `read_sheet`.
        known: The boxes of its glyphs, in points on the page turned upright.
    """
    upright = _turned(picture, turn)
    white = whiten(upright.image, upright.scale * _POINTS)
    for box in known:
        x0, top = max(int(box.x0 * upright.scale), 0), max(int(box.top * upright.scale), 0)
        x1, bottom = int(box.x1 * upright.scale) + 1, int(box.bottom * upright.scale) + 1
        white[top:bottom, x0:x1] = 255
    return _read(upright, turn, white, level_bend(*white.shape))


def _read(upright: Picture, turn: int, straight: Grey, bend: Bend) -> Sheet:
    em = measure_type(find_ink(straight), upright.scale)
    bars = tuple(find_bars(straight, em))
    wiped = wipe_bars(straight, bars)
    ink = ink_of(wiped, em)
    lines = tuple(_lines(wiped, ink, bars, em))
    shades = tuple(find_shades(upright.image, bend, upright.scale))
    return Sheet(upright, turn, bend, em, bars, shades, lines, ink)


def _turned(picture: Picture, turn: int) -> Picture:
    image = np.ascontiguousarray(np.rot90(picture.image, turn // 90))
    return Picture(picture.number, image, picture.width, picture.height, picture.scale)


def _lines(wiped: Grey, ink: Mask, bars: Sequence[Bar], em: float) -> list[InkLine]:
    """The lines inside the cells, then those around the tables."""
    strokes = [Box(bar.x0, bar.top, bar.x1, bar.bottom) for bar in bars]
    rulings = merge_rulings(split_strokes(strokes, _RULING * em), _RULING * em)
    frames, _ = find_frames(rulings, _GAP * em)
    cells = [cell for frame in frames for cell in _cells(frame)]
    around = ink.copy()
    for frame in frames:
        outline = _region(frame.box)
        around[outline.top : outline.bottom, outline.x0 : outline.x1] = 0
    page = Region(0, 0, ink.shape[1], ink.shape[0])
    loose = find_lines(wiped, around, [page], em)
    # Around the tables white space may part the columns of one that has no rulings.
    apart = [replace(line, gap=0) for line in loose]
    return [*find_lines(wiped, ink, cells, em), *apart]


def _cells(frame: Frame) -> Iterator[Region]:
    columns, rows = frame.column_edges, frame.row_edges
    for face in frame.faces:
        yield _region(
            Box(columns[face.column], rows[face.row], columns[face.column_end], rows[face.row_end])
        )


def _region(box: Box) -> Region:
    return Region(
        max(round(box.x0), 0),
        max(round(box.top), 0),
        max(round(box.x1), 0),
        max(round(box.bottom), 0),
    )
