"""Repair recognised lines with knowledge that the recogniser lacks, step by step.

Each step takes a line and returns it. A step changes only the characters that it is about, and adds
a receipt to each character that it changes.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import (
    SPREAD,
    TypeMetrics,
    measure_begins,
    measure_type_metrics,
)
from pipeline.extract.ocr.repair.marks import drop_specks, read_marks

SPACE, WIDE_SPACE = " ", "\u3000"
_MIN_SPACE = 0.3  # em; judgement: boxes farther apart have white space between them
_WIDE_GAP = 0.75  # em; judgement: an ideographic space leaves 1, a plain space 0.25-0.5
# Probability of a space as the recogniser sees it; measured: of 2,434 pairs of half-width
# characters, 35 of the 55 with a space between them have more, and none of the others.
_SEEN = 0.5
_EITHER = 0.5  # confidence; judgement: in type of one pitch, 5（1 and 5 (1 are the same ink


def repair_lines(
    lines: Sequence[Sequence[Character]], sizes: Sequence[float], places: Sequence[float]
) -> list[list[Character]]:
    """Repair the lines of one page, then restore their boxes and spaces (see `restore_spacing`).

    The places are where the lines' pictures begin on the page, in pixels.
    A line that a sound text layer gives is not repaired: its widths are those of the file.
    """
    types = measure_type_metrics(lines, sizes)
    begins = measure_begins(lines, types, places)
    repaired = [
        line
        if any(character.given for character in line)
        else choose_widths(read_marks(drop_specks(line, metrics.em)), metrics, begins - place)
        for line, metrics, place in zip(lines, types, places, strict=True)
    ]
    return [restore_spacing(line, metrics) for line, metrics in zip(repaired, types, strict=True)]


def restore_spacing(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Widen each character from its ink to its box, and insert the white space.

    In a text layer each glyph has a box as wide as its advance: the ink of 、 and 」 is on the left
    of the box, the ink of （ on the right. Only the boxes show whether the author or the program
    broke a line, whether a text is centred and whether a space was typed.
    Characters that a program spread over a line keep their gaps, and have no space for each.
    """
    placed = [_place(character, metrics) for character in line]
    gaps = [(b.x0 - a.x1) / metrics.em for a, b in pairwise(placed)]
    usual = median_low(gaps) if len(gaps) > 1 else 0.0  # 1　総 is not spread
    spread = usual if usual > SPREAD else 0.0
    spaced = placed[:1]
    for last, character, after in zip(line, line[1:], placed[1:], strict=False):
        before = spaced[-1]
        space = _space(before, after, metrics, spread)
        if space:
            if before.text.isdigit() and after.text == "(":
                after = replace(after, confidence=min(after.confidence, _EITHER))
            confidence = min(before.confidence, after.confidence)
            box = before.x1, before.top, after.x0, before.bottom
            spaced += [Character(space, *box, confidence), after]
        elif spread:
            spaced.append(after)
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


def _space(before: Character, after: Character, metrics: TypeMetrics, spread: float) -> str:
    """The white space between two characters in their boxes, `spread` em aside; "" for none."""
    gap = (after.x0 - before.x1) / metrics.em - spread
    if before.text.isascii() and after.text.isascii():
        is_wide = gap > _WIDE_GAP and not after.given
        return SPACE if after.space > _SEEN or is_wide else ""
    if gap < _MIN_SPACE:
        return ""
    return WIDE_SPACE if gap > _WIDE_GAP else SPACE
