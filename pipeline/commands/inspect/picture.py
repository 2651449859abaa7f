"""One page's picture: what was decided, drawn over what it was decided on."""

from collections.abc import Iterator

from PIL.Image import Image

from pipeline.commands.inspect.legend import LEGEND_HEIGHT, TITLE_HEIGHT, draw_legend, draw_title
from pipeline.commands.inspect.page_view import (
    FURNITURE,
    HEADER,
    NOWHERE,
    RUBY,
    Entry,
    Join,
    Mark,
    PageView,
    Piece,
)
from pipeline.commands.inspect.palette import CELL, INK, JOINED, OPEN, PAPER, pale, strong, tint
from pipeline.commands.inspect.sheet import Margins, Sheet, Spot
from pipeline.commands.rendering import Rendering

MARGINS = Margins(left=80, top=TITLE_HEIGHT, right=140, bottom=LEGEND_HEIGHT)
"""Room for the records' names, the page's, the joins and the legend, in pixels."""
_GAP = 6  # pixels between a table and what is written beside it
_LEVELS = 4  # label heights above a table in which its labels may stand; else they go below it
_STEP = 8  # pixels by which a label is moved aside to find room; half of it up or down


def draw_page(rendering: Rendering, view: PageView) -> Image:
    """Draw what was decided over a page.

    Args:
        rendering: The page.
        view: The same page's decisions.

    Returns:
        The page at its scale, turned upright and straightened, inside MARGINS.
    """
    sheet = Sheet(rendering.upright(view.turn).straightened(view.warp), MARGINS)
    for mark in view.parts:
        sheet.tint(sheet.place(mark.box), tint(mark.kind))
    for piece in view.pieces:
        _draw_cells(sheet, piece)
    for mark in view.lines:
        _draw_line(sheet, mark)
    for piece in view.pieces:
        _draw_heads(sheet, piece)
        for entry in piece.entries:
            _draw_entry(sheet, entry)
        _draw_joins(sheet, piece)
    draw_title(sheet, view, MARGINS.left)
    draw_legend(sheet, view, MARGINS.left)
    return sheet.image


def _draw_cells(sheet: Sheet, piece: Piece) -> None:
    for cell in piece.cells:
        sheet.outline(sheet.place(cell), CELL)
    if not piece.heads:
        sheet.outline(sheet.place(piece.box), CELL, 3)
    for edge in piece.open_edges:
        left, top, right, bottom = sheet.place(edge)
        sheet.dashes((left, top), (right, bottom), OPEN)


def _draw_line(sheet: Sheet, mark: Mark) -> None:
    rect = sheet.place(mark.box)
    if mark.kind in (HEADER, FURNITURE, RUBY, NOWHERE):  # else the field is tinted
        sheet.tint(rect, tint(mark.kind))
    sheet.outline(rect, pale(strong(mark.kind)))
    sheet.reserve(rect)


def _draw_heads(sheet: Sheet, piece: Piece) -> None:
    """The role of each column, above the table or, where there is no room, below it."""
    for head in piece.heads:
        sheet.label(head.kind, _head_spots(sheet, head), PAPER, strong(head.kind))


def _head_spots(sheet: Sheet, head: Mark) -> Iterator[Spot]:
    left, top, right, bottom = sheet.place(head.box)
    width, height = sheet.measure(head.kind)
    above = range(top - height - 2, top - _LEVELS * height, -_STEP // 2)
    below = range(bottom + 2, bottom + _LEVELS * height, _STEP // 2)
    for y in (*above, *below):
        for x in (*range(left, max(right - width, left) + 1, _STEP), right - width):
            yield x, y


def _draw_entry(sheet: Sheet, entry: Entry) -> None:
    """A bracket left of a record, open where the record goes on, and its name."""
    left, top, _, bottom = sheet.place(entry.box)
    x, top, bottom = left - _GAP, top + 2, bottom - 2
    color = JOINED if entry.open_top or entry.open_bottom else INK
    sheet.line([(x, top), (x, bottom)], color, 2)
    if not entry.open_top:
        sheet.line([(x, top), (left - 1, top)], color, 2)
    if not entry.open_bottom:
        sheet.line([(x, bottom), (left - 1, bottom)], color, 2)
    width, _ = sheet.measure(entry.label)
    sheet.label(entry.label, [(x - 2 - width, top - 3), (0, top - 3)], color)


def _draw_joins(sheet: Sheet, piece: Piece) -> None:
    """Right of the table's ends: where it comes from, and where it goes on."""
    _, top, right, bottom = sheet.place(piece.box)
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
    return "new record,\nshared cell" if join.shared else "new record"
