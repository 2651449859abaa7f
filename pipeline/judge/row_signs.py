"""Signs of a row: nothing in it, a number out of its series, a header's words as its value."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from pipeline.judge.column_signs import NUMBER, SENTENCE, find_kind
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_start
from pipeline.model import TEXT_ROLES, Record
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.line_marks import ends_sentence, lists_numbers

_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
_COUNTED = re.compile(r"(?:件数|意見数|頁|ページ)$")
_DIGIT = re.compile(r"\d|^[-－–—‐]$|^なし$")
_SERIES = 0.6  # share of a table's rows with a number; judgement: below it they are no series
_SHORT_ROLES = ("number", "submitter", "category", "disposition")
_LABEL = 0.6  # strength of a lonely label; judgement: nearly as sure as one among many rows
_LONG = 20  # characters of a row; judgement: short ones repeat (同上)
_LEAST_ROWS = 2  # records; judgement: one may say that there is no comment (意見なし)
_MOSTLY = 0.8  # share of the other records; judgement: below it authors write in notes
_LEAST_TITLE = 4  # characters; judgement: a shorter title is a word that a field may hold


def find_row_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find the rows that cannot be one record, or that an annex has twice."""
    for table in tables:
        yield from _find_odd_rows(table)
        yield from _find_repeated_rows(table)
    yield from _find_repeated_pages(tables)


def _find_odd_rows(table: TableReading) -> Iterator[Sign]:
    counts = Counter((name, own.text) for row in table.rows for name, own in row.items())
    kinds = {value for value, count in counts.items() if count > 1}
    for row, record in zip(table.rows, table.records, strict=True):
        yield from _find_empty(row)
        yield from _find_head_words(row, record, kinds)
        yield from _find_misplaced(row)
    yield from _find_number_signs(table)
    yield from _find_sparse(table)
    yield from _find_half_empty(table)
    yield from _find_other_tables(table)


def _find_half_empty(table: TableReading) -> Iterator[Sign]:
    """Find records of one merged cell of which one has a text where another has none."""
    sharing: dict[tuple[int, float, float], list[int]] = {}
    for place, record in enumerate(table.records):
        for cell in find_number_cells(record):
            sharing.setdefault(cell, []).append(place)
    for places in sharing.values():
        for name in ("comment", "response") if len(places) > 1 else ():
            own = [p for place in places if (p := table.rows[place].get(name)) is not None]
            if any(passage.text for passage in own) and not all(passage.text for passage in own):
                reason = "is empty in one of two records that share a cell"
                yield from (passage.sign("half_empty", reason) for passage in own)


def _find_sparse(table: TableReading) -> Iterator[Sign]:
    """Find rows with one field only, where all others have two at least: headings."""
    filled = [sum(bool(passage.text) for passage in row.values()) for row in table.rows]
    sparse = [place for place, count in enumerate(filled) if count == 1]
    if not sparse or 2 * len(sparse) > len(filled):
        return
    for place in sparse:
        text = next(passage.text for passage in table.rows[place].values() if passage.text)
        reason = f"the record has nothing but {quote_start(text)}: a heading?"
        strength = max((1 - len(sparse) / len(filled)) ** 2, 0.0 if ends_sentence(text) else _LABEL)
        yield Sign("row_sparse", table.first + place, None, reason, strength)


def _find_empty(row: Mapping[str, Passage]) -> Iterator[Sign]:
    """Find a row that says nothing: all its texts are empty."""
    texts = [passage for name, passage in row.items() if name in TEXT_ROLES]
    if texts and not any(passage.text for passage in texts):
        reason = "the record has no text in any of its text columns"
        yield Sign("row_empty", texts[0].record, None, reason)


def _find_misplaced(row: Mapping[str, Passage]) -> Iterator[Sign]:
    """Find values of another kind than their column's: a sentence as a number or a name.

    So are a number as a comment or an answer, and a count or a page without a figure.
    """
    for name, passage in row.items():
        if name in _SHORT_ROLES and len(passage.text) > _LONG and ends_sentence(passage.text):
            reason = f"{quote_start(passage.text)} is a sentence, which no {name} is"
            yield passage.sign("misplaced", reason)
        elif _COUNTED.search(name) and passage.text and not _DIGIT.search(fold(passage.text)):
            reason = f"{quote_start(passage.text)} has no number, which {name} is"
            yield passage.sign("misplaced", reason)
        elif name in ("comment", "response") and find_kind(passage) == NUMBER:
            reason = f"{quote_start(passage.text)} is a number, which no {name} is"
            yield passage.sign("misplaced", reason)


def _find_head_words(
    row: Mapping[str, Passage], record: Record, kinds: Set[tuple[str, str]]
) -> Iterator[Sign]:
    """Find values that repeat a header, or the title.

    Records may be of the kinds 意見 and 質問 in a table with a column of that name.

    Args:
        kinds: Each field and text that several records have.
    """
    heads = {fold(header): "header" for header in record.headers.values() if header}
    for line in (record.title, record.caption):
        if line and len(fold(line)) >= _LEAST_TITLE:
            heads[fold(line)] = "title"
    longest = 2 * max(map(len, heads), default=0)  # white space and its like are folded
    openings = tuple(f"{head}\n" for head in heads)
    for passage in row.values():
        kind = heads.get(fold(passage.text)) if 0 < len(passage.text) <= longest else None
        own = record.headers.get(passage.field, passage.field)
        if kind and not passage.is_text and passage.text != own:
            kind = None if (passage.field, passage.text) in kinds else kind
        if kind:
            reason = f"{quote_start(passage.text)} is the {kind} of the table"
            yield passage.sign("head_word", reason)
        elif passage.text.startswith(openings):
            reason = f"begins with a {heads[fold(passage.text.partition(chr(10))[0])]}"
            yield passage.sign("head_word", reason)


