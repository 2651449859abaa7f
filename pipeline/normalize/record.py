"""Write a record from the fields of its row."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import prod

from msgspec import Struct

from pipeline.model import (
    LOW_CONFIDENCE,
    UNMAPPED,
    Box,
    Correction,
    Field,
    FieldBox,
    FieldMark,
    FieldPart,
    Line,
    MarkKind,
    PageOrigin,
    Record,
    Segmented,
    SegmentedPage,
    Table,
)
from pipeline.normalize.clipping import is_clipped
from pipeline.normalize.line_ends.line_breaks import Decision
from pipeline.normalize.location import split_location
from pipeline.normalize.ocr_repair.characters import characters_confidence
from pipeline.normalize.redline import classify_revision, redline
from pipeline.normalize.text import Text
from pipeline.vocabulary.data_files import read_data

_OVERRUN_CONFIDENCE = 0.1  # judgement: a field that another's text runs over is rarely right
_MAX_OVERHANG = 0.3  # em of a line beyond its cell's edge; judgement: rounding moves it by less
# Where a line stands out of its cell, a spreadsheet may have left out others; measured: 17 of 19
# fields of a made sheet were right, which are too few to be sure.
_TIGHT_CONFIDENCE = 0.75
# Em; measured: none of 2009 fields of other annexes stands farther out of its cell than 0.05.
_MAX_TYPED_OVERHANG = 0.1
_PICTURED_CONFIDENCE = 0.5  # judgement: what a cell shows instead of text may be a value, or none
Place = tuple[int, int]
"""Index of a table in the annex, and of a row in it, from 0."""


class RecordField(Struct, frozen=True, gc=False):
    """A field while its record is being written."""

    name: str
    """Its role; in a column without a role its key in `extra`."""
    role: str | None
    header: str
    """Of its column, as printed, without white space."""
    field: Field
    text: Text
    """The text that its glyphs spell."""
    decisions: Sequence[Decision]
    row_confidence: float
    """The probability that its row is one record, 0-1."""
    lift: float
    """How far above their cells the lines of its table stand where they have room, in em."""
    correction: Correction | None = None

    @property
    def value(self) -> str:
        """The text in the record."""
        return self.correction.right if self.correction else self.text.value

    @property
    def marks(self) -> list[FieldMark]:
        """Its characters that the page marks; of a corrected text nobody knows which they are."""
        return [] if self.correction else mark_field(self.name, self.field.lines, self.text)

    @property
    def confidence(self) -> float:
        """The probability that its row, its line breaks and its characters are right."""
        recognised = self.field.is_recognised
        by = calibration("recognised" if recognised else "text_layer")
        row = float(self.row_confidence**by.rows)
        if self.correction:  # a person has checked it
            return row
        breaks = prod(decision.confidence for decision in self.decisions)
        characters = characters_confidence(self.field.lines) if recognised else 1.0
        parts = self.field.parts
        room = min((_room_confidence(part, self.lift) for part in parts), default=1.0)
        shown = _PICTURED_CONFIDENCE if self.field.pictured and not self.value else 1.0
        sure = row * breaks**by.breaks * characters**by.characters * room * shown
        return float(sure * self.text.confidence)


def _room_confidence(part: FieldPart, lift: float) -> float:
    """The probability that a cell has its own text and all of it: its lines have room there."""
    if any(line.overprinted for line in part.lines):
        return _OVERRUN_CONFIDENCE
    out = max((_measure_overhang(line, part.box, lift) for line in part.lines), default=0.0)
    if out > _MAX_OVERHANG:
        return _OVERRUN_CONFIDENCE
    typed = not any(line.confidences for line in part.lines)
    return _TIGHT_CONFIDENCE if typed and out > _MAX_TYPED_OVERHANG else 1.0


def _measure_overhang(line: Line, cell: Box, lift: float = 0.0) -> float:
    """How far a line stands above or below its cell, in em; negative: it has that much room.

    Args:
        lift: What is no overhang above the cell.
    """
    if not line.size:
        return 0.0
    return max((cell.top - line.top) / line.size - lift, (line.bottom - cell.bottom) / line.size)


def measure_lift(table: Table) -> float:
    """How far above their cells lines stand that have room for others below them, in em.

    A program sets some fonts higher than their cells. No text is cut off there.
    """
    fields = (field for row in table.rows for field in row.fields)
    parts = (part for field in fields for part in field.parts)
    lifts = ((_measure_overhang(part.lines[0], part.box), part) for part in parts if part.lines)
    lifted = ((lift, part) for lift, part in lifts if 0 < lift <= _MAX_OVERHANG)
    return max((lift for lift, part in lifted if not part.is_tight), default=0.0)


def record_id(annex: str, place: Place) -> str:
    """The id of the record at a place: `<annex>-t<table_index>-r<row_index>`."""
    return f"{annex}-t{place[0] + 1}-r{place[1] + 1}"


def write_record(annex: Segmented, place: Place, entries: Sequence[RecordField]) -> Record:
    """Write the record at a place.

    Args:
        entries: The row's fields, in the order of the table's columns.
    """
    table = annex.tables[place[0]]
    row = table.rows[place[1]]
    texts = {entry.role: entry.value for entry in entries if entry.role}
    original, revision = texts.get("original_text"), texts.get("revision")
    location, body = split_location(original) if original is not None else ([], None)
    compared = None if revision is None else (original or "", revision)
    first, last = row.pages
    confidences = [entry.confidence for entry in entries]
    marks = [mark for entry in entries for mark in entry.marks]
    return Record(
        record_id=record_id(annex.header.annex, place),
        annex=annex.header.annex,
        source_sha256=annex.header.source_sha256,
        table_index=place[0] + 1,
        row_index=place[1] + 1,
        title=table.title,
        caption=table.caption,
        number=texts.get("number"),
        category=texts.get("category"),
        original_text=original,
        comment=texts.get("comment"),
        submitter=texts.get("submitter"),
        revision=revision,
        response=texts.get("response"),
        disposition=texts.get("disposition"),
        extra={entry.name: entry.value for entry in entries if entry.role is None},
        headers={entry.role: entry.header for entry in entries if entry.role},
        section=list(row.section),
        marks=marks,
        location=location,
        original_body=body,
        revision_kind=classify_revision(*compared) if compared else None,
        redline=redline(*compared) if compared else None,
        page_first=first,
        page_last=last,
        boxes=list(_boxes(entries, annex.pages)),
        source=_find_origin(annex.pages[first - 1 : last]),
        field_confidence={
            entry.name: 1.0 if entry.correction else confidence
            for entry, confidence in zip(entries, confidences, strict=True)
        },
        confidence=min(confidences),
        flags=_flags(entries, marks, (first, last), min(confidences)),
    )


def _find_origin(pages: Sequence[SegmentedPage]) -> PageOrigin:
    """Where the text of some pages is from."""
    origins = {page.header.source for page in pages}
    return origins.pop() if len(origins) == 1 else PageOrigin.MIXED


def _boxes(entries: Sequence[RecordField], pages: Sequence[SegmentedPage]) -> Iterator[FieldBox]:
    for entry in entries:
        for part in entry.field.parts:
            page = pages[part.page - 1]
            box = page.header.displayed(part.box)
            yield FieldBox(entry.name, part.page, box.x0, box.top, box.x1, box.bottom)


def _flags(
    entries: Sequence[RecordField],
    marks: Sequence[FieldMark],
    pages: tuple[int, int],
    confidence: float,
) -> list[str]:
    found = {
        "continued": pages[0] != pages[1],
        "clipped": any(is_clipped(entry.field, entry.value) for entry in entries),
        "pictured": any(entry.field.pictured for entry in entries),
        "struck": any(mark.kind == MarkKind.STRIKE for mark in marks),
        "low_confidence": confidence < LOW_CONFIDENCE,
        "unmapped_glyphs": any(UNMAPPED in entry.value for entry in entries),
        "corrected": any(entry.correction for entry in entries),
    }
    return [flag for flag, raised in found.items() if raised]


class Exponents(Struct, frozen=True):
    """Powers to which the probabilities are taken whose product is a field's confidence."""

    rows: float
    """Of the probability that its row is one record."""
    breaks: float
    """Of the product over the decisions on its line breaks."""
    characters: float
    """Of the product over its recognised characters, which are not independent of each other."""


