"""How lines are spaced: what was there before a program stretched them.

Widths tell whose break it is only if they are those before the program stretched a line. The
letter-spacing that an author chose belongs to a paragraph, not to its column: its last line, which
no program stretches, has it too.
"""

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from pipeline.model import Line, Segmented
from pipeline.normalize.line_ends.candidates import Candidate, ColumnKey
from pipeline.normalize.line_ends.flush_values import FlushValues

# Em that a line ends before the longest of its column, at least, if no program stretched it;
# judgement: one character, so that justification had nothing to fill.
_RAGGED = 1.0
# Em between two characters; judgement: authors space running text by less, evenly spread labels
# (均等割付) have more.
_MOST_TRACKING = 0.3
# Em; judgement: justification stretches lines of 20 characters by less, and each by another gap.
_ALIKE = 0.05


class Rhythm(Struct, frozen=True, gc=False):
    """How the line before a candidate is spaced."""

    tracking: float
    """What the program adds between two characters of its paragraph, in points."""
    unfilled: float = 0.0
    """Room on the line that no running text takes, because a value is set flush right behind it, in
    points; 0: there is no such value."""
    moved_down: float = 0.0
    """Room that the next line had needed on this one, in points, if it is a value that a tab moved
    down; 0: it is none."""
    unstretched: float | None = None
    """What it adds in the ends of the column's paragraphs, which no program stretches, in points;
    None: none ends early enough to tell."""
    rounding: float = 0.0
    """By how much more than that the gaps of such ends are rounded, in points."""
    spread: bool = False
    """The lines of the column are spread evenly from edge to edge (均等割付)."""


def measure_rhythms(segmented: Segmented, candidates: Sequence[Candidate]) -> list[Rhythm]:
    """Measure the rhythm of every candidate's line.

    Returns:
        One `Rhythm` for each candidate, in their order.
    """
    columns: dict[ColumnKey, _Column] = {}
    rhythms = []
    for candidate in candidates:
        key = candidate.column
        if key not in columns:
            rows = segmented.tables[key[0]].rows
            columns[key] = _Column([row.fields[key[1]].lines for row in rows])
        rhythms.append(columns[key].rhythm(candidate))
    return rhythms


class _Column:
    """The lines of a column."""

    def __init__(self, fields: Sequence[Sequence[Line]]) -> None:
        lines = [line for field in fields for line in field]
        self._fields = fields
        self._reach = max(line.x1 for line in lines)
        self._spread = self._is_spread(lines)
        self._unstretched = self._measure_ends()
        self._rounding = self._measure_rounding()
        self._tracking = self._usual_tracking(lines)
        self._usual = Rhythm(
            self._tracking,
            unstretched=self._unstretched,
            rounding=self._rounding,
            spread=self._spread,
        )
        self._following: dict[int, list[float]] = {}
        self._values = FlushValues(lines)

    def rhythm(self, candidate: Candidate) -> Rhythm:
        """The rhythm of a candidate's line."""
        if candidate.before.gap <= self._tracking and self._values.none:
            return self._usual  # true of most lines
        return Rhythm(
            tracking=max(self._tracking, self._letter_spacing(candidate)),
            unfilled=self._values.unfilled(candidate.before),
            moved_down=self._values.moved_down(candidate.after),
            unstretched=self._unstretched,
            rounding=self._rounding,
            spread=self._spread,
        )

    def _letter_spacing(self, candidate: Candidate) -> float:
        """What the author added between two characters of a paragraph, in points.

        A stretched line was set as the end of its paragraph is, or as a line beside it if both are
        spaced alike, and never wider than it stands.
        """
        row, index, before = candidate.field[1], candidate.index, candidate.before
        if row not in self._following:
            self._following[row] = self._follow(self._fields[row])
        own = min(before.gap, self._following[row][index + 1])
        if before.gap - self._tracking <= _ALIKE * before.size:
            return own
        beside = (candidate.after, *self._fields[row][max(index - 1, 0) : index])
        alike = [line.gap for line in beside if _are_alike(before, line)]
        return max(own, min(before.gap, *alike)) if alike else own

    def _is_ragged(self, line: Line) -> bool:
        """Whether a line ends so early that no program stretched it."""
        return line.x1 < self._reach - _RAGGED * line.size and len(line.text) > 1

    def _list_ends(self) -> list[Line]:
        """The last lines that no program stretched."""
        return [field[-1] for field in self._fields if field and self._is_ragged(field[-1])]

    def _measure_ends(self) -> float | None:
        ends = [line.gap for line in self._list_ends()]
        return median(ends) if ends else None

    def _measure_rounding(self) -> float:
        """How far gaps are rounded up, as on a sheet that is printed smaller, in points.

        More than justification's least stretch is the letter-spacing of a paragraph.
        """
        usual = self._unstretched or 0.0
        above = ((line.gap - usual, line.size) for line in self._list_ends())
        return max((gap for gap, size in above if 0 < gap <= _ALIKE * size), default=0.0)

    def _usual_tracking(self, lines: Sequence[Line]) -> float:
        """What the program adds between two characters in most of the column, in points."""
        if self._unstretched is not None or self._spread:
            return self._unstretched or 0.0
        gaps = [line.gap for line in lines if len(line.text) > 1]
        # Kerning draws a few short lines together, an author who condenses his type all of them.
        return max(min(gaps), min(0.0, median(gaps))) if gaps else 0.0

    def _is_spread(self, lines: Sequence[Line]) -> bool:
        """Whether all lines go from edge to edge, last ones with wide gaps: no paragraph's does."""
        if any(map(self._is_ragged, lines)):
            return False
        last = (field[-1] for field in self._fields if field)
        return any(line.gap > _MOST_TRACKING * line.size for line in last)

    def _follow(self, lines: Sequence[Line]) -> list[float]:
        """For each line of a field the gap of the first ragged line from it on, in points."""
        gaps, gap = [], self._tracking
        for line in reversed(lines):
            gap = line.gap if self._is_ragged(line) else gap
            gaps.append(gap)
        return gaps[::-1]


def _are_alike(line: Line, other: Line) -> bool:
    """Whether two lines are letter-spaced by the same gap."""
    size = max(line.size, 1.0)
    near = abs(line.gap - other.gap) < _ALIKE * size
    return near and min(len(line.text), len(other.text)) > 1 and line.gap < _MOST_TRACKING * size
