"""Make lines: text, set, cut, scanned and spoilt, with the place of each character."""

from __future__ import annotations

import dataclasses
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.recognizer import HEIGHT
from pipeline.extract.ocr.image.page_image import Grey
from tools.recogniser.bad_cuts import cut_badly
from tools.recogniser.cutting import Cut, cut_neatly
from tools.recogniser.damage import draw_damage, spoil, spread_ink
from tools.recogniser.faces import EM, Face, Faces
from tools.recogniser.grounds import add_ground
from tools.recogniser.line_texts import LineTexts
from tools.recogniser.look import Look
from tools.recogniser.scripts import BARS
from tools.recogniser.texts import TextStock
from tools.recogniser.typesetting import Box, SetLine, set_line

WIDEST = 1592  # columns of the model's input; judgement: some 50 characters, and a shift of 8
_LATIN = 0.22  # share of lines; judgement: offices mix faces now and then
_FEW_BARS = 0.02  # share of bar characters that stays in badly cut lines; judgement: next to none
_WIDTHS = 0.15  # share of the lines with brackets and figures of both widths; judgement
_STEEPEST = 0.0122  # pixels a pixel; judgement: 0.7 degrees are left after a page was straightened
_LEAST_CONTRAST = 48  # grey levels, 0-255; judgement: in less, nothing of a line is left
_DROP = 0.14  # em; judgement: a line that slopes more over its length is not cut as one


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line as a cutter gives it, and what it says."""

    picture: Grey
    """(height, width) in pixels of the scan, dark on light."""
    text: str
    centres: NDArray[np.float32]
    """(characters,): the middle of each character, in columns of the model's input."""
    extents: NDArray[np.float32]
    """(characters,): how wide each is, in columns of the model's input."""

    @property
    def columns(self) -> int:
        """How wide the model's input is."""
        height, width = self.picture.shape
        return round(width * HEIGHT / height)


class LineMaker:
    """Makes lines without end, the same for the same seed."""

    def __init__(self, faces: Faces, stock: TextStock, look: Look, seed: int) -> None:
        self._rng = Random(seed)
        self._faces = faces
        self._look = look
        self._texts = LineTexts(self._rng, stock, _FEW_BARS if look.badly_cut else 1.0)
        self._proportional = [f for f in faces.japanese if not f.is_monospaced]
        self._neighbour: Grey | None = None
        """The ink of a line before: what stands above and below a badly cut one."""

    def make(self) -> Line:
        """One line."""
        while True:
            if (line := self._try()) is not None:
                return line

    def _try(self) -> Line | None:
        rng, look = self._rng, self._look
        face = rng.choices(self._faces.japanese, [f.weight for f in self._faces.japanese])[0]
        if look.badly_cut and rng.random() < _WIDTHS:
            if self._proportional and rng.random() < 0.6:
                face = rng.choice(self._proportional)
            return self.make_of(self._texts.draw_widths(), face)
        return self.make_of(self._texts.draw(), face)

    def make_of(self, text: str, face: Face) -> Line | None:
        """A line of this text in this face; None if it cannot be set, or nothing is left of it."""
        rng, look, latin = self._rng, self._look, None
        if self._faces.latin and rng.random() < _LATIN:
            latin = rng.choice(self._faces.latin)
        line = set_line(rng, text, face, latin, look)
        cut = None if line is None else self._cut(line)
        return None if cut is None else _scan(rng, cut, look)

    def _cut(self, line: SetLine) -> Cut | None:
        rng, look, box = self._rng, self._look, line.box
        if look.level in (None, "bad"):
            line = dataclasses.replace(line, ink=spread_ink(rng, line.ink))
        is_tall = box.bottom - box.top > 0.45 * EM
        if not is_tall or BARS & set(line.text) or rng.random() >= look.badly_cut:
            return cut_neatly(rng, line, look)
        neighbour, rows = self._neighbour, slice(int(box.top), int(box.bottom))
        self._neighbour = line.ink[rows, int(box.left) : int(box.right)].copy()
        return cut_badly(rng, line, neighbour)


