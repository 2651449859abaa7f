"""Keep the rulings that belong together: those that meet others, as the lines of a table do."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from pipeline.extract.ocr.layout.pixel_ruling import PixelRuling

MIN_FREE = 4.0  # em; judgement: the shortest ruling that meets no other, an underline; ―― is text
MEET = 0.4  # em; judgement: how far the end of a ruling may be from the ruling that it meets
TOUCH = 0.06  # em; judgement: a pixel at 200 dpi. Struck text keeps more white at its ends

_Rulings = Sequence[PixelRuling]


def keep_connected(horizontals: _Rulings, verticals: _Rulings, em: float) -> list[PixelRuling]:
    """Drop rulings that are short and have free ends: dashes, crosses, strokes of 不正 in a row.

    The end of a page leaves rows open, so their verticals need to meet only one ruling.
    """
    tall = [ruling for ruling in verticals if ruling.bottom - ruling.top >= MIN_FREE * em]
    rows = _keep_rows(horizontals, verticals, tall, em)
    columns = _keep_columns(verticals, horizontals, tall, rows, em)
    return [*_bridge_covered(rows, columns, em), *columns]


def _keep_rows(
    horizontals: _Rulings, verticals: _Rulings, tall: _Rulings, em: float
) -> list[PixelRuling]:
    """The horizontals that meet verticals, and those that begin or end as these do."""
    reach = MEET * em
    kept: list[PixelRuling] = []
    half_free: list[PixelRuling] = []
    for ruling in horizontals:
        ends = meets_at_ends(ruling, verticals, reach if ruling.is_certain else TOUCH * em)
        crossed = any(_crosses(ruling, vertical, reach) for vertical in verticals)
        # A stroke of に at one end of a row of strokes makes no ruling of them.
        sides = meets_at_ends(ruling, tall, reach)
        drawn = ruling.is_certain or crossed or any(sides)
        if ruling.is_underline:  # it ends near the sides of its cell; that of the next one goes on
            across = any(_crosses(ruling, vertical, reach, reach) for vertical in tall)
            parts = across and sides == meets_at_ends(ruling, tall, TOUCH * em + ruling.pitch)
            ruling = replace(ruling, is_underline=not parts)
        if all(ends) or (drawn and ruling.length >= MIN_FREE * em):
            kept.append(ruling)
        elif ruling.is_certain and any(ends):
            half_free.append(ruling)
    # At the open side of a table, rulings begin or end where others do.
    places = np.array([(ruling.x0, ruling.x1) for ruling in kept]).reshape(-1, 2)
    return kept + [r for r in half_free if (abs(places - (r.x0, r.x1)) < reach).any()]


def _bridge_covered(rows: _Rulings, columns: _Rulings, em: float) -> Iterator[PixelRuling]:
    """Join the pieces of a row that a fill covers in a cell: no row ends there."""
    left = sorted(rows, key=lambda r: -r.x0)
    while left:
        row = left.pop()
        behind = next((one for one in left[::-1] if _goes_on(row, one, columns, MEET * em)), None)
        if behind:
            left[left.index(behind)] = replace(row, x1=behind.x1)
        else:
            yield row


def _goes_on(row: PixelRuling, behind: PixelRuling, columns: _Rulings, reach: float) -> bool:
    """Whether two level pieces end at columns, but for the gap that they leave in a cell."""
    gap = replace(row, x0=row.x1, x1=behind.x0)
    if abs(row.top - behind.top) > 1 or gap.x0 >= gap.x1 or row.is_underline or behind.is_underline:
        return False
    (start, left), (right, end) = (meets_at_ends(r, columns, reach) for r in (row, behind))
    crossed = any(_crosses(gap, column, reach, -reach) for column in columns)
    return start and end and not (left and right) and not crossed


def _keep_columns(
    verticals: _Rulings, horizontals: _Rulings, tall: _Rulings, rows: _Rulings, em: float
) -> list[PixelRuling]:
    """The verticals that meet horizontals; of tall ones those that touch a row."""
    reach = MEET * em
    kept, sure = [], [ruling for ruling in tall if ruling.is_certain]
    for ruling in verticals:
        ends = meets_at_ends(ruling, horizontals, reach if ruling.is_certain else TOUCH * em)
        # Where rulings are tall, two short verticals are【 and 】; the columns of an open row go on
        # elsewhere, and strokes of a title right above a table do not.
        alone = not any(b.top < ruling.bottom and ruling.top < b.bottom for b in tall)
        alone = alone and (not tall or any(abs(b.x0 - ruling.x0) < reach for b in tall))
        # The brackets of (1), (2) and (3) below each other are tall, but meet no row.
        joined = not rows or any(_crosses(row, ruling, reach, reach) for row in rows)
        # Type may touch a column of an open row: it begins and ends as the others do.
        level = any(abs(ruling.top - r.top) + abs(ruling.bottom - r.bottom) < reach for r in sure)
        joined = joined and (level or any(ends))
        opened = alone and ruling.is_certain and any(meets_at_ends(ruling, rows, reach))
        # No column is narrower than type: what stands so near to a longer ruling and ends freely
        # is brackets, each of which begins a line of the cell.
        narrow = any(_stands_beside(ruling, r, em) for r in sure)
        narrow = narrow and not all(meets_at_ends(ruling, horizontals, TOUCH * em))
        if not narrow and ((ruling in tall and joined) or all(ends) or opened):
            kept.append(ruling)
    return kept


def _stands_beside(ruling: PixelRuling, other: PixelRuling, em: float) -> bool:
    """Whether an upright ruling is less than an em beside another one that goes on past it."""
    inside = other.top <= ruling.top and ruling.bottom <= other.bottom
    longer = other.length > ruling.length + em
    return inside and longer and 0 < abs(other.x0 - ruling.x0) < em


def add_pressed(kept: _Rulings, pressed: _Rulings, em: float) -> list[PixelRuling]:
    """Add unbroken lines that type touches on both sides, if they are rulings.

    In tight cells they look like the strokes of a row of type, or like a strike-through. But
    neither of these ends in two other rulings.
    """
    found = list(kept)
    for line in pressed:
        across = [ruling for ruling in found if ruling.is_horizontal != line.is_horizontal]
        if line not in kept and all(meets_at_ends(line, across, max(TOUCH * em, 1))):
            found.append(line)
    return found


def _crosses(
    horizontal: PixelRuling, vertical: PixelRuling, reach: float, beyond: float = 0.0
) -> bool:
    """Whether a vertical comes near a horizontal, not farther than `beyond` from its ends."""
    inside = horizontal.x0 - beyond < vertical.x0 and vertical.x1 < horizontal.x1 + beyond
    return inside and vertical.top - reach < horizontal.top < vertical.bottom + reach


def meets_at_ends(ruling: PixelRuling, others: _Rulings, reach: float) -> list[bool]:
    """Whether a ruling meets another ruling at its start, and at its end."""
    x, y = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    level, upright = ((ruling.x0, y), (ruling.x1, y)), ((x, ruling.top), (x, ruling.bottom))
    ends = level if ruling.is_horizontal else upright
    near = [(r.x0 - reach, r.x1 + reach, r.top - reach, r.bottom + reach) for r in others]
    return [any(a <= x <= b and c <= y <= d for a, b, c, d in near) for x, y in ends]
