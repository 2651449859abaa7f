"""Draws the title and the legend of a picture."""

from collections.abc import Callable, Iterator

from pipeline.commands.inspect.page_view import EXTRA, FURNITURE, HEADER, RUBY, UNPLACED, PageView
from pipeline.commands.inspect.palette import (
    CELL,
    INK,
    JOINED,
    OPEN,
    PAPER,
    Color,
    pale,
    strong,
    tint,
)
from pipeline.commands.inspect.sheet import Rect, Sheet
from pipeline.model import ROLES

# Pixels; judgement: large enough to read, small beside the page.
LEGEND_HEIGHT = 86
TITLE_HEIGHT = 30
_ROW = 24
_SAMPLE = (22, 14)
_BETWEEN = 14

_Sample = Callable[[Sheet, Rect], None]

_LINES = {
    HEADER: "header line",
    FURNITURE: "line beside the tables",
    RUBY: "furigana",
    UNPLACED: "line that is nowhere",
}


def draw_title(sheet: Sheet, view: PageView, left: int) -> None:
    """Write above the page its name and the codes of its issues."""
    words = [view.annex] if view.annex.isascii() else []  # the font has Latin letters only
    words.append(f"page {view.number} of {view.count}")
    if view.turn:
        words.append(f"turned upright ({view.turn} degrees)")
    if view.warp:
        words.append("straightened")
    if view.issues:
        words.append(f"look at: {', '.join(view.issues)}")
    sheet.label("   ".join(words), [(left, 5)], INK)


def draw_legend(sheet: Sheet, view: PageView, left: int) -> None:
    """Explain below the page what is drawn: one row each for roles, lines and tables."""
    top = sheet.image.height - LEGEND_HEIGHT + 8
    for row, samples in enumerate((_roles(view), _lines(view), _tables(view))):
        x, y = left, top + row * _ROW
        for text, draw in samples:
            sheet.fill((x, y, x + _SAMPLE[0] + 1, y + _SAMPLE[1] + 1), PAPER)
            draw(sheet, (x, y, x + _SAMPLE[0], y + _SAMPLE[1]))
            sheet.label(text, [(x + _SAMPLE[0] + 2, y - 3)], INK)
            x += _SAMPLE[0] + sheet.measure(text)[0] + _BETWEEN


def _roles(view: PageView) -> Iterator[tuple[str, _Sample]]:
    here = {head.kind for piece in view.pieces for head in piece.heads}
    for role in (*ROLES, EXTRA):
        if role in here:
            yield ("extra (no role)" if role == EXTRA else role), _filled(role)


def _lines(view: PageView) -> Iterator[tuple[str, _Sample]]:
    kinds = {mark.kind for mark in view.lines}
    if kinds - set(_LINES):
        yield "line of a field", _framed(pale(INK), 1)
    for kind, text in _LINES.items():
        if kind in kinds:
            yield text, _filled(kind)


def _tables(view: PageView) -> Iterator[tuple[str, _Sample]]:
    if view.pieces:
        yield "cell", _framed(CELL, 1)
    if any(not piece.heads for piece in view.pieces):
        yield "table without records", _framed(CELL, 3)
    if any(piece.open_edges for piece in view.pieces):
        yield "open edge", _dashed
    records = [record for piece in view.pieces for record in piece.records]
    if records:
        yield "record", _bracket(INK)
    if any(record.open_top or record.open_bottom for record in records):
        yield "record over a page's end (how sure)", _bracket(JOINED)


def _filled(kind: str) -> _Sample:
    def draw(sheet: Sheet, rect: Rect) -> None:
        sheet.tint(rect, tint(kind))
        sheet.outline(rect, strong(kind))

    return draw


def _framed(color: Color, width: int) -> _Sample:
    return lambda sheet, rect: sheet.outline(rect, color, width)


def _dashed(sheet: Sheet, rect: Rect) -> None:
    left, top, right, bottom = rect
    sheet.dashes((left, (top + bottom) // 2), (right, (top + bottom) // 2), OPEN)


def _bracket(color: Color) -> _Sample:
    def draw(sheet: Sheet, rect: Rect) -> None:
        _, top, right, bottom = rect
        sheet.line([(right - 6, top), (right - 12, top)], color, 2)
        sheet.line([(right - 12, top), (right - 12, bottom)], color, 2)
        sheet.line([(right - 12, bottom), (right - 6, bottom)], color, 2)

    return draw
