"""Operators that show text: PDF 32000-1, 9.3 and 9.4."""

from collections.abc import Sequence
from functools import lru_cache, partial

from pipeline.extract.pdf.content.display_list import IDENTITY, RUN_WIDTH, Style
from pipeline.extract.pdf.content.fonts import Font
from pipeline.extract.pdf.content.graphics_state import (
    ORIGIN,
    TRANSPARENT,
    Canvas,
    State,
    thin_ink,
)
from pipeline.extract.pdf.content.lexer import (
    STRING_STARTS,
    read_name,
    read_numbers,
    read_shift,
    read_string,
    split_array,
)
from pipeline.extract.pdf.content.state_operators import Operator

# Text rendering modes that stroke and do not fill; standard: PDF 32000-1, 9.3.6, table 106.
_STROKED_MODES = (1, 5)
_OUTLINED_MODES = (2, 6)  # fill, then stroke; standard: the same table
_KEPT = 1024  # as for colours: judgement: more than a document uses. It cannot change a record.
_INVISIBLE_MODES = (3, 7)  # neither fill nor stroke; standard: the same table
_CLIPPING_MODE = 4  # from it on, glyphs clip what is painted later; standard: the same table


def _begin(canvas: Canvas, operands: bytes) -> None:
    state = canvas.state
    state.text_matrix, state.place = IDENTITY, ORIGIN


def _set_matrix(canvas: Canvas, operands: bytes) -> None:
    turn, x, y = operands.rsplit(None, 2)
    canvas.state.text_matrix = *_read_turn(turn), float(x), float(y)
    canvas.state.place = ORIGIN


@lru_cache(_KEPT)
def _read_turn(operands: bytes) -> tuple[float, float, float, float]:
    """The first numbers of a matrix: the strings of a page are mostly turned and sized alike."""
    a, b, c, d = read_numbers(operands, 4)
    return a, b, c, d


def _move(canvas: Canvas, operands: bytes) -> None:
    # As `read_numbers` does: to call it takes a seventh longer, for each string of most programs.
    right, up = map(float, operands.split()[-2:])
    _move_by(canvas.state, right, up)


def _move_by(state: State, x: float, y: float) -> None:
    a, b, c, d, e, f = state.text_matrix
    state.text_matrix = a, b, c, d, x * a + y * c + e, x * b + y * d + f
    state.place = ORIGIN


def _move_and_set_leading(canvas: Canvas, operands: bytes) -> None:
    _move(canvas, operands)
    _, canvas.state.leading = read_numbers(operands, 2)


def _next_line(canvas: Canvas, operands: bytes) -> None:
    _move_by(canvas.state, 0.0, canvas.state.leading)


def _set_leading(canvas: Canvas, operands: bytes) -> None:
    (leading,) = read_numbers(operands, 1)
    canvas.state.leading = -leading


def _set_number(name: str, canvas: Canvas, operands: bytes) -> None:
    (number,) = read_numbers(operands, 1)
    setattr(canvas.state, name, number)


def _set_font(canvas: Canvas, operands: bytes) -> None:
    state, known = canvas.state, canvas.fonts
    if operands not in known:
        (size,) = read_numbers(operands, 1)
        known[operands] = canvas.resources.font(read_name(operands)), size
        canvas.painting.contradicted |= known[operands][0].contradicted
    state.font, state.size = known[operands]


def _show_on_next_line(canvas: Canvas, operands: bytes) -> None:
    _next_line(canvas, operands)
    _show(canvas, operands)


def _show_spaced(canvas: Canvas, operands: bytes) -> None:
    words, characters, *shown = split_array(operands)
    canvas.state.word_space, canvas.state.char_space = float(words), float(characters)
    _show_on_next_line(canvas, b" ".join(shown))


