"""The glyphs of a face as pictures, from which lines are set."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import ImageFont

from pipeline.extract.ocr.image.page_image import Grey
from tools.recogniser.charset import INDEX
from tools.recogniser.fonts import read_faces

EM = 64  # pixels; judgement: above the 52 of the largest type, so that lines only shrink
WHITE = " \u3000"
"""The characters without ink."""
# Characters; judgement: a face in which all of these are as wide is monospaced.
_PROBES = "iMW1("


@dataclasses.dataclass(frozen=True, slots=True)
class Glyph:
    """The ink of a character at 64 pixels an em."""

    ink: Grey
    """255 where there is ink, cut to it."""
    left: int
    """From the origin to the ink, in pixels."""
    top: int
    """From the baseline to the ink, in pixels; negative above it."""


class Glyphs:
    """All glyphs of a face, in one array: a process that trains holds forty faces."""

    def __init__(self, file: Path, characters: Sequence[str] | None = None) -> None:
        """Draw the glyphs.

        Args:
            file: A TrueType or OpenType font.
            characters: What to draw; None: all that the recogniser knows.
        """
        font = ImageFont.truetype(str(file), EM, layout_engine=ImageFont.Layout.BASIC)
        table = TTFont(file, fontNumber=0, lazy=True)
        widths, units = table["hmtx"].metrics, table["head"].unitsPerEm
        wanted = INDEX.keys() if characters is None else set(characters)
        self.advance: dict[str, float] = {}
        """Pixels to the next origin, by character."""
        self._places: dict[str, tuple[int, int, int, int, int]] = {}
        parts: list[Grey] = []
        start = 0
        for code, name in table.getBestCmap().items():
            character = chr(code)
            glyph = _draw(font, character) if character in wanted else None
            if character in wanted and (glyph is not None or character in WHITE):
                self.advance[character] = widths[name][0] * EM / units
            if glyph is not None:
                height, width = glyph.ink.shape
                self._places[character] = start, height, width, glyph.left, glyph.top
                parts.append(glyph.ink.ravel())
                start += glyph.ink.size
        self._data = np.concatenate(parts)
        self._drop_yen_sign()

    def __contains__(self, character: str) -> bool:
        return character in self.advance

    def glyph(self, character: str) -> Glyph | None:
        """The character's glyph; None if it is white space."""
        if character not in self._places:
            return None
        start, height, width, left, top = self._places[character]
        return Glyph(self._data[start : start + height * width].reshape(height, width), left, top)

    def _drop_yen_sign(self) -> None:
        """Many faces draw a yen sign for the backslash, which would teach a wrong label."""
        slash, yen = self.glyph("\\"), self.glyph("¥")
        if slash is not None and yen is not None and np.array_equal(slash.ink, yen.ink):
            del self._places["\\"], self.advance["\\"]


def _draw(font: ImageFont.FreeTypeFont, character: str) -> Glyph | None:
    mask, (left, top) = font.getmask2(character, mode="L", anchor="ls")
    width, height = mask.size
    ink: NDArray[np.uint8] = np.array(mask, np.uint8).reshape(height, width)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    first_row, first_column = int(rows[0]), int(columns[0])
    cut = ink[first_row : rows[-1] + 1, first_column : columns[-1] + 1]
    return Glyph(cut, int(left) + first_column, int(top) + first_row)


@dataclasses.dataclass(frozen=True, slots=True)
class Face:
    """A face, with the one that its kanji come from."""

    name: str
    weight: float
    own: Glyphs
    kanji: Glyphs | None = None

    @property
    def is_monospaced(self) -> bool:
        """Whether its half-width characters are all as wide."""
        return len({round(self.own.advance.get(c, 0)) for c in _PROBES}) == 1

    def find(self, character: str) -> Glyphs | None:
        """The glyphs that have the character."""
        return next((g for g in (self.own, self.kanji) if g is not None and character in g), None)


@dataclasses.dataclass(frozen=True, slots=True)
class Faces:
    """The faces of a kind of lines."""

    japanese: tuple[Face, ...]
    latin: tuple[Glyphs, ...]
    """Set now and then for the ASCII characters of a line."""


def load_faces(folder: Path, held: bool = False) -> Faces:
    """Load the faces that `fonts` wrote.

    Args:
        folder: The folder that it wrote.
        held: Those held out for measuring, instead of those for training.
    """
    there = {name: e for name, e in read_faces().items() if (folder / f"{name}.otf").exists()}
    wanted = {
        name: entry
        for name, entry in there.items()
        if entry.style == "latin" or (entry.style == "held") == held
    }
    glyphs = {name: Glyphs(folder / f"{name}.otf") for name in wanted}
    japanese = (
        Face(name, entry.weight, glyphs[name], glyphs.get(entry.kanji or ""))
        for name, entry in wanted.items()
        if entry.style != "latin"
    )
    latin = (glyphs[name] for name, entry in wanted.items() if entry.style == "latin")
    return Faces(tuple(japanese), tuple(latin))
