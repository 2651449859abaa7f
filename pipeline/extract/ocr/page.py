"""A page recognised from its picture, as the drawing that the other pages are read from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.image.page_image import Picture
from pipeline.extract.ocr.layout.left_margins import find_margins
from pipeline.extract.ocr.layout.page_layout import Sheet, read_rest, read_sheet
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.repair.steps import repair_lines
from pipeline.extract.pdf.page_content import Drawing, Shade
from pipeline.model import UNMAPPED, Box, Glyph

_TURNS = (0, 90, 270, 180)  # degrees, the likeliest first
_SAMPLE = 8  # lines that show whether a page stands upright
# Mean confidences of lines. The recogniser has learnt vertical writing, so it reads columns of
# characters that lie on their side with up to 0.9; on their head they have 0.1.
_PLAIN = 0.97  # above it no other way round is tried
_UPRIGHT = 0.8
_INKED = 0.92  # em that the ink of a line of kanji is high
_AROUND = 3.0  # em from a table's outermost text to its rulings
_SHADE = 0.9  # its grey; only its edges are looked at
_POSSIBLE = 0.003  # chance of what is kept as another reading
_SAME = 0.2  # em by which lines of one size differ in height: one has brackets, one has not
_DASH = 0.36  # em of ink and its white; furigana, half as large as the type, have 0.4

Reading = Sequence[Character]


def read_scan(picture: Picture, recognizer: Recognizer, hidden: int) -> Drawing:
    """Recognise a page.

    Args:
        picture: The page as displayed.
        recognizer: What reads the lines.
        hidden: The glyphs of its text layer that no reader sees: an OCR layer.

    Returns:
        What a reader sees on it, upright and straight.
    """
    sheet = _stand_upright(picture, recognizer)
    read = _recognise(sheet, recognizer)
    glyphs = tuple(glyph for line in read for glyph in line)
    return Drawing(
        number=picture.number,
        width=picture.width,
        height=picture.height,
        turn=sheet.turn,
        glyphs=glyphs,
        count=hidden + _count(glyphs),
        hidden=hidden,
        strokes=tuple(sheet.box(bar.x0, bar.top, bar.x1, bar.bottom) for bar in sheet.bars),
        shades=tuple(Shade(sheet.box(*rect), (_SHADE,)) for rect in sheet.shades),
        pictured=True,
        source="ocr",
        unread_ink=_unread_ink(sheet, glyphs),
        warp=sheet.warp,
    )


def add_scan(drawing: Drawing, picture: Picture, recognizer: Recognizer) -> Drawing:
    """Recognise what no glyph of a page says: a picture of a table, glyphs without Unicode value.

    Args:
        drawing: What the PDF says is on the page.
        picture: The page as displayed.
        recognizer: What reads the lines.

    Returns:
        The drawing with the glyphs that were recognised with some certainty, and the rulings
        around them. Where there are none it is as it was: logos and figures are no text.
    """
    unmapped = [glyph for glyph in drawing.glyphs if UNMAPPED in glyph.text]
    known = [g for g in drawing.glyphs if g.text.strip() and UNMAPPED not in g.text]
    sheet = read_rest(picture, drawing.turn, [glyph.box for glyph in known])
    read = [line for line in _recognise(sheet, recognizer) if line and _is_text(line)]
    if not drawing.pictured:  # what is drawn besides the glyphs are arrows and braces
        read = [line for line in read if _stands_for(line, unmapped)]
    glyphs = tuple(glyph for line in read for glyph in line)
    if not glyphs:
        return drawing
    kept = [g for g in drawing.glyphs if g not in unmapped or not _stands_for(glyphs, [g])]
    around = _outline(glyphs)
    bars = [sheet.box(bar.x0, bar.top, bar.x1, bar.bottom) for bar in sheet.bars]
    return replace(
        drawing,
        glyphs=(*kept, *glyphs),
        count=drawing.count + _count(glyphs) - (len(drawing.glyphs) - len(kept)),
        strokes=(*drawing.strokes, *(bar for bar in bars if around.contains(bar))),
        source="mixed",
        unread_ink=_unread_ink(sheet, glyphs),
    )


def _is_text(line: Sequence[Glyph]) -> bool:
    return fmean(glyph.confidence for glyph in line) > _UPRIGHT


def _stands_for(read: Sequence[Glyph], unmapped: Sequence[Glyph]) -> bool:
    """Whether a glyph without Unicode value was recognised."""
    return any(other.box.contains(glyph.box) for glyph in read for other in unmapped)


def _outline(glyphs: Sequence[Glyph]) -> Box:
    """The box around glyphs and the rulings of their cells."""
    around = _AROUND * max(glyph.size for glyph in glyphs)
    return Box(
        min(glyph.box.x0 for glyph in glyphs) - around,
        min(glyph.box.top for glyph in glyphs) - around,
        max(glyph.box.x1 for glyph in glyphs) + around,
        max(glyph.box.bottom for glyph in glyphs) + around,
    )


def _count(glyphs: Sequence[Glyph]) -> int:
    return sum(bool(glyph.text.strip()) for glyph in glyphs)


def _recognise(sheet: Sheet, recognizer: Recognizer) -> list[list[Glyph]]:
    """The glyphs of each line."""
    sizes = [_type_size(sheet, line) for line in sheet.lines]
    found = recognizer.read(sheet.lines)
    readings = repair_lines(found, sizes, find_margins(sheet.lines, found, sizes))
    return [
        list(_glyphs(sheet, line, reading, size))
        for line, reading, size in zip(sheet.lines, readings, sizes, strict=True)
    ]


def _stand_upright(picture: Picture, recognizer: Recognizer) -> Sheet:
    """The page turned so that its lines can be read; as it is where none can."""
    sheets = (read_sheet(picture, turn) for turn in _TURNS)
    tried: list[tuple[float, Sheet]] = []
    for sheet in sheets:
        sure = _legibility(sheet, recognizer)
        if sure is None or sure > _PLAIN:
            return sheet
        tried.append((sure, sheet))
    return max(tried, key=lambda pair: pair[0])[1]


def _legibility(sheet: Sheet, recognizer: Recognizer) -> float | None:
    """How sure the recogniser is of some longer lines; None: there are none."""
    longest = sorted(sheet.lines, key=lambda line: line.x0 - line.x1)[: 4 * _SAMPLE]
    sample = longest[:: max(len(longest) // _SAMPLE, 1)][:_SAMPLE]
    sure = [character.confidence for reading in recognizer.read(sample) for character in reading]
    return fmean(sure) if sure else None


def _glyphs(sheet: Sheet, line: InkLine, reading: Reading, size: float) -> Iterator[Glyph]:
    middle = (line.top + line.bottom) / 2
    top, bottom = middle - size / 2, middle + size / 2
    if line.gap and reading:
        first = line.x0 + reading[0].x0
        space = sheet.box(first - line.gap, top, first, bottom)
        yield Glyph("\u3000", space, size / sheet.picture.scale, confidence=reading[0].confidence)
    for character in reading:
        box = sheet.box(line.x0 + character.x0, top, line.x0 + character.x1, bottom)
        yield Glyph(
            character.text,
            box,
            size / sheet.picture.scale,
            confidence=character.confidence,
            alternatives=_others(character),
            repairs=character.repairs,
        )


def _others(character: Character) -> str:
    """What else a character may be, where that is not next to impossible."""
    known = dict.fromkeys(o for o, chance in character.others if chance > _POSSIBLE)
    return "".join(other for other in known if len(other) == 1 and other != character.text)


def _type_size(sheet: Sheet, line: InkLine) -> float:
    """The size of a line's type in pixels: the page's, where its ink is about as high."""
    rows = np.flatnonzero((line.image < 128).any(axis=1))
    height = int(rows[-1] - rows[0]) + 1 if len(rows) else line.bottom - line.top
    size = height / _INKED
    # What is lower than furigana is no smaller type: a dash, a row of dots.
    known = abs(size - sheet.em) < _SAME * sheet.em or size < _DASH * sheet.em
    return sheet.em if known else size


def _unread_ink(sheet: Sheet, glyphs: Sequence[Glyph]) -> float:
    """Share of the ink that no recognised glyph covers."""
    unread = sheet.ink > 0
    whole = int(unread.sum())
    for glyph in glyphs:
        if glyph.text.strip():
            x0, top, x1, bottom = sheet.pixels(glyph.box)
            unread[max(top, 0) : bottom, max(x0, 0) : x1] = False
    return int(unread.sum()) / whole if whole else 0.0
