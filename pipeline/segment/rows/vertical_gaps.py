"""Find the white space that runs across columns: records that no ruling separates end there."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.model import Line


class Gap(Struct, frozen=True):
    """White space across columns; y in points."""

    top: float
    bottom: float
    size: float = 0.0
    """Font size below it, in points."""
    furigana: float = 0.0
    """How much of it furigana and the room above the line below them take, in points."""

    @property
    def height(self) -> float:
        """Its white, in points, without furigana."""
        return self.bottom - self.top - self.furigana

    @property
    def middle(self) -> float:
        """Its y, in points."""
        return (self.top + self.bottom) / 2


def find_gaps(
    lines: Sequence[Line], furigana: Sequence[Line] = (), overlap: float = 0.0
) -> list[Gap]:
    """Find the gaps between some lines of one page, from top to bottom.

    Args:
        lines: Those of all columns, in any order.
        furigana: Those of the page whose room is no gap.
        overlap: How far lines above and below a gap may reach into each other, in em.
    """
    ordered = sorted(lines, key=lambda line: line.top)
    gaps: list[Gap] = []
    bottom = ordered[0].bottom if ordered else 0.0
    for line in ordered[1:]:
        if line.top > bottom - overlap * line.size:
            inside = (
                own.top
                for own in furigana
                if own.page == line.page and bottom < own.middle < line.top
            )
            gaps.append(Gap(bottom, line.top, line.size, line.top - min(inside, default=line.top)))
        bottom = max(bottom, line.bottom)
    return gaps
