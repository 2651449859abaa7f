"""Operators that show text: PDF 32000-1, 9.3 and 9.4."""

from collections.abc import Iterable
from functools import partial

from pipeline.extract.content.canvas import IDENTITY, Canvas, State, multiply
from pipeline.extract.content.painting import Look, Matrix
from pipeline.extract.content.resources import Font
from pipeline.extract.content.states import WHITE, Operator, ink
from pipeline.extract.content.tokens import read_name, read_string, split_array

_STROKED_MODES = (1, 5)  # text rendering modes (PDF 32000-1, 9.3.6, table 106)
_UNSEEN_MODES = (3, 7)  # neither filled nor stroked
_STRINGS = b"(<"  # what strings begin with
_SPACE = 32  # the code that word spacing widens (PDF 32000-1, 9.3.3)


def _begin(canvas: Canvas) -> None:
    _move_to(canvas.state, IDENTITY)


def _move_to(state: State, matrix: Matrix) -> None:
    state.text_matrix, state.place = matrix, (0.0, 0.0)


def _set_matrix(canvas: Canvas, *numbers: bytes) -> None:
    a, b, c, d, e, f = map(float, numbers)
    _move_to(canvas.state, (a, b, c, d, e, f))


def _move(canvas: Canvas, right: bytes, up: bytes) -> None:
    _move_by(canvas.state, float(right), float(up))


def _move_by(state: State, x: float, y: float) -> None:
    a, b, c, d, e, f = state.text_matrix
    _move_to(state, (a, b, c, d, x * a + y * c + e, x * b + y * d + f))


def _move_and_set_leading(canvas: Canvas, right: bytes, up: bytes) -> None:
    _move(canvas, right, up)
    canvas.state.leading = float(up)


def _next_line(canvas: Canvas) -> None:
    _move_by(canvas.state, 0.0, canvas.state.leading)


def _set_leading(canvas: Canvas, number: bytes) -> None:
    canvas.state.leading = -float(number)


def _set_length(name: str, canvas: Canvas, number: bytes) -> None:
    setattr(canvas.state, name, float(number))


def _set_mode(canvas: Canvas, number: bytes) -> None:
    canvas.state.mode = int(float(number))


def _set_font(canvas: Canvas, name: bytes, size: bytes) -> None:
    canvas.state.font = canvas.resources.font(read_name(name))
    canvas.state.size = float(size)


def _show(canvas: Canvas, string: bytes) -> None:
    _show_elements(canvas, (string,))


def _show_array(canvas: Canvas, array: bytes) -> None:
    _show_elements(canvas, split_array(array))


def _show_on_next_line(canvas: Canvas, string: bytes) -> None:
    _next_line(canvas)
    _show(canvas, string)


def _show_spaced(canvas: Canvas, words: bytes, characters: bytes, string: bytes) -> None:
    canvas.state.word_space, canvas.state.char_space = float(words), float(characters)
    _show_on_next_line(canvas, string)


def _show_elements(canvas: Canvas, elements: Iterable[bytes]) -> None:
    font = canvas.state.font
    if font is not None:
        show = _show_down if font.vertical else _show_level
        show(canvas, font, elements)


def _show_level(canvas: Canvas, font: Font, elements: Iterable[bytes]) -> None:
    """Note the glyphs of one string; most of a page's time is spent in this loop."""
    state, painting = canvas.state, canvas.painting
    size, scale = state.size, state.scaling * 0.01
    char_space, word_space = state.char_space * scale, state.word_space * scale
    thousandth = 0.001 * size * scale
    texts, places, widths = painting.texts, painting.places, painting.widths
    glyphs, word_code = font.glyphs, -1 if font.multibyte or not word_space else _SPACE
    before, spaced = len(texts), False
    x, y = state.place
    for element in elements:
        if element[0] not in _STRINGS:
            x -= float(element) * thousandth
            spaced = True
            continue
        for code in font.decode(read_string(element)):
            if spaced:
                x += char_space
            text, width = glyphs[code]
            advance = width * size * scale
            texts.append(text)
            places.append(x)
            widths.append(advance)
            x += advance
            if code == word_code:
                x += word_space
            spaced = True
    state.place = x, y
    if len(texts) > before:
        low = font.descent * size + state.rise
        matrix = multiply(state.text_matrix, state.matrix)
        painting.add_run(matrix, y, (0.0, low, low + size), state.clip, _look(state, matrix))


def _show_down(canvas: Canvas, font: Font, elements: Iterable[bytes]) -> None:
    """Note the glyphs of one string in vertical writing: each is a run."""
    state, painting = canvas.state, canvas.painting
    size, scale = state.size, state.scaling * 0.01
    matrix = multiply(state.text_matrix, state.matrix)
    look = _look(state, matrix)
    x, y = state.place
    spaced = False
    for element in elements:
        if element[0] not in _STRINGS:
            y -= float(element) * (0.001 * size * scale)
            spaced = True
            continue
        for code in font.decode(read_string(element)):
            if spaced:
                y += state.char_space * scale
            text, width = font.glyphs[code]
            right, down = font.origin(code)
            advance = width * size * scale
            left = -(size * 0.5 if right is None else right * size * 0.001)
            high = (1000 - down) * size * 0.001 + state.rise
            painting.texts.append(text)
            painting.places.append(x)
            painting.widths.append(left + size)
            painting.add_run(matrix, y, (left, high + advance, high), state.clip, look)
            y += advance
            spaced = True
    state.place = x, y


def _look(state: State, matrix: Matrix) -> Look:
    a, b, c, d, _, _ = matrix
    x, y = (-c, -d) if state.font is not None and state.font.vertical else (a, b)  # y grows upwards
    if abs(x) >= abs(y):
        direction = 0 if x >= 0 else 180
    else:
        direction = 90 if y < 0 else 270
    if state.mode in _STROKED_MODES:
        alpha, color = state.stroke_alpha, ink(state.stroke, state.stroke_space)
    else:
        alpha, color = state.fill_alpha, ink(state.fill, state.fill_space)
    return direction, state.mode not in _UNSEEN_MODES and alpha > WHITE, not color


TEXTS: dict[bytes, tuple[int | None, Operator]] = {
    b"BT": (0, _begin),
    b"Tm": (6, _set_matrix),
    b"Td": (2, _move),
    b"TD": (2, _move_and_set_leading),
    b"T*": (0, _next_line),
    b"TL": (1, _set_leading),
    b"Tc": (1, partial(_set_length, "char_space")),
    b"Tw": (1, partial(_set_length, "word_space")),
    b"Tz": (1, partial(_set_length, "scaling")),
    b"Ts": (1, partial(_set_length, "rise")),
    b"Tr": (1, _set_mode),
    b"Tf": (2, _set_font),
    b"Tj": (1, _show),
    b"TJ": (1, _show_array),
    b"'": (1, _show_on_next_line),
    b'"': (3, _show_spaced),
}
"""As in `states.STATES`."""
