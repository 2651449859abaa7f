"""Words and lines over the whole width of a page, before it is known what is a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Box, Glyph

_WORD_GAP = 0.5  # em between two words; kerning and justified text stay below it


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs side by side without a gap."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """What stands at one height."""

    words: tuple[Word, ...]
    """From left to right."""
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """All of it, to compare what pages repeat."""
        return "".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        """Its height on the page, in points."""
        return (self.top + self.bottom) / 2


def read_words(glyphs: Sequence[Glyph], size: float) -> list[TextLine]:
    """Group the glyphs of a page into lines of words, from top to bottom.

    Args:
        glyphs: White space and sideways glyphs are left out.
        size: The font size of the page's smaller text, in points.
    """
    rows: list[list[Glyph]] = []
    inked = [g for g in glyphs if g.text.strip() and g.direction == 0]
    for glyph in sorted(inked, key=lambda g: g.box.center[1]):
        y = glyph.box.center[1]
        if rows and y - rows[-1][0].box.center[1] < 0.5 * size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda g: g.box.x0)) for row in rows]


def _line(glyphs: Sequence[Glyph]) -> TextLine:
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and glyph.box.x0 - runs[-1][-1].box.x1 < _WORD_GAP * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    words = tuple(_word(run) for run in runs)
    return TextLine(
        words, min(word.box.top for word in words), max(word.box.bottom for word in words)
    )


def _word(glyphs: Sequence[Glyph]) -> Word:
    box = Box(
        glyphs[0].box.x0,
        min(glyph.box.top for glyph in glyphs),
        max(glyph.box.x1 for glyph in glyphs),
        max(glyph.box.bottom for glyph in glyphs),
    )
    return Word("".join(glyph.text for glyph in glyphs), box)
