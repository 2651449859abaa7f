"""Operators that set the graphics state: PDF 32000-1, tables 57 and 74."""

from collections.abc import Callable
from functools import lru_cache, partial

from pipeline.extract.content.canvas import Canvas, multiply
from pipeline.extract.content.painting import Color
from pipeline.extract.content.resources import CMYK, GRAY, RGB, Space
from pipeline.extract.content.instructions import read_name, read_numbers

Operator = Callable[[Canvas, bytes], None]
"""Takes the canvas and its operands as they are written."""

WHITE = 0.02  # half a step of 5-bit colour; opacity too
_UNKNOWN: Color = (float("nan"),)


def _save(canvas: Canvas, operands: bytes) -> None:
    canvas.saved.append(vars(canvas.state).copy())


def _restore(canvas: Canvas, operands: bytes) -> None:
    if canvas.saved:
        canvas.state.__dict__ = canvas.saved.pop()


def _transform(canvas: Canvas, operands: bytes) -> None:
    a, b, c, d, e, f = read_numbers(operands, 6)
    canvas.state.matrix = multiply((a, b, c, d, e, f), canvas.state.matrix)


def _set_alphas(canvas: Canvas, operands: bytes) -> None:
    fill, stroke = canvas.resources.alphas(read_name(operands))
    if fill is not None:
        canvas.state.fill_alpha = fill
    if stroke is not None:
        canvas.state.stroke_alpha = stroke


def _set_fill_space(canvas: Canvas, operands: bytes) -> None:
    state = canvas.state
    state.fill_space = canvas.resources.spaces.get(read_name(operands), state.fill_space)


def _set_stroke_space(canvas: Canvas, operands: bytes) -> None:
    state = canvas.state
    state.stroke_space = canvas.resources.spaces.get(read_name(operands), state.stroke_space)


def _set_fill(space: Space, canvas: Canvas, operands: bytes) -> None:
    color = _read_color(operands, space.parts)
    if color is not None:
        canvas.state.fill, canvas.state.fill_space = color, space


def _set_stroke(space: Space, canvas: Canvas, operands: bytes) -> None:
    color = _read_color(operands, space.parts)
    if color is not None:
        canvas.state.stroke, canvas.state.stroke_space = color, space


def _set_fill_parts(canvas: Canvas, operands: bytes) -> None:
    color = _read_color(operands, canvas.state.fill_space.parts)
    canvas.state.fill = canvas.state.fill if color is None else color


def _set_stroke_parts(canvas: Canvas, operands: bytes) -> None:
    color = _read_color(operands, canvas.state.stroke_space.parts)
    canvas.state.stroke = canvas.state.stroke if color is None else color


@lru_cache(maxsize=1024)
def _read_color(operands: bytes, parts: int) -> Color | None:
    """A colour of so many parts; None where it lacks some, or has as many as no device shows."""
    if b"/" in operands:  # a pattern
        return _UNKNOWN
    color = tuple(read_numbers(operands, parts))
    return color if len(color) == parts and parts in (1, 3, 4) else None


@lru_cache(maxsize=1024)
def ink(color: Color, space: Space) -> Color:
    """A colour as it is painted; () where it is white, (nan,) where it cannot be told."""
    if space.indexed:
        return _UNKNOWN
    paper = 0 if space.subtractive or len(color) == 4 else 1
    return () if all(abs(part - paper) <= WHITE for part in color) else color


STATES: dict[bytes, Operator] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"gs": _set_alphas,
    b"cs": _set_fill_space,
    b"CS": _set_stroke_space,
    b"sc": _set_fill_parts,
    b"SC": _set_stroke_parts,
    b"scn": _set_fill_parts,
    b"SCN": _set_stroke_parts,
    b"g": partial(_set_fill, GRAY),
    b"G": partial(_set_stroke, GRAY),
    b"rg": partial(_set_fill, RGB),
    b"RG": partial(_set_stroke, RGB),
    b"k": partial(_set_fill, CMYK),
    b"K": partial(_set_stroke, CMYK),
}
