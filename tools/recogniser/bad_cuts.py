"""Cut a line as a cutter of lines errs: clipped, with slices of neighbours and pieces of rulings.

The text stays what it is: the recogniser must learn that such ink is none of it. A character that
lost most of its ink goes. The shares and ranges are judgement, and in em.
"""

from __future__ import annotations

import dataclasses
from random import Random

import numpy as np

from pipeline.extract.ocr.image.page_image import Grey
from tools.recogniser.cutting import MARGIN, Cut
from tools.recogniser.faces import EM, WHITE
from tools.recogniser.typesetting import Box, SetLine

# How often each error is made; several may meet.
_ERRORS = (("clip", 0.36), ("slice", 0.36), ("flat", 0.36), ("upright", 0.42), ("side", 0.06))
_GROUND = 0.22  # share of the lines; judgement: header cells are rarer
_ROOM = EM  # pixels on each side for what is added; judgement: nothing is added farther away
_LEAST_HEIGHT = 0.45 * EM  # pixels; judgement: less of a line is past reading
_LEAST_INK = 0.3  # share; judgement: with less of its ink a character is past reading

LEFT, TOP, RIGHT, BOTTOM = range(4)


def cut_badly(rng: Random, line: SetLine, neighbour: Grey | None) -> Cut | None:
    """Cut a line with one error or several.

    Args:
        rng: The source of chance.
        line: The line.
        neighbour: The ink of another line, cut to it, of which slices are taken.

    Returns:
        The cut; None if too little of the line is left.
    """
    errors = {name for name, share in _ERRORS if rng.random() < share}
    has_ground = rng.random() < _GROUND
    if not errors and not has_ground:
        errors = {rng.choice(("clip", "slice", "flat", "upright"))}
    cut = _BadCut(rng, line)
    if "clip" in errors:
        cut.clip()
    if "side" in errors:
        cut.clip_side()
    if not cut.drop_illegible():
        return None
    if "slice" in errors and neighbour is not None and neighbour.shape[0] > 0.4 * EM:
        cut.add_slices(neighbour)
    if "flat" in errors:
        cut.add_flat_rulings()
    if "upright" in errors:
        cut.add_upright_rulings()
    return cut.finish(has_ground)


