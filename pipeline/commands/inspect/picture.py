"""Draws the decisions about a page over its rendering."""

from collections.abc import Iterator

from PIL.Image import Image

from pipeline.commands.inspect.legend import LEGEND_HEIGHT, TITLE_HEIGHT, draw_legend, draw_title
from pipeline.commands.inspect.page_view import (
    FURNITURE,
    HEADER,
    RUBY,
    UNPLACED,
    Join,
    Mark,
    PageView,
    Piece,
    RecordMark,
)
from pipeline.commands.inspect.palette import CELL, INK, JOINED, OPEN, PAPER, pale, strong, tint
from pipeline.commands.inspect.sheet import Margins, Sheet, Spot
from pipeline.commands.rendering import Rendering

MARGINS = Margins(left=80, top=TITLE_HEIGHT, right=140, bottom=LEGEND_HEIGHT)
"""Pixels for the records' names, the page's name, the joins and the legend; judgement: as wide as
their longest texts."""
_GAP = 6
"""Pixels between a table and what is written beside it; judgement: apart, but clearly its own."""
_LEVELS = 4
"""Label heights above a table where its labels may stand, else below it; judgement: still near."""
_STEP = 8
"""Pixels by which a label is moved aside to find room, half of it up or down; judgement: half a
letter."""


def draw_page(rendering: Rendering, view: PageView) -> Image:
    """Draw the decisions about a page over the page.

    Returns:
        The page at its scale, turned upright and straightened, inside MARGINS.
    """
    sheet = Sheet(rendering.upright(view.turn).straightened(view.warp), MARGINS)
    for mark in view.parts:
        sheet.tint(sheet.to_pixels(mark.box), tint(mark.kind))
    for piece in view.pieces:
        _draw_cells(sheet, piece)
    for mark in view.lines:
        _draw_line(sheet, mark)
    for piece in view.pieces:
        _draw_heads(sheet, piece)
        for record in piece.records:
            _draw_record(sheet, record)
        _draw_joins(sheet, piece)
    draw_title(sheet, view, MARGINS.left)
    draw_legend(sheet, view, MARGINS.left)
    return sheet.image


def _draw_cells(sheet: Sheet, piece: Piece) -> None:
    for cell in piece.cells:
        sheet.outline(sheet.to_pixels(cell), CELL)
    if not piece.heads:
        sheet.outline(sheet.to_pixels(piece.box), CELL, 3)
    for edge in piece.open_edges:
        left, top, right, bottom = sheet.to_pixels(edge)
        sheet.dashes((left, top), (right, bottom), OPEN)


def _draw_line(sheet: Sheet, mark: Mark) -> None:
    rect = sheet.to_pixels(mark.box)
    if mark.kind in (HEADER, FURNITURE, RUBY, UNPLACED):  # other lines stand in tinted fields
        sheet.tint(rect, tint(mark.kind))
    sheet.outline(rect, pale(strong(mark.kind)))
    sheet.reserve(rect)


def _draw_heads(sheet: Sheet, piece: Piece) -> None:
    """Write the role of each column above the table or, if there is no room, below it."""
    for head in piece.heads:
        sheet.label(head.kind, _head_spots(sheet, head), PAPER, strong(head.kind))


def _head_spots(sheet: Sheet, head: Mark) -> Iterator[Spot]:
    left, top, right, bottom = sheet.to_pixels(head.box)
    width, height = sheet.measure(head.kind)
    above = range(top - height - 2, top - _LEVELS * height, -_STEP // 2)
    below = range(bottom + 2, bottom + _LEVELS * height, _STEP // 2)
    for y in (*above, *below):
        for x in (*range(left, max(right - width, left) + 1, _STEP), right - width):
            yield x, y


def _draw_record(sheet: Sheet, record: RecordMark) -> None:
    """Draw a bracket left of a record, open where the record continues, and the record's name."""
    left, top, _, bottom = sheet.to_pixels(record.box)
    x, top, bottom = left - _GAP, top + 2, bottom - 2
    color = JOINED if record.open_top or record.open_bottom else INK
    sheet.line([(x, top), (x, bottom)], color, 2)
    if not record.open_top:
        sheet.line([(x, top), (left - 1, top)], color, 2)
    if not record.open_bottom:
        sheet.line([(x, bottom), (left - 1, bottom)], color, 2)
    width, _ = sheet.measure(record.label)
    sheet.label(record.label, [(x - 2 - width, top - 3), (0, top - 3)], color)


def _draw_joins(sheet: Sheet, piece: Piece) -> None:
    """Write right of the table's ends from which page it comes and on which page it continues."""
    _, top, right, bottom = sheet.to_pixels(piece.box)
    x = right + _GAP
    if piece.before is not None:
        _draw_join(sheet, piece.before, f"from p. {piece.before.page}", (x, top))
    if piece.after is not None:
        _, height = sheet.measure(_outcome(piece.after))
        _, more = sheet.measure("")
        text = f"to p. {piece.after.page}"
        _draw_join(sheet, piece.after, text, (x, bottom - height - more))


def _draw_join(sheet: Sheet, join: Join, text: str, spot: Spot) -> None:
    x, y = spot
    color = INK if join.certainty is None else JOINED
    sheet.arrow((x + _GAP, y + 16), color)
    sheet.label(f"{text}\n{_outcome(join)}", [(x + 2 * _GAP, y)], color)


def _outcome(join: Join) -> str:
    if join.certainty is not None:
        return f"same record {join.certainty:.3f}"
    return "new record,\nshared cell" if join.shares_cell else "new record"
