"""Learn how the program of an annex ends pages: whether it keeps rows whole or cuts them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Grid, Page, TableRow
from pipeline.model.log_odds import probability
from pipeline.segment.rows.room_at_break import find_pitch

_UNKNOWN = -1.0  # log-odds; judgement: pieces end more often between rows than inside one
_WHOLE_ROWS = -4.0  # log-odds; judgement: a program that once left so much room keeps rows whole
_KEPT_WHOLE = 4.0  # lines; judgement: widow and orphan control leaves two or three
_FILLED = 1.0  # lines; judgement: a page with less room below a table is filled to its last line
# Log-odds that a program cuts rows, before any page's end is seen; judgement: three in ten.
_CUTS = log(0.3 / 0.7)
# Log-odds of the same where a row was cut; judgement: one higher than a page is cut by any program.
_CUT_ONE = log(0.7 / 0.3)

OpenEdges = tuple[bool, bool]
"""Whether a ruling is missing below the piece above a page's end, and above the piece below it."""

# Log-odds that a row is cut where these rulings are missing; judgement: browsers leave out the
# ruling above a piece after whole rows too.
_OPEN_EDGES: Mapping[OpenEdges, float] = {
    (False, False): 0.0,
    (True, False): 2.0,
    (False, True): 0.0,
    (True, True): 3.0,
}
# Shares of the ends of pages that miss these rulings, where a row is cut and where none is, before
# the annex shows it; measured: at 600 and 130 ends of pages of made annexes that left no more room
# than two lines, rounded.
_OPEN_AT_CUTS: Mapping[OpenEdges, float] = {
    (False, False): 0.3,
    (True, False): 0.3,
    (False, True): 0.05,
    (True, True): 0.35,
}
_OPEN_BETWEEN_ROWS: Mapping[OpenEdges, float] = {
    (False, False): 0.75,
    (True, False): 0.1,
    (False, True): 0.05,
    (True, True): 0.1,
}
# Lines; judgement: rooms that differ by less differ by the padding of cells.
_SAME_ROOM = 0.25
# Share of the page's ends between rows that leave some room below the table; measured: of 107 of
# made annexes 84 leave a quarter of a line, and 80 leave one.
_ROOM_BETWEEN_ROWS = 0.75
# Lines → share of the cut rows that leave at least so many free, before the annex shows it. Less
# than a line is what the padding of cells takes in some programs: it tells nothing then.
# measured: of some 600 cuts of made annexes 25 left a line; twice that for what those do not show,
# and no annex shows less: its lines are not all of one height.
_ROOM_AT_CUTS = ((1.0, 0.1), (_SAME_ROOM, _ROOM_BETWEEN_ROWS))

# Log-odds that a program which leaves more than a line below a table cuts rows.
_LEAVES_LINES = log(_ROOM_AT_CUTS[0][1] / _ROOM_BETWEEN_ROWS)


class PageEnd(Struct, frozen=True):
    """The end of a page behind which a table goes on."""

    room: float
    """Lines left free below the table."""
    height: int
    """Lines of the first row on the next page."""
    is_cut: bool = False
    """The last row surely goes on behind it."""
    is_whole: bool = False
    """The last row surely ends there."""
    open_edges: OpenEdges = (False, False)
    """The rulings that are missing there."""


