"""pdfminer's own interpreter as the oracle of besshi's: glyph by glyph, shape by shape.

pdfminer follows neither clip paths nor text rendering modes nor transparency (its issue 414), and
leaves the character spacing behind a string out; they are added here as simply as can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTCurve, LTLine, LTRect
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, mult_matrix

Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points, y growing upwards."""

_UNSEEN_MODES = (3, 7)  # neither filled nor stroked (PDF 32000-1, 9.3.6, table 106)
_DINGBATS = {("ZapfDingbats", "n"): "■"}  # reportlab draws it for what its font lacks
_EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_SUBTRACTIVE = ("Separation", "DeviceN", "DeviceCMYK")  # 0 is no ink (PDF 32000-1, 8.6)
_WHITE = 0.02  # half a step of 5-bit colour


@dataclass(frozen=True, slots=True)
class PaintedGlyph:
    """A glyph as painted."""

    text: str
    box: Rect
    size: float
    """Extent across its line, in points."""
    direction: int
    """Where its line runs: 0 right, 90 down, 180 left, 270 up."""
    seen: bool
    """A rendering mode or a transparency that paints, and not clipped away."""
    color: tuple[float, ...]
    """Of its ink; () is white."""
    order: int
    """How many shapes were painted before it."""


@dataclass(frozen=True, slots=True)
class PaintedShape:
    """A straight line, a rectangle or any other path as painted."""

    kind: str
    """`line`, `rect` or `curve`."""
    points: tuple[tuple[float, float], ...]
    stroke: tuple[float, ...] | None
    """Colour of its outline, () is white; None: not stroked."""
    fill: tuple[float, ...] | None
    """Colour of its inside, () is white; None: not filled."""
    clip: Rect


@dataclass(slots=True)
class Painting:
    """All that one page paints."""

    glyphs: list[PaintedGlyph] = field(default_factory=list)
    shapes: list[PaintedShape] = field(default_factory=list)
    images: int = 0


def paint_pages(path: Path) -> list[Painting]:
    """What pdfminer says that each page of a PDF paints."""
    paintings = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            canvas = _Canvas(pdf.rsrcmgr)
            _Interpreter(pdf.rsrcmgr, canvas).process_page(page.page_obj)
            paintings.append(canvas.painting)
    return paintings


class _State(PDFGraphicState):
    """pdfminer's graphics state and what it leaves out of it."""

    clip: Rect = _EVERYWHERE
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0

    def copy(self) -> "_State":
        other = _State()
        other.__dict__.update(self.__dict__)
        return other


class _Interpreter(PDFPageInterpreter):
    """Keeps the clip path and the transparency; forms inherit them."""

    device: "_Canvas"
    graphicstate: _State

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.graphicstate = self.device.inherited.copy()

    def do_Do(self, name: Any) -> None:  # noqa: N802
        before = self.device.inherited
        self.device.inherited = self.graphicstate.copy()
        super().do_Do(name)
        self.device.inherited = before

    def do_EI(self, stream: Any) -> None:  # noqa: N802
        before = self.device.inherited
        self.device.inherited = self.graphicstate.copy()
        super().do_EI(stream)
        self.device.inherited = before

    def do_gs(self, name: Any) -> None:
        states = dict_value(dict_value(self.resources).get("ExtGState", {}))
        state = dict_value(states.get(literal_name(name), {}))
        for key, attribute in (("ca", "fill_alpha"), ("CA", "stroke_alpha")):
            value = resolve1(state.get(key))
            if isinstance(value, int | float):
                setattr(self.graphicstate, attribute, float(value))

    def do_W(self) -> None:  # noqa: N802
        """Cut the clip down to the path's box.

        The clip holds from the operator that ends the path on; that one paints inside it anyway.
        """
        numbers = [[float(number) for number in part[1:]] for part in self.curpath]
        points = [(x, y) for part in numbers for x, y in zip(part[::2], part[1::2], strict=True)]
        if points:
            box = _bounds([apply_matrix_pt(self.ctm, point) for point in points])
            self.graphicstate.clip = _overlap(self.graphicstate.clip, box)

    do_W_a = do_W  # noqa: N815


