"""One annex: from physical lines by role to the records that their authors typed."""

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
"""Below this a record is flagged: one in five of such is expected to be wrong somewhere."""

# Witnesses that count as independent are not quite. With this power of their product, records of
# the tests' factory (260 annexes) are whole as often as their confidence says.
_DISCOUNT = 1.5
_MIXED = 0.2  # confidence of a field that another's text runs over
_SPILL = 0.3  # em by which a line may stand over its cell's edge; rounding moves it by less


_Place = tuple[int, int]
"""Index of a table in the annex, and of a row in it, from 0."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field on its way into a record."""

    name: str
    """Its role, or for a column without one its key in `extra`."""
    role: str | None
    field: Field
    text: Text
    """As its glyphs spell it."""
    decisions: Sequence[Decision]
    correction: Correction | None = None

    @property
    def value(self) -> str:
        """The text that the record has."""
        return self.correction.right if self.correction else self.text.value

    @property
    def confidence(self) -> float:
        if self.correction:  # a person has read it
            return 1.0
        sure = prod(decision.confidence for decision in self.decisions)
        sure *= characters_confidence(self.field.lines)
        return sure * (_MIXED if any(map(_is_mixed, self.field.parts)) else 1.0)


def _is_mixed(part: FieldPart) -> bool:
    """Whether another cell's text runs over this one, as spreadsheets let it."""
    return any(
        line.overprinted
        or line.top < part.box.top - _SPILL * line.size
        or line.bottom > part.box.bottom + _SPILL * line.size
        for line in part.lines
    )


def normalize_annex(segmented: Segmented, corrections: Sequence[Correction] = ()) -> Normalized:
    """Write the records of an annex.

    Args:
        segmented: What segment found.
        corrections: What readers found wrong in its records.

    Raises:
        OutdatedCorrectionError: A correction is about a text that is not there.
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
    written = _correct(segmented.header.annex, _write(repaired, decisions, words), corrections)
    for (t, r), entries in written.items():
        table = repaired.tables[t]
        record = _record(repaired, table, table.rows[r], entries, (t, r))
        records.append(record)
        for entry, field in zip(entries, recognised.tables[t].rows[r].fields, strict=True):
            # The account is of what the glyphs spell; a correction's receipt keeps that text.
            account.add(entry.field.parts, entry.text)
            tokens.append(FieldTokens(record.record_id, entry.name, analyze(entry.value)))
            breaks += _breaks(record.record_id, entry)
            receipts += _receipts(record.record_id, entry, field)
    pages = list(account.close_pages(repaired))
    header = segmented.header.with_issues(*find_issues(records, pages))
    return Normalized(header, records, tokens, breaks, receipts, pages)


def _write(
    annex: Segmented, decisions: Mapping[FieldKey, Sequence[Decision]], words: bool
) -> dict[_Place, list[_Entry]]:
    """The fields of each record, in reading order."""
    written: dict[_Place, list[_Entry]] = {}
    for t, table in enumerate(annex.tables):
        names = _names(table.columns)
        for r, row in enumerate(table.rows):
            written[t, r] = list(_entries(table, names, row, (t, r), decisions, words))
    return written


def _correct(
    annex: str, written: dict[_Place, list[_Entry]], corrections: Sequence[Correction]
) -> dict[_Place, list[_Entry]]:
    """Give fields the text that a reader says is right."""
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


def _names(columns: Sequence[Column]) -> list[str]:
    """A name for each column: its role, or its header, told apart where printed twice."""
    names: list[str] = []
    for column in columns:
        name, again = column.role or column.header, 2
        while name in names:
            name, again = f"{column.header}_{again}", again + 1
        names.append(name)
    return names


def _entries(
    table: Table,
    names: Sequence[str],
    row: TableRow,
    place: _Place,
    decisions: Mapping[FieldKey, Sequence[Decision]],
    words: bool,
) -> Iterator[_Entry]:
    for c, (name, column, field) in enumerate(zip(names, table.columns, row.fields, strict=True)):
        own = decisions.get((*place, c), ())
        yield _Entry(name, column.role, field, join_physical_lines(field.lines, own, words), own)


def _record(
    annex: Segmented, table: Table, row: TableRow, entries: Sequence[_Entry], place: _Place
) -> Record:
    texts = {entry.role: entry.value for entry in entries if entry.role}
    original, revision = texts.get("original_text"), texts.get("revision")
    location, body = split_location(original) if original is not None else ([], None)
    compared = revision is not None
    first, last = row.pages
    sure = row.confidence * min(entry.confidence for entry in entries)
    confidence = sure**_DISCOUNT
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


def _boxes(entries: Sequence[_Entry], pages: Sequence[SegmentedPage]) -> Iterator[FieldBox]:
    for entry in entries:
        for part in entry.field.parts:
            page = pages[part.page - 1]
            box = page.header.displayed(part.box)
            yield FieldBox(entry.name, part.page, box.x0, box.top, box.x1, box.bottom)


def _flags(entries: Sequence[_Entry], pages: tuple[int, int], confidence: float) -> list[str]:
    found = {
        "continued": pages[0] != pages[1],
        "clipped": any(is_clipped(entry.field, entry.value) for entry in entries),
        "low_confidence": confidence < LOW_CONFIDENCE,
        "unmapped_glyphs": any(UNMAPPED in entry.value for entry in entries),
        "corrected": any(entry.correction for entry in entries),
    }
    return [flag for flag, raised in found.items() if raised]


def _breaks(record_id: str, entry: _Entry) -> Iterator[Break]:
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


def _receipts(record_id: str, entry: _Entry, field: Field) -> Iterator[Receipt]:
    """What was changed in a field since it was read (`field` is as it was then)."""
    for (step, found, made), count in count_exchanges(field.lines).items():
        yield Receipt(record_id, entry.name, step, found, made, count)
    if entry.correction:
        said = entry.correction
        yield Receipt(record_id, entry.name, CORRECTED, said.found, said.right, 1)
