"""Read a header at the foot of a page, whose records begin on the next page."""

from collections.abc import Sequence

from pipeline.extract.tables.borderless.extent import build_region, fills_row_alone
from pipeline.extract.tables.borderless.header_candidates import (
    find_level_heights,
    find_row_heights,
)
from pipeline.extract.tables.borderless.regions import Columns, HeaderCandidate, Region
from pipeline.extract.tables.borderless.words import TextLine
from pipeline.extract.tables.rulings import Segment


def are_headings(
    header: HeaderCandidate, below: Sequence[TextLine], levels: Sequence[Segment], size: float
) -> bool:
    """Whether the lines below a header, if there are any, all stand alone between two rulings.

    Args:
        header: The last header of the page.
        below: The lines below it.
        levels: Horizontal rulings and the edges of stripes.
        size: The font size of the page's smaller text, in points.
    """
    if not below:
        return True
    heights = find_level_heights(levels, header.extent, size)
    return bool(heights) and all(
        line.middle < heights[-1] and fills_row_alone(line, below, heights, size) for line in below
    )


def build_region_at_foot(
    header: HeaderCandidate,
    columns: Columns | None,
    below: Sequence[TextLine],
    levels: Sequence[Segment],
    size: float,
) -> Region | None:
    """Build the table of a header at the foot of a page.

    Args:
        header: The last header of the page.
        columns: Those that the next page shows; None: they are not known yet.
        below: The headings below it.
        levels: Horizontal rulings and the edges of stripes.
        size: The font size of the page's smaller text, in points.
    """
    if columns is None:
        return None
    if not below:
        return Region(columns, (header.top, header.bottom), header.lines, ())
    heights = find_row_heights(levels, header, size)
    return build_region(header, columns, below, heights, size)
