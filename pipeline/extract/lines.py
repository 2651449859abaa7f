"""From glyphs to physical lines."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from pipeline.model import Box, Glyph, Line

# A gap between two Latin glyphs wider than this share of the font size, beyond what separates
# the line's other glyphs, is a word space that the program did not draw. Word spaces are 0.2-0.3
# em in Latin fonts; kerning stays below 0.1.
_WORD_GAP = 0.15
_IDEOGRAPHIC = 0.75  # em; plain spaces are up to half as wide, ideographic ones one
_OVERPRINT = 0.4  # share of a glyph that another covers; kerning and italics cover less
_OVERPRINTED = 0.1  # share of a line's glyphs
_RUBY_SIZE = 0.65  # share of the text's size; furigana have half of it, a third for three kana
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")


def build_lines(glyphs: Iterable[Glyph], page: int) -> tuple[Line, ...]:
    """Group the glyphs of one cell (or of the page outside the cells) into physical lines.

    Args:
        glyphs: In any order, white space included.
        page: The page's number, from 1.

    Returns:
        From top to bottom; lines without ink are left out. Text that stands sideways on the page
        follows the other lines.
    """
    directions: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        directions[glyph.direction].append(glyph)
    lines = list(_level_lines(directions.pop(0, []), page))
    for direction, turned in sorted(directions.items()):
        lines += _turned_lines(turned, direction, page)
    return tuple(lines)


def _level_lines(glyphs: Iterable[Glyph], page: int) -> Iterator[Line]:
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
    for row in rows:
        line = _build_line(sorted(row, key=lambda g: g.box.x0), page)
        if line is not None:
            yield line


def _turned_lines(glyphs: Sequence[Glyph], direction: int, page: int) -> Iterator[Line]:
    """Lines of a sideways label. Their characters are spread over the width they take."""
    upright = [replace(glyph, box=_upright(glyph.box, direction)) for glyph in glyphs]
    for line in _level_lines(upright, page):
        box = _upright(line.box, (360 - direction) % 360)
        step = box.width / len(line.text)
        edges = tuple(box.x0 + step * place for place in range(len(line.text) + 1))
        yield replace(line, edges=edges, top=box.top, bottom=box.bottom, end=edges[-1], tail="")


def _upright(box: Box, direction: int) -> Box:
    """A box turned about the origin so that lines of this direction run to the right."""
    sides = {
        0: (box.x0, box.top, box.x1, box.bottom),
        90: (box.top, -box.x1, box.bottom, -box.x0),
        180: (-box.x1, -box.bottom, -box.x0, -box.top),
        270: (-box.bottom, box.x0, -box.top, box.x1),
    }
    return Box(*sides[direction])


def lift_ruby(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part furigana from the text whose reading they give.

    They are kana in about half the size of the glyphs right below them (JIS X 4051, 6).

    Args:
        glyphs: Of one cell.

    Returns:
        The text, and the furigana.
    """
    sizes = [glyph.size for glyph in glyphs if glyph.text.strip()]
    small = _RUBY_SIZE * median(sizes) if sizes else 0.0
    readings = {id(g) for g in glyphs if g.size <= small and _KANA.fullmatch(g.text)}
    if not readings:
        return list(glyphs), []
    bases = [g for g in glyphs if g.size > small and g.text.strip()]
    ruby = [g for g in glyphs if id(g) in readings and any(_stands_on(g, b) for b in bases)]
    lifted = {id(glyph) for glyph in ruby}
    return [glyph for glyph in glyphs if id(glyph) not in lifted], ruby


def _stands_on(reading: Glyph, base: Glyph) -> bool:
    """Whether a small glyph stands right above another; a reading may overhang by its own size."""
    gap = base.box.top - reading.box.bottom
    beside = max(base.box.x0 - reading.box.x1, reading.box.x0 - base.box.x1)
    return abs(gap) < reading.size and beside < reading.size and reading.box.top < base.box.top


def _build_line(glyphs: Sequence[Glyph], page: int) -> Line | None:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return None
    last = max(i for i, glyph in enumerate(glyphs) if glyph.text.strip())
    gap = _usual_gap(glyphs[: last + 1])
    characters = _characters(glyphs[: last + 1], max(0.0, gap))
    recognised = _is_recognised(inked)
    return Line(
        text="".join(character for character, _, _ in characters),
        edges=(*(x for _, x, _ in characters), max(glyph.box.x1 for glyph in inked)),
        gap=gap,
        top=min(glyph.box.top for glyph in inked),
        bottom=max(glyph.box.bottom for glyph in inked),
        size=median(glyph.size for glyph in inked),
        page=page,
        glyphs=len(inked),
        tail="".join(_white(g.text, g.box.width, g.size) for g in glyphs[last + 1 :]),
        end=max(glyph.box.x1 for glyph in glyphs),
        overprinted=_is_overprinted(inked),
        sure=tuple(glyph.confidence for _, _, glyph in characters) if recognised else (),
        others=tuple(glyph.others for _, _, glyph in characters) if recognised else (),
        repairs=tuple(repair for glyph in inked for repair in glyph.repairs),
    )


def _is_overprinted(glyphs: Sequence[Glyph]) -> bool:
    """Whether two texts are drawn over each other: a sheet lets a text run over its cell."""
    over = sum(
        before.box.x1 - glyph.box.x0 > _OVERPRINT * min(before.box.width, glyph.box.width)
        for before, glyph in itertools.pairwise(glyphs)
    )
    return over > 1 and over > _OVERPRINTED * len(glyphs)


def _is_recognised(glyphs: Sequence[Glyph]) -> bool:
    """Whether glyphs were recognised on a picture, where nothing is quite sure."""
    return any(glyph.confidence < 1.0 for glyph in glyphs)


def _characters(glyphs: Sequence[Glyph], gap: float) -> list[tuple[str, float, Glyph]]:
    """Each character with its left edge and the glyph that it is of.

    Word spaces that were only moved over are put in, as of the glyph before them.
    """
    characters: list[tuple[str, float, Glyph]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _spaced(before, glyph, gap):
            characters.append((" ", before.box.x1, replace(before, others="")))
        step = glyph.box.width / max(len(glyph.text), 1)
        for index, character in enumerate(glyph.text):
            left = glyph.box.x0 + index * step
            characters.append((_white(character, step, glyph.size), left, glyph))
        before = glyph
    return characters


def _white(text: str, width: float, size: float) -> str:
    """White space as an ideographic or a plain space, all else as it is.

    Some programs map the blank glyph of a font to U+0020 though the author typed U+3000: its width
    tells them apart.
    """
    if not text.isspace():
        return text
    return "\u3000" if text == "\u3000" or width > _IDEOGRAPHIC * size > 0 else " "


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(glyphs)]
    return median(gaps) if gaps else 0.0


def _spaced(before: Glyph, glyph: Glyph, usual: float) -> bool:
    if not (_is_latin(before.text[-1:]) and _is_latin(glyph.text[:1])):
        return False
    return glyph.box.x0 - before.box.x1 > usual + _WORD_GAP * glyph.size


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
