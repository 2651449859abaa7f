"""Find the strips of a table without column rulings: 頁 | 誤 | 正 | 頁 | 誤 | 正, or two sheets."""

import math
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.tables.borderless.gutters import Gutter, is_open, leaves_open
from pipeline.extract.tables.borderless.header_candidates import MIN_WIDTH
from pipeline.extract.tables.borderless.header_names import join_spread_letters
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.rulings import Rulings, Segment
from pipeline.model import Box, Glyph, group_neighbours
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_LEAST = 2  # columns of a strip with known headers; judgement: one alone heads no comments
_LEAST_RULED = 2  # rulings; judgement: those above and below a header

_Sides = tuple[float, float]
"""The x where a strip begins and ends, in points."""


class Strip(Struct, frozen=True):
    """A part of a page that is read by itself; in points."""

    left: float
    right: float
    shift: float = 0.0
    """How far right of those of the first strip its columns stand."""

    def holds(self, x: float) -> bool:
        """Whether an x is in it."""
        return self.left <= x < self.right

    def move_box(self, box: Box) -> Box:
        """Move a box to the first strip, whose columns it shares."""
        return replace(box, x0=box.x0 - self.shift, x1=box.x1 - self.shift)

    def move_glyph(self, glyph: Glyph) -> Glyph:
        """Move a glyph to the first strip."""
        return replace(glyph, box=self.move_box(glyph.box)) if self.shift else glyph

    def move_level(self, level: Segment) -> Segment:
        """Move the piece of a horizontal ruling that is in it to the first strip."""
        start, end = max(level.start, self.left), min(level.end, self.right)
        return replace(level, start=start - self.shift, end=end - self.shift)

    def move_back(self, rulings: Rulings) -> Rulings:
        """Move the rulings of a table from the first strip to this one."""
        return Rulings(
            tuple(
                replace(own, start=own.start + self.shift, end=own.end + self.shift)
                for own in rulings.horizontal
            ),
            tuple(replace(own, position=own.position + self.shift) for own in rulings.vertical),
        )


def find_strips(
    lines: Sequence[TextLine], levels: Sequence[Segment], size: float, roles: HeaderRoles
) -> list[Strip]:
    """Find the strips of a page, from left to right; the whole page where it has one.

    Args:
        lines: Those of the page, from top to bottom.
        levels: Its horizontal rulings and the edges of stripes.
        size: The font size of the page's smaller text, in points.
        roles: What headers mean.
    """
    for place, line in enumerate(lines):
        sides = _find_repeats(line, roles)
        if len(sides) > 1:
            gutters = _find_gutters(sides)
            for below in lines[place + 1 :]:
                left = [gutter.without(below, size) for gutter in gutters]
                if not all(is_open(gutter, size) for gutter in left):
                    break  # the table has ended
                gutters = left
            return _part(sides, gutters)
    sides = _find_ruled(levels, size)
    gutters = _find_gutters(sides)
    parted = all(leaves_open(line, gutters, size) for line in lines)
    sheets = parted and _hold_tables(sides, levels, lines)
    return _part(sides, gutters) if sheets else [Strip(0.0, math.inf)]


def _find_gutters(sides: Sequence[_Sides]) -> list[Gutter]:
    return [Gutter(((end, start),)) for (_, end), (start, _) in pairwise(sides)]


def _part(sides: Sequence[_Sides], gutters: Sequence[Gutter]) -> list[Strip]:
    seams = pairwise([0.0, *(gutter.middle for gutter in gutters), math.inf])
    shifts = [start - sides[0][0] for start, _ in sides] or [0.0]
    return [Strip(*own, shift) for own, shift in zip(seams, shifts, strict=True)]


def _find_repeats(line: TextLine, roles: HeaderRoles) -> list[_Sides]:
    """Find where a header begins and ends each time that a line repeats it; []: it does not."""
    words = join_spread_letters(line.words, roles)
    texts = [word.text for word in words]
    for period in range(_LEAST, len(texts) // 2 + 1):
        own = texts[:period]
        known = sum(roles.match(text, ENDS_IN_WORD) is not None for text in own)
        repeated = len(texts) % period == 0 and own * (len(texts) // period) == texts
        if repeated and known >= _LEAST and len(set(own)) == period:
            starts = range(0, len(words), period)
            return [(words[at].box.x0, words[at + period - 1].box.x1) for at in starts]
    return []


def _find_ruled(levels: Sequence[Segment], size: float) -> list[_Sides]:
    """Find the sides of tables that rulings of one width draw side by side; []: there is one."""
    wide = [level for level in levels if level.end - level.start > MIN_WIDTH * size]
    groups = group_neighbours(
        sorted(wide, key=lambda level: level.start),
        lambda group, level: level.start < max(other.end for other in group),
    )
    sides = [(group[0].start, max(level.end for level in group)) for group in groups]
    alike = all(abs((b[1] - b[0]) - (a[1] - a[0])) < size / 2 for a, b in pairwise(sides))
    ruled = all(len(group) >= _LEAST_RULED for group in groups)
    return sides if alike and ruled else []


def _hold_tables(
    sides: Sequence[_Sides], levels: Sequence[Segment], lines: Sequence[TextLine]
) -> bool:
    """Whether rulings side by side are those of tables, and not of the columns of one.

    Each table has texts side by side, and no text beside its rulings: a narrow column has some.
    """
    top, bottom = (limit((level.position for level in levels), default=0.0) for limit in (min, max))
    found = [0] * len(sides)
    for line in lines:
        middles = [word.box.center[0] for word in line.words]
        own = [sum(left <= x <= right for x in middles) for left, right in sides]
        if top < line.middle < bottom and sum(own) < len(middles):
            return False
        found = [
            n + (line.middle > top and beside > 1) for n, beside in zip(found, own, strict=True)
        ]
    return all(n >= _LEAST for n in found)
