"""Normalize one annex: turn physical lines by role into the records that authors typed."""

from collections.abc import Iterator, Mapping, Sequence
from sys import intern

from msgspec import Struct
from msgspec.structs import replace

from pipeline.curation.corrections import check_corrections
from pipeline.model import (
    CORRECTED,
    AnnexHeader,
    Break,
    Correction,
    Field,
    FieldTokens,
    Issue,
    Line,
    Normalized,
    PageAccount,
    Receipt,
    Record,
    Segmented,
    Severity,
    Stage,
    name_columns,
)
from pipeline.normalize.account import Account
from pipeline.normalize.character_repairs import count_exchanges, repair_characters
from pipeline.normalize.latin_words import LatinWords, list_words
from pipeline.normalize.line_ends.candidates import FieldKey, list_fields
from pipeline.normalize.line_ends.line_breaks import Decision, decide_breaks
from pipeline.normalize.line_ends.revised_line_ends import settle_revised_line_ends
from pipeline.normalize.record import Place, RecordField, measure_lift, record_id, write_record
from pipeline.normalize.text import Text, join_physical_lines, list_runs, wraps_words
from pipeline.normalize.tokenizer import analyze


def normalize_annex(segmented: Segmented, corrections: Sequence[Correction] = ()) -> Normalized:
    """Write the records of an annex.

    Raises:
        OutdatedCorrectionError: The text that a correction quotes is not there.
    """
    return RecordWriter(segmented).write(segmented.header, corrections, again=False)


class RecordWriter:
    """Writes the records of an annex, again and again with other corrections.

    All that no correction changes is done once. A record is written again only if its corrections
    are others than last time.
    """

    def __init__(self, segmented: Segmented) -> None:
        self._recognised = _repair_recognised(segmented)
        self._repaired = repair_characters(self._recognised)
        decisions = settle_revised_line_ends(self._repaired, decide_breaks(self._repaired))
        runs = list_runs(_list_lines(self._repaired))
        moved = wraps_words((d for field in decisions.values() for d in field), runs)
        self._words = LatinWords(moved, list_words(_list_lines(self._repaired)))
        self._fields = _write_fields(self._repaired, decisions, self._words)
        account = Account()
        for entries in self._fields.values():
            for entry in entries:
                # The account counts what the glyphs spell; a correction's receipt keeps that text.
                account.add(entry.field.parts, entry.text)
        self._pages = list(account.close_pages(self._repaired))
        self._written: dict[Place, _Written] = {}

    def write(
        self, header: AnnexHeader, corrections: Sequence[Correction], again: bool = True
    ) -> Normalized:
        """Write all records.

        Args:
            again: Whether they may be written once more. Otherwise what each record is made from is
                given up as soon as it is written: a fifth of the memory of a long annex.

        Raises:
            OutdatedCorrectionError: The text that a correction quotes is not there.
        """
        annex = self._repaired.header.annex
        corrected = _add_corrections(annex, self._fields, corrections)
        if again:
            written = [self._write_record(place, entries) for place, entries in corrected.items()]
        else:
            self._fields = {}
            written = [self._write_anew(place, corrected.pop(place)) for place in list(corrected)]
        records = [one.record for one in written]
        return Normalized(
            header.with_issues(*find_issues(records, self._pages)),
            records,
            [tokens for one in written for tokens in one.tokens],
            [line_end for one in written for line_end in one.breaks],
            [receipt for one in written for receipt in one.receipts],
            self._pages,
        )

    def find_fields(self, record: str) -> Mapping[str, RecordField]:
        """The fields of a record by their names, without corrections; empty: no such record."""
        annex = self._repaired.header.annex
        for place, entries in self._fields.items():
            if record_id(annex, place) == record:
                return {entry.name: entry for entry in entries}
        return {}

    def join_lines(self, entry: RecordField, kept: Sequence[bool]) -> Text:
        """The text of a field if its author had broken its lines in another way.

        Args:
            kept: For each line end but the last whether the author made it.
        """
        return join_physical_lines(entry.field.lines, kept, _rooms(entry.decisions), self._words)

    def _write_record(self, place: Place, entries: Sequence[RecordField]) -> "_Written":
        corrections = [entry.correction for entry in entries]
        known = self._written.get(place)
        if known is None or known.corrections != corrections:
            known = self._written[place] = self._write_anew(place, entries)
        return known

    def _write_anew(self, place: Place, entries: Sequence[RecordField]) -> "_Written":
        record = write_record(self._repaired, place, entries)
        name = record.record_id
        fields = self._recognised.tables[place[0]].rows[place[1]].fields
        return _Written(
            [entry.correction for entry in entries],
            record,
            [FieldTokens(name, entry.name, analyze(entry.value)) for entry in entries],
            [line_end for entry in entries for line_end in _breaks(name, entry)],
            [
                receipt
                for entry, field in zip(entries, fields, strict=True)
                for receipt in _receipts(name, entry, field)
            ],
        )


