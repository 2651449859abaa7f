"""Read lines from the invisible text that a scanner put behind its picture, where that is sound.

The picture says where lines and rulings are, as on any scan. The invisible text says only what a
line reads. It is believed if a sample of lines, recognised anew, reads the same, and only in lines
whose ink it covers. Recognition is half of the time that a scanned page takes.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from pipeline.extract.ocr.engine.alignment import Peak, align_to_ink
from pipeline.extract.ocr.engine.cache import ReadOnce
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.image.run_lengths import find_runs
from pipeline.extract.ocr.layout.page_layout import PageLayout
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.model import Glyph

# Characters of the sample that differ, as a share; judgement: the recogniser errs as often.
_MAX_DIFFERENT = 0.005
_SAMPLE = 400  # characters; judgement: 2 % of errors pass so many by chance once in 70 pages
_USUAL = 0.001  # share of wrong characters in sound text; judgement: counts as much as the sample
_RULED_OUT = 0.1  # probability of a reading; judgement: the recogniser rules out what it gives less
_NODES = 9  # points along a line; judgement: between two, a distortion is straight
# Em from ink to the middle of its character, and from a middle to its ink; judgement: half a
# character, and the gap to the next.
_REACH, _OFF = 0.75, 0.4
# Em, high and long; judgement: no character is so black, but the box over a blacked-out word is.
_SOLID, _SOLID_LENGTH = 0.8, 1.2

_Floats = NDArray[np.float64]


def believe_layer(layout: PageLayout, glyphs: Sequence[Glyph], recognizer: ReadOnce) -> int:
    """Count the invisible glyphs of a page that can be believed: 0 if too few to tell, or unsound.

    The recogniser reads a sample of the lines anew, and remembers what believed glyphs read. The
    glyphs are in points on the page as displayed.
    """
    if not glyphs:
        return 0
    placed = zip(layout.lines, _place(layout, glyphs), strict=True)
    covered = [(line, peaks) for line, peaks in placed if _covers(peaks, line)]
    count = sum(len(peaks) for _, peaks in covered)
    sample = covered[:: max(int(count / _SAMPLE), 1)]  # from all over the page
    total = sum(len(peaks) for _, peaks in sample)
    if total < _SAMPLE:
        return 0
    anew = recognizer.read([line for line, _ in sample])
    different = sum(
        _count_different([peak.readings[0][0] for peak in peaks], reading)
        for (_, peaks), reading in zip(sample, anew, strict=True)
    )
    if different > _MAX_DIFFERENT * total:
        return 0
    chance = 1 - (different + _USUAL * total) / (2 * total)
    for line, peaks in covered:
        aligned = align_to_ink(peaks, line.image)
        given = (replace(c, confidence=chance, shape=0.0, given=True) for c in aligned)
        recognizer.remember(line, tuple(given))
    return count


def _count_different(texts: Sequence[str], anew: Sequence[Character]) -> int:
    """How many characters the recogniser rules out, adds or misses."""
    edits = Levenshtein.editops(texts, [character.text for character in anew])
    return sum(
        edit.tag != "replace"
        or anew[edit.dest_pos].probability_of(texts[edit.src_pos]) < _RULED_OUT
        for edit in edits
    )


def _place(layout: PageLayout, glyphs: Sequence[Glyph]) -> list[list[Peak]]:
    """The glyphs of each line, from left to right, with their middles in pixels of its image."""
    x, y = _to_scan(layout, glyphs)
    nearest, owner = np.full(len(x), np.inf), np.full(len(x), -1)
    middles = np.zeros(len(x))
    for number, line in enumerate(layout.lines):
        along = np.linspace(line.x0, line.x1, _NODES)
        u, v = layout.distortion.to_scan(along, np.full(_NODES, (line.top + line.bottom) / 2))
        off = np.abs(y - np.interp(x, u, v))
        high = (line.bottom - line.top) / 2
        inside = (u[0] <= x) & (x <= u[-1]) & (off < np.minimum(nearest, high))
        nearest[inside], owner[inside] = off[inside], number
        middles[inside] = np.interp(x[inside], u, along) - line.x0
    lines: list[list[tuple[str, float]]] = [[] for _ in layout.lines]
    for place in np.argsort(middles, kind="stable").tolist():
        if owner[place] >= 0:
            lines[owner[place]].append((glyphs[place].text, float(middles[place])))
    return [list(_make_peaks(line)) for line in lines]


def _make_peaks(line: Sequence[tuple[str, float]]) -> Iterator[Peak]:
    """The characters of a line; white space between two belongs to the second."""
    for (before, _), (text, middle) in pairwise([("", 0.0), *line]):
        if text.strip():
            yield Peak(middle, ((text, 1.0),), float(before.isspace()))


def _to_scan(layout: PageLayout, glyphs: Sequence[Glyph]) -> tuple[_Floats, _Floats]:
    """The middles of glyphs, in pixels of the scanned picture turned upright."""
    scale = layout.picture.scale
    height, width = (side / scale for side in layout.picture.image.shape)
    boxes = (glyph.box.turned_back(-layout.turn % 360, width, height) for glyph in glyphs)
    x, y = np.array([box.center for box in boxes]).T * scale
    return x, y


def _covers(peaks: Sequence[Peak], line: InkLine) -> bool:
    """Whether each character has ink, and all ink has its character."""
    dark = line.dark
    columns = np.flatnonzero(dark.any(axis=0))
    if not peaks or not len(columns) or any(len(peak.readings[0][0]) != 1 for peak in peaks):
        return False
    em = line.ink_height
    solid = find_runs(np.count_nonzero(dark, axis=0) > _SOLID * em)
    if any(end - start > _SOLID_LENGTH * em for start, end in solid):
        return False
    off = np.abs(columns[:, None] - np.array([peak.x for peak in peaks]))
    return bool(off.min(axis=1).max() < _REACH * em and off.min(axis=0).max() < _OFF * em)
