"""Values set flush right: `初診料　　288点`, one below the other.

A value stands at the cell's edge because of a tab, and its author ended the line. So the line is
only as full as what stands before the value.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pipeline.model import Line
from pipeline.vocabulary.line_marks import is_mark

_AT_EDGE = 0.5  # em; judgement: half a character, as ） and 。 at the edge may be set
# Em of white space before a value; judgement: authors type one space, a tab leaves two at least.
_SET_APART = 2.0
_MOST_WIDTH = 0.5  # share of the column's width; judgement: what is longer is running text
_SPACE = 1.0  # em; standard: an ideographic space
# Em of white space before a value whose like stand flush right; judgement: a tab moves on by less
# than a space where the label is long.
_LEAST_WHITE = 0.5
# Em; judgement: justification makes the spaces of a line differ by less.
_WIDER_THAN_OTHERS = 1.0
# White space, or the dots of a leader: 初診料……………288点.
_WHITE = re.compile(r"(?<=\S)(?:\s*[.・…‥]{3,}\s*|\s+)(?=\S)")
_WHITE_SIGNS = (" ", "\u3000", "…", "‥", "...", "・・・")
_NUMBER = re.compile(r"[\d０-９][\d０-９,，.．]*")


class _Value(Struct, frozen=True):
    """The piece of a line behind its last wide white space."""

    white: float
    """The width of that white space beyond the line's rhythm, in em."""
    width: float
    """The width of the piece, in em."""
    shape: str
    """The piece without its number: 点 for 1,654点; "" if it has none."""
    alone: bool
    """It is all of the line: a tab moved it down, as the line above was full."""
    tabbed: bool
    """The white space is so much wider than all others of the line that a tab made it."""


class FlushValues:
    """The values of a column that are set flush right."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Find the values.

        Args:
            lines: All lines of the column, at least one.
        """
        self._left, self._reach = min(li.x0 for li in lines), max(li.x1 for li in lines)
        found = ((line, _find_value(line, self._left)) for line in lines)
        values = [(line, value) for line, value in found if value and self._is_short(line, value)]
        self._tabs = _find_right_tabs(values)
        self._values = {line: value for line, value in values if self._is_flush(line)}
        self.none = not self._values
        """The column has no such value."""
        self._shapes = {value.shape for value in self._values.values() if value.tabbed} - {""}

    def unfilled(self, line: Line) -> float:
        """The room on a line that no running text takes, in points; 0: no value stands on it."""
        value = self._values.get(line)
        if value is None:
            return 0.0
        if value.shape in self._shapes:
            return (value.white + value.width) * line.size
        # Justification may have made a single wide space: then the next unit does not fit either.
        return (value.white - _SPACE) * line.size if value.tabbed else 0.0

    def moved_down(self, line: Line) -> float:
        """The room that a value alone on its line had needed on the line above, in points.

        0: the line is no such value.
        """
        value = self._values.get(line)
        if value is None or not value.alone or value.shape not in self._shapes:
            return 0.0
        return (_SPACE + value.width) * line.size + self._reach - line.x1

    def _is_short(self, line: Line, value: _Value) -> bool:
        return value.width * line.size < _MOST_WIDTH * (self._reach - self._left)

    def _is_flush(self, line: Line) -> bool:
        """Whether a line ends at the right edge, or where others with a value end."""
        at_edge = self._reach - line.x1 < _AT_EDGE * line.size
        return at_edge or not self._tabs.isdisjoint(_near(line.x1))


def _find_value(line: Line, left: float) -> _Value | None:
    """Find the value of a line; what is more than a space from the column's left may be one."""
    size, text = max(line.size, 1.0), line.text
    if line.edges[0] - left < _SET_APART * size and not any(map(text.__contains__, _WHITE_SIGNS)):
        return None  # true of most lines
    runs = [
        (
            match,
            line.edges[match.end()] - line.edges[match.start()] - line.gap * (len(match[0]) + 1),
        )
        for match in _WHITE.finditer(text)
    ]
    wide = [(match, width) for match, width in runs if width >= _LEAST_WHITE * size]
    if not wide:
        white, shape = line.x0 - left, _read_shape(text)
        if not shape or white < _SET_APART * size:
            return None
        return _Value(white / size, line.box.width / size, shape, alone=True, tabbed=False)
    match, white = wide[-1]
    others = max((width for run, width in runs if run is not match), default=0.0)
    tabbed = white >= _SET_APART * size and white - others >= _WIDER_THAN_OTHERS * size
    # Behind a list mark, text fills the line.
    tabbed = tabbed and not is_mark(text[: match.start()].lstrip())
    width = (line.x1 - line.edges[match.end()]) / size
    return _Value(white / size, width, _read_shape(text[match.end() :]), alone=False, tabbed=tabbed)


def _read_shape(piece: str) -> str:
    """A piece without its number; "" if it has none."""
    shape = _NUMBER.sub("", piece)
    return "" if shape == piece else shape


def _find_right_tabs(values: Iterable[tuple[Line, _Value]]) -> set[int]:
    """The places, in whole points, where values of different widths end alike."""
    widths: dict[int, set[int]] = defaultdict(set)
    for line, value in values:
        for place in _near(line.x1) if value.tabbed else ():
            widths[place].add(round(value.width * line.size))
    return {place for place, found in widths.items() if len(found) > 1}


def _near(x: float) -> tuple[int, int]:
    """The whole points on both sides of a place."""
    return int(x), int(x) + 1
