"""How a line is set: the box of each character, and the white space that was typed.

Behind a scan stand the same glyphs as behind a text layer, each with a box as wide as its
advance; what is seen is only their ink. 、 and 」 have theirs on the left of the box, （ on the
right. Whose line break it is, where a text is centred and whether a space was typed can be told
only from the boxes.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import room
from pipeline.extract.ocr.repair.font_metrics import Type
from pipeline.vocabulary.character_widths import EVEN

SPACE, WIDE_SPACE = " ", "\u3000"
# In em.
_TOUCHING = 0.3  # boxes that lie farther apart have white space between them
_WIDE = 0.75  # of white space: an ideographic space leaves 1, a plain one 0.25-0.5
_WORDS = 0.25  # between the ink of two Latin words; kerned letters stand closer
_SPARE = 0.18  # of white space beside a figure or a point, beyond its own
_EMPTY = 0.75  # between the middles of two letters of half an em; without a space 0.5


def set_line(line: Sequence[Character], kind: Type) -> list[Character]:
    """Give each character its box, and put in the white space.

    Args:
        line: Repaired; `x0` and `x1` are its ink's.
        kind: How its type is set.
    """
    if not line:
        return []
    boxes = [_box(character, kind) for character in line]
    spaced = [_space(one, other, kind) for one, other in pairwise(_boxed(line, boxes))]
    for index, space in enumerate(spaced):
        if not space:  # side by side: no gap, and no overlap
            edge = (boxes[index][1] + boxes[index + 1][0]) / 2
            edge = min(max(edge, line[index].middle), line[index + 1].middle)
            boxes[index], boxes[index + 1] = (boxes[index][0], edge), (edge, boxes[index + 1][1])
    placed = [
        replace(character, x0=x0, x1=x1)
        for character, (_, x0, x1) in zip(line, _boxed(line, boxes), strict=True)
    ]
    whole = placed[:1]
    for space, before, after in zip(spaced, placed, placed[1:], strict=False):
        if space:
            sure = min(before.confidence, after.confidence)
            whole.append(Character(space, before.x1, before.top, after.x0, before.bottom, sure))
        whole.append(after)
    return whole


_Boxed = tuple[Character, float, float]


def _boxed(line: Sequence[Character], boxes: Sequence[tuple[float, float]]) -> list[_Boxed]:
    return [(character, *box) for character, box in zip(line, boxes, strict=True)]


def _box(character: Character, kind: Type) -> tuple[float, float]:
    """Left and right edge; no box is smaller than its ink."""
    left, right = room(character.text, kind)
    return (
        min(character.middle - left * kind.em, character.x0),
        max(character.middle + right * kind.em, character.x1),
    )


def _space(one: _Boxed, other: _Boxed, kind: Type) -> str:
    """The white space between two characters; "" where there is none."""
    (before, _, end), (after, start, _) = one, other
    if before.text.isascii() and after.text.isascii():
        return SPACE if _are_words(before, after, kind) else ""
    gap = (start - end) / kind.em
    if gap < _TOUCHING:
        return ""
    return WIDE_SPACE if gap > _WIDE else SPACE


def _are_words(before: Character, after: Character, kind: Type) -> bool:
    """Whether two half-width characters stand so far apart as two words do."""
    step = (after.middle - before.middle) / kind.em
    if kind.half <= EVEN:
        return step > _EMPTY
    # A 1 leaves white on both sides, so that all figures are equally wide; letters do not.
    spare = step - room(before.text, kind)[1] - room(after.text, kind)[0]
    lettered = before.text.isalpha() and after.text.isalpha()
    return (after.x0 - before.x1) / kind.em > _WORDS and (lettered or spare > _SPARE)
