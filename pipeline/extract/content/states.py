"""Operators that set the graphics state: PDF 32000-1, tables 57 and 74."""

from collections.abc import Callable
from functools import lru_cache, partial

from pipeline.extract.content.canvas import Canvas, multiply
from pipeline.extract.content.painting import Color
from pipeline.extract.content.resources import CMYK, GRAY, RGB, Space
from pipeline.extract.content.tokens import read_name

Operator = Callable[..., None]
"""Takes the canvas and its operands as tokens."""

WHITE = 0.02  # half a step of 5-bit colour; opacity too
_UNKNOWN: Color = (float("nan"),)


def _save(canvas: Canvas) -> None:
    canvas.saved.append(vars(canvas.state).copy())


def _restore(canvas: Canvas) -> None:
    if canvas.saved:
        canvas.state.__dict__ = canvas.saved.pop()


def _transform(canvas: Canvas, *numbers: bytes) -> None:
    a, b, c, d, e, f = map(float, numbers)
    canvas.state.matrix = multiply((a, b, c, d, e, f), canvas.state.matrix)


def _set_alphas(canvas: Canvas, name: bytes) -> None:
    fill, stroke = canvas.resources.alphas(read_name(name))
    if fill is not None:
        canvas.state.fill_alpha = fill
    if stroke is not None:
        canvas.state.stroke_alpha = stroke


def _set_fill_space(canvas: Canvas, name: bytes) -> None:
    state = canvas.state
    state.fill_space = canvas.resources.spaces.get(read_name(name), state.fill_space)


def _set_stroke_space(canvas: Canvas, name: bytes) -> None:
    state = canvas.state
    state.stroke_space = canvas.resources.spaces.get(read_name(name), state.stroke_space)


def _set_fill(space: Space, canvas: Canvas, *numbers: bytes) -> None:
    canvas.state.fill, canvas.state.fill_space = tuple(map(float, numbers)), space


def _set_stroke(space: Space, canvas: Canvas, *numbers: bytes) -> None:
    canvas.state.stroke, canvas.state.stroke_space = tuple(map(float, numbers)), space


def _set_fill_parts(canvas: Canvas, *operands: bytes) -> None:
    color = _read_parts(canvas.state.fill_space, operands)
    canvas.state.fill = canvas.state.fill if color is None else color


def _set_stroke_parts(canvas: Canvas, *operands: bytes) -> None:
    color = _read_parts(canvas.state.stroke_space, operands)
    canvas.state.stroke = canvas.state.stroke if color is None else color


def _read_parts(space: Space, operands: tuple[bytes, ...]) -> Color | None:
    """A colour in a space; None where it lacks parts, or has as many as no device shows."""
    if operands[-1:] and operands[-1][:1] == b"/":  # a pattern
        return _UNKNOWN
    parts = operands[-space.parts :]
    return tuple(map(float, parts)) if len(parts) == space.parts in (1, 3, 4) else None


@lru_cache(maxsize=1024)
def ink(color: Color, space: Space) -> Color:
    """A colour as it is painted; () where it is white, (nan,) where it cannot be told."""
    if space.indexed:
        return _UNKNOWN
    paper = 0 if space.subtractive or len(color) == 4 else 1
    return () if all(abs(part - paper) <= WHITE for part in color) else color


STATES: dict[bytes, tuple[int | None, Operator]] = {
    b"q": (0, _save),
    b"Q": (0, _restore),
    b"cm": (6, _transform),
    b"gs": (1, _set_alphas),
    b"cs": (1, _set_fill_space),
    b"CS": (1, _set_stroke_space),
    b"sc": (None, _set_fill_parts),
    b"SC": (None, _set_stroke_parts),
    b"scn": (None, _set_fill_parts),
    b"SCN": (None, _set_stroke_parts),
    b"g": (1, partial(_set_fill, GRAY)),
    b"G": (1, partial(_set_stroke, GRAY)),
    b"rg": (3, partial(_set_fill, RGB)),
    b"RG": (3, partial(_set_stroke, RGB)),
    b"k": (4, partial(_set_fill, CMYK)),
    b"K": (4, partial(_set_stroke, CMYK)),
}
"""The operators, each with the number of its operands; None: all that there are."""