class _Written(Struct, frozen=True):
    """A record with all that is written of it."""

    corrections: Sequence[Correction | None]
    """Of its fields."""
    record: Record
    tokens: Sequence[FieldTokens]
    breaks: Sequence[Break]
    receipts: Sequence[Receipt]


def _repair_recognised(segmented: Segmented) -> Segmented:
    if not any(field.is_recognised for _, field in list_fields(segmented)):
        return segmented
    from pipeline.normalize.ocr_repair.steps import repair_recognition  # only for pictures

    return repair_recognition(segmented)


def _write_fields(
    annex: Segmented, decisions: Mapping[FieldKey, Sequence[Decision]], words: LatinWords
) -> dict[Place, list[RecordField]]:
    """Write the fields of each record, in reading order."""
    written: dict[Place, list[RecordField]] = {}
    for t, table in enumerate(annex.tables):
        names, lift = name_columns(table.columns), measure_lift(table)
        for r, row in enumerate(table.rows):
            ends = [decisions.get((t, r, c), ()) for c in range(len(row.fields))]
            texts = [
                join_physical_lines(field.lines, [one.kept for one in own], _rooms(own), words)
                for field, own in zip(row.fields, ends, strict=True)
            ]
            columns = zip(names, table.columns, row.fields, texts, ends, strict=True)
            written[t, r] = [
                RecordField(name, col.role, col.header, field, text, own, row.confidence, lift)
                for name, col, field, text, own in columns
            ]
    return written


def _add_corrections(
    annex: str, written: dict[Place, list[RecordField]], corrections: Sequence[Correction]
) -> dict[Place, list[RecordField]]:
    """Add each correction to its field."""
    if not corrections:
        return written
    ids = {place: record_id(annex, place) for place in written}
    texts = {ids[place]: {e.name: e.text.value for e in written[place]} for place in written}
    check_corrections(corrections, texts)
    right: dict[str, dict[str, Correction]] = {}
    for correction in corrections:
        right.setdefault(correction.record, {})[correction.field] = correction
    corrected = dict(written)
    for place in (place for place in written if ids[place] in right):
        own = right[ids[place]]
        corrected[place] = [replace(e, correction=own.get(e.name)) for e in written[place]]
    return corrected


def _list_lines(annex: Segmented) -> Iterator[Line]:
    """The physical lines of an annex's records."""
    fields = (field for table in annex.tables for row in table.rows for field in row.fields)
    return (line for field in fields for line in field.lines)


def _rooms(decisions: Sequence[Decision]) -> list[float]:
    return [decision.room for decision in decisions]


def _breaks(record: str, entry: RecordField) -> Iterator[Break]:
    for decision in entry.decisions:
        yield Break(
            record_id=record,
            field=entry.name,
            position=decision.candidate.index,
            before=decision.candidate.before.text,
            after=decision.candidate.after.text,
            context=intern(str(decision.candidate.context)),
            kept=decision.kept,
            confidence=decision.confidence,
            odds=decision.odds,
            prior=decision.prior,
            geometry=decision.geometry,
            spacing=decision.spacing,
            series=decision.series,
            twins=decision.twins,
            slack=decision.slack,
        )


def _receipts(record: str, entry: RecordField, field: Field) -> Iterator[Receipt]:
    """List the changes of a field since it was read (`field` is the field as read)."""
    for (step, found, made), count in count_exchanges(field.lines, entry.field.lines).items():
        yield Receipt(record, entry.name, step, found, made, count)
    if entry.correction:
        correction = entry.correction
        yield Receipt(record, entry.name, CORRECTED, correction.found, correction.right, 1)


def find_issues(records: Sequence[Record], pages: Sequence[PageAccount]) -> Iterator[Issue]:
    """Find records that are cut off, that hold pictures, and pages with unaccounted glyphs."""
    message = (
        "a cell's text is cut off by its row and ends unfinished; ask the publisher for the rest"
    )
    for record in _find_flagged(records, "clipped"):
        yield warn("clipped", message, record.page_last, record)
    message = "a picture or a drawn sign stands in one of its cells and was not read; look at it"
    for record in _find_flagged(records, "pictured"):
        yield warn("pictured", message, record.page_first, record)
    for page in pages:
        if page.unaccounted:
            message = (
                f"{page.unaccounted} of {page.glyphs} glyphs are in no record, header or "
                "furniture; please report this file to besshi's maintainers"
            )
            yield warn("unaccounted_glyphs", message, page.page)


def _find_flagged(records: Sequence[Record], flag: str) -> Iterator[Record]:
    return (record for record in records if flag in record.flags)


def warn(code: str, message: str, page: int, record: Record | None = None) -> Issue:
    """An issue of this stage, about a page or about a record on it."""
    record_id = record.record_id if record else None
    return Issue(Severity.WARNING, Stage.NORMALIZE, code, message, page=page, record_id=record_id)
