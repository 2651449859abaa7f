"""Content streams carried out, those of forms included."""

from pipeline.extract.content.canvas import Canvas, State, apply, bounds, multiply, overlap
from pipeline.extract.content.painting import Matrix, Painting
from pipeline.extract.content.paths import PATHS
from pipeline.extract.content.resources import Form, Image, Resources
from pipeline.extract.content.states import STATES, Operator
from pipeline.extract.content.texts import TEXTS
from pipeline.extract.content.tokens import count_inline_images, read_name, split_tokens


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
    tokens = split_tokens(content)
    canvas.painting.images += count_inline_images(tokens)
    operands: list[bytes] = []
    for token in tokens:
        if token not in _OPERATORS:
            operands.append(token)
            continue
        count, act = _OPERATORS[token]
        if count is None:
            act(canvas, *operands)
        elif count <= len(operands):
            try:
                act(canvas, *operands[len(operands) - count :])
            except ValueError:  # an operand that is no number, unless it is one by name
                if token in _NAMING:
                    raise
        operands.clear()


def _draw(canvas: Canvas, name: bytes) -> None:
    drawn = canvas.resources.drawn(read_name(name))
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
        fill_space=outer.fill_space,
        stroke_space=outer.stroke_space,
        fill_alpha=outer.fill_alpha,
        stroke_alpha=outer.stroke_alpha,
    )
    drawing = canvas.drawing | {form.number}
    inner = Canvas(canvas.painting, canvas.resources.inner(form), state, drawing=drawing)
    _run(form.content, inner)


def _do_nothing(canvas: Canvas) -> None:
    """What an operator does that changes no glyph and no shape."""


_WITHOUT_EFFECT = (
    b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"ET", b"sh", b"d0", b"d1",
    b"BMC", b"BDC", b"EMC", b"MP", b"DP", b"BX", b"EX",
)  # fmt: skip
_NAMING = (b"Do", b"gs")  # operators whose errors are those of what they name
_OPERATORS: dict[bytes, tuple[int | None, Operator]] = {
    **STATES,
    **PATHS,
    **TEXTS,
    b"Do": (1, _draw),
    **{name: (0, _do_nothing) for name in _WITHOUT_EFFECT},
}
