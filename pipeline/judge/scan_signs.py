"""Signs of misread characters on recognised pages: what the author's other texts do not do."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import fmean, median

from pipeline.judge.column_signs import FEW, has_end
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_end, quote_start
from pipeline.model import ROLES, TEXT_ROLES, FieldPart, PageOrigin
from pipeline.vocabulary.header_words import IS_WORD, match_role
from pipeline.vocabulary.line_marks import ADDRESS

_ENDED = 0.6  # share of a column's texts; judgement: below it authors leave the full stop out
# em from the last character to the side of its cell; measured: of 61 right texts without 。 on 26
# scans, 57 have more, and no wrong one that had lost it. A cell's padding and a 。 have room there.
_ROOM = 1.8
# Mean doubt of a table's full stops; measured: of 77 scanned tables, 19 of the 20 above have lost
# some, 3 of the 57 below (one or two each).
_FAINT = 0.005
# em; measured: in centred columns of scans, the middles of values are 0.01 from their median, and a
# character lost at either end moves one by 0.4.
_CENTRED, _OFF = 0.1, 0.25
_LEAST = 5  # values; judgement: the middles of four are alike by chance
_PREDICATE = frozenset("VAE")  # classes of the words that end a sentence


def find_scan_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find what recognition loses or changes without a doubt of its own."""
    for table in tables:
        if any(record.source != PageOrigin.OCR for record in table.records):
            continue
        are_faint = _are_stops_faint(table)
        for name, column in table.columns.items():
            parts = _list_parts(table, name)
            yield from _find_lost_ends(column, parts)
            yield from _find_lost_marks(column)
            if name not in ROLES:
                yield from _find_unknown_header(name, column)
            if name in TEXT_ROLES or name not in ROLES:
                yield from _find_lost_stops(column, parts, are_faint)
            if name in TEXT_ROLES:
                yield from _find_addresses(column)
            elif name in ROLES:
                yield from _find_widths(column)


def _find_lost_marks(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find empty cells among marks (○, △): the thin lines of a pale one vanish without a trace."""
    marks = [passage.text for passage in column if passage.text]
    if marks and all(len(mark) == 1 and not mark.isalnum() for mark in marks):
        for passage in column:
            if not passage.text:
                yield passage.sign("mark_lost", "is empty and may have lost a mark")


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


def _are_stops_faint(table: TableReading) -> bool:
    """Whether the full stops are read so doubtfully that others are lost without a trace."""
    stops = [
        confidence
        for _, field in table.cells
        for line in field.lines
        for character, confidence in zip(line.text, line.confidences, strict=False)
        if character == "。"
    ]
    return bool(stops) and 1 - fmean(stops) > _FAINT


def _find_lost_stops(
    column: Sequence[Passage], parts: Mapping[int, FieldPart], are_faint: bool
) -> Iterator[Sign]:
    """Find texts without a full stop that others of their column end with, and no room for it.

    Args:
        are_faint: The table's full stops vanish even where they had room.
    """
    running = [passage for passage in column if passage.text and passage.is_running]
    ended = [has_end(passage.text) for passage in running]
    if sum(ended) < (FEW if are_faint else max(FEW, _ENDED * len(ended))):
        return
    for passage, is_ended in zip(running, ended, strict=True):
        part = parts.get(passage.record)
        is_lost = are_faint and passage.classes[-1:] in _PREDICATE
        lost = _find_white(passage) if are_faint else ""
        if not is_ended and (is_lost or not (part and _has_room(part))):
            lost = passage.text
        if lost:
            yield passage.sign("stop_lost", f"may have lost a full stop: {quote_end(lost)}")


def _find_white(passage: Passage) -> str:
    """The text before white behind a predicate, where a full stop stood; "" if there is none."""
    text = ""
    words = zip(passage.morphemes, passage.morphemes[1:], passage.classes, strict=False)
    for word, after, own in words:
        text += word.surface
        if own in _PREDICATE and after.surface.isspace() and "\n" not in after.surface:
            return text
    return ""


def _has_room(part: FieldPart) -> bool:
    """Whether a full stop had room behind the last character: then it would have been read."""
    return _measure_white(part)[1] > _ROOM


def _find_lost_ends(column: Sequence[Passage], parts: Mapping[int, FieldPart]) -> Iterator[Sign]:
    """Find values out of the middle in a centred column: 人暮らし stands where 一人暮らし did."""
    lone = {record: part for record, part in parts.items() if len(part.lines) == 1}
    white = {record: _measure_white(part) for record, part in lone.items()}
    if len(lone) < _LEAST:
        return
    lefts = [left for left, _ in white.values()]
    middles = {record: (left - right) / 2 for record, (left, right) in white.items()}
    middle = median(middles.values())
    # Where most values begin alike, their middles may be alike only since they are equally long.
    if _measure_spread(middles.values()) > _CENTRED or _measure_spread(lefts) <= _OFF:
        return
    for passage in column:
        if abs(middles.get(passage.record, middle) - middle) > _OFF:
            reason = f"may have lost a character at its start or end: {quote_start(passage.text)}"
            yield passage.sign("end_lost", reason)


def _measure_white(part: FieldPart) -> tuple[float, float]:
    """The white at the left and at the right of the last line of a cell, in em."""
    last = part.lines[-1]
    return (last.x0 - part.box.x0) / last.size, (part.box.x1 - last.x1) / last.size


def _measure_spread(values: Collection[float]) -> float:
    """How far the values are from their median: the median of that."""
    middle = median(values)
    return median(abs(value - middle) for value in values)


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
