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
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics

SPACE, WIDE_SPACE = " ", "\u3000"
_MIN_SPACE = 0.3  # em; judgement: boxes farther apart have white space between them
_WIDE_GAP = 0.75  # em; judgement: an ideographic space leaves 1, a plain space 0.25-0.5
# Probability of a space as the recogniser sees it; measured: of 2,434 pairs of half-width
# characters, 35 of the 55 with a space between them have more, and none of the others.
_SEEN = 0.5


def restore_spacing(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Widen each character from its ink to its box, and insert the white space."""
    spaced = [_place(character, metrics) for character in line[:1]]
    for last, character in pairwise(line):
        before, after = spaced[-1], _place(character, metrics)
        space = _space(before, after, metrics)
        if space:
            confidence = min(before.confidence, after.confidence)
            box = before.x1, before.top, after.x0, before.bottom
            spaced += [Character(space, *box, confidence), after]
        else:  # adjacent characters: no gap, and no overlap
            edge = min(max((before.x1 + after.x0) / 2, last.middle), character.middle)
            spaced[-1:] = [replace(before, x1=edge), replace(after, x0=edge)]
    return spaced


def _place(character: Character, metrics: TypeMetrics) -> Character:
    """The character with the sides of its box, which is never smaller than its ink."""
    left, right = metrics.find_reach(character.text)
    return replace(
        character,
        x0=min(character.middle - left * metrics.em, character.x0),
        x1=max(character.middle + right * metrics.em, character.x1),
    )


def _space(before: Character, after: Character, metrics: TypeMetrics) -> str:
    """The white space between two characters in their boxes; "" if there is none."""
    gap = (after.x0 - before.x1) / metrics.em
    if before.text.isascii() and after.text.isascii():
        is_wide = gap > _WIDE_GAP and not after.given
        return SPACE if after.space > _SEEN or is_wide else ""
    if gap < _MIN_SPACE:
        return ""
    return WIDE_SPACE if gap > _WIDE_GAP else SPACE