class _BadCut:
    """The picture while it is spoilt; edges are left, top, right, bottom in pixels."""

    def __init__(self, rng: Random, line: SetLine) -> None:
        self._rng = rng
        self._ink = np.pad(line.ink, _ROOM)
        box = line.box
        self._edges = [int(v) + _ROOM for v in (box.left, box.top, box.right, box.bottom)]
        self._size = min(self._edges[BOTTOM] - self._edges[TOP], EM)
        centres = line.centres + np.float32(_ROOM)
        self._line = dataclasses.replace(line, ink=self._ink.copy(), centres=centres)
        self._foreign: set[int] = set()
        """The sides where ink stands that is not the line's."""
        self._clipped: set[int] = set()

    def clip(self) -> None:
        """Cut off the line's top or foot, or more of one and less of the other."""
        parts = [self._rng.uniform(0.05, 0.26), 0.0]
        if self._rng.random() < 0.15:
            parts[1] = self._rng.uniform(0.02, 0.1)
        if self._rng.random() < 0.45:
            parts.reverse()
        self._clipped = {side for side, part in zip((TOP, BOTTOM), parts, strict=True) if part}
        self._edges[TOP] += int(parts[0] * self._size)
        self._edges[BOTTOM] -= int(parts[1] * self._size)
        self._ink[: self._edges[TOP]] = self._ink[self._edges[BOTTOM] :] = 0

    def clip_side(self) -> None:
        """Cut into the first or the last character."""
        extents, part = self._line.extents, self._rng.uniform(0.05, 0.3)
        if self._rng.random() < 0.5:
            self._edges[LEFT] += int(part * extents[0])
            self._ink[:, : self._edges[LEFT]] = 0
        else:
            self._edges[RIGHT] -= int(part * extents[-1])
            self._ink[:, self._edges[RIGHT] :] = 0

    def drop_illegible(self) -> bool:
        """Take characters of which little is left off the label; False: none is left."""
        line = self._line
        kept: list[int] = []
        for i, (character, x, width) in enumerate(
            zip(line.text, line.centres, line.extents, strict=True)
        ):
            core = slice(max(int(x - 0.3 * width - 1), 0), int(x + 0.3 * width + 2))
            before = int(line.ink[:, core].sum(dtype=np.int64))
            left = int(self._ink[:, core].sum(dtype=np.int64))
            if character in WHITE:
                if kept and line.text[kept[-1]] not in WHITE:
                    kept.append(i)
            elif before and left > _LEAST_INK * before:
                kept.append(i)
        while kept and line.text[kept[-1]] in WHITE:
            kept.pop()
        self._line = line.keep(kept, line.ink)
        return bool(kept)

    def add_slices(self, neighbour: Grey) -> None:
        """Add the feet of the line above, or the tops of the line below."""
        rng = self._rng
        left, _, right, _ = self._edges
        for side in rng.choice(((TOP,), (BOTTOM,), (TOP, BOTTOM))):
            high = int(rng.uniform(0.03, 0.24) * EM) + 1
            strip = neighbour[-high:] if side == TOP else neighbour[:high]
            strip = np.tile(strip, (1, -(-(right - left) // strip.shape[1])))[:, : right - left]
            strip = np.roll(strip, rng.randrange(strip.shape[1]), axis=1)
            if rng.random() < 0.4:
                start, end = sorted(rng.randint(0, right - left) for _ in range(2))
                strip[:, start:end] = 0
            if rng.random() < 0.15:
                strip = strip // 2
            nearer, farther = rng.uniform(-0.02, 0.08), rng.uniform(0.05, 0.3)
            y = self._find_place(side, high, rng.choice((nearer, farther)))
            place = self._ink[y : y + high, left:right]
            np.maximum(place, strip[: len(place)], out=place)

    def add_flat_rulings(self) -> None:
        """Add rulings, or pieces of them, above or below."""
        rng, width = self._rng, self._ink.shape[1]
        for side in rng.choice(((TOP,), (TOP,), (BOTTOM,), (BOTTOM,), (TOP, BOTTOM))):
            thick = rng.choice((1, 2, 2, 3, 4, 5, 7))
            away = rng.choice((rng.uniform(-0.05, 0.08), rng.uniform(0.05, 0.32)))
            y = self._find_place(side, thick, away)
            start, end = 0, width
            if rng.random() > 0.7:
                left, _, right, _ = self._edges
                start, end = sorted(rng.randint(left, right) for _ in range(2))
            draw_ruling(rng, self._ink[y : y + thick, start:end])
            if rng.random() < 0.08 and y > 4:  # a double ruling
                draw_ruling(rng, self._ink[y - 4 : y - 4 + thick, start:end])

    def add_upright_rulings(self) -> None:
        """Add rulings, or pieces of them, to the left or the right."""
        rng = self._rng
        _, top, _, bottom = self._edges
        for side in rng.choice(((LEFT,), (LEFT,), (LEFT,), (RIGHT,), (RIGHT,), (LEFT, RIGHT))):
            thick = rng.choice((1, 2, 3, 4, 5, 6, 8))
            away = rng.choice((rng.uniform(-0.02, 0.1), rng.uniform(0.05, 0.4)))
            x = self._find_place(side, thick, away)
            start, end = 0, len(self._ink)
            if rng.random() < 0.4:
                start = top - 2 if rng.random() < 0.5 else rng.randint(top, max(bottom - 8, top))
                end = bottom + 2 if rng.random() < 0.5 else start + rng.randint(6, EM)
            draw_ruling(rng, self._ink[start:end, x : x + thick].T)

    def _find_place(self, side: int, thick: int, away: float) -> int:
        """The first pixel of foreign ink on a side, `away` em from the line, whose edge moves."""
        distance = int(away * EM)
        edge = self._edges[side]
        self._foreign.add(side)
        if side in (LEFT, TOP):
            place = max(edge - distance - thick, 0)
            self._edges[side] = min(edge, place)
            return place
        self._edges[side] = max(edge, edge + distance + thick)
        return edge + distance

    def finish(self, has_ground: bool) -> Cut | None:
        """Draw the cut around all ink; its edge may go through what is foreign."""
        rng = self._rng
        left, top, right, bottom = self._edges
        content = Box(left, top, right, bottom) if rng.random() < 0.6 else None
        a, b, c, d = map(self._draw_margin, range(4))
        box = Box(left - a, top - b, right + c, bottom + d)
        if box.bottom - box.top < _LEAST_HEIGHT:
            return None
        return Cut(dataclasses.replace(self._line, ink=self._ink), box, content, has_ground)

    def _draw_margin(self, side: int) -> float:
        if side in self._foreign and self._rng.random() < 0.3:
            return -self._rng.uniform(0, 2.5)
        if side in self._clipped and self._rng.random() < 0.4:
            return self._rng.uniform(0, 1.5)
        return MARGIN * self._rng.uniform(0.2, 1.5)


def draw_ruling(rng: Random, place: Grey) -> None:
    """Draw a ruling along the second axis of a place: solid, dashed or dotted, black or grey."""
    ink = np.full(place.shape[1], rng.choice((255, 255, rng.randint(110, 255))), np.uint8)
    kind = rng.random()
    if kind < 0.22:
        on, off = (rng.randint(10, 40), rng.randint(6, 20)) if kind < 0.12 else (3, 5)
        ink[(np.arange(ink.size) + rng.randrange(60)) % (on + off) >= on] = 0
    np.maximum(place, ink, out=place)
