"""Tables of family `spaced` drawn with reportlab, glyph by glyph where the spacing asks for it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from ..drawn import Press, Style, draw_style
from ..line_breaking import RULES, break_lines
from ..marks import Text, register_font, write_pages
from ..model import Annex, Laid
from ..sheet import column_widths
from .content import FLUSH, SPREAD, as_read

_PIECE = re.compile(r"\s+|\S+")
_GLYPH = re.compile(r"\s|\S")


@dataclasses.dataclass(frozen=True)
class Spacing:
    """How the lines of one annex are spaced; lengths in em."""

    everywhere: float
    """Letter-spacing of all text."""
    letter_spaced: float
    """Letter-spacing of some paragraphs."""
    share: float
    """Share of the paragraphs that have it."""
    draws_spaces: bool
    """White space has glyphs; else the program moves over it."""
    indent: float
    """How far before the cell's edge values end."""

    @staticmethod
    def draw(rng: Random) -> Spacing:
        """A way to space lines."""
        return Spacing(
            everywhere=rng.choice((0.0, 0.0, 0.05, 0.092, 0.15)),
            letter_spaced=rng.choice((0.06, 0.1, 0.15, 0.2)),
            share=rng.choice((0.0, 0.0, 0.2, 0.4)),
            draws_spaces=rng.random() < 0.4,
            indent=rng.choice((0.0, 0.0, 0.0, 1.0)),
        )


class _Line(NamedTuple):
    """A printed line."""

    text: str
    ended: bool
    """The author ended it."""
    tracking: float = 0.0
    """Letter-spacing in points."""
    value: str = ""
    """What stands flush right on it."""
    spread: bool = False


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Draw the annex to a PDF."""
    style, spacing = draw_style(rng, as_read(annex)), Spacing.draw(rng)
    style = dataclasses.replace(style, justified=rng.random() < 0.5)
    register_font(style.font)
    press = _Press(style, spacing, rng)
    for table, read in zip(annex.tables, as_read(annex).tables, strict=True):
        press.put_table(table, column_widths(rng, read, style.sheet))
    write_pages(path, style.sheet.width, style.sheet.height, list(press.numbered_pages()))
    return Laid(f"{style}, {spacing}", as_read(annex))


class _Press(Press):
    """Puts spaced tables on pages."""

    def __init__(self, style: Style, spacing: Spacing, rng: Random) -> None:
        super().__init__(style)
        self._spacing, self._rng = spacing, rng

    def wrapped(self, texts: Sequence[str], widths: Sequence[float]) -> list[list[_Line]]:
        """Each cell's text as printed lines."""
        room = 2 * self._style.padding
        return [
            [line for typed in text.split("\n") for line in self._break(typed, width - room)]
            for text, width in zip(texts, widths, strict=True)
        ]

    def _break(self, typed: str, width: float) -> Iterator[_Line]:
        """The printed lines of one author's line."""
        size, spacing = self._sheet.size, self._spacing
        tracking = size * spacing.everywhere
        if typed.startswith(SPREAD):
            yield _Line(typed[1:], True, tracking, spread=True)
            return
        if FLUSH not in typed and self._rng.random() < spacing.share:
            tracking = size * spacing.letter_spaced
        label, _, value = typed.partition(FLUSH)
        measure = partial(self._length, tracking=tracking)
        *lines, (last, _) = break_lines(label, RULES[self._style.rule], width, measure)
        for line, _ in lines:
            yield _Line(line, False, tracking)
        taken = measure(last + "　" + value) + spacing.indent * size if value else 0.0
        if taken <= width:
            yield _Line(last, True, tracking, value)
        else:  # the tab moves the value to a line of its own
            yield _Line(last, True, tracking)
            yield _Line("", True, tracking, value)

    def _length(self, text: str, tracking: float) -> float:
        return self._measure(text, self._sheet.size) + tracking * max(len(text) - 1, 0)

    def _put_cell(
        self, lines: Sequence[_Line], x: float, width: float, height: float | None, centred: bool
    ) -> None:
        style, size = self._style, self._sheet.size
        room = width - 2 * style.padding
        free = 0.0 if height is None else height - self.height([lines])
        baseline = self._y + style.padding + free / 2 + 0.5 * style.leading + 0.38 * size
        left = x + style.padding
        for line in lines:
            slack = room - self._length(line.text, line.tracking)
            stretched = style.justified and not line.ended and 0 <= slack < 3 * size
            stretched = (stretched and len(line.text) > 4) or (line.spread and slack > 0)
            added = slack / max(len(line.text) - 1, 1) if stretched else 0.0
            shift = slack / 2 if centred and line.ended and not line.spread else 0.0
            self._put_text(line.text, left + shift, baseline, line.tracking + added)
            if line.value:
                end = left + room - self._spacing.indent * size
                start = end - self._length(line.value, line.tracking)
                self._put_text(line.value, start, baseline, line.tracking)
            baseline += style.leading

    def _put_text(self, text: str, x: float, baseline: float, spacing: float) -> None:
        """Put a text piece by piece, and glyph by glyph where it is spaced."""
        font, size = self._style.font, self._sheet.size
        pieces = _GLYPH if spacing else _PIECE
        for piece in pieces.finditer(text) if text else ():
            if piece.group().isspace() and not self._spacing.draws_spaces:
                continue
            before = text[: piece.start()]
            start = x + self._measure(before, size) + spacing * len(before)
            self._pages[-1].append(Text(start, baseline, piece.group(), font, size))