class _Canvas(PDFLayoutAnalyzer):
    """Collects what is painted instead of laying it out."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.painting = Painting()
        self.inherited = _State()
        self._outer: list[_State] = []
        self._mode = 0
        self._spacing = 0.0

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Nothing of a form is painted outside its box (PDF 32000-1, 8.10.1)."""
        self._outer.append(self.inherited)
        self.inherited = self.inherited.copy()
        box = apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox)
        self.inherited.clip = _overlap(self.inherited.clip, box)
        super().begin_figure(name, bbox, matrix)

    def end_figure(self, name: str) -> None:
        super().end_figure(name)
        self.inherited = self._outer.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Character spacing stands behind each glyph (PDF 32000-1, 9.4.4), not between them."""
        self._mode = textstate.render
        self._spacing = textstate.charspace * textstate.scaling * 0.01
        textstate.charspace, charspace = 0, textstate.charspace
        super().render_string(textstate, seq, ncs, graphicstate)
        textstate.charspace = charspace

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        advance: float = super().render_char(
            matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate
        )
        char = self.cur_item._objs.pop()
        self.painting.glyphs.append(self._glyph(char, font.is_vertical(), graphicstate))
        return advance + self._spacing

    def _glyph(self, char: Any, vertical: bool, state: _State) -> PaintedGlyph:
        direction = _direction(char.matrix, vertical)
        strokes = self._mode in (1, 5)
        alpha = state.stroke_alpha if strokes else state.fill_alpha
        color = _color(state.scolor, state.scs) if strokes else _color(state.ncolor, state.ncs)
        x0, y0, x1, y1 = char.bbox
        left, low, right, high = state.clip
        inside = left <= (x0 + x1) / 2 <= right and low <= (y0 + y1) / 2 <= high
        return PaintedGlyph(
            text=_DINGBATS.get((char.fontname, char.get_text()), char.get_text()),
            box=char.bbox,
            size=x1 - x0 if direction in (90, 270) else y1 - y0,
            direction=direction,
            seen=inside and self._mode not in _UNSEEN_MODES and alpha > _WHITE,
            color=color,
            order=len(self.painting.shapes),
        )

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        items, self.cur_item._objs[before:] = self.cur_item._objs[before:], []
        strokes = stroke and gstate.stroke_alpha > _WHITE
        fills = fill and gstate.fill_alpha > _WHITE
        for item in items:
            if isinstance(item, LTCurve):
                self.painting.shapes.append(
                    PaintedShape(
                        kind=_kind(item),
                        points=tuple(item.pts),
                        stroke=_color(gstate.scolor, gstate.scs) if strokes else None,
                        fill=_color(gstate.ncolor, gstate.ncs) if fills else None,
                        clip=gstate.clip,
                    )
                )

    def render_image(self, name: str, stream: Any) -> None:
        super().render_image(name, stream)
        self.cur_item._objs.pop()
        self.painting.images += 1
        x0, y0, x1, y1 = self.cur_item.bbox
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        clip = self._outer[-1].clip  # the figure around an image is no form
        unknown = (float("nan"),)
        self.painting.shapes.append(PaintedShape("image", corners, None, unknown, clip))


def _kind(item: LTCurve) -> str:
    if isinstance(item, LTRect):
        return "rect"
    return "line" if isinstance(item, LTLine) else "curve"


def _direction(matrix: Sequence[float], vertical: bool) -> int:
    """Where the line of a glyph runs on the page, as one of four."""
    a, b, c, d = matrix[:4]
    x, y = (-c, -d) if vertical else (a, b)  # y grows upwards here
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 90 if y < 0 else 270


def _color(color: Any, space: Any) -> tuple[float, ...]:
    """A colour's parts; () where it is white, (nan,) where it cannot be told."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return (float("nan"),)
    name = getattr(space, "name", "")
    if name == "Indexed":
        return (float("nan"),)
    paper = 0 if name in _SUBTRACTIVE or len(parts) == 4 else 1
    is_white = all(abs(part - paper) <= _WHITE for part in parts)
    return () if is_white else tuple(map(float, parts))


def _bounds(points: Sequence[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: Rect, other: Rect) -> Rect:
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip
