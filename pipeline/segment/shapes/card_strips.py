"""Part the pages on which cards stand in strips side by side: two sheets, or two columns."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model import Grid, Page
from pipeline.segment.shapes.label_rows import read_label_piece
from pipeline.segment.shapes.label_tables import first_number
from pipeline.segment.sheets.side_by_side import find_seams, find_strips
from pipeline.vocabulary.header_roles import HeaderRoles


def part_card_strips(page: Page, roles: HeaderRoles) -> list[Page]:
    """Make each strip of cards a page of its own, the left one first.

    The numbers of the cards have to rise down each strip, and from one strip to the next. Else the
    cards may be read from side to side.

    Returns:
        The page itself, alone, where it has one strip or no such numbers.
    """
    strips = find_strips(page.grids)
    numbers = [list(_read_numbers(strip, roles)) for strip in strips] if len(strips) > 1 else []
    rising = [number for own in numbers for number in own]
    if not numbers or not all(numbers) or any(a >= b for a, b in pairwise(rising)):
        return [page]
    seams, top = find_seams(strips), min(grid.box.top for grid in page.grids)
    places = [0 if line.middle < top else bisect_right(seams, line.x0) for line in page.loose_lines]
    return [
        replace(
            page,
            grids=tuple(strip),
            loose_lines=tuple(
                line for line, at in zip(page.loose_lines, places, strict=True) if at == place
            ),
        )
        for place, strip in enumerate(strips)
    ]


def _read_numbers(strip: Sequence[Grid], roles: HeaderRoles) -> Iterator[int]:
    """The numbers of the whole cards of a strip."""
    for grid in strip:
        piece = read_label_piece(grid, roles, None)
        number = first_number(piece.events) if piece is not None and piece.is_strong else None
        if number is not None:
            yield number
