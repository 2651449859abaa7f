"""Set a line: glyphs side by side on a baseline, at 64 pixels an em.

Spacing varies as office programs vary it: tight and loose lines, distributed cells, brackets and
stops squeezed to half their width (JIS X 4051), Latin letters of another face. The shares and
ranges are judgement.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.ocr.image.page_image import Grey
from tools.recogniser.faces import EM, WHITE, Face, Glyphs
from tools.recogniser.look import Look

OPENING = "「『（〔［｛〈《【“‘"
CLOSING = "」』）〕］｝〉》】、。，．”’・：；"
BASELINE = 88  # pixels from the top of a line's picture; judgement: the em's box is 32-96 of 128
_LONGEST = 60 * EM  # pixels; judgement: nothing longer stands in one line of A4
_EDGE = 80  # pixels of room behind the last origin; judgement: more than an em


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A box in pixels, from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclasses.dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it is printed, at 64 pixels an em."""

    ink: Grey
    """(128, width): 255 where there is ink."""
    text: str
    centres: NDArray[np.float32]
    """(characters,): the middle of each character's ink, or of white space, in pixels."""
    extents: NDArray[np.float32]
    """(characters,): how wide each is, in pixels."""
    box: Box
    """The box of all ink."""

    def keep(self, places: list[int], ink: Grey) -> SetLine:
        """The line with some of its characters only, and other ink."""
        text = "".join(self.text[i] for i in places)
        return SetLine(ink, text, self.centres[places], self.extents[places], self.box)


@dataclasses.dataclass(frozen=True, slots=True)
class _Spacing:
    tracking: float
    """Pixels behind each character."""
    is_distributed: bool
    """Characters spread over a cell: white space between them is none of the text."""
    squeeze: int
    """0: brackets and stops keep their em; 1: only beside another; 2: all."""
    squeeze_share: float
    """How much of the half em a squeezed one loses, 0-1."""
    airy: float
    """Pixels behind closing brackets and stops, at most."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Placed:
    character: str
    glyphs: Glyphs | None
    """None: white space."""
    x: float
    """The origin, in pixels."""
    end: float


def set_line(
    rng: Random, text: str, face: Face, latin: Glyphs | None, look: Look
) -> SetLine | None:
    """Set a text.

    Args:
        rng: The source of chance.
        text: What to set; characters that the face lacks are left out.
        face: Its face.
        latin: Another face for the ASCII characters.
        look: How much the spacing varies.

    Returns:
        The line; None if nothing of it can be set, or if it is too long.
    """
    spacing = _draw_spacing(rng, text, look)
    placed = list(_place(rng, text, face, latin, spacing))
    while placed and placed[-1].glyphs is None:
        placed.pop()
    if not placed or placed[-1].end > _LONGEST:
        return None
    return _print(placed)


def _draw_spacing(rng: Random, text: str, look: Look) -> _Spacing:
    tracking, distributed, kind = 0.0, False, rng.random()
    if look.level is None and kind < 0.22:
        tracking = rng.uniform(-0.05, 0.1)
    elif look.level is None and kind < 0.30 and len(text) <= 8:
        tracking, distributed = rng.uniform(0.1, 1.0), True
    elif look.level is None and 0.30 <= kind < 0.34:
        tracking = rng.uniform(0.1, 0.35)
    squeeze = rng.choice((0, 0, 0, 1, 2) if look.level is None else (0, 0, 1))
    airy = rng.uniform(0.05, 0.45) if look.badly_cut and rng.random() < 0.12 else 0.0
    return _Spacing(tracking * EM, distributed, squeeze, rng.uniform(0.5, 1.0), airy * EM)


def _place(
    rng: Random, text: str, face: Face, latin: Glyphs | None, spacing: _Spacing
) -> Iterator[_Placed]:
    pen, last = rng.uniform(8, 12), " "
    for character in text:
        is_latin = latin is not None and character < "\x7f" and character in latin
        glyphs = latin if is_latin else face.find(character)
        if glyphs is None:
            continue
        advance = glyphs.advance[character]
        if character in WHITE:
            if last not in WHITE and not spacing.is_distributed:
                if not face.is_monospaced and rng.random() < 0.2:
                    advance *= rng.uniform(0.8, 1.4)
                yield _Placed(character, None, pen, pen + advance)
                pen, last = pen + advance, character
            continue
        before, behind = _squeeze(character, advance, last, spacing)
        yield _Placed(character, glyphs, pen - before, pen + advance - before - behind)
        pen += advance - before - behind + spacing.tracking
        if spacing.airy and (character in CLOSING or character in ")],.") and rng.random() < 0.7:
            pen += spacing.airy * rng.uniform(0.3, 1)
        last = character


def _squeeze(character: str, advance: float, last: str, spacing: _Spacing) -> tuple[float, float]:
    """The pixels that a bracket or stop loses before and behind it."""
    marks = OPENING + CLOSING
    if not spacing.squeeze or character not in marks or advance <= 0.8 * EM:
        return 0.0, 0.0
    if spacing.squeeze == 1:
        return (0.5 * EM, 0.0) if last in marks and character in OPENING else (0.0, 0.0)
    lost = 0.5 * spacing.squeeze_share * EM
    if character in OPENING:
        return lost, 0.0
    return 0.0, 0.0 if character in "・：；" else lost


def _print(placed: list[_Placed]) -> SetLine:
    """Draw the glyphs in their places."""
    ink = np.zeros((2 * EM, int(max(p.end for p in placed)) + _EDGE), np.uint8)
    centres, extents = np.empty((2, len(placed)), np.float32)
    left, top, right, bottom = ink.shape[1], 2 * EM, 0, 0
    for i, item in enumerate(placed):
        glyph = None if item.glyphs is None else item.glyphs.glyph(item.character)
        if glyph is None:
            centres[i], extents[i] = (item.x + item.end) / 2, item.end - item.x
            continue
        height, width = glyph.ink.shape
        x, y = max(int(item.x + glyph.left + 0.5), 0), max(BASELINE + glyph.top, 0)
        room = ink[y : y + height, x : x + width]
        np.maximum(room, glyph.ink[: room.shape[0], : room.shape[1]], out=room)
        centres[i], extents[i] = x + width / 2, max(item.end - item.x, width)
        left, right = min(left, x), max(right, x + width)
        top, bottom = min(top, y), max(bottom, y + height)
    text = "".join(p.character for p in placed)
    return SetLine(ink, text, centres, extents, Box(left, top, right, bottom))
