"""How lines are spaced: the letter-spacing of their paragraph, and values set flush right.

Widths tell whose break it is only if they are those before the program stretched a line. The
letter-spacing that an author chose belongs to a paragraph, not to its column: its last line, which
no program stretches, has it too. A value set flush right (`初診料　　288点`) stands at the cell's
edge because of a tab, and says nothing of how full its line is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model import Line, Segmented
from pipeline.normalize.candidates import Candidate, ColumnKey
from pipeline.vocabulary.line_marks import is_mark

# Em that a line ends before the longest of its column, at least, if no program stretched it;
# judgement: one character, so that justification had nothing to fill.
_RAGGED = 1.0
# Em between two characters; judgement: authors space running text by less, evenly spread labels
# (均等割付) have more.
_MOST_TRACKING = 0.3
_AT_EDGE = 0.5  # em; judgement: half a character, as ） and 。 at the edge may be set
# Em of white space before a value; judgement: authors type one space, a tab leaves two at least.
_SET_APART = 2.0
_MOST_VALUE = 0.5  # share of the column's width; judgement: what is longer is running text
_SPACE = 1.0  # em; standard: an ideographic space
_WHITE = re.compile(r"(?<=\S)\s+(?=\S)")
_DIGITS = re.compile(r"[\d０-９][\d０-９,，.．]*")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the line before a candidate is spaced."""

    tracking: float
    """What the program adds between two characters of its paragraph, in points."""
    set_apart: float = 0.0
    """Room on the line that no text takes, because a value is set flush right, in points; 0: there
    is no such value."""


@dataclass(frozen=True, slots=True)
class _Value:
    """The last piece of a line, behind its widest white space."""

    white: float
    """The width of that white space beyond the line's rhythm, in em."""
    width: float
    """The width of the piece, in em."""
    shape: str
    """The piece without its digits: 点 for 1,654点; "" if it has none."""


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
        self._left, self._reach = min(li.x0 for li in lines), max(li.x1 for li in lines)
        self._tracking = self._usual_tracking(lines)
        self._following: dict[int, list[float]] = {}
        values = {line: value for line in lines if (value := _find_value(line))}
        self._values = {li: v for li, v in values.items() if self._is_flush(li, v)}
        self._shapes = {v.shape for v in self._values.values() if v.white >= _SET_APART} - {""}

    def rhythm(self, candidate: Candidate) -> Rhythm:
        """The rhythm of a candidate's line."""
        row, before = candidate.field[1], candidate.before
        if row not in self._following:
            self._following[row] = self._follow(self._fields[row])
        # A stretched line was set as the end of its paragraph is, and never wider than it stands.
        own = min(before.gap, self._following[row][candidate.index + 1])
        return Rhythm(max(self._tracking, own), self._set_apart(before))

    def _is_ragged(self, line: Line) -> bool:
        """Whether a line ends so early that no program stretched it."""
        return line.x1 < self._reach - _RAGGED * line.size and len(line.text) > 1

    def _usual_tracking(self, lines: Sequence[Line]) -> float:
        """What the program adds between two characters in most of the column, in points."""
        ends = [field[-1].gap for field in self._fields if field and self._is_ragged(field[-1])]
        if ends:
            return median(ends)
        narrowest = min((li for li in lines if len(li.text) > 1), key=_gap_in_em, default=lines[0])
        return narrowest.gap if _gap_in_em(narrowest) < _MOST_TRACKING else 0.0

    def _follow(self, lines: Sequence[Line]) -> list[float]:
        """For each line of a field the gap of the first ragged line from it on, in points."""
        gaps, gap = [], self._tracking
        for line in reversed(lines):
            gap = line.gap if self._is_ragged(line) else gap
            gaps.append(gap)
        return gaps[::-1]

    def _is_flush(self, line: Line, value: _Value) -> bool:
        """Whether a value stands at the right edge; behind a list mark, text fills the line."""
        full = (self._reach - self._left) / max(line.size, 1.0)
        return self._reach - line.x1 < _AT_EDGE * line.size and value.width < _MOST_VALUE * full

    def _set_apart(self, line: Line) -> float:
        value = self._values.get(line) if self._values else None
        if value is None:
            return 0.0
        if value.shape in self._shapes:
            return (value.white + value.width) * line.size
        return (value.white - _SPACE) * line.size if value.white >= _SET_APART else 0.0


def _gap_in_em(line: Line) -> float:
    return line.gap / max(line.size, 1.0)


def _find_value(line: Line) -> _Value | None:
    """Find the piece behind a white space of a line that is wider than all its others."""
    runs = [
        (line.edges[match.end()] - line.edges[match.start()], match)
        for match in _WHITE.finditer(line.text)
    ]
    if not runs:
        return None
    runs.sort(key=lambda run: run[0])
    (width, match), size = runs[-1], max(line.size, 1.0)
    others = runs[-2][0] if len(runs) > 1 else 0.0
    label, piece = line.text[: match.start()], line.text[match.end() :]
    white = (width - line.gap * (match.end() - match.start() + 1)) / size
    if white < _SPACE or width - others < _SPACE * size or is_mark(label.lstrip()):
        return None
    bare = _DIGITS.sub("", piece)
    shape = bare if bare != piece else ""
    return _Value(white, (line.x1 - line.edges[match.end()]) / size, shape)
