"""Normalize one annex: turn physical lines by role into the records that authors typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from pipeline.curation.corrections import check_corrections
from pipeline.model import (
    CORRECTED,
    UNMAPPED,
    Break,
    Column,
    Correction,
    Field,
    FieldBox,
    FieldPart,
    FieldTokens,
    Normalized,
    PageOrigin,
    Receipt,
    Record,
    Segmented,
    SegmentedPage,
    Table,
    TableRow,
)
from pipeline.normalize.account import Account
from pipeline.normalize.candidates import FieldKey
from pipeline.normalize.character_repairs import count_exchanges, repair_characters
from pipeline.normalize.clipping import is_clipped
from pipeline.normalize.issues import find_issues
from pipeline.normalize.line_breaks import Decision, decide_breaks
from pipeline.normalize.location import split_location
from pipeline.normalize.ocr_repair.steps import characters_confidence, repair_recognition
from pipeline.normalize.redline import classify_revision, redline
from pipeline.normalize.text import Text, join_physical_lines, wraps_words
from pipeline.normalize.tokenizer import analyze

LOW_CONFIDENCE = 0.8
"""Records below it are flagged; judgement: at this confidence one in five has an error."""

# Exponent of a record's confidence: its decisions are not quite independent. measured: on 260
# annexes of the factory, with it records are fully correct as often as their confidence says.
_CONFIDENCE_EXPONENT = 1.5
_OVERRUN_CONFIDENCE = 0.2  # judgement: a field that another's text runs over is rarely right
_MAX_OVERHANG = 0.3  # em of a line beyond its cell's edge; judgement: rounding moves it by less


_Place = tuple[int, int]
"""Index of a table in the annex, and of a row in it, from 0."""


@dataclass(frozen=True, slots=True)
class _RecordField:
    """A field while its record is being written."""

    name: str
    """Its role; in a column without a role its key in `extra`."""
    role: str | None
    field: Field
    text: Text
    """The text that its glyphs spell."""
    decisions: Sequence[Decision]
    correction: Correction | None = None

    @property
    def value(self) -> str:
        """The text in the record."""
        return self.correction.right if self.correction else self.text.value

    @property
    def confidence(self) -> float:
        if self.correction:  # a person has checked it
            return 1.0
        certainty = prod(decision.confidence for decision in self.decisions)
        certainty *= characters_confidence(self.field.lines)
        return certainty * (_OVERRUN_CONFIDENCE if any(map(_is_overrun, self.field.parts)) else 1.0)


def _is_overrun(part: FieldPart) -> bool:
    """Whether the text of another cell runs over this one, as spreadsheets allow."""
    return any(
        line.overprinted
        or line.top < part.box.top - _MAX_OVERHANG * line.size
        or line.bottom > part.box.bottom + _MAX_OVERHANG * line.size
        for line in part.lines
    )


def normalize_annex(segmented: Segmented, corrections: Sequence[Correction] = ()) -> Normalized:
    """Write the records of an annex.

    Args:
        segmented: What segment found.
        corrections: The errors that readers found in its records.

    Raises:
        OutdatedCorrectionError: The text that a correction quotes is not there.
    """
    recognised = repair_recognition(segmented)
    repaired = repair_characters(recognised)
    decisions = decide_breaks(repaired)
    words = wraps_words(d for field in decisions.values() for d in field)
    account = Account()
    records: list[Record] = []
    tokens: list[FieldTokens] = []
    breaks: list[Break] = []
    receipts: list[Receipt] = []
    written = _add_corrections(
        segmented.header.annex, _write_fields(repaired, decisions, words), corrections
    )
    for (t, r), entries in written.items():
        table = repaired.tables[t]
        record = _record(repaired, table, table.rows[r], entries, (t, r))
        records.append(record)
        for entry, field in zip(entries, recognised.tables[t].rows[r].fields, strict=True):
            # The account counts what the glyphs spell; a correction's receipt keeps that text.
            account.add(entry.field.parts, entry.text)
            tokens.append(FieldTokens(record.record_id, entry.name, analyze(entry.value)))
            breaks += _breaks(record.record_id, entry)
            receipts += _receipts(record.record_id, entry, field)
    pages = list(account.close_pages(repaired))
    header = segmented.header.with_issues(*find_issues(records, pages))
    return Normalized(header, records, tokens, breaks, receipts, pages)


def _write_fields(
    annex: Segmented, decisions: Mapping[FieldKey, Sequence[Decision]], words: bool
) -> dict[_Place, list[_RecordField]]:
    """Write the fields of each record, in reading order."""
    written: dict[_Place, list[_RecordField]] = {}
    for t, table in enumerate(annex.tables):
        names = _name_columns(table.columns)
        for r, row in enumerate(table.rows):
            written[t, r] = list(_list_entries(table, names, row, (t, r), decisions, words))
    return written


def _add_corrections(
    annex: str, written: dict[_Place, list[_RecordField]], corrections: Sequence[Correction]
) -> dict[_Place, list[_RecordField]]:
    """Add each correction to its field."""
    if not corrections:
        return written
    ids = {place: _record_id(annex, place) for place in written}
    texts = {ids[place]: {e.name: e.text.value for e in written[place]} for place in written}
    check_corrections(corrections, texts)
    right = {(correction.record, correction.field): correction for correction in corrections}
    return {
        place: [replace(entry, correction=right.get((ids[place], entry.name))) for entry in entries]
        for place, entries in written.items()
    }


def _record_id(annex: str, place: _Place) -> str:
    return f"{annex}-t{place[0] + 1}-r{place[1] + 1}"


def _name_columns(columns: Sequence[Column]) -> list[str]:
    """Name each column by its role, or by its header; a number keeps equal names apart."""
    names: list[str] = []
    for column in columns:
        name, again = column.role or column.header, 2
        while name in names:
            name, again = f"{column.header}_{again}", again + 1
        names.append(name)
    return names


def _list_entries(
    table: Table,
    names: Sequence[str],
    row: TableRow,
    place: _Place,
    decisions: Mapping[FieldKey, Sequence[Decision]],
    words: bool,
) -> Iterator[_RecordField]:
    for c, (name, column, field) in enumerate(zip(names, table.columns, row.fields, strict=True)):
        own = decisions.get((*place, c), ())
        yield _RecordField(
            name, column.role, field, join_physical_lines(field.lines, own, words), own
        )


def _record(
    annex: Segmented, table: Table, row: TableRow, entries: Sequence[_RecordField], place: _Place
) -> Record:
    texts = {entry.role: entry.value for entry in entries if entry.role}
    original, revision = texts.get("original_text"), texts.get("revision")
    location, body = split_location(original) if original is not None else ([], None)
    compared = revision is not None
    first, last = row.pages
    certainty = row.confidence * min(entry.confidence for entry in entries)
    confidence = certainty**_CONFIDENCE_EXPONENT
    sources = {page.header.source for page in annex.pages[first - 1 : last]}
    return Record(
        record_id=_record_id(annex.header.annex, place),
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
        location=location,
        original_body=body,
        revision_kind=classify_revision(original or "", revision or "") if compared else None,
        redline=redline(original or "", revision or "") if compared else None,
        page_first=first,
        page_last=last,
        boxes=list(_boxes(entries, annex.pages)),
        source=sources.pop() if len(sources) == 1 else PageOrigin.MIXED,
        confidence=confidence,
        flags=_flags(entries, (first, last), confidence),
    )


def _boxes(entries: Sequence[_RecordField], pages: Sequence[SegmentedPage]) -> Iterator[FieldBox]:
    for entry in entries:
        for part in entry.field.parts:
            page = pages[part.page - 1]
            box = page.header.displayed(part.box)
            yield FieldBox(entry.name, part.page, box.x0, box.top, box.x1, box.bottom)


def _flags(entries: Sequence[_RecordField], pages: tuple[int, int], confidence: float) -> list[str]:
    found = {
        "continued": pages[0] != pages[1],
        "clipped": any(is_clipped(entry.field, entry.value) for entry in entries),
        "low_confidence": confidence < LOW_CONFIDENCE,
        "unmapped_glyphs": any(UNMAPPED in entry.value for entry in entries),
        "corrected": any(entry.correction for entry in entries),
    }
    return [flag for flag, raised in found.items() if raised]


def _breaks(record_id: str, entry: _RecordField) -> Iterator[Break]:
    for decision in entry.decisions:
        yield Break(
            record_id=record_id,
            field=entry.name,
            position=decision.candidate.index,
            before=decision.candidate.before.text,
            after=decision.candidate.after.text,
            context=str(decision.candidate.context),
            kept=decision.kept,
            confidence=decision.confidence,
            odds=decision.odds,
            prior=decision.prior,
            geometry=decision.geometry,
            spacing=decision.spacing,
            series=decision.series,
            twins=decision.twins,
            slack=decision.fit.slack,
        )


def _receipts(record_id: str, entry: _RecordField, field: Field) -> Iterator[Receipt]:
    """List the changes of a field since it was read (`field` is the field as read)."""
    for (step, found, made), count in count_exchanges(field.lines).items():
        yield Receipt(record_id, entry.name, step, found, made, count)
    if entry.correction:
        correction = entry.correction
        yield Receipt(record_id, entry.name, CORRECTED, correction.found, correction.right, 1)
