"""From glyphs to physical lines."""

import itertools
from collections.abc import Iterable, Sequence
from statistics import median

from pipeline.model import Glyph, Line

# A gap between two Latin glyphs wider than this share of the font size, beyond what separates
# the line's other glyphs, is a word space that the program did not draw. Word spaces are 0.2-0.3
# em in Latin fonts; kerning stays below 0.1.
_WORD_GAP = 0.15


def build_lines(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """Group the glyphs of one cell (or of the page outside the cells) into physical lines.

    Args:
        glyphs: In any order, white space included.
        page: The page's number, from 1.

    Returns:
        From top to bottom; lines without ink are left out.
    """
    rows: list[list[Glyph]] = []
    heights: list[float] = []
    for glyph in sorted(glyphs, key=lambda g: g.box.center[1]):
        y = glyph.box.center[1]
        # Half the font size: neighbouring lines are set at least one apart.
        if rows and y - heights[-1] < 0.5 * max(glyph.size, 1.0):
            rows[-1].append(glyph)
            heights[-1] += (y - heights[-1]) / len(rows[-1])
        else:
            rows.append([glyph])
            heights.append(y)
    lines = (_build_line(sorted(row, key=lambda g: g.box.x0), page) for row in rows)
    return tuple(line for line in lines if line is not None)


def _build_line(glyphs: Sequence[Glyph], page: int) -> Line | None:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return None
    last = max(i for i, glyph in enumerate(glyphs) if glyph.text.strip())
    gap = _usual_gap(glyphs[: last + 1])
    characters = _characters(glyphs[: last + 1], max(0.0, gap))
    return Line(
        text="".join(character for character, _ in characters),
        edges=(*(x for _, x in characters), max(glyph.box.x1 for glyph in inked)),
        gap=gap,
        top=min(glyph.box.top for glyph in inked),
        bottom=max(glyph.box.bottom for glyph in inked),
        size=median(glyph.size for glyph in inked),
        page=page,
        glyphs=len(inked),
        tail="".join(_white(glyph.text) for glyph in glyphs[last + 1 :]),
        end=max(glyph.box.x1 for glyph in glyphs),
    )


def _characters(glyphs: Sequence[Glyph], gap: float) -> list[tuple[str, float]]:
    """Each character with its left edge; word spaces that were only moved over are put in."""
    characters: list[tuple[str, float]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _spaced(before, glyph, gap):
            characters.append((" ", before.box.x1))
        step = glyph.box.width / max(len(glyph.text), 1)
        for index, character in enumerate(glyph.text):
            characters.append((_white(character), glyph.box.x0 + index * step))
        before = glyph
    return characters


def _white(text: str) -> str:
    """White space other than the ideographic one as a plain space, all else as it is."""
    return " " if text.isspace() and text != "\u3000" else text


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(glyphs)]
    return median(gaps) if gaps else 0.0


def _spaced(before: Glyph, glyph: Glyph, usual: float) -> bool:
    if not (_is_latin(before.text[-1:]) and _is_latin(glyph.text[:1])):
        return False
    return glyph.box.x0 - before.box.x1 > usual + _WORD_GAP * glyph.size


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
