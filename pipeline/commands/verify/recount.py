"""Reads the characters of a PDF with pdfplumber, the second parser, for the second count.

It uses nothing of besshi's interpreter, so it sees what that may have missed. (Objects, streams and
fonts are read by pdfminer in both: a glyph to which a font gives a wrong name is wrong in both.)

pdfplumber says which characters are drawn, and where. It does not say which are visible: it keeps
no rendering modes, opacity or clip paths (pdfminer's issue 414). They are noted here while its
interpreter runs, in the simplest way.

This is the only module that knows pdfplumber. It is imported only when a PDF is to be read.
"""

import io
import logging
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfplumber.page import PDFPageAggregatorWithMarkedContent, PDFPageInterpreter
from pdfplumber.utils import resolve, resolve_all

from pipeline.commands.verify.characters import Character

for library in ("pdfminer", "pdfplumber"):
    logging.getLogger(library).setLevel(logging.CRITICAL)  # besshi reports what matters itself

_Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1."""

_UNMAPPED = re.compile(r"\(cid:\d+\)|")
"""What pdfminer gives for a glyph without a Unicode value."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_STROKED_MODES = (1, 5)
"""Text rendering modes that stroke but do not fill; standard: PDF 32000-1, 9.3.6, table 106."""
_UNSEEN_MODES = (3, 7)
"""Text rendering modes that neither fill nor stroke; standard: as above."""
_SUBTRACTIVE = ("Separation", "DeviceN", "DeviceCMYK")
"""Colour spaces in which 0 is no ink (PDF 32000-1, 8.6)."""
_FAINT = 0.02
"""Distance of a colour from white, or opacity, up to which nothing is visible; judgement: half a
step of 5-bit colour."""
_EVERYWHERE: _Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))


def read_pages(data: bytes, left_out: Collection[int]) -> Iterator[tuple[int, list[Character]]]:
    """The characters of each page of a PDF, without white space, in the order of drawing.

    Args:
        data: The content of the PDF.
        left_out: The numbers of pages to leave out, from 1.

    Raises:
        Exception: pdfplumber cannot read the PDF; it raises many kinds of errors.
    """
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if number not in left_out:
                yield number, list(_read_page(pdf, page))
                page.close()  # else the page keeps its objects, and memory grows with every page


@dataclass(frozen=True, slots=True)
class _Look:
    """The graphics state that decides whether the next character is visible."""

    clip: _Rect = _EVERYWHERE
    fill: float = 1.0
    """Opacity."""
    stroke: float = 1.0
    """Opacity."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What pdfplumber does not keep about a character."""

    paints: bool
    """Whether it is visible."""
    up: tuple[int, int]
    """Direction to the line above, as (right, down) on the page; one of them is 0."""


