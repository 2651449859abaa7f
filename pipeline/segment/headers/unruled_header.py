"""Part a header from the record below it where no ruling stands between them."""

from msgspec.structs import replace

from pipeline.model import TEXT_ROLES, Grid, remove_white_space
from pipeline.segment.headers.header_rows import assign_roles
from pipeline.segment.headers.repeated_header import LEAST_REPEATED
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD


def rule_header(grid: Grid, roles: HeaderRoles) -> Grid:
    """Rule the header off where it stands in the cells of the first record: 改正後 above 第１条.

    Returns:
        The grid with one row more; the grid itself where the first lines of its first row do not
        all name roles, two at least and one of them a text.
    """
    top = grid.row(0)
    texts = [remove_white_space(cell.lines[0].text) if cell.lines else "" for cell in top]
    if not any(roles.is_prose(cell.text) for cell in top) or any(map(roles.is_prose, texts)):
        return grid
    matches = [roles.match(text, ENDS_IN_WORD) for text in texts]
    if None in matches:
        return grid
    named = {role for role in assign_roles(matches) if role is not None}
    bottom = max(cell.lines[0].bottom for cell in top if cell.lines)
    below = min(line.top for cell in top for line in cell.lines[1:])
    if len(named) < LEAST_REPEATED or not named & TEXT_ROLES or below < bottom:
        return grid
    edge = (bottom + below) / 2
    heads = (
        replace(c, box=replace(c.box, bottom=edge), lines=c.lines[:1], row_span=1) for c in top
    )
    bodies = (replace(c, row=1, box=replace(c.box, top=edge), lines=c.lines[1:]) for c in top)
    others = (replace(c, row=c.row + 1) for c in grid.cells if c.row)
    edges = (grid.row_edges[0], edge, *grid.row_edges[1:])
    return replace(grid, row_edges=edges, cells=(*heads, *bodies, *others))
