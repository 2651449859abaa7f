"""Operators that change the graphics state: PDF 32000-1, tables 57 and 74."""

from collections.abc import Callable
from functools import lru_cache, partial

from msgspec.structs import replace

from pipeline.extract.pdf.content.color_spaces import CMYK, GRAY, RGB, ColorSpace
from pipeline.extract.pdf.content.display_list import multiply_matrices
from pipeline.extract.pdf.content.graphics_state import UNKNOWN_COLOR, Canvas, Paint
from pipeline.extract.pdf.content.lexer import read_name, read_numbers

Operator = Callable[[Canvas, bytes], None]
"""Takes the canvas and the operands as written."""


def _save(canvas: Canvas, operands: bytes) -> None:
    canvas.state_stack.append(canvas.state)
    canvas.state = replace(canvas.state)  # a copy


def _restore(canvas: Canvas, operands: bytes) -> None:
    if canvas.state_stack:
        canvas.state = canvas.state_stack.pop()


def _transform(canvas: Canvas, operands: bytes) -> None:
    a, b, c, d, e, f = read_numbers(operands, 6)
    canvas.state.matrix = multiply_matrices((a, b, c, d, e, f), canvas.state.matrix)


def _set_line_width(canvas: Canvas, operands: bytes) -> None:
    canvas.state.line_width = next(iter(read_numbers(operands, 1)), 1.0)


def _set_dashes(canvas: Canvas, operands: bytes) -> None:
    dashes = operands.partition(b"[")[2].partition(b"]")[0]
    canvas.state.dashed = any(map(float, read_numbers(dashes, len(dashes.split()))))


def _set_alphas(canvas: Canvas, operands: bytes) -> None:
    name = read_name(operands)
    fill, stroke = canvas.resources.opacities(name)
    blends = canvas.resources.blends(name)
    if blends is not None:
        canvas.state.blends = blends or canvas.blends
    masks = canvas.resources.masks(name)
    canvas.state.masked = canvas.state.masked if masks is None else masks
    if fill is not None:
        canvas.state.fill_alpha = fill * canvas.opacity
    if stroke is not None:
        canvas.state.stroke_alpha = stroke * canvas.opacity


def _set_space(name: str, canvas: Canvas, operands: bytes) -> None:
    space = canvas.resources.spaces.get(read_name(operands))
    if space is not None:
        before: Paint = getattr(canvas.state, name)
        setattr(canvas.state, name, Paint.of(before.parts, space))


def _set_color(name: str, space: ColorSpace, canvas: Canvas, operands: bytes) -> None:
    paint = _read_color(operands, space)
    if paint is not None:
        setattr(canvas.state, name, paint)


def _set_parts(name: str, canvas: Canvas, operands: bytes) -> None:
    before: Paint = getattr(canvas.state, name)
    _set_color(name, before.space, canvas, operands)


@lru_cache(maxsize=1024)
def _read_color(operands: bytes, space: ColorSpace) -> Paint | None:
    """Read a colour; None if it lacks components. Of two spot inks, the colour is unknown."""
    if b"/" in operands:  # a pattern
        return Paint.of(UNKNOWN_COLOR, space)
    parts = tuple(read_numbers(operands, space.parts))
    if len(parts) != space.parts:
        return None
    return Paint.of(parts if len(parts) in (1, 3, 4) else UNKNOWN_COLOR, space)


STATE_OPERATORS: dict[bytes, Operator] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"gs": _set_alphas,
    b"w": _set_line_width,
    b"d": _set_dashes,
    b"cs": partial(_set_space, "fill"),
    b"CS": partial(_set_space, "stroke"),
    b"sc": partial(_set_parts, "fill"),
    b"SC": partial(_set_parts, "stroke"),
    b"scn": partial(_set_parts, "fill"),
    b"SCN": partial(_set_parts, "stroke"),
    b"g": partial(_set_color, "fill", GRAY),
    b"G": partial(_set_color, "stroke", GRAY),
    b"rg": partial(_set_color, "fill", RGB),
    b"RG": partial(_set_color, "stroke", RGB),
    b"k": partial(_set_color, "fill", CMYK),
    b"K": partial(_set_color, "stroke", CMYK),
}
