"""Normalize one annex: turn physical lines by role into the records that authors typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.curation.corrections import check_corrections
from pipeline.model import (
    CORRECTED,
    Break,
    Column,
    Correction,
    Field,
    FieldTokens,
    Normalized,
    Receipt,
    Record,
    Segmented,
    Table,
    TableRow,
)
from pipeline.normalize.account import Account
from pipeline.normalize.candidates import FieldKey
from pipeline.normalize.character_repairs import count_exchanges, repair_characters
from pipeline.normalize.issues import find_issues
from pipeline.normalize.line_breaks import Decision, decide_breaks
from pipeline.normalize.ocr_repair.steps import repair_recognition
from pipeline.normalize.record import Place, RecordField, record_id, write_record
from pipeline.normalize.revised_line_ends import settle_revised_line_ends
from pipeline.normalize.text import join_physical_lines, wraps_words
from pipeline.normalize.tokenizer import analyze


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
    decisions = settle_revised_line_ends(repaired, decide_breaks(repaired))
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
        record = write_record(repaired, (t, r), entries)
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
) -> dict[Place, list[RecordField]]:
    """Write the fields of each record, in reading order."""
    written: dict[Place, list[RecordField]] = {}
    for t, table in enumerate(annex.tables):
        names = _name_columns(table.columns)
        for r, row in enumerate(table.rows):
            written[t, r] = list(_list_entries(table, names, row, (t, r), decisions, words))
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
    right = {(correction.record, correction.field): correction for correction in corrections}
    return {
        place: [replace(entry, correction=right.get((ids[place], entry.name))) for entry in entries]
        for place, entries in written.items()
    }


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
    place: Place,
    decisions: Mapping[FieldKey, Sequence[Decision]],
    words: bool,
) -> Iterator[RecordField]:
    for c, (name, column, field) in enumerate(zip(names, table.columns, row.fields, strict=True)):
        own = decisions.get((*place, c), ())
        yield RecordField(
            name,
            column.role,
            column.header,
            field,
            join_physical_lines(field.lines, own, words),
            own,
        )


def _breaks(record: str, entry: RecordField) -> Iterator[Break]:
    for decision in entry.decisions:
        yield Break(
            record_id=record,
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


def _receipts(record: str, entry: RecordField, field: Field) -> Iterator[Receipt]:
    """List the changes of a field since it was read (`field` is the field as read)."""
    for (step, found, made), count in count_exchanges(field.lines).items():
        yield Receipt(record, entry.name, step, found, made, count)
    if entry.correction:
        correction = entry.correction
        yield Receipt(record, entry.name, CORRECTED, correction.found, correction.right, 1)
