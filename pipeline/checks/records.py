"""Rules for the rows that are written, however they were made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from math import isfinite

import msgspec

from pipeline.checks.faults import Fault
from pipeline.model import FieldBox, Normalized, PageAccount, Record, RedlineRun

Texts = Mapping[tuple[str, str], str]
"""The text of each field, by record and name."""


def find_normalized(normalized: Normalized) -> Iterator[Fault]:
    """Find the faults in everything that is written of an annex."""
    if normalized.header.failed:
        return
    for row in chain[Record | PageAccount](normalized.pages, normalized.records):
        yield from _check_values(row)
    yield from find_records(normalized.records, normalized.pages)
    for record in normalized.records:
        if record.source_sha256 != normalized.header.source_sha256:
            yield Fault(record.record_id, "is of another PDF than its annex", record)
    spelled = (
        (t.record_id, t.field, "".join([m.surface for m in t.morphemes])) for t in normalized.tokens
    )
    yield from find_tokens(texts_of(normalized.records), spelled)


def _check_values(row: Record | PageAccount) -> Iterator[Fault]:
    """Check types, ranges and forms, as the model declares them."""
    try:
        msgspec.convert(msgspec.to_builtins(row), type(row))
    except msgspec.ValidationError as error:
        where = row.record_id if isinstance(row, Record) else f"page {row.page}"
        yield Fault(where, str(error), row)


def texts_of(records: Iterable[Record]) -> Texts:
    """Collect every field that has a text."""
    return {(r.record_id, name): text for r in records for name, text in r.list_texts()}


def find_records(records: Sequence[Record], pages: Sequence[PageAccount]) -> Iterator[Fault]:
    """Find the faults in the records and the pages of one annex, which must be in order."""
    for expected, page in enumerate(pages, start=1):
        yield from _check_account(page, expected)
    by_number = {page.page: page for page in pages}
    yield from _check_order(records)
    for record in records:
        yield from _check_record(record, by_number)


def _check_account(page: PageAccount, expected: int) -> Iterator[Fault]:
    where = f"page {page.page}"
    if page.page != expected:
        yield Fault(where, f"stands in the place of page {expected}", page)
    parts = page.in_records + page.in_headers + page.in_furniture + page.hidden + page.unaccounted
    if page.glyphs != parts:
        yield Fault(where, f"has {page.glyphs} glyphs, and its parts have {parts}", page)


def _check_order(records: Sequence[Record]) -> Iterator[Fault]:
    """Check that tables are in order and their rows count from 1 without a gap.

    This makes the ids unique.
    """
    before = 0
    for index, rows in groupby(records, key=lambda r: r.table_index):
        for row, record in enumerate(rows, start=1):
            if index <= before:  # a table without records leaves a gap: that is no fault
                yield Fault(record.record_id, f"stands behind table {before}", record)
                break  # the rest of the table has the same fault
            if record.row_index != row:
                yield Fault(record.record_id, f"stands in the place of t{index}-r{row}", record)
                break
        before = index
    for record in records:
        expected = f"{record.annex}-t{record.table_index}-r{record.row_index}"
        if record.record_id != expected:
            yield Fault(record.record_id, f"should be {expected}", record)


def _check_record(record: Record, pages: Mapping[int, PageAccount]) -> Iterator[Fault]:
    where = record.record_id
    if not 1 <= record.page_first <= record.page_last <= len(pages):
        span = f"pages {record.page_first} to {record.page_last}"
        yield Fault(where, f"stands on {span} of {len(pages)}", record)
    if (record.original_text is None) != (record.original_body is None):
        yield Fault(where, "original_text and original_body are not null together", record)
    elif not (record.original_text or "").endswith(record.original_body or ""):
        yield Fault(where, "original_text does not end in original_body", record)
    if ("continued" in record.flags) != (record.page_first < record.page_last):
        yield Fault(where, "its flag `continued` does not say whether it runs over pages", record)
    yield from _check_source(record, pages)
    yield from _check_revision(record)
    names = {name for name, _ in record.list_texts()}
    yield from _check_marks(record)
    if record.field_confidence.keys() != names:
        yield Fault(where, "has no confidence for each of its fields", record)
    if any(getattr(record, role, None) is None for role in record.headers):
        yield Fault(where, "has the header of a role that it has not", record)
    for box in record.boxes:
        yield from _check_box(where, box, names, pages)


def _check_marks(record: Record) -> Iterator[Fault]:
    texts = dict(record.list_texts())
    for mark in record.marks:
        if not mark.start < mark.end <= len(texts.get(mark.field, "")):
            yield Fault(record.record_id, f"has a mark outside its field {mark.field!r}", mark)


def _check_revision(record: Record) -> Iterator[Fault]:
    where = record.record_id
    if not (record.revision is None) == (record.revision_kind is None) == (record.redline is None):
        yield Fault(where, "revision, its kind and redline are not null together", record)
    for op, field in (("delete", "original_text"), ("insert", "revision")):
        if record.redline is not None and _spell(record.redline, op) != getattr(record, field):
            if getattr(record, field) is None and not _spell(record.redline, op):
                continue
            yield Fault(where, f"redline does not spell {field}", record)


def _check_source(record: Record, pages: Mapping[int, PageAccount]) -> Iterator[Fault]:
    numbers = range(record.page_first, record.page_last + 1)
    sources = {pages[number].source for number in numbers if number in pages}
    expected = sources.pop() if len(sources) == 1 else "mixed"
    if record.source != expected:
        yield Fault(record.record_id, f"is {record.source}, its pages are {expected}", record)


def _spell(redline: Sequence[RedlineRun], op: str) -> str:
    return "".join(run.text for run in redline if run.op in ("equal", op))


def _check_box(
    where: str, box: FieldBox, names: set[str], pages: Mapping[int, PageAccount]
) -> Iterator[Fault]:
    if box.field not in names:
        yield Fault(where, f"has a box of the field {box.field!r}, which it has not", box)
    page = pages.get(box.page)
    if page is None:
        yield Fault(where, f"has a box on page {box.page}, which is not there", box)
    elif not _is_inside(box, page):
        yield Fault(
            where, f"has a box outside page {page.page} ({page.width} × {page.height})", box
        )


def _is_inside(box: FieldBox, page: PageAccount) -> bool:
    if not all(map(isfinite, (box.x0, box.top, box.x1, box.bottom))):
        return False
    across = 0 <= box.x0 <= box.x1 <= page.width
    return across and 0 <= box.top <= box.bottom <= page.height


def find_tokens(texts: Texts, spelled: Iterable[tuple[str, str, str]]) -> Iterator[Fault]:
    """Find fields whose tokens do not spell them.

    Args:
        spelled: Record, field, and the joined surfaces of its tokens.
    """
    by_field = {(record, field): text for record, field, text in spelled}
    for key in sorted(by_field.keys() | texts.keys()):
        if by_field.get(key, "") != texts.get(key, ""):
            yield Fault(key[0], f"its tokens do not spell {key[1]!r}")
