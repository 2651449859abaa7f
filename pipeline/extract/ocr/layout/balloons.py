"""Reviewers' comments beside the table of a scanned page, and the lines that lead to them.

A connector crosses the outer side of the table and just ends at words inside, so it is no side of a
cell. What stands beyond that side is comments (see `extract/pdf/balloons.py` for a drawn page).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.ocr.layout.connected_rulings import MEET, meets_at_ends
from pipeline.extract.ocr.layout.fills import Rect
from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling

_BEYOND = 1.0  # em beyond the side; judgement: a side that a pen or a scan made longer has less

_Levels = Mapping[PixelRuling, Sequence[bool]]
"""Level rulings, and whether each meets an upright one at its left and at its right end."""


class _Side(Struct, frozen=True):
    """An outer side of a table that connectors cross."""

    ruling: PixelRuling
    way: int
    """1: the comments are at its right; -1: at its left."""
    em: float

    def place(self, ruling: PixelRuling) -> tuple[float, float]:
        """How far beyond the side a ruling begins and ends, in em; negative inside the table."""
        x = (self.ruling.x0 + self.ruling.x1) / 2
        inner, outer = sorted(self.way * (end - x) / self.em for end in (ruling.x0, ruling.x1))
        return inner, outer

    def is_beyond(self, ruling: PixelRuling) -> bool:
        """Whether a ruling lies beyond the side from end to end."""
        return self.place(ruling)[0] > MEET

    def is_crossed(self, ruling: PixelRuling) -> bool:
        """Whether a level ruling goes from the inside far beyond the side, at whatever height."""
        inner, outer = self.place(ruling)
        return inner < -MEET and outer > _BEYOND

    def is_outer(self, levels: Iterable[PixelRuling]) -> bool:
        """Whether the table ends here: no ruling goes on at the corners, and one ends there."""
        reach = MEET * self.em
        met = [level for level in levels if any(meets_at_ends(self.ruling, [level], reach))]
        return bool(met) and max(self.place(level)[1] for level in met) <= _BEYOND

    def find_inner(
        self, levels: Iterable[PixelRuling], uprights: Iterable[PixelRuling]
    ) -> Iterator[PixelRuling]:
        """Yield the level rulings beside the side that begin inside, not at the opposite one."""
        top, bottom = self.ruling.top, self.ruling.bottom
        beside = (one for one in uprights if one.top < bottom and top < one.bottom)
        opposite = min(self.place(one)[0] for one in beside)
        for level in levels:
            if top < level.top < bottom and self.place(level)[0] > opposite + MEET:
                yield level

    def is_piece(self, inner: PixelRuling, levels: _Levels) -> bool:
        """Whether a faint connector left it inside: it just ends, and nothing else is so high."""
        alone = sum(abs(one.top - inner.top) < MEET * self.em for one in levels) == 1
        begins = levels[inner][0 if self.way > 0 else 1]
        return alone and not begins and self.place(inner)[1] < MEET


def part_balloons(
    rulings: Sequence[PixelRuling], em: float, width: int, height: int
) -> tuple[list[PixelRuling], list[Rect]]:
    """Find the margins with comments; the rulings of connectors and balloons then part nothing."""
    uprights = [r for r in rulings if not r.is_horizontal and not r.is_underline]
    levels = {r: meets_at_ends(r, uprights, MEET * em) for r in rulings if r.is_horizontal}
    parted, margins = [*rulings], []
    for side in (_Side(ruling, way, em) for ruling in uprights for way in (1, -1)):
        inner = [*side.find_inner(levels, uprights)]
        # One that comes from the opposite side of the table is a side of cells too.
        connectors = {r for r in inner if side.is_crossed(r) and not all(levels[r])}
        drawn = [level for level in levels if level not in connectors and not level.is_underline]
        if connectors and side.is_outer(drawn) and _has_most_inside(side, rulings):
            margin = _find_margin(side, drawn, width, height)
            margins.append(margin)
            connectors.update(level for level in inner if side.is_piece(level, levels))
            parted = [p for one in parted for p in _part_ruling(one, side, margin, connectors)]
    return parted, margins


def _has_most_inside(side: _Side, rulings: Iterable[PixelRuling]) -> bool:
    """Whether the table is at the inside: a connector may run into the words of its balloon."""
    uncrossed = [ruling for ruling in rulings if not side.is_crossed(ruling)]
    return sum(r.length if side.is_beyond(r) else -r.length for r in uncrossed) < 0


def _find_margin(side: _Side, drawn: Iterable[PixelRuling], width: int, height: int) -> Rect:
    """The margin: what lies beyond the side, as far as no other table is as wide."""
    wider = [level.top for level in drawn if side.is_crossed(level)]
    start = max((y for y in wider if y <= side.ruling.top), default=0)
    end = min((y for y in wider if y >= side.ruling.bottom), default=height)
    x0, x1 = (side.ruling.x1, width) if side.way > 0 else (0, side.ruling.x0)
    return (x0, start, x1, end)


def _part_ruling(
    ruling: PixelRuling, side: _Side, margin: Rect, connectors: Collection[PixelRuling]
) -> Iterator[PixelRuling]:
    """A ruling as one that parts nothing, if it is of a connector or a balloon; else as it is."""
    _, top, _, bottom = margin
    beside = top < ruling.bottom and ruling.top < bottom
    if ruling.is_underline or ruling in connectors or (beside and side.is_beyond(ruling)):
        yield replace(ruling, is_underline=True)
    elif ruling.is_horizontal and top < ruling.top < bottom and side.is_crossed(ruling):
        # A connector that runs on from a side of cells.
        edge = side.ruling.x1 if side.way > 0 else side.ruling.x0
        yield replace(ruling, x1=edge, is_underline=side.way < 0)
        yield replace(ruling, x0=edge, is_underline=side.way > 0)
    else:
        yield ruling