@cache
def calibration(source: str) -> Exponents:
    """The fitted exponents of fields from a `text_layer`, or of `recognised` ones (once)."""
    return Exponents(**read_data(__package__, "calibration.yml")[source])


def mark_field(name: str, lines: Sequence[Line], text: Text) -> list[FieldMark]:
    """Carry the marks of physical lines over to the text that they were joined to.

    A mark that runs on over a line end of the layout is one mark, with the space between words
    that stood there.

    Args:
        name: The field's name, as in `boxes`.
    """
    marks: list[FieldMark] = []
    last: dict[MarkKind, int] = {}
    for start, end, kind in _place_marks(lines, text):
        place = last.get(kind)
        gap = text.value[marks[place].end : start] if place is not None else ""
        if place is not None and gap in ("", " "):
            marks[place] = FieldMark(name, marks[place].start, end, kind)
        else:
            last[kind] = len(marks)
            marks.append(FieldMark(name, start, end, kind))
    return marks


def _place_marks(lines: Sequence[Line], text: Text) -> Iterator[tuple[int, int, MarkKind]]:
    """Yield the place of each mark in the text; a line loses white space at both of its ends."""
    for line, (first, last) in zip(lines, text.spans, strict=True):
        lost = len(line.text.rstrip()) - (last - first)
        for mark in line.marks:
            start, end = first + max(mark.start - lost, 0), min(first + mark.end - lost, last)
            if start < end:
                yield start, end, mark.kind
