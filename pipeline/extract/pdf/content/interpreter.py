"""Run content streams, including those of forms."""

from collections.abc import Iterable
from contextlib import suppress

from pipeline.extract.pdf.content.actual_text import spread_text
from pipeline.extract.pdf.content.display_list import (
    Matrix,
    PaintedShape,
    Painting,
    Rect,
    multiply_matrices,
)
from pipeline.extract.pdf.content.graphics_state import (
    UNCLIPPED,
    UNKNOWN_COLOR,
    Canvas,
    State,
    intersect,
    transform_rect,
)
from pipeline.extract.pdf.content.lexer import (
    is_image,
    read_name,
    repair_numbers,
    split_instructions,
)
from pipeline.extract.pdf.content.path_operators import PATH_OPERATORS
from pipeline.extract.pdf.content.resources import Form, Image, Resources
from pipeline.extract.pdf.content.state_operators import STATE_OPERATORS, Operator
from pipeline.extract.pdf.content.structure import UNTAGGED, PageStructure
from pipeline.extract.pdf.content.text_operators import TEXT_OPERATORS


def paint(
    content: bytes,
    resources: Resources,
    matrix: Matrix,
    appearances: Iterable[Form] = (),
    structure: PageStructure = UNTAGGED,
) -> Painting:
    """Run a page's content stream, then those of its annotations.

    Args:
        content: The decoded bytes of the stream.
        matrix: From the page's user space to the page as displayed, in points, y growing upwards.
        appearances: What viewers show over the page, as forms in the page's user space.

    Raises:
        PDFException, ValueError, TypeError, KeyError: A resource of the content cannot be read.
    """
    canvas = Canvas(Painting(), resources, State(matrix=matrix), structure=structure)
    _run(content, canvas)
    for form in appearances:
        over = Canvas(canvas.painting, resources, State(matrix=matrix))
        first = len(canvas.painting.texts)
        _draw_form(over, form)
        if form.stamps:
            canvas.painting.stamped += range(first, len(canvas.painting.texts))
    return canvas.painting


def _run(content: bytes, canvas: Canvas) -> None:
    """Run a content stream. Unknown operators and operators without operands are ignored."""
    for operands, operator in split_instructions(content):
        act = OPERATORS.get(operator)
        if act is not None:
            try:
                act(canvas, operands)
            except ValueError:
                if operator in _NAMING and b"/" in operands:
                    raise
                _retry_with_repaired_numbers(act, canvas, operands)
        elif is_image(operator):
            _draw_image(canvas, opaque=False)


def _retry_with_repaired_numbers(act: Operator, canvas: Canvas, operands: bytes) -> None:
    """Run an operator with malformed operands, if its numbers can be repaired."""
    with suppress(ValueError):
        act(canvas, repair_numbers(operands))


def _draw(canvas: Canvas, operands: bytes) -> None:
    xobject = canvas.resources.xobject(read_name(operands))
    if isinstance(xobject, Image):
        _draw_image(canvas, xobject.opaque)
    elif xobject is not None and xobject.number not in canvas.open_forms:
        _draw_form(canvas, xobject)


def _begin_marked(canvas: Canvas, operands: bytes) -> None:
    """Operators BMC and BDC; content with the tag OC belongs to a layer (PDF 32000-1, 8.11.3.2)."""
    on_layer = operands.lstrip().startswith(b"/OC") and operands.count(b"/") == 2
    canvas.marked.append((canvas.is_hidden, canvas.element))
    if on_layer and canvas.resources.hides(read_name(operands)):
        canvas.is_hidden = True
    element = canvas.structure.find_element(operands)
    canvas.element = canvas.element if element is None else element
    text = canvas.resources.actual_text(operands)
    canvas.spans.append(None if text is None else (len(canvas.painting.texts), text))


def _end_marked(canvas: Canvas, operands: bytes) -> None:
    if canvas.marked:
        canvas.is_hidden, canvas.element = canvas.marked.pop()
        span = canvas.spans.pop()
        if span is not None:
            start, text = span
            canvas.painting.texts[start:] = spread_text(canvas.painting.texts[start:], text)


def _draw_image(canvas: Canvas, opaque: bool) -> None:
    """An image fills the unit square of user space (PDF 32000-1, 8.9.5)."""
    if canvas.is_hidden:
        return
    canvas.painting.images += 1
    _paint_area(canvas, "image", transform_rect(canvas.state.matrix, _UNIT_SQUARE), opaque)


def _paint_gradient(canvas: Canvas, operands: bytes) -> None:
    """Operator sh fills the clip (PDF 32000-1, 8.7.4.2)."""
    if canvas.state.clip != UNCLIPPED and not canvas.is_hidden:
        _paint_area(canvas, "gradient", canvas.state.clip, opaque=True)


def _paint_area(canvas: Canvas, kind: str, area: Rect, opaque: bool) -> None:
    x0, y0, x1, y1 = area
    canvas.add_shape(
        PaintedShape(
            kind=kind,
            points=((x0, y0), (x1, y0), (x1, y1), (x0, y1)),
            stroke=None,
            fill=UNKNOWN_COLOR,
            clip=canvas.state.clip,
            covers=opaque and canvas.state.paints_opaquely,
        )
    )


def _draw_form(canvas: Canvas, form: Form) -> None:
    """Run a form's content, clipped to its bounding box (PDF 32000-1, 8.10.1)."""
    outer = canvas.state
    matrix = multiply_matrices(form.matrix, outer.matrix)
    state = State(
        matrix=matrix,
        clip=intersect(outer.clip, transform_rect(matrix, form.box)),
        clips_to_box=outer.clips_to_box,
        blends=outer.blends,
        masked=outer.masked,
        text_clips=outer.text_clips,
        fill=outer.fill,
        stroke=outer.stroke,
        fill_alpha=outer.fill_alpha,
        stroke_alpha=outer.fill_alpha if form.is_group else outer.stroke_alpha,
    )
    open_forms = canvas.open_forms | {form.number}
    nested = Canvas(
        canvas.painting,
        canvas.resources.for_form(form),
        state,
        is_hidden=canvas.is_hidden,
        opacity=outer.fill_alpha if form.is_group else canvas.opacity,
        blends=outer.blends if form.is_group else canvas.blends,
        element=canvas.element,
        open_forms=open_forms,
    )
    _run(form.content, nested)


# Where an image stands in user space; standard: PDF 32000-1, 8.9.5.
_UNIT_SQUARE = (0.0, 0.0, 1.0, 1.0)
_NAMING = (b"Do", b"gs")  # an error in these operators lies in the resource that they name
OPERATORS: dict[bytes, Operator] = {
    **STATE_OPERATORS,
    **PATH_OPERATORS,
    **TEXT_OPERATORS,
    b"Do": _draw,
    b"sh": _paint_gradient,
    b"BMC": _begin_marked,
    b"BDC": _begin_marked,
    b"EMC": _end_marked,
}