def _find_number_signs(table: TableReading) -> Iterator[Sign]:
    numbers = [row.get("number") for row in table.rows]
    passages = [passage for passage in numbers if passage is not None]
    values = [_read_numbers(passage) for passage in passages]
    if sum(value is not None for value, _ in values) < _SERIES * len(values):
        return
    numbered = zip(passages, values, table.records, table.rows, strict=False)
    for (upper, (_, before), above, _), (lower, (value, _), record, row) in pairwise(numbered):
        if before is None or value is None:
            yield from _find_missing(upper, lower, row)
            continue
        if upper.text == lower.text:
            if not find_number_cells(above) & find_number_cells(record):
                reason = f"the number {quote_start(lower.text)} stands twice"
                yield Sign("number_repeated", lower.record, None, reason)
                yield Sign("number_repeated", upper.record, None, reason)
        elif value not in (before + 1, before) and not (value == 1 and before > value):
            reason = f"number {value} follows {before}"
            name = "number_gap" if value > before else "number_back"
            yield Sign(name, lower.record, None, reason)
            yield Sign(name, upper.record, None, f"number {value} stands below {before}")


def _find_other_tables(table: TableReading) -> Iterator[Sign]:
    """Find rows that number anew from 1 and have no sentence, where the others have.

    A list without a header (members, a schedule) may have as many columns as the table above it.
    """
    numbers = [row.get("number") for row in table.rows]
    firsts = [number is not None and _read_numbers(number)[0] == 1 for number in numbers]
    starts = [0, *(at for at, is_first in enumerate(firsts) if is_first and at), len(firsts)]
    told = [_has_sentence(row) for row in table.rows]
    for first, end in pairwise(starts):
        if end - first < _LEAST_ROWS or any(told[first:end]):
            continue
        others = len(told) - (end - first)
        if sum(told) >= max(_LEAST_ROWS, _MOSTLY * others):
            for place in range(table.first + first, table.first + end):
                reason = "numbers begin again and no text is a sentence: another table?"
                yield Sign("other_table", place, None, reason)


def _has_sentence(row: Mapping[str, Passage]) -> bool:
    return any(name in TEXT_ROLES and find_kind(own) == SENTENCE for name, own in row.items())


def _find_missing(upper: Passage, lower: Passage, row: Mapping[str, Passage]) -> Iterator[Sign]:
    """Find a row without a number below one that has one, of which it may be the rest."""
    if lower.text:
        return
    reason = "the record has no number, as others of its table have"
    yield Sign("number_missing", lower.record, None, reason)
    if upper.text and any(own.text for name, own in row.items() if name in TEXT_ROLES):
        reason = "no number stands beside the record below it: its rest?"
        yield Sign("rest_below", upper.record, None, reason)


def _read_numbers(passage: Passage) -> tuple[int | None, int | None]:
    """The numbers in the first and the last line of a field; None: it holds anything else."""
    if find_kind(passage) != NUMBER:
        return None, None
    lines = passage.text.split("\n")
    lines = lines if lists_numbers(lines) else [passage.text]
    found = [_LAST_NUMBER.search(fold(line)) for line in (lines[0], lines[-1])]
    first, last = (int(match[0]) if match else None for match in found)
    return first, last


def find_number_cells(record: Record) -> set[tuple[int, float, float]]:
    """The page, left side and top of each cell of a record's number: another may share it."""
    return {(box.page, box.x0, box.top) for box in record.boxes if box.field == "number"}


def _find_repeated_rows(table: TableReading) -> Iterator[Sign]:
    """Find records that say the same as the one above in every column but that of the number."""
    for place, (above, below) in enumerate(table.pairs(), start=table.first + 1):
        names = [name for name in below if name in above and name != "number"]
        texts = [(above[name].text, below[name].text) for name in names]
        long = sum(len(text) for _, text in texts) >= _LONG
        if long and all(one == other for one, other in texts):
            yield Sign("row_twice", place, None, "the record repeats the one above it")


def _find_repeated_pages(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find neighbouring records that stand in the annex twice: one page was put in two times."""
    rows = [row for table in tables for row in table.rows]
    pages = [record.page_first for table in tables for record in table.records]
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    firsts = [
        seen.setdefault(tuple((name, own.text) for name, own in row.items()), place)
        for place, row in enumerate(rows)
    ]
    for (place, first), (below, other) in pairwise(enumerate(firsts)):
        if first == place or other == below or other != first + 1:
            continue
        for again, page in ((place, pages[first]), (below, pages[other])):
            number = rows[again].get("number")
            if number is None or not number.text:
                continue
            if sum(len(own.text) for own in rows[again].values()) >= _LONG:
                reason = f"the record stands on page {page} too"
                yield Sign("page_twice", number.record, None, reason)
