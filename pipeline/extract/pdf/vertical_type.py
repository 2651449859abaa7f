"""Vertical type: put glyphs that stand upright in a vertical line into that line.

In the coordinates of the page turned so that its lines run to the right, an upright glyph advances
upwards. Figures two abreast (縦中横) are a short run of such glyphs, as long in the line as one.
"""

import numpy as np
from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import SMALLEST_SIZE, Glyphs, Integers
from pipeline.model import Repair
from pipeline.vocabulary.vertical_forms import VERTICAL_FORMS

_UPRIGHT = 270  # degrees; standard: JIS X 4051, vertical lines run down from upright characters
# em that an upright glyph is wide, up to which it may have another one beside it; judgement:
# figures have 0.5, kanji 1.
_NARROW = 0.75
_OFF = 0.25  # em between the middles of glyphs side by side; judgement: one font sets them level
# em between two glyphs side by side in level type; judgement: compressed ones overlap a little, and
# word spaces and the gaps of a heading that is set wide are below.
_LEAST_GAP, _LARGEST_GAP = -0.3, 1.5
_ABREAST_GAP = 0.25  # em; judgement: figures two abreast touch, the words of level type do not
_ABREAST = 2.1  # em; judgement: four figures of half an em, the most that is set abreast
# Share of white space that a character covers; judgement: a bracket set close covers half of it.
_COVERED = 0.8


def set_vertical(glyphs: Glyphs) -> Glyphs:
    """Give upright glyphs the direction and the place that they have in their vertical line.

    Level type between them (a page number) keeps its direction. Vertical forms become the
    characters that an author types, each with a receipt.

    Args:
        glyphs: In drawing order, white space last, on the page turned so that its lines run to the
            right.
    """
    upright = np.flatnonzero(glyphs.direction == _UPRIGHT)
    inked = glyphs.inked[upright]
    runs = _find_runs(glyphs, upright[inked]) if inked.any() else []
    glyphs = _set_upright(glyphs, runs)
    level = [run for run in runs if glyphs.direction[run[0]] == _UPRIGHT]
    spaces = [place for place in upright[~inked].tolist() if not _is_within(glyphs, place, level)]
    glyphs = _set_white_space(glyphs, np.array(spaces, np.int64))
    return name_characters(_drop_covered_space(glyphs))


def _is_within(glyphs: Glyphs, place: int, runs: list[Integers]) -> bool:
    """Whether white space stands in one of the runs of level type."""
    x, y = glyphs.x[place], glyphs.y[place]
    return any(
        bool((glyphs.x0[run] <= x).any() and (x <= glyphs.x1[run]).any())
        and float(glyphs.top[run].min()) <= y <= float(glyphs.bottom[run].max())
        for run in runs
    )


def _set_white_space(glyphs: Glyphs, places: Integers) -> Glyphs:
    """Lay white space into its line: it is as long there as it was wide."""
    x0, x1, direction = glyphs.x0.copy(), glyphs.x1.copy(), glyphs.direction.copy()
    width = (glyphs.bottom - glyphs.top)[places]
    x0[places] = glyphs.x[places] - width / 2
    x1[places] = x0[places] + width
    direction[places] = 0
    return glyphs.with_columns(x0=x0, x1=x1, direction=direction)


def _drop_covered_space(glyphs: Glyphs) -> Glyphs:
    """Leave out white space that is drawn over characters, as LibreOffice does in vertical type."""
    inked = glyphs.take(glyphs.inked)
    reach = _OFF * inked.size
    kept = glyphs.inked.copy()
    for place in np.flatnonzero(~kept).tolist():
        left, right, y = glyphs.x0[place], glyphs.x1[place], glyphs.y[place]
        shared = np.minimum(inked.x1, right) - np.maximum(inked.x0, left)
        covered = (shared > _COVERED * (right - left)) & (abs(inked.y - y) < reach)
        kept[place] = not covered.any()
    return glyphs.take(kept)


