"""Prepare a page for recognition: straighten it, find its rulings and its lines of text."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.ocr.image.binarize import find_ink, whiten, whiten_backgrounds, wipe_margins
from pipeline.extract.ocr.image.components import Mask, find_parts
from pipeline.extract.ocr.image.dewarp import Distortion, no_distortion, straighten
from pipeline.extract.ocr.image.page_image import Grey, Picture
from pipeline.extract.ocr.image.streaks import wipe_streaks
from pipeline.extract.ocr.layout.balloons import part_balloons
from pipeline.extract.ocr.layout.fills import Rect, find_grounds
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling
from pipeline.extract.ocr.layout.region import Region
from pipeline.extract.ocr.layout.rulings import (
    LARGEST_TYPE,
    erase_rulings,
    find_rulings,
    measure_type_size,
)
from pipeline.extract.ocr.layout.second_look import join_over_rulings
from pipeline.extract.ocr.layout.text_ink import find_text_ink
from pipeline.extract.ocr.layout.text_lines import InkLine, find_lines
from pipeline.extract.ocr.layout.text_marks import TypeMark, find_marks
from pipeline.extract.tables.frames import find_frames
from pipeline.extract.tables.rulings import CELL_GAP, RULING, merge_rulings, split_strokes
from pipeline.model import Box, Warp

# Intervals of the lattice of `Warp` in both directions; judgement: within one interval a
# distortion is straight to a pixel.
_LATTICE = 12


class PageLayout(Struct, frozen=True):
    """The layout of one page on its straightened picture."""

    picture: Picture
    """The picture as scanned, turned upright."""
    turn: int
    """Degrees by which the picture was turned upright (`Page.turn`)."""
    distortion: Distortion
    em: float
    """The size of the page's smaller type, in pixels."""
    rulings: tuple[PixelRuling, ...]
    shades: tuple[Rect, ...]
    margins: tuple[Rect, ...]
    """Where reviewers' comments stand beside the table."""
    lines: tuple[InkLine, ...]
    marks: tuple[TypeMark, ...]
    ink: Mask
    """The ink of text, without rulings, margins and specks."""

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Convert a rectangle of the straightened picture to points from the page's top left."""
        margin, scale = self.distortion.margin, self.picture.scale
        return Box(*((value - margin) / scale for value in (x0, top, x1, bottom)))

    def in_margin(self, box: Box) -> bool:
        """Whether a box, in points, is of a comment beside the table."""
        return any(self.box(*margin).contains(box) for margin in self.margins)

    @property
    def strokes(self) -> list[Box]:
        """The rulings, in points."""
        return [self.box(r.x0, r.top, r.x1, r.bottom) for r in self.rulings]

    @property
    def ink_on_sheet(self) -> Mask:
        """The ink without the margin left of the sheet and above it (see `Distortion`)."""
        return self.ink[self.distortion.margin :, self.distortion.margin :]

    @property
    def warp(self) -> Warp:
        """The mapping back to the scanned page, in points."""
        height, width = self.ink.shape
        x, y = np.linspace(0, width, _LATTICE + 1), np.linspace(0, height, _LATTICE + 1)
        columns, rows = self.distortion.to_scan(*np.meshgrid(x, y))
        scale, margin = self.picture.scale, self.distortion.margin
        right, down = (tuple(((side - margin) / scale).tolist()) for side in (x, y))
        places = (np.stack((columns.ravel(), rows.ravel()), axis=1) / scale).tolist()
        return Warp(right, down, tuple(map(tuple, places)))


def analyze_scan(picture: Picture, turn: int = 0) -> PageLayout:
    """Find what there is to recognise on a scanned page; `turn` is that of `PageLayout`."""
    upright = _turn(picture, turn)
    resolution = upright.resolution
    white = wipe_margins(whiten(upright.image, resolution), resolution)
    straight, distortion = straighten(wipe_streaks(white, resolution), resolution)
    return _analyze(upright, turn, whiten_backgrounds(straight, resolution), distortion)


def analyze_remainder(picture: Picture, turn: int, known: Sequence[Box]) -> PageLayout:
    """Find what there is to recognise on a drawn page outside known boxes, in points, upright."""
    upright = _turn(picture, turn)
    white = whiten(upright.image, upright.resolution)
    for box in known:
        white[upright.cut(box)] = 255
    return _analyze(upright, turn, white, no_distortion(*white.shape))


def _analyze(upright: Picture, turn: int, straight: Grey, distortion: Distortion) -> PageLayout:
    parts = find_parts(find_ink(straight), LARGEST_TYPE * upright.scale)
    em = measure_type_size(parts, upright.scale)
    found = find_rulings(straight, em)
    height, width = straight.shape
    found, margins = part_balloons(found, em, width, height)
    wiped = erase_rulings(straight, found)
    rulings = tuple(ruling for ruling in found if not ruling.is_underline)
    ink = find_text_ink(wiped, em)
    lines = tuple(_find_lines(wiped, ink, rulings, em))
    shades, grounds = find_grounds(upright.image, distortion, upright.resolution, lines, em)
    marks = (*find_marks(erase_rulings(straight, rulings), em), *grounds)
    return PageLayout(
        upright, turn, distortion, em, rulings, tuple(shades), tuple(margins), lines, marks, ink
    )


def _turn(picture: Picture, turn: int) -> Picture:
    return replace(picture, image=np.ascontiguousarray(np.rot90(picture.image, turn // 90)))


def _find_lines(wiped: Grey, ink: Mask, rulings: Sequence[PixelRuling], em: float) -> list[InkLine]:
    """Find the lines inside the cells, then those around the tables."""
    strokes = [Box(ruling.x0, ruling.top, ruling.x1, ruling.bottom) for ruling in rulings]
    table_rulings = merge_rulings(split_strokes(strokes, RULING * em), RULING * em)
    frames, _ = find_frames(table_rulings, CELL_GAP * em)
    outlines = [_reach_over(_to_region(frame.box), ink, em) for frame in frames]
    cells = [
        replace(
            cell,
            top=outline.top if cell.top == round(frame.box.top) else cell.top,
            bottom=outline.bottom if cell.bottom == round(frame.box.bottom) else cell.bottom,
        )
        for frame, outline in zip(frames, outlines, strict=True)
        for cell in map(_to_region, map(frame.box_of, frame.faces))
    ]
    around = ink.copy()
    for outline in outlines:
        outline.cut(around)[:] = 0
    loose = find_lines(wiped, around, [Region(0, 0, ink.shape[1], ink.shape[0])], em)
    inside = join_over_rulings(find_lines(wiped, ink, cells, em), wiped, rulings, em)
    # Outside tables, white space may separate the columns of a table without rulings.
    return [*inside, *(replace(line, gap=0) for line in loose)]


def _reach_over(outline: Region, ink: Mask, em: float) -> Region:
    """The outline of a table, with the lines that stand half over an open side of it whole."""
    x0, x1, most = outline.x0, outline.x1, round(em)
    above = np.asarray(ink[max(outline.top - most, 0) : outline.top + 1, x0:x1].any(axis=1))[::-1]
    below = np.asarray(ink[outline.bottom - 1 : outline.bottom + most, x0:x1].any(axis=1))
    # Argmin: how many rows have ink, counted from the side; 0 if all have: no line is so high.
    return replace(
        outline,
        top=outline.top - max(int(above.argmin()) - 1, 0),
        bottom=outline.bottom + max(int(below.argmin()) - 1, 0),
    )


def _to_region(box: Box) -> Region:
    return Region(*(max(round(side), 0) for side in (box.x0, box.top, box.x1, box.bottom)))