class PageEnds(Struct, frozen=True):
    """What the ends of an annex's pages have shown about its program."""

    keeps: bool = False
    """It keeps rows whole."""
    cuts: float | None = None
    """Log-odds that it cuts rows; None: nothing has shown it."""
    cut_edges: Mapping[OpenEdges, int] = {}
    """Which rulings are missing where a row was surely cut → how often."""
    whole_edges: Mapping[OpenEdges, int] = {}
    """The same where a row surely ends."""
    cut_rooms: tuple[float, ...] = ()
    """Lines left free where a row was surely cut, in order."""

    @staticmethod
    def learn(ends: Sequence[PageEnd]) -> "PageEnds":
        """Learn from the ends of pages.

        A program that keeps rows whole leaves, below a table, any room in which the next row does
        not fit. One that cuts rows fills each page.

        Args:
            ends: All of them. The lowest one only shows where pages end.
        """
        cuts = [end for end in ends if end.is_cut]
        seen = PageEnds(
            cut_edges=Counter(end.open_edges for end in cuts),
            whole_edges=Counter(end.open_edges for end in ends if end.is_whole),
            cut_rooms=tuple(sorted(end.room for end in cuts)),
        )
        if any(end.room > _KEPT_WHOLE for end in ends):
            return replace(seen, keeps=not cuts)
        if cuts:
            return replace(seen, cuts=_CUT_ONE)
        others = sorted(ends, key=lambda end: end.room)[1:]
        odds = sum(log(max(1, end.height)) for end in others if end.room <= _FILLED)
        # Once: a program that keeps two lines together does so on each page.
        odds += _LEAVES_LINES if any(end.room > _FILLED for end in others) else 0.0
        return replace(seen, cuts=_CUTS + odds if odds else None)

    def weigh_cut(self, rows: Sequence[TableRow]) -> float:
        """Weigh whether the end of a page is inside a row, before its texts are looked at.

        Args:
            rows: The table's rows so far; the last one stands at the page's end.

        Returns:
            Log-odds. Where the program cuts rows, the higher these are the seldomer the end of one
            is that of a page.
        """
        if self.keeps:
            return _WHOLE_ROWS
        if self.cuts is None or len(rows) < 2:
            return _UNKNOWN
        inside = probability(self.cuts) * (1 - 1 / max(2, median(map(count_lines, rows[:-1]))))
        return log(inside / (1 - inside))

    def weigh_edges(self, edges: OpenEdges) -> float:
        """Weigh which rulings are missing at a page's end: the log-odds that a row is cut there.

        Shares are counted on from what is usual, which counts as one page's end. A program that
        rules all cuts, or none of its pages' ends, shows nothing by a ruling.
        """
        odds = _OPEN_EDGES[edges]
        odds += _weigh_share(self.cut_edges, edges, _OPEN_AT_CUTS[edges])
        return odds - _weigh_share(self.whole_edges, edges, _OPEN_BETWEEN_ROWS[edges])

    def weigh_room(self, room: float) -> float:
        """Weigh the lines left free: the log-odds that a row is cut, 0 at most.

        A program that cuts rows fills its pages, but for a line or two that it keeps together.
        """
        usual = next((share for least, share in _ROOM_AT_CUTS if room >= least), None)
        if usual is None:
            return 0.0
        as_much = len(self.cut_rooms) - bisect_left(self.cut_rooms, room - _SAME_ROOM)
        share = max(_ROOM_AT_CUTS[0][1], (as_much + usual) / (len(self.cut_rooms) + 1))
        return min(0.0, log(share / _ROOM_BETWEEN_ROWS))


def _weigh_share(counts: Mapping[OpenEdges, int], edges: OpenEdges, usual: float) -> float:
    """How much more often than usual the ends of pages look so, as a natural logarithm."""
    return log((counts.get(edges, 0) / usual + 1) / (sum(counts.values()) + 1))


def count_lines(row: TableRow) -> int:
    """How many lines a row is high."""
    return max(len(field.lines) for field in row.fields)


def find_bottoms(pages: Sequence[Page]) -> dict[int, float]:
    """Map the number of a page to the y where a piece on it may end, in points.

    That is where the lowest piece on pages of this size ends; or above it, where notes at the
    page's foot begin, which take the room of rows.
    """
    lowest: dict[tuple[float, float], float] = {}
    for page in pages:
        for grid in page.grids:
            size = (page.header.width, page.header.height)
            lowest[size] = max(lowest.get(size, 0.0), grid.box.bottom)
    return {
        page.header.number: _find_bottom(page, lowest.get((page.header.width, page.header.height)))
        for page in pages
    }


def _find_bottom(page: Page, lowest: float | None) -> float:
    """The y where notes at the page's foot begin, in points; `lowest` where there are none."""
    if lowest is None:
        return page.header.height
    end = max((grid.box.bottom for grid in page.grids), default=0.0)
    notes = [line for line in page.loose_lines if end < line.top < lowest]
    is_foot = notes and max(line.bottom + line.size for line in notes) > lowest
    return min(line.top for line in notes) if is_foot else lowest


def count_free_lines(above: Grid, bottom: float) -> float:
    """How many lines would have fitted below a piece.

    Args:
        bottom: The y where it may end, in points.
    """
    filled = [cell for cell in above.cells if cell.lines]
    # Some programs draw the sides of a table to the page's end, below its last row.
    end = max((cell.box.bottom for cell in filled), default=above.box.bottom)
    return (bottom - end) / find_pitch([cell.lines for cell in filled]) if filled else 0.0