def _find_runs(glyphs: Glyphs, places: Integers) -> list[Integers]:
    """Split upright glyphs into runs that stand side by side, as in level type."""
    size = np.maximum(glyphs.size[places], SMALLEST_SIZE)[1:]
    gap = (glyphs.top[places[:-1]] - glyphs.bottom[places[1:]]) / size
    is_level = abs(np.diff(glyphs.x[places])) <= _OFF * size
    is_next = (np.diff(places) == 1) & (gap >= _LEAST_GAP) & (gap <= _LARGEST_GAP)
    runs = np.split(places, np.flatnonzero(~(is_level & is_next)) + 1)
    return [part for run in runs for part in _part_lines(glyphs, run)]


def _part_lines(glyphs: Glyphs, run: Integers) -> list[Integers]:
    """Part glyphs that are in lines beside each other, drawn one after the other."""
    gap = glyphs.top[run[0]] - glyphs.bottom[run[-1]]
    is_apart = len(run) == 2 and gap > _OFF * glyphs.size[run[0]]
    return np.split(run, len(run)) if is_apart or _are_in_lines(glyphs, run) else [run]


def _are_in_lines(glyphs: Glyphs, run: Integers) -> bool:
    """Whether each glyph of a run is nearer to one of a vertical line than to the next of the run.

    A program that draws glyphs in no order may draw two of neighbouring lines in a row.
    """
    if len(run) == 1:
        return False
    pitch = abs(np.diff(glyphs.y[run])).min()
    others = glyphs.inked.copy()
    others[run] = False
    x, y = glyphs.x[others], glyphs.y[others]
    return all(
        bool(
            (
                (abs(y - glyphs.y[place]) <= _OFF * glyphs.size[place])
                & (abs(x - glyphs.x[place]) < pitch)
            ).any()
        )
        for place in run.tolist()
    )


def _set_upright(glyphs: Glyphs, runs: list[Integers]) -> Glyphs:
    """Lay single glyphs and figures two abreast into the lines; longer runs are level type."""
    narrow = [run for run in runs if _is_abreast(glyphs, run)]
    wide = [run for run in runs if len(run) == 1 and not _is_abreast(glyphs, run)]
    direction = glyphs.direction.copy()
    direction[[place for run in wide for place in run.tolist()]] = 0
    glyphs = glyphs.with_columns(direction=direction)
    lines = glyphs.inked & (direction == 0)
    if not lines.any():
        return glyphs
    em = float(glyphs.size[lines].max())
    first, last = float(glyphs.x0[lines].min()) - em, float(glyphs.x1[lines].max()) + em
    # A page number stands before or after all vertical lines; a narrow （ may begin one.
    inside = [run for run in narrow if first <= float(glyphs.x[run].mean()) <= last]
    return _set_abreast(glyphs, inside)


def _is_abreast(glyphs: Glyphs, run: Integers) -> bool:
    """Whether a run is short enough, and its glyphs narrow and close enough, for one em."""
    top, bottom = glyphs.top[run], glyphs.bottom[run]
    size = max(float(glyphs.size[run].max()), SMALLEST_SIZE)
    gaps = top[:-1] - bottom[1:]
    is_narrow = (bottom - top <= _NARROW * size).all() and (gaps <= _ABREAST_GAP * size).all()
    return bool(is_narrow and bottom.max() - top.min() <= _ABREAST * size)


def _set_abreast(glyphs: Glyphs, runs: list[Integers]) -> Glyphs:
    """Lay each run into its line, where its glyphs share its length and have its full height."""
    x0, x1, direction = glyphs.x0.copy(), glyphs.x1.copy(), glyphs.direction.copy()
    top, bottom = glyphs.top.copy(), glyphs.bottom.copy()
    for run in runs:
        edges = np.linspace(x0[run].min(), x1[run].max(), len(run) + 1)
        x0[run], x1[run] = edges[:-1], edges[1:]
        top[run], bottom[run] = top[run].min(), bottom[run].max()
        direction[run] = 0
    return glyphs.with_columns(x0=x0, top=top, x1=x1, bottom=bottom, direction=direction)


def name_characters(glyphs: Glyphs) -> Glyphs:
    """Replace vertical forms by the characters that an author types, each with a receipt."""
    if VERTICAL_FORMS.keys().isdisjoint(glyphs.texts):
        return glyphs
    named = []
    for glyph in glyphs:
        made = VERTICAL_FORMS.get(glyph.text)
        repairs = (Repair("vertical_form", glyph.text, made),) if made else ()
        named.append(replace(glyph, text=made or glyph.text, repairs=repairs))
    return Glyphs.of(named)
