"""Drawn tables whose texts bear marks, in the looks of many programs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from . import inline_marks
from .drawn import Lines, Press, Style, draw_style
from .inline_marks import PRINTED
from .mark_strokes import PAINTS, Painted, Span
from .marks import Mark, Text, register_font, text_width, write_pages
from .model import Annex
from .sheet import column_widths

_GOES_ON = "\ue0ff"
"""Beside a sign: the mark goes on over the line end."""
_ROOMY = 1.6
"""Em between lines with emphasis dots above them."""


def lay_out(annex: Annex, rng: Random, path: Path) -> str:
    """Draw the annex to a PDF; returns what the layout is like."""
    style = _make_room(draw_style(rng, annex), annex)
    register_font(style.font)
    underlines = [place for place, look in enumerate(PRINTED) if look.kind == "underline"]
    press = _MarkedPress(style, rng.choice(underlines) if rng.random() < 0.3 else None)
    for table in annex.tables:
        press.put_table(table, column_widths(rng, table, style.sheet))
    pages = [list(_draw_marks(page, style)) for page in press.numbered_pages()]
    write_pages(path, style.sheet.width, style.sheet.height, pages)
    return f"marked {style}"


def _make_room(style: Style, annex: Annex) -> Style:
    emphasised = any(
        inline_marks.has_kind(text, "emphasis", PRINTED)
        for table in annex.tables
        for row in table.rows
        for text in row
    )
    leading = max(style.leading, _ROOMY * style.sheet.size)
    return dataclasses.replace(style, leading=leading) if emphasised else style


class _MarkedPress(Press):
    """Lines keep the signs of their marks; a mark over a line end has signs on both lines."""

    def __init__(self, style: Style, header_look: int | None) -> None:
        super().__init__(style)
        self._header_look = header_look

    def wrapped(self, texts: Sequence[str], widths: Sequence[float]) -> list[Lines]:
        broken = super().wrapped(list(map(inline_marks.plain, texts)), widths)
        return [_sign_lines(text, lines) for text, lines in zip(texts, broken, strict=True)]

    def _put_header(self, header: list[Lines], widths: Sequence[float]) -> None:
        if self._header_look is not None:
            before, after = inline_marks.signs(self._header_look)
            header = [[(before + text + after, end) for text, end in cell] for cell in header]
        super()._put_header(header, widths)

    def _measure(self, text: str, size: float) -> float:
        return super()._measure(_bare(text), size)

    def _spacing(self, text: str, slack: float) -> float:
        return super()._spacing(_bare(text), slack)


def _bare(text: str) -> str:
    return inline_marks.plain(text).replace(_GOES_ON, "")


def _sign_lines(marked: str, lines: Lines) -> Lines:
    """Put the signs of a text back into its printed lines."""
    signed, place, opened = [], 0, None
    for text, ended in lines:
        parts = [] if opened is None else [inline_marks.signs(opened)[0] + _GOES_ON]
        left = len(text)
        while place < len(marked) and (left or inline_marks.closes(marked[place])):
            char, place = marked[place], place + 1
            number = inline_marks.look_number(char)
            if number is not None:
                opened = None if inline_marks.closes(char) else number
                parts.append(char)
            elif char == text[len(text) - left]:  # else white space that the line end took
                parts.append(char)
                left -= 1
        if opened is not None:
            parts.append(_GOES_ON + inline_marks.signs(opened)[1])
        signed.append(("".join(parts), ended))
    return signed


def _draw_marks(page: Sequence[Mark], style: Style) -> Iterator[Mark]:
    """The marks of a page; instead of signs what they stand for."""
    for mark in page:
        if isinstance(mark, Text) and mark.text != inline_marks.plain(mark.text):
            pieces = list(_cut_line(mark, style))
            yield from (piece for look, piece in pieces if look == "highlight")
            yield from (piece for look, piece in pieces if look != "highlight")
        else:
            yield mark


def _cut_line(line: Text, style: Style) -> Iterator[tuple[str, Mark]]:
    """The pieces of a line and what marks them, each with the kind of its mark."""
    x, look = line.x, None
    for part in inline_marks.split_signs(line.text):
        number = inline_marks.look_number(part)
        if number is not None:
            look = None if inline_marks.closes(part) else PRINTED[number]
            continue
        bare = _bare(part)
        if look is not None and bare:
            back, on = part.startswith(_GOES_ON), part.endswith(_GOES_ON)
            span = Span(x, line.baseline, bare, line.font, line.size, line.spacing,
                        style.leading, back, on)  # fmt: skip
            yield look.kind, Painted(span, PAINTS[look.html])
        if bare and (look is None or look.kind != "colour"):
            yield "", Text(x, line.baseline, bare, line.font, line.size, line.spacing)
        x += text_width(bare, line.font, line.size) + line.spacing * len(bare)
