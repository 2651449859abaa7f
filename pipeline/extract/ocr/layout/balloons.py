"""Reviewers' comments beside the table of a scanned page, and the lines that lead to them.

A connector crosses the outer side of the table and just ends at words inside, so it is no side of a
cell. What stands beyond that side is comments (see `extract/pdf/balloons.py` for a drawn page).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.ocr.layout.connected_rulings import meets_at_ends
from pipeline.extract.ocr.layout.fills import Rect
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling

# em of the page's smaller type.
_MEET = 0.4  # em; judgement: how far the end of a ruling may be from the ruling that it meets
_BEYOND = 1.0  # em beyond the side; judgement: a side that a pen or a scan made longer has less

_Levels = Mapping[PixelRuling, Sequence[bool]]
"""Level rulings, and whether each meets an upright one at its left and at its right end."""


class _Side(Struct, frozen=True):
    """An outer side of a table that connectors cross."""

    ruling: PixelRuling
    way: int
    """1: the comments are at its right; -1: at its left."""
    em: float

    @property
    def corners(self) -> tuple[int, int]:
        return self.ruling.top, self.ruling.bottom

    def overshoot(self, x: float) -> float:
        """How far a place lies beyond the side; negative inside the table."""
        return self.way * (x - (self.ruling.x0 + self.ruling.x1) / 2)

    def is_beyond(self, ruling: PixelRuling) -> bool:
        """Whether a ruling lies beyond the side from end to end."""
        return min(self.overshoot(ruling.x0), self.overshoot(ruling.x1)) > _MEET * self.em

    def is_crossed(self, ruling: PixelRuling) -> bool:
        """Whether a level ruling goes from the inside far beyond the side, at whatever height."""
        inner, outer = sorted((self.overshoot(ruling.x0), self.overshoot(ruling.x1)))
        return inner < -_MEET * self.em and outer > _BEYOND * self.em

    def is_outer(self, levels: Iterable[PixelRuling]) -> bool:
        """Whether the table ends here: no ruling goes on at the corners, and one ends there."""
        reach = _MEET * self.em
        met = [
            level
            for level in levels
            if any(abs(level.top - corner) < reach for corner in self.corners)
            and level.x0 - reach <= self.ruling.x0 <= level.x1 + reach
        ]
        outer = [max(self.overshoot(level.x0), self.overshoot(level.x1)) for level in met]
        return bool(met) and max(outer) <= _BEYOND * self.em

    def find_connectors(
        self, levels: _Levels, uprights: Iterable[PixelRuling]
    ) -> Iterator[PixelRuling]:
        """Yield the level rulings that cross the side and meet nothing where they end.

        One that comes from the opposite side of the table is a side of cells too.
        """
        for level in self._find_inner(levels, uprights):
            if self.is_crossed(level) and not all(levels[level]):
                yield level

    def find_pieces(
        self, levels: _Levels, uprights: Iterable[PixelRuling]
    ) -> Iterator[PixelRuling]:
        """Yield what a faint connector leaves inside: it just ends, and nothing else is so high."""
        for level in self._find_inner(levels, uprights):
            outer = max(self.overshoot(level.x0), self.overshoot(level.x1))
            alone = sum(abs(one.top - level.top) < _MEET * self.em for one in levels) == 1
            inner_met = levels[level][0 if self.way > 0 else 1]
            if outer < _MEET * self.em and alone and not inner_met:
                yield level

    def _find_inner(
        self, levels: _Levels, uprights: Iterable[PixelRuling]
    ) -> Iterator[PixelRuling]:
        """Yield the level rulings beside the side that begin inside, not at the opposite one."""
        top, bottom = self.corners
        beside = (one for one in uprights if one.top < bottom and top < one.bottom)
        opposite = min((self.overshoot(one.x0) for one in beside), default=0)
        for level in levels:
            inner = min(self.overshoot(level.x0), self.overshoot(level.x1))
            if top < level.top < bottom and inner > opposite + _MEET * self.em:
                yield level


def part_balloons(
    rulings: Sequence[PixelRuling], em: float, width: int, height: int
) -> tuple[list[PixelRuling], list[Rect]]:
    """Find the margins with comments.

    Args:
        rulings: The rulings of the page.
        em: The size of the page's smaller type, in pixels.
        width: Of the picture, in pixels.
        height: Of the picture, in pixels.

    Returns:
        The rulings, those of connectors and balloons such that they part nothing; and the margins.
    """
    uprights = [r for r in rulings if not r.is_horizontal and not r.is_underline]
    levels = {r: meets_at_ends(r, uprights, _MEET * em) for r in rulings if r.is_horizontal}
    parted, margins = [*rulings], []
    for side in (_Side(ruling, way, em) for ruling in uprights for way in (1, -1)):
        connectors = {*side.find_connectors(levels, uprights)}
        drawn = [level for level in levels if level not in connectors and not level.is_underline]
        if connectors and side.is_outer(drawn) and _has_most_inside(side, rulings):
            margin = _find_margin(side, drawn, width, height)
            margins.append(margin)
            connectors.update(side.find_pieces(levels, uprights))
            parted = [
                part for one in parted for part in _part_ruling(one, side, margin, connectors)
            ]
    return parted, margins


def _has_most_inside(side: _Side, rulings: Iterable[PixelRuling]) -> bool:
    """Whether the table is at the inside: a connector may run into the words of its balloon."""
    inside = beyond = 0
    for ruling in rulings:
        length = max(ruling.x1 - ruling.x0, ruling.bottom - ruling.top)
        if side.is_beyond(ruling):
            beyond += length
        elif not side.is_crossed(ruling):
            inside += length
    return beyond < inside


def _find_margin(side: _Side, drawn: Iterable[PixelRuling], width: int, height: int) -> Rect:
    """The margin: what lies beyond the side, as far as no other table is as wide."""
    top, bottom = side.corners
    wider = [level.top for level in drawn if side.is_crossed(level)]
    start = max((y for y in wider if y <= top), default=0)
    end = min((y for y in wider if y >= bottom), default=height)
    if side.way > 0:
        return (side.ruling.x1, start, width, end)
    return (0, start, side.ruling.x0, end)


def _part_ruling(
    ruling: PixelRuling, side: _Side, margin: Rect, connectors: Collection[PixelRuling]
) -> Iterator[PixelRuling]:
    """A ruling as one that parts nothing, if it is of a connector or a balloon; else as it is."""
    _, top, _, bottom = margin
    beside = top < ruling.bottom and ruling.top < bottom
    if ruling in connectors or (beside and side.is_beyond(ruling)):
        yield replace(ruling, is_underline=True)
    elif ruling.is_horizontal and top < ruling.top < bottom and side.is_crossed(ruling):
        # A connector that runs on from a side of cells.
        edge = side.ruling.x1 if side.way > 0 else side.ruling.x0
        left, right = replace(ruling, x1=edge), replace(ruling, x0=edge)
        inside, beyond = (left, right) if side.way > 0 else (right, left)
        yield from (inside, replace(beyond, is_underline=True))
    else:
        yield ruling
