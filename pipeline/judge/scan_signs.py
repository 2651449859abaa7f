"""Signs of misread characters on recognised pages: what the author's other texts do not do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.judge.column_signs import has_end
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_end, quote_start
from pipeline.model import ROLES, TEXT_ROLES, FieldPart, PageOrigin
from pipeline.vocabulary.header_words import IS_WORD, match_role
from pipeline.vocabulary.line_marks import ADDRESS

_ENDED = 0.6  # share of a column's texts; judgement: below it authors leave the full stop out
_FEW = 3  # fields; judgement: of two nobody knows which is the odd one
# em from the last character to the side of its cell; measured: of 61 right texts without 。 on 26
# scans, 57 have more, and no wrong one that had lost it. A cell's padding and a 。 have room there.
_ROOM = 1.8


def find_scan_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find what recognition loses or changes without a doubt of its own."""
    for table in tables:
        if any(record.source != PageOrigin.OCR for record in table.records):
            continue
        for name, column in table.columns.items():
            if name not in ROLES:
                yield from _find_unknown_header(name, column)
            elif name in TEXT_ROLES:
                yield from _find_lost_stops(column, _list_parts(table, name))
                yield from _find_addresses(column)
            else:
                yield from _find_widths(column)


def _find_unknown_header(name: str, column: Sequence[Passage]) -> Iterator[Sign]:
    """Find columns whose header is no known one: some of it may be misread, or not its own."""
    match = match_role(name)
    if match is None or match.manner != IS_WORD:
        for passage in column:
            reason = f"stands below the header {quote_start(name)}, which may be misread"
            yield passage.sign("header_unsure", reason)


def _list_parts(table: TableReading, name: str) -> Mapping[int, FieldPart]:
    """Record → the last part of its field that has lines."""
    return {
        passage.record: part
        for passage, field in table.cells
        if passage.field == name
        for part in field.parts
        if part.lines
    }


def _find_lost_stops(column: Sequence[Passage], parts: Mapping[int, FieldPart]) -> Iterator[Sign]:
    """Find texts without the full stop that others of their column end with, and no room for it."""
    running = [passage for passage in column if passage.text and passage.is_running]
    ended = [has_end(passage.text) for passage in running]
    if sum(ended) < max(_FEW, _ENDED * len(ended)):
        return
    for passage, is_ended in zip(running, ended, strict=True):
        part = parts.get(passage.record)
        if not is_ended and not (part and _has_room(part)):
            reason = f"may have lost a full stop: {quote_end(passage.text)}"
            yield passage.sign("stop_lost", reason)


def _has_room(part: FieldPart) -> bool:
    """Whether a full stop had room behind the last character: then it would have been read."""
    last = part.lines[-1]
    return part.box.x1 - last.x1 > _ROOM * last.size


def _find_addresses(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find web and mail addresses: no dictionary tells how they are spelt."""
    for passage in column:
        match = ADDRESS.search(passage.text)
        if match is not None:
            reason = f"has an address ({quote_start(passage.text[match.start() :])})"
            yield passage.sign("address", reason)


def _find_widths(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find short values with letters of another width than most of their column have."""
    widths = [_find_width(passage.text) for passage in column]
    counts = Counter(width for width in widths if width)
    if len(counts) < 2:  # nothing else to compare with
        return
    main = counts.most_common(1)[0][0]
    for passage, width in zip(column, widths, strict=True):
        if width and width != main:
            reason = f"{quote_start(passage.text)} has letters of another width than its column"
            yield passage.sign("other_width", reason)


def _find_width(text: str) -> str:
    """`half`, `full` or `both`: the width of its ASCII characters; "" if it has none."""
    half = any("!" <= c <= "~" for c in text)
    full = any("！" <= c <= "～" for c in text)
    return "both" if half and full else "half" if half else "full" if full else ""
