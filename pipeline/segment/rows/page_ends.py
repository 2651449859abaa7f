"""Learn how the program of an annex ends pages: whether it keeps rows whole or cuts them."""

from collections.abc import Sequence
from math import log
from statistics import median

from msgspec import Struct

from pipeline.model import Grid, TableRow
from pipeline.model.log_odds import probability

_UNKNOWN = -1.0  # log-odds; judgement: pieces end more often between rows than inside one
_WHOLE_ROWS = -4.0  # log-odds; judgement: a program that once left so much room keeps rows whole
_KEPT_WHOLE = 4.0  # lines; judgement: widow and orphan control leaves two or three
_FILLED = 1.0  # lines; judgement: a page with less room below a table is filled to its last line
# Log-odds that a program cuts rows, before any page's end is seen; judgement: three in ten.
_CUTS = log(0.3 / 0.7)
# Log-odds of the same where a row was cut; judgement: one higher than a page is cut by any program.
_CUT_ONE = log(0.7 / 0.3)


class PageEnd(Struct, frozen=True):
    """The end of a page behind which a table goes on."""

    room: float
    """Lines left free below the table."""
    height: int
    """Lines of the first row on the next page."""
    is_cut: bool = False
    """The last row surely goes on behind it."""
    is_open: bool = False
    """A ruling is missing above or below it."""


class PageEnds(Struct, frozen=True):
    """What the ends of an annex's pages have shown about its program."""

    keeps: bool = False
    """It keeps rows whole."""
    cuts: float | None = None
    """Log-odds that it cuts rows; None: nothing has shown it."""
    open_cuts: int = 0
    """How many rows it surely cut, if a ruling is missing at each cut."""

    @staticmethod
    def learn(ends: Sequence[PageEnd]) -> "PageEnds":
        """Learn from the ends of pages.

        A program that keeps rows whole leaves, below a table, any room in which the next row does
        not fit. One that cuts rows fills each page.

        Args:
            ends: All of them. The lowest one only shows where pages end.
        """
        cuts = [end for end in ends if end.is_cut]
        open_cuts = len(cuts) if all(end.is_open for end in cuts) else 0
        if any(end.room > _KEPT_WHOLE for end in ends):
            return PageEnds(keeps=not cuts, open_cuts=open_cuts)
        if cuts:
            return PageEnds(cuts=_CUT_ONE, open_cuts=open_cuts)
        others = sorted(ends, key=lambda end: end.room)[1:]
        odds = sum(log(max(1, end.height)) for end in others if end.room <= _FILLED)
        return PageEnds(cuts=_CUTS + odds) if odds else PageEnds()

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

    def weigh_closed_edge(self) -> float:
        """Weigh that no ruling is missing at a page's end: the log-odds that a row is cut there.

        By Laplace's rule of succession. A program that rules all cuts shows nothing by a ruling.
        """
        return -log(self.open_cuts + 2) if self.open_cuts else 0.0


def count_lines(row: TableRow) -> int:
    """How many lines a row is high."""
    return max(len(field.lines) for field in row.fields)


def count_free_lines(above: Grid, bottom: float) -> float:
    """How many lines would have fitted below a piece.

    Args:
        above: The piece.
        bottom: The y where the lowest piece of the annex ends on pages of this height, in points.
    """
    filled = [cell for cell in above.cells if cell.lines]
    heights = [line.bottom - line.top for cell in filled for line in cell.lines]
    # Some programs draw the sides of a table to the page's end, below its last row.
    end = max((cell.box.bottom for cell in filled), default=above.box.bottom)
    return (bottom - end) / median(heights) if any(heights) else 0.0
