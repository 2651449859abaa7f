"""pdfplumber's interpreter and device, with a note of what they keep nothing of.

pdfplumber says which characters are drawn and where. It does not say which of them paint: of
rendering modes, opacity, clip paths and layers it keeps nothing (pdfminer's issue 414), and of what
lies over what neither. A note of these is taken beside its interpreter, as simply as can be.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pdfplumber.page import PDFPageAggregatorWithMarkedContent, PDFPageInterpreter
from pdfplumber.utils import resolve, resolve_all

from pipeline.commands.verify.recount.geometry import (
    EVERYWHERE,
    Rect,
    apply,
    around,
    corners,
    find_up,
    holds,
    is_box,
    overlap,
    points,
    share,
    sides,
)
from pipeline.commands.verify.recount.layers import Layers
from pipeline.commands.verify.recount.spans import clean_text, decode_text, respell
from pipeline.extract.pdf.content.dingbats import is_dingbats, read_dingbat, read_sign
from pipeline.extract.pdf.content.predefined_cmaps import read_by_code

_STROKED_MODES = (1, 5)  # text rendering modes (PDF 32000-1, 9.3.6, table 106)
_OUTLINED_MODES = (2, 6)  # they fill as well
_UNSEEN_MODES = (3, 7)  # neither filled nor stroked
_CLIPPING_MODE = 4  # and those above it cut down what is painted later
_SUBTRACTIVE = ("Separation", "DeviceN", "DeviceCMYK")  # 0 is no ink (PDF 32000-1, 8.6)
_FAINT = 0.02  # half a step of 5-bit colour; opacity too
_PALE = 0.06  # by which ink may be off white, and not be read on white
_SLANT = 0.15  # slope of a line that runs neither along nor across the page
_COVERED = 0.5  # share of a character of which nobody reads the rest


class Look(Struct, frozen=True):
    """What decides whether the next character or area paints."""

    clip: Rect = EVERYWHERE
    clips_to_box: bool = True
    fill: float = 1.0
    """Opacity."""
    stroke: float = 1.0
    """Opacity."""
    blends: bool = False
    """It is mixed with what lies below."""
    around: float = 1.0
    """The opacity of the transparency group being painted."""
    mixes: bool = False
    """That group is mixed with what lies below."""
    through: tuple[int, ...] = ()
    """The characters to which what paints is cut down."""


class Note(Struct, frozen=True):
    """What is noted of a character."""

    paints: bool
    up: tuple[int, int]
    """Towards the line above: right and down on the page, one of them 0."""
    overlaid: bool
    """Its line runs neither along nor across the page, or it is of a rubber stamp."""
    box: Rect
    """On the paper, y growing upwards."""


class _Area(Struct, frozen=True):
    """A filled path, an image or a gradient."""

    box: Rect
    dark: bool
    """Its ink is not pale."""
    covers: bool
    """Nothing shines through."""
    before: int
    """How many characters were drawn before it."""


class Interpreter(PDFPageInterpreter):
    """pdfplumber's, which tells its device of clip paths, opacity and layers."""

    device: "Device"

    def init_resources(self, resources: Any) -> None:
        super().init_resources(resources)
        self.fontmap = {name: read_by_code(font) for name, font in self.fontmap.items()}

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._kept: list[Look] = []

    def do_q(self) -> None:
        super().do_q()
        self._kept.append(self.device.look)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._kept:
            self.device.look = self._kept.pop()

    def do_Do(self, name: Any) -> None:  # noqa: N802
        stored = resolve(self.xobjmap.get(getattr(name, "name", name)))
        if self.device.layers.hide(getattr(stored, "attrs", {}).get("OC")):
            return
        before = look = self.device.look
        if isinstance(resolve(getattr(stored, "attrs", {}).get("Group")), dict):
            self.device.look = replace(look, stroke=look.fill, around=look.fill, mixes=look.blends)
        super().do_Do(name)
        self.device.look = before

    def do_sh(self, name: Any) -> None:
        """A gradient fills the clip."""
        if self.device.look.clip != EVERYWHERE:
            self.device.note_area(self.device.look.clip, dark=True, opaque=True)

    def do_BDC(self, tag: Any, properties: Any) -> None:  # noqa: N802
        super().do_BDC(tag, properties)
        named = resolve(self.resources.get("Properties")) or {}
        stored = named.get(getattr(properties, "name", None))
        is_layer = getattr(tag, "name", tag) == "OC"
        self.device.marked.append(is_layer and self.device.layers.hide(stored))
        given = resolve(stored) if stored is not None else properties
        self.device.begin_span(given.get("ActualText") if isinstance(given, dict) else None)

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        super().do_BMC(tag)
        self.device.marked.append(False)
        self.device.begin_span(None)

    def do_EMC(self) -> None:  # noqa: N802
        super().do_EMC()
        if self.device.marked:
            self.device.marked.pop()
            self.device.end_span()

    def do_gs(self, name: Any) -> None:
        states = resolve(self.resources.get("ExtGState")) or {}
        state = resolve(states.get(getattr(name, "name", name))) or {}
        look = self.device.look
        fill, stroke = resolve(state.get("ca")), resolve(state.get("CA"))
        self.device.look = replace(
            look,
            fill=fill * look.around if isinstance(fill, int | float) else look.fill,
            stroke=stroke * look.around if isinstance(stroke, int | float) else look.stroke,
            blends=_blends(state, look) if "BM" in state or "SMask" in state else look.blends,
        )

    def do_W(self) -> None:  # noqa: N802
        """The clip holds from the operator that ends the path on, which paints no text."""
        if found := list(points(self.curpath)):
            self.device.clip(around(found, self.ctm), is_box(self.curpath))

    do_W_a = do_W  # noqa: N815