def _read_page(pdf: Any, page: Any) -> Iterator[Character]:
    device = _Device(pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    _Interpreter(pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # the layout that pdfplumber's own device would make
    left, top, right, bottom = _crop(page.page_obj)
    over, down = page.mediabox[:2]
    for char, note in zip(page.chars, device.notes, strict=True):
        if (text := _text(char["text"])).isspace():
            continue
        x0, x1 = char["x0"] - over - left, char["x1"] - over - left
        y0, y1 = char["top"] - down - top, char["bottom"] - down - top
        on_page = 0 <= x0 + x1 <= 2 * (right - left) and 0 <= y0 + y1 <= 2 * (bottom - top)
        yield Character(text, x0, y0, x1, y1, note.paints and on_page, note.up)


def _text(text: str) -> str:
    """The text as besshi writes it: U+FFFD for a glyph to which the PDF gives no character."""
    return "\ufffd" if _UNMAPPED.fullmatch(text) else _CONTROL.sub("\ufffd", text)


def _crop(page: Any) -> _Rect:
    """The visible part of the paper, on the paper as displayed: left, top, right, bottom.

    pdfplumber's own crop box is wrong if a page is rotated and cropped unevenly.
    """
    (left, low, right, high), (x0, y0, x1, y1) = map(_sides, (page.mediabox, page.cropbox))
    x0, y0, x1, y1 = max(x0, left), max(y0, low), min(x1, right), min(y1, high)
    if x0 >= x1 or y0 >= y1:  # the crop box lies beside the paper
        x0, y0, x1, y1 = left, low, right, high
    return {
        90: (y0 - low, x0 - left, y1 - low, x1 - left),
        180: (right - x1, y0 - low, right - x0, y1 - low),
        270: (high - y1, right - x1, high - y0, right - x0),
    }.get(page.rotate, (x0 - left, high - y1, x1 - left, high - y0))


def _sides(box: Any) -> _Rect:
    """The sides of a box, which any two opposite corners may define (PDF 32000-1, 7.9.5)."""
    a, b, c, d = map(float, resolve_all(box))
    return min(a, c), min(b, d), max(a, c), max(b, d)


class _Interpreter(PDFPageInterpreter):
    """pdfplumber's interpreter, which also reports clip paths and opacity to its device."""

    device: "_Device"

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._kept: list[_Look] = []

    def do_q(self) -> None:
        super().do_q()
        self._kept.append(self.device.look)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._kept:
            self.device.look = self._kept.pop()

    def do_Do(self, name: Any) -> None:  # noqa: N802
        before = self.device.look
        super().do_Do(name)
        self.device.look = before

    def do_gs(self, name: Any) -> None:
        states = resolve(self.resources.get("ExtGState")) or {}
        state = resolve(states.get(getattr(name, "name", name))) or {}
        look = self.device.look
        fill, stroke = resolve(state.get("ca")), resolve(state.get("CA"))
        self.device.look = _Look(
            look.clip,
            float(fill) if isinstance(fill, int | float) else look.fill,
            float(stroke) if isinstance(stroke, int | float) else look.stroke,
        )

    def do_W(self) -> None:  # noqa: N802
        """Clip at once: strictly, the clip begins at the path-painting operator that follows."""
        if points := list(_points(self.curpath)):
            self.device.clip(_around(points, self.ctm))

    do_W_a = do_W  # noqa: N815


class _Device(PDFPageAggregatorWithMarkedContent):
    """pdfplumber's device, which also keeps a note on each character in `notes`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.look = _Look()
        self.notes: list[_Note] = []
        self._mode = 0
        self._fills: list[tuple[_Rect, bool]] = []
        """The filled boxes in order, and whether each was filled with another colour than white."""

    def clip(self, box: _Rect) -> None:
        """Restrict the clip to a box."""
        self.look = replace(self.look, clip=_overlap(self.look.clip, box))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Nothing of a form is painted outside its box (PDF 32000-1, 8.10.1)."""
        x0, y0, x1, y1 = _sides(bbox)
        corners = [(x0, y0), (x0, y1), (x1, y0), (x1, y1)]
        inside = [_apply(resolve_all(matrix), corner) for corner in corners]
        self.clip(_around(inside, self.ctm))
        super().begin_figure(name, bbox, matrix)

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        points = list(_points(path))
        if fill and points and self.look.fill > _FAINT:
            box = _overlap(self.look.clip, _around(points, self.ctm))
            self._fills.append((box, not _is_white(gstate.ncolor, gstate.ncs)))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_string(self, textstate: Any, *others: Any) -> None:
        self._mode = textstate.render
        super().render_string(textstate, *others)

    def render_char(self, matrix: Any, font: Any, *others: Any) -> float:
        advance: float = super().render_char(matrix, font, *others)
        box = self.cur_item._objs[-1].bbox
        self.notes.append(_Note(self._paints(box, others[-1]), _up(matrix, font.is_vertical())))
        return advance

    def _paints(self, box: _Rect, gstate: Any) -> bool:
        strokes = self._mode in _STROKED_MODES
        opacity = self.look.stroke if strokes else self.look.fill
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if self._mode in _UNSEEN_MODES or opacity <= _FAINT or not _contains(self.look.clip, x, y):
            return False
        color = (gstate.scolor, gstate.scs) if strokes else (gstate.ncolor, gstate.ncs)
        return not _is_white(*color) or self._is_dark(x, y)

    def _is_dark(self, x: float, y: float) -> bool:
        """Whether white ink is visible at a point: the last fill there is not white."""
        return next((dark for box, dark in reversed(self._fills) if _contains(box, x, y)), False)


def _up(matrix: Sequence[float], vertical: bool) -> tuple[int, int]:
    """Direction to the line above; in vertical writing that line is to the right."""
    x, y = matrix[:2] if vertical else matrix[2:4]
    if abs(x) > abs(y):
        return (1, 0) if x > 0 else (-1, 0)
    return (0, -1) if y > 0 else (0, 1)


def _is_white(color: Any, space: Any) -> bool:
    parts = color if isinstance(color, tuple | list) else (color,)
    name = getattr(space, "name", "")
    if name == "Indexed" or not all(isinstance(part, int | float) for part in parts):
        return False
    paper = 0 if name in _SUBTRACTIVE or len(parts) == 4 else 1
    return all(abs(part - paper) <= _FAINT for part in parts)


def _points(path: Sequence[Any]) -> Iterator[tuple[float, float]]:
    for _, *numbers in path:
        yield from zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True)


def _apply(matrix: Sequence[float], point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _around(points: Sequence[tuple[float, float]], matrix: Sequence[float]) -> _Rect:
    """The box around points that a matrix transforms."""
    xs, ys = zip(*(_apply(matrix, point) for point in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: _Rect, other: _Rect) -> _Rect:
    low = max(one[0], other[0]), max(one[1], other[1])
    return *low, min(one[2], other[2]), min(one[3], other[3])


def _contains(box: _Rect, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