def _scan(rng: Random, cut: Cut, look: Look) -> Line | None:
    """Bring a cut line to the pixels of a scan, and spoil it."""
    em, damage = look.draw_em(rng), look.draw_damage(rng)
    scale = em / EM
    condensed = rng.uniform(0.72, 1.12) if look.level is None and rng.random() < 0.15 else 1.0
    page = _Page.print(rng, cut, (scale * condensed, scale))
    if page is None:
        return None
    if look.level != "clean" and look.level != "bw" and rng.random() < 0.4:
        page = page.slope(rng, em)
    ink = page.crop()
    if cut.has_ground:
        ink = add_ground(rng, ink, em)
    harm = draw_damage(rng, look.level, damage, em, look.mild)
    if cut.has_ground:  # little contrast is left as it is
        harm = dataclasses.replace(
            harm, noise=0.4 * harm.noise, ink=min(harm.ink, 0.3), is_bilevel=False
        )
    picture = spoil(rng, ink, harm, is_mix=look.level is None)
    if cut.content is not None:
        page.whiten(picture, cut.content, rng.choice((1, 2, 2, 3)))
    factor = HEIGHT / picture.shape[0]
    centres, extents = page.locate(cut.line, factor)
    line = Line(picture, cut.line.text, centres, extents)
    is_blank = int(picture.max()) - int(picture.min()) < _LEAST_CONTRAST
    return None if is_blank or line.columns > WIDEST else line


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    """A cut line and what is around it, in pixels of the scan."""

    ink: Grey
    scale: tuple[float, float]
    """Pixels of the scan a pixel of the set line, across and down."""
    offset: tuple[int, int]
    """Pixels of the set line that stand before its first column and row."""
    box: tuple[int, int, int, int]
    """The cut: left, top, right, bottom."""

    @classmethod
    def print(cls, rng: Random, cut: Cut, scale: tuple[float, float]) -> _Page | None:
        """Scale the line; None if too little of it is left."""
        box, ink = cut.box, cut.line.ink
        first, last = int(max(box.top - 14, 0)), int(min(box.bottom + 14, len(ink)))
        above, before = 20 + rng.randrange(6), 64 + rng.randrange(6)
        ink = np.pad(ink[first:last], ((above, 20), (before, 64)))
        height, width = ink.shape
        size = max(round(width * scale[0]), 1), max(round(height * scale[1]), 1)
        small = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)
        exact = size[0] / width, size[1] / height
        page = cls(small, exact, (before, above - first), (0, 0, 0, 0))
        left, top, right, bottom = page._to_scan(box)
        cropped = max(left, 0), max(top, 0), min(right + 1, size[0]), min(bottom + 1, size[1])
        if cropped[2] - cropped[0] < 3 or cropped[3] - cropped[1] < 5:
            return None
        return dataclasses.replace(page, box=cropped)

    def _to_scan(self, box: Box) -> tuple[int, int, int, int]:
        (fx, fy), (before, above) = self.scale, self.offset
        left, right = (int((x + before) * fx) for x in (box.left, box.right))
        top, bottom = (int((y + above) * fy) for y in (box.top, box.bottom))
        return left, top, right, bottom

    def slope(self, rng: Random, em: float) -> _Page:
        """Let the line rise or fall a little."""
        left, _, right, _ = self.box
        most = min(_STEEPEST, _DROP * em / max(right - left, 1))
        slope = min(max(rng.gauss(0, 0.004), -most), most)
        shear = np.array(
            [[1, 0, rng.uniform(-0.5, 0.5)], [slope, 1, -slope * (left + right) / 2]], np.float32
        )
        height, width = self.ink.shape
        turned = cv2.warpAffine(self.ink, shear, (width, height), flags=cv2.INTER_LINEAR)
        return dataclasses.replace(self, ink=np.asarray(turned, np.uint8))

    def crop(self) -> Grey:
        """What is cut."""
        left, top, right, bottom = self.box
        return self.ink[top:bottom, left:right]

    def whiten(self, picture: Grey, content: Box, near: int) -> None:
        """Whiten a cut picture but for a box and `near` pixels around it."""
        left, top, _, _ = self.box
        x0, y0, x1, y1 = self._to_scan(content)
        picture[: max(y0 - top - near, 0)] = picture[max(y1 - top + 1 + near, 0) :] = 255
        picture[:, : max(x0 - left - near, 0)] = picture[:, max(x1 - left + 1 + near, 0) :] = 255

    def locate(
        self, line: SetLine, factor: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Centres and extents of a line's characters in the cut picture, times a factor."""
        fx = np.float32(self.scale[0] * factor)
        start = np.float32(self.box[0] * factor)
        return (line.centres + np.float32(self.offset[0])) * fx - start, line.extents * fx
