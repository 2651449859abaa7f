"""Find the left margin of lines: it shows whether a bracket at a line's start has half width."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.vocabulary.character_widths import is_ideograph, is_kana

_MAX_INDENT = 1.6  # em; judgement: a line that begins farther to either side is of another text
_MAX_DISTANCE = 16.0  # em above and below; judgement: ten lines or so of the same text


def find_margins(
    lines: Sequence[InkLine], readings: Sequence[Sequence[Character]], sizes: Sequence[float]
) -> list[float | None]:
    """Find for each line where the lines around it begin, in pixels from its own image's left.

    Only lines that begin with kanji or kana count: their ink begins where their box does.

    Args:
        lines: The lines of one page.
        readings: The characters of each line.
        sizes: The type size of each line, in pixels.

    Returns:
        The margin of each line; None if no line around it counts.
    """
    starts = [
        (line.x0 + reading[0].x0, (line.top + line.bottom) / 2)
        for line, reading in zip(lines, readings, strict=True)
        if reading and (is_ideograph(reading[0].text) or is_kana(reading[0].text))
    ]
    return [
        _find_margin(line, reading, size, starts)
        for line, reading, size in zip(lines, readings, sizes, strict=True)
    ]


def _find_margin(
    line: InkLine,
    reading: Sequence[Character],
    size: float,
    starts: Sequence[tuple[float, float]],
) -> float | None:
    if not reading:
        return None
    own, middle = line.x0 + reading[0].x0, (line.top + line.bottom) / 2
    near = (
        x
        for x, y in starts
        if abs(x - own) < _MAX_INDENT * size and 0 < abs(y - middle) < _MAX_DISTANCE * size
    )
    first = min(near, default=None)
    return None if first is None else first - line.x0
