"""Recognise a page from its picture and return it as a `Drawing`, like any other page."""

from collections.abc import Iterator, Sequence
from itertools import chain, compress
from math import prod
from operator import not_
from statistics import fmean

import numpy as np
from msgspec.structs import replace

from pipeline.extract.ocr.engine.cache import ReadOnce
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.engine.text_layer import believe_layer
from pipeline.extract.ocr.image.coverage import share_uncovered
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.page_layout import PageLayout, analyze_remainder, analyze_scan
from pipeline.extract.ocr.layout.second_look import fill_bars, set_in_type
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.repair.font_metrics import measure_rises
from pipeline.extract.ocr.repair.marks import measure_sureness
from pipeline.extract.ocr.repair.steps import repair_lines
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.pdf.upright_view import Shade
from pipeline.model import UNMAPPED, Box, Glyph, InkShape
from pipeline.vocabulary.character_widths import half_form

_TURNS = (0, 90, 270, 180)  # degrees; judgement: the likeliest first
_SAMPLE = 8  # lines; judgement: enough to show whether a page is upright
_LONGEST = 4 * _SAMPLE  # lines; judgement: the sample is taken from this many of the longest
# Mean confidence of lines; judgement: above it no other direction is tried. Lines that lie on their
# side get 0.4, upright ones that dashed rulings cross 0.9.
_CLEARLY_UPRIGHT = 0.8
_LEGIBLE = 0.8  # mean confidence; judgement: a line of text, and not a logo or a figure
_INK_HEIGHT = 0.92  # em; judgement: the height of the ink of a line of kanji
_RULING_DISTANCE = 3.0  # em; judgement: from a table's outermost text to its rulings
_SHADE_GREY = 0.9  # brightness, 0-1; judgement: any light grey, since only its edges are used
_POSSIBLE = 0.003  # probability; judgement: less likely readings are not worth keeping
# em by which the heights of lines of one size differ; judgement: some have brackets, some do not.
_SAME_SIZE = 0.2
_LOWEST_TYPE = 0.36  # em of type size; judgement: furigana, half as large as the text, have 0.4
_LABEL = 3  # characters; judgement: of a label or a number; No may be read as N№o
_LIKELY = 0.5  # probability of a whole reading; judgement: likelier than not

Reading = Sequence[Character]


def recognize_page(drawing: Drawing, picture: Picture, recognizer: Recognizer) -> Drawing:
    """Recognise a whole page: what a reader sees on it, upright and straightened.

    The recogniser reads the lines that no sound invisible text reads.
    """
    recognizer = ReadOnce(recognizer)
    layout = _turn_upright(picture, recognizer)
    believed = believe_layer(layout, drawing.ocr_layer, recognizer)
    lines = _recognize_lines(layout, recognizer)
    glyphs = tuple(glyph for line in lines for glyph in line)
    in_margin = [layout.in_margin(glyph.box) for glyph in glyphs]
    shades = (layout.box(*rect) for rect in layout.shades)
    return Drawing(
        number=picture.number,
        width=picture.width,
        height=picture.height,
        turn=layout.turn,
        glyphs=tuple(compress(glyphs, map(not_, in_margin))),
        overlays=tuple(compress(glyphs, in_margin)),
        count=drawing.hidden - believed + _count_characters(glyphs),
        hidden=drawing.hidden - believed,
        believed=believed,
        strokes=tuple(layout.strokes),
        shades=tuple(Shade(box, (_SHADE_GREY,)) for box in shades if not layout.in_margin(box)),
        pictured=True,
        source="ocr",
        unread_ink=share_uncovered(layout.ink_on_sheet, layout.picture, glyphs),
        warp=layout.warp,
        marked=tuple((m.kind, layout.box(m.x0, m.y, m.x1, m.y)) for m in layout.marks),
    )


def recognize_remainder(drawing: Drawing, picture: Picture, recognizer: Recognizer) -> Drawing:
    """Recognise the text that a page's glyphs lack: a picture of a table, glyphs without Unicode.

    The legible glyphs and the rulings around them are added. Logos and figures are not text.
    """
    unmapped = [glyph for glyph in drawing.glyphs if UNMAPPED in glyph.text]
    known = [g for g in drawing.glyphs if g.text.strip() and UNMAPPED not in g.text]
    layout = analyze_remainder(picture, drawing.turn, [glyph.box for glyph in known])
    recognized = _recognize_lines(layout, recognizer)
    lines = [line for line in recognized if _measure_mean(line) > _LEGIBLE]
    if not drawing.pictured:  # everything drawn besides the glyphs is arrows and braces
        lines = [line for line in lines if _covers_unmapped(line, unmapped)]
    glyphs = tuple(glyph for line in lines for glyph in line)
    if not glyphs:
        return drawing
    kept = [g for g in drawing.glyphs if g not in unmapped or not _covers_unmapped(glyphs, [g])]
    area = _table_area(glyphs)
    return replace(
        drawing,
        glyphs=(*kept, *glyphs),
        count=drawing.count + _count_characters(glyphs) - (len(drawing.glyphs) - len(kept)),
        strokes=(*drawing.strokes, *filter(area.contains, layout.strokes)),
        source="mixed",
        unread_ink=share_uncovered(layout.ink_on_sheet, layout.picture, glyphs),
    )


def _covers_unmapped(glyphs: Sequence[Glyph], unmapped: Sequence[Glyph]) -> bool:
    """Whether one of the recognised glyphs lies on a glyph without Unicode value."""
    return any(other.box.contains(glyph.box) for glyph in glyphs for other in unmapped)