class Device(PDFPageAggregatorWithMarkedContent):
    """pdfplumber's, with a note of each character in `notes`."""

    def __init__(self, manager: Any, layers: Layers, page_number: int) -> None:
        super().__init__(manager, pageno=page_number, laparams=None)
        self.layers = layers
        self.marked: list[bool] = []
        """For each open piece of marked content, whether its layer is off."""
        self.look = Look()
        self.stamps = False
        """A rubber stamp is being painted."""
        self.notes: list[Note] = []
        self.texts: list[str] = []
        """The text of each character."""
        self._spans: list[tuple[int, str]] = []
        self._mode = 0
        self._areas: list[_Area] = []

    def begin_span(self, actual: Any) -> None:
        """Note that a piece of marked content begins, and the text that it says it has."""
        given = resolve(actual)
        self._spans.append((len(self.texts), decode_text(given) if given else ""))

    def end_span(self) -> None:
        """Give the characters of a piece of marked content the text that it says they have."""
        begun, actual = self._spans.pop()
        if actual.strip("\u200b\u2060\ufeff \t\n"):
            self.texts[begun:] = respell(self.texts[begun:], actual)

    def clip(self, box: Rect, exact: bool) -> None:
        """Cut what paints down to a box, or to something inside of it."""
        kept = self.look.clips_to_box and exact
        self.look = replace(self.look, clip=overlap(self.look.clip, box), clips_to_box=kept)

    def note_area(self, box: Rect, dark: bool, opaque: bool) -> None:
        """Note that an area was filled."""
        if any(self.marked) or self.look.fill <= _FAINT:
            return
        for number in self.look.through:
            self.notes[number] = replace(
                self.notes[number], paints=self.notes[number].paints or dark
            )
        if self.look.through:
            return
        solid = self.look.clips_to_box and not self.look.blends and self.look.fill >= 1 - _FAINT
        inside = overlap(self.look.clip, box)
        self._areas.append(_Area(inside, dark, opaque and solid, len(self.notes)))

    def find_covered(self) -> Iterator[bool]:
        """For each character, whether an area that was painted later covers half of it."""
        areas = [area for area in self._areas if area.covers]
        for number, note in enumerate(self.notes):
            later = (area.box for area in areas if area.before > number)
            yield any(share(note.box, box) >= _COVERED for box in later)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Nothing of a form is painted outside its box (PDF 32000-1, 8.10.1)."""
        inside = [apply(resolve_all(matrix), corner) for corner in corners(sides(bbox))]
        self.clip(around(inside, self.ctm), exact=True)
        super().begin_figure(name, bbox, matrix)

    def render_image(self, name: str, stream: Any) -> None:
        masked = any(key in stream for key in ("ImageMask", "IM", "Mask", "SMask"))
        self.note_area(self.cur_item.bbox, dark=True, opaque=not masked)
        super().render_image(name, stream)

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        if fill and (found := list(points(path))):
            dark = not _is_pale(gstate.ncolor, gstate.ncs)
            self.note_area(around(found, self.ctm), dark, opaque=is_box(path))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_string(self, textstate: Any, *others: Any) -> None:
        self._mode = textstate.render
        super().render_string(textstate, *others)

    def render_char(self, matrix: Any, font: Any, *others: Any) -> float:
        advance: float = super().render_char(matrix, font, *others)
        item: Any = self.cur_item._objs[-1]
        has_codes = not font.is_multibyte() and not font.unicode_map
        name = str(getattr(font, "basefont", ""))
        dingbat = read_dingbat(others[3]) if has_codes and is_dingbats(name) else None
        self.texts.append(clean_text(dingbat or read_sign(name, item.get_text())))
        box = item.bbox
        along = matrix[2:4] if font.is_vertical() else matrix[:2]
        slanted = min(map(abs, along)) > _SLANT * max(map(abs, along))
        up, paints = find_up(matrix, font.is_vertical()), self._paints(box, others[-1])
        self.notes.append(Note(paints, up, slanted or self.stamps, box))
        if self._mode >= _CLIPPING_MODE:
            self.look = replace(self.look, through=(*self.look.through, len(self.notes) - 1))
        return advance

    def _paints(self, box: Rect, gstate: Any) -> bool:
        fill = gstate.ncolor, gstate.ncs
        strokes = self._mode in _STROKED_MODES
        strokes = strokes or (self._mode in _OUTLINED_MODES and _is_pale(*fill))
        opacity = self.look.stroke if strokes else self.look.fill
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if self._mode in _UNSEEN_MODES or opacity <= _FAINT or any(self.marked):
            return False
        if not holds(self.look.clip, x, y):
            return False
        color = (gstate.scolor, gstate.scs) if strokes else fill
        return not _is_pale(*color) or self._is_dark(x, y)

    def _is_dark(self, x: float, y: float) -> bool:
        """Whether pale ink stands out: what was filled last there is not pale."""
        areas = reversed(self._areas)
        return next((area.dark for area in areas if holds(area.box, x, y)), False)


def _blends(state: Any, look: Look) -> bool:
    mode, mask = resolve(state.get("BM")), resolve(state.get("SMask"))
    first = resolve(mode[0]) if isinstance(mode, list) and mode else mode
    names = (None, "Normal", "Compatible")
    masked = mask is not None and getattr(mask, "name", "") != "None"
    return look.mixes or masked or getattr(first, "name", first) not in names


def _is_pale(color: Any, space: Any) -> bool:
    parts = color if isinstance(color, tuple | list) else (color,)
    name = getattr(space, "name", "")
    if name == "Indexed" or not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) != getattr(space, "ncomponents", len(parts)):
        return False  # pdfminer keeps the colour before that of two spot inks
    paper = 0 if name in _SUBTRACTIVE or len(parts) == 4 else 1
    return all(abs(part - paper) <= _PALE for part in parts)
