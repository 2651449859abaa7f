"""Where lines begin: whether a bracket at a line's start is of half width shows at the margin."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.vocabulary.character_widths import is_ideograph, is_kana

# In em.
_INDENT = 1.6  # a line that begins farther to either side is of another text
_NEAR = 16.0  # above and below


def find_margins(
    lines: Sequence[InkLine], readings: Sequence[Sequence[Character]], sizes: Sequence[float]
) -> list[float | None]:
    """For each line where the lines around it begin, in pixels from its own image's left.

    Only lines that begin with kanji or kana tell: their ink begins where their box does.

    Args:
        lines: Of one page.
        readings: What they say.
        sizes: Of their type, in pixels.

    Returns:
        None where no line around tells.
    """
    starts = [
        (line.x0 + reading[0].x0, (line.top + line.bottom) / 2)
        for line, reading in zip(lines, readings, strict=True)
        if reading and (is_ideograph(reading[0].text) or is_kana(reading[0].text))
    ]
    return [
        _margin(line, reading, size, starts)
        for line, reading, size in zip(lines, readings, sizes, strict=True)
    ]


def _margin(
    line: InkLine,
    reading: Sequence[Character],
    size: float,
    starts: Sequence[tuple[float, float]],
) -> float | None:
    if not reading:
        return None
    own, middle = line.x0 + reading[0].x0, (line.top + line.bottom) / 2
    near = (
        x for x, y in starts if abs(x - own) < _INDENT * size and 0 < abs(y - middle) < _NEAR * size
    )
    first = min(near, default=None)
    return None if first is None else first - line.x0