def _table_area(glyphs: Sequence[Glyph]) -> Box:
    """The box around glyphs, large enough for the rulings of their cells."""
    margin = _RULING_DISTANCE * max(glyph.size for glyph in glyphs)
    box = Box.around([glyph.box for glyph in glyphs])
    return Box(box.x0 - margin, box.top - margin, box.x1 + margin, box.bottom + margin)


def _count_characters(glyphs: Sequence[Glyph]) -> int:
    return sum(bool(glyph.text.strip()) for glyph in glyphs)


def _recognize_lines(layout: PageLayout, recognizer: Recognizer) -> list[list[Glyph]]:
    """Recognise each line as glyphs."""
    lines, readings = _read_lines(layout, recognizer)
    sizes = [_measure_type_size(layout, *read) for read in zip(lines, readings, strict=True)]
    for index, line in enumerate(lines):
        if line.gap and len(readings[index - 1]) == 1:  # ハ of an item is low, and no smaller type
            sizes[index - 1] = max(sizes[index - 1 : index + 1])
    repaired = repair_lines(readings, sizes, [line.x0 for line in lines])
    return [
        list(_make_glyphs(layout, line, reading, size))
        for line, reading, size in zip(lines, repaired, sizes, strict=True)
    ]


def _read_lines(
    layout: PageLayout, recognizer: Recognizer
) -> tuple[Sequence[InkLine], Sequence[Reading]]:
    """Read the lines, marked and short low ones twice; with each reading, the line as it was read.

    Where the letters are the same, the first look stays: widths are told by the whole page.
    """
    lines, readings = [*layout.lines], [*recognizer.read(layout.lines)]
    again = {
        index: line
        for index, reading in enumerate(readings)
        if reading and not reading[0].given
        if (line := fill_bars(lines[index], layout.marks))
        or (len(reading) <= _LABEL and (line := set_in_type(lines[index], layout.em)))
    }
    second = recognizer.read([*again.values()]) if again else []
    for (index, line), reading in zip(again.items(), second, strict=True):
        first, is_label = readings[index], len(readings[index]) <= _LABEL
        better = _rank(reading, is_label) > _rank(first, is_label)
        if better and _spell(reading) != _spell(first):
            lines[index], readings[index] = line, reading
    return lines, readings


def _measure_mean(reading: Reading | Sequence[Glyph]) -> float:
    """The mean confidence of a reading; 0 of one that sees nothing."""
    return fmean([character.confidence for character in reading] or [0.0])


def _spell(reading: Reading) -> list[str]:
    return [half_form(character.text) or character.text for character in reading]


def _rank(reading: Reading, is_label: bool) -> tuple[float, int]:
    """How sure a reading is; of two likely ones of a label, one leaves out no character."""
    if not is_label:
        return _measure_mean(reading), 0
    # A look that sees nothing takes no text away.
    is_likely = bool(reading) and prod(map(measure_sureness, reading)) > _LIKELY
    return is_likely, len(reading)


def _turn_upright(picture: Picture, recognizer: Recognizer) -> PageLayout:
    """Turn the page so that its lines can be read; leave it as it is if it has no lines."""
    tried: list[tuple[float, PageLayout]] = []
    for turn in _TURNS:
        layout = analyze_scan(picture, turn)
        confidence = _mean_confidence(layout, recognizer)
        if confidence is None or confidence > _CLEARLY_UPRIGHT:
            return layout
        tried.append((confidence, layout))
    return max(tried, key=lambda pair: pair[0])[1]


def _mean_confidence(layout: PageLayout, recognizer: Recognizer) -> float | None:
    """The mean confidence of the recogniser on a sample of long lines; None without lines."""
    longest = sorted(layout.lines, key=lambda line: line.x0 - line.x1)[:_LONGEST]
    sample = longest[:: max(len(longest) // _SAMPLE, 1)][:_SAMPLE]
    readings = recognizer.read(sample)
    return _measure_mean([*chain(*readings)]) if sample else None  # lines on their side say nothing


def _make_glyphs(
    layout: PageLayout, line: InkLine, reading: Reading, size: float
) -> Iterator[Glyph]:
    middle = (line.top + line.bottom) / 2
    top, bottom = middle - size / 2, middle + size / 2
    if line.gap and reading:
        first = line.x0 + reading[0].x0
        space = layout.box(first - line.gap, top, first, bottom)
        yield Glyph("\u3000", space, size / layout.picture.scale, confidence=reading[0].confidence)
    for character, rise in zip(reading, measure_rises(reading, size), strict=True):
        box = layout.box(line.x0 + character.x0, top, line.x0 + character.x1, bottom)
        yield Glyph(
            character.text,
            box,
            size / layout.picture.scale,
            confidence=character.confidence,
            alternatives=_list_alternatives(character),
            repairs=character.repairs,
            shape=InkShape(character.shape, rise),
        )


def _list_alternatives(character: Character) -> str:
    """The other possible readings of a character, without the very unlikely ones."""
    known = dict.fromkeys(o for o, chance in character.others if chance > _POSSIBLE)
    return "".join(other for other in known if len(other) == 1 and other != character.text)


def _measure_type_size(layout: PageLayout, line: InkLine, reading: Reading) -> float:
    """The size of a line's type in pixels: the page's size if the ink is about as high."""
    rows = np.flatnonzero(line.dark.any(axis=1))
    height = int(rows[-1] - rows[0]) + 1 if len(rows) else line.bottom - line.top
    size = height / _INK_HEIGHT
    # Ink lower than furigana is no smaller type but a dash or a row of dots, unless it is kana.
    low = size < _LOWEST_TYPE * layout.em and sum("ぁ" <= own.text <= "ん" for own in reading) < 2
    known = low or abs(size - layout.em) < _SAME_SIZE * layout.em
    return layout.em if known else size
