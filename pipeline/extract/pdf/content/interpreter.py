"""Content streams carried out, those of forms included."""

from contextlib import suppress

from pipeline.extract.pdf.content.display_list import Matrix, Painting
from pipeline.extract.pdf.content.graphics_state import (
    Canvas,
    State,
    apply,
    bounds,
    multiply,
    overlap,
)
from pipeline.extract.pdf.content.lexer import is_image, mend_numbers, read_name, split_instructions
from pipeline.extract.pdf.content.path_operators import PATHS
from pipeline.extract.pdf.content.resources import Form, Image, Resources
from pipeline.extract.pdf.content.state_operators import STATES, Operator
from pipeline.extract.pdf.content.text_operators import TEXTS


def paint(content: bytes, resources: Resources, matrix: Matrix) -> Painting:
    """Carry out a page's content stream.

    Args:
        content: The bytes of the stream, decoded.
        resources: Of the page.
        matrix: From the page's user space to the page as displayed, in points, y growing upwards.

    Raises:
        PDFException, ValueError, TypeError, KeyError: What the content draws with cannot be read.
    """
    canvas = Canvas(Painting(), resources, State(matrix=matrix))
    _run(content, canvas)
    return canvas.painting


def _run(content: bytes, canvas: Canvas) -> None:
    """Carry out a content stream. What is no operator, or lacks its operands, does nothing."""
    for operands, operator in split_instructions(content):
        act = OPERATORS.get(operator)
        if act is not None:
            try:
                act(canvas, operands)
            except ValueError:
                if operator in _NAMING and b"/" in operands:
                    raise
                _try_again(act, canvas, operands)
        elif is_image(operator):
            canvas.painting.images += 1


def _try_again(act: Operator, canvas: Canvas, operands: bytes) -> None:
    """Carry out an operator whose operands are not written as they should be, if it can be."""
    with suppress(ValueError):
        act(canvas, mend_numbers(operands))


def _draw(canvas: Canvas, operands: bytes) -> None:
    drawn = canvas.resources.drawn(read_name(operands))
    if isinstance(drawn, Image):
        canvas.painting.images += 1
    elif drawn is not None and drawn.number not in canvas.drawing:
        _draw_form(canvas, drawn)


def _draw_form(canvas: Canvas, form: Form) -> None:
    """Carry out a form's content; nothing of it is painted outside its box (8.10.1)."""
    outer = canvas.state
    matrix = multiply(form.matrix, outer.matrix)
    x0, y0, x1, y1 = form.box
    box = bounds([apply(matrix, corner) for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))])
    state = State(
        matrix=matrix,
        clip=overlap(outer.clip, box),
        fill=outer.fill,
        stroke=outer.stroke,
        fill_alpha=outer.fill_alpha,
        stroke_alpha=outer.stroke_alpha,
    )
    drawing = canvas.drawing | {form.number}
    inner = Canvas(canvas.painting, canvas.resources.inner(form), state, drawing=drawing)
    _run(form.content, inner)


_NAMING = (b"Do", b"gs")  # operators whose errors are those of what they name
OPERATORS: dict[bytes, Operator] = {**STATES, **PATHS, **TEXTS, b"Do": _draw}
