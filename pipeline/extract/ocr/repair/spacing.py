"""Reconstruct the typesetting of a line: the box of each character, and the typed white space.

A scan shows only the ink of characters. In a text layer each glyph has a box as wide as its
advance: the ink of 、 and 」 is on the left of the box, the ink of （ on the right. Only the boxes
show whether the author or the program broke a line, whether a text is centred and whether a space
was typed.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.box_extent import find_box_extent
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics

SPACE, WIDE_SPACE = " ", "\u3000"
_MIN_SPACE = 0.3  # em; judgement: boxes farther apart have white space between them
# em; judgement: an ideographic space leaves a gap of 1, a plain space one of 0.25-0.5.
_WIDE_GAP = 0.75
# Probability of a space as the recogniser sees it; measured: of 2,434 pairs of half-width
# characters, 35 of the 55 with a space between them have more, and none of the others.
_SEEN = 0.5


def restore_spacing(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Give each character its box, and insert the white space.

    Args:
        line: The repaired characters; `x0` and `x1` are the sides of their ink, in pixels.
        metrics: The metrics of the line's type.

    Returns:
        The characters and spaces; `x0` and `x1` are the sides of their boxes, in pixels.
    """
    if not line:
        return []
    boxes = [_box(character, metrics) for character in line]
    spaced = [_space(one, other, metrics) for one, other in pairwise(_boxed(line, boxes))]
    for index, space in enumerate(spaced):
        if not space:  # adjacent characters: no gap, and no overlap
            edge = (boxes[index][1] + boxes[index + 1][0]) / 2
            edge = min(max(edge, line[index].middle), line[index + 1].middle)
            boxes[index], boxes[index + 1] = (boxes[index][0], edge), (edge, boxes[index + 1][1])
    placed = [
        replace(character, x0=x0, x1=x1)
        for character, (_, x0, x1) in zip(line, _boxed(line, boxes), strict=True)
    ]
    spaced_line = placed[:1]
    for space, before, after in zip(spaced, placed, placed[1:], strict=False):
        if space:
            confidence = min(before.confidence, after.confidence)
            box = before.x1, before.top, after.x0, before.bottom
            spaced_line.append(Character(space, *box, confidence))
        spaced_line.append(after)
    return spaced_line


_Boxed = tuple[Character, float, float]


def _boxed(line: Sequence[Character], boxes: Sequence[tuple[float, float]]) -> list[_Boxed]:
    return [(character, *box) for character, box in zip(line, boxes, strict=True)]


def _box(character: Character, metrics: TypeMetrics) -> tuple[float, float]:
    """The left and right edge of a character's box, which is never smaller than its ink."""
    left, right = find_box_extent(character.text, metrics)
    return (
        min(character.middle - left * metrics.em, character.x0),
        max(character.middle + right * metrics.em, character.x1),
    )


def _space(one: _Boxed, other: _Boxed, metrics: TypeMetrics) -> str:
    """The white space between two characters; "" if there is none."""
    (before, _, end), (after, start, _) = one, other
    gap = (start - end) / metrics.em
    if before.text.isascii() and after.text.isascii():
        is_wide = gap > _WIDE_GAP and not after.given
        return SPACE if after.space > _SEEN or is_wide else ""
    if gap < _MIN_SPACE:
        return ""
    return WIDE_SPACE if gap > _WIDE_GAP else SPACE