def _show(canvas: Canvas, operands: bytes) -> None:
    """Store the glyphs of one string. This loop takes a third of the time of a page's content."""
    state, painting, elements = canvas.state, canvas.painting, split_array(operands)
    font, size, scale = state.font, state.size, state.scaling * 0.01
    if font is None:
        return
    if font.vertical:
        _show_vertical(canvas, font, elements)
        return
    char_space = state.char_space * scale
    word_space = 0.0 if font.multibyte else state.word_space * scale
    thousandth = 0.001 * size * scale
    texts, places, widths = painting.texts, painting.places, painting.widths
    shown, before = font.elements, len(texts)
    x, y = state.place
    for element in elements:
        glyphs = shown[element]
        if isinstance(glyphs, float):
            x -= glyphs * thousandth
            continue
        for text, width, is_space in glyphs:
            advance = width * size * scale
            texts.append(text)
            places.append(x)
            widths.append(advance)
            x += advance + char_space  # behind the last glyph of a string too: PDF 32000-1, 9.4.4
            if is_space:
                x += word_space
    state.place = x, y
    if len(texts) > before:
        low = font.descent * size + state.rise
        _store_run(canvas, False, (y, 0.0, low, low + size))


def _show_vertical(canvas: Canvas, font: Font, elements: Sequence[bytes]) -> None:
    """Store the glyphs of one string in vertical writing: each glyph is a run."""
    state, painting = canvas.state, canvas.painting
    size, scale = state.size, state.scaling * 0.01
    x, y = state.place
    for element in elements:
        if element[0] not in STRING_STARTS:
            y -= read_shift(element) * (0.001 * size * scale)
            continue
        for code in font.decode(read_string(element)):
            text, width, _ = font.glyphs[code]
            right, down = font.vertical_origin(code)
            advance = width * size * scale
            left = -(size * 0.5 if right is None else right * size * 0.001)
            high = (1000 - down) * size * 0.001 + state.rise
            painting.texts.append(text)
            painting.places.append(x)
            painting.widths.append(left + size)
            _store_run(canvas, True, (y, left, high + advance, high))
            y += advance + state.char_space * scale
    state.place = x, y


def _store_run(canvas: Canvas, vertical: bool, place: tuple[float, float, float, float]) -> None:
    """Store the properties shared by the glyphs since the last run.

    Args:
        canvas: Its state applies to these glyphs.
        vertical: Their font is for vertical writing.
        place: The y of their origins, and from there their left, lower and upper side.
    """
    state, painting, runs = canvas.state, canvas.painting, canvas.painting.runs
    shown_by = state.fill, state.stroke, state.fill_alpha, state.stroke_alpha, state.mode
    set_by = state.matrix, state.clip, vertical, canvas.is_hidden, shown_by
    if painting.set_by != set_by:  # most strings are set as the one before
        painting.set_by = set_by
        painting.styles.append(_find_style(state, vertical, canvas.is_hidden))
    if state.mode >= _CLIPPING_MODE:
        state.text_clips += (len(runs) // RUN_WIDTH,)
    if state.masked:
        painting.masked.append(len(runs) // RUN_WIDTH)
    runs += state.text_matrix
    runs += place
    runs += len(painting.styles) - 1, len(painting.shapes), len(painting.texts), canvas.element


def _find_style(state: State, vertical: bool, is_hidden: bool) -> Style:
    # White letters on paper are read by their outlines.
    outlined = state.mode in _OUTLINED_MODES and state.fill.is_pale
    if state.mode in _STROKED_MODES or outlined:
        alpha, color = state.stroke_alpha, state.stroke
    else:
        alpha, color = state.fill_alpha, state.fill
    paints = state.mode not in _INVISIBLE_MODES and alpha > TRANSPARENT and not is_hidden
    return state.matrix, state.clip, vertical, paints, color.is_pale, thin_ink(color.rgb, alpha)


TEXT_OPERATORS: dict[bytes, Operator] = {
    b"BT": _begin,
    b"Tm": _set_matrix,
    b"Td": _move,
    b"TD": _move_and_set_leading,
    b"T*": _next_line,
    b"TL": _set_leading,
    b"Tc": partial(_set_number, "char_space"),
    b"Tw": partial(_set_number, "word_space"),
    b"Tz": partial(_set_number, "scaling"),
    b"Ts": partial(_set_number, "rise"),
    b"Tr": partial(_set_number, "mode"),
    b"Tf": _set_font,
    b"Tj": _show,
    b"TJ": _show,
    b"'": _show_on_next_line,
    b'"': _show_spaced,
}
