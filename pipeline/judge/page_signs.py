"""Signs on the page: text that stands beside the records of a table, or alone, and is in none."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.judge.reading import TableReading
from pipeline.judge.signs import Sign, quote_start
from pipeline.model import Box, Line, PageOrigin, Role, Segmented, remove_white_space
from pipeline.vocabulary.character_widths import is_kana
from pipeline.vocabulary.folding import fold
from pipeline.vocabulary.header_words import ENDS_IN_WORD, match_role

_BELONGS = re.compile(r"[※*注(].*|.*(?:合計|小計|総計|計\d*件?)|.*[続つ]づ?[くき].*")
"""Notes, totals and markers, which no record has."""
_WORDS = re.compile(r"\w")
"""A letter or a figure."""
_LEAST_ROWS = 2  # with text beside them; judgement: one may have a note in the margin
_MOST = 0.5  # of a table's records; judgement: of a lost column some cells are empty
_ANSWERS = frozenset((Role.RESPONSE, Role.REVISION, Role.DISPOSITION))
_HEADER = 12  # characters; judgement: a title that ends in 市の考え方 is longer
_LEAST = 4  # letters, each counted once; judgement: less is a ruling (ーーー), or a page's number


class _Place(Struct, frozen=True):
    """Where a record stands on a page, as displayed; lengths in points."""

    record: int
    box: Box


def find_page_signs(tables: Sequence[TableReading], segmented: Segmented) -> Iterator[Sign]:
    """Find lines that stand beside the records of a table, or on a page without any."""
    furniture = {
        page.header.number: page.furniture_lines for page in segmented.pages if page.furniture_lines
    }
    places = _place_records(tables, furniture)
    for number, lines in furniture.items():
        header = segmented.pages[number - 1].header
        placed = [(header.displayed(line.box), line) for line in lines if not _is_furigana(line)]
        content = [(box, line) for box, line in placed if _is_content(line)]
        for rows in places.get(number, ()):
            for box, line in content:
                yield from _find_neighbours(rows, box, line)
                if header.source == PageOrigin.OCR:
                    yield from _find_beside(rows, box, line)
            yield from _find_column(rows, placed)
    yield from _find_lost_half(tables, furniture)


def _find_lost_half(
    tables: Sequence[TableReading], furniture: Mapping[int, Sequence[Line]]
) -> Iterator[Sign]:
    """Find comments without answers where a page without records has text below such a header.

    The right half of a sheet that nothing joined to the left one.
    """
    unanswered = [table for table in tables if not _ANSWERS & table.columns.keys()]
    if not unanswered:
        return
    read = {box.page for table in tables for record in table.records for box in record.boxes}
    headers = [
        line
        for number, lines in furniture.items()
        if number not in read
        for line in lines
        if _heads_answers(line)
        and any(other.top > line.bottom and _is_content(other) for other in lines)
    ]
    for table in unanswered if headers else ():
        reason = f"a page without records has text below {quote_start(headers[0].text)}"
        yield from table.sign_each("half_table", reason)


def _heads_answers(line: Line) -> bool:
    match = match_role(line.text) if len(line.text.strip()) <= _HEADER else None
    return match is not None and match.role in _ANSWERS and match.manner <= ENDS_IN_WORD


def _place_records(
    tables: Sequence[TableReading], pages: Container[int]
) -> dict[int, list[list[_Place]]]:
    """Page, of some → for each table on it, where its records stand."""
    places: dict[int, list[list[_Place]]] = defaultdict(list)
    for table in tables:
        on_pages: dict[int, list[_Place]] = defaultdict(list)
        for place, record in enumerate(table.records, start=table.first):
            boxes: dict[int, list[Box]] = defaultdict(list)
            for b in record.boxes:
                if b.page in pages:
                    boxes[b.page].append(Box(b.x0, b.top, b.x1, b.bottom))
            for page, found in boxes.items():
                on_pages[page].append(_Place(place, Box.around(found)))
        for page, rows in on_pages.items():
            places[page].append(rows)
    return places


def _is_content(line: Line) -> bool:
    text = fold(line.text)
    return len(set(_WORDS.findall(text))) >= _LEAST and not _BELONGS.fullmatch(text)


def _is_furigana(line: Line) -> bool:
    """Whether a line is all kana: how to read what stands below it."""
    return all(map(is_kana, remove_white_space(line.text)))


def _find_neighbours(rows: Sequence[_Place], line: Box, written: Line) -> Iterator[Sign]:
    """The records between which a line stands; none where it stands above or below them all."""
    above = [row for row in rows if row.box.bottom <= line.center[1]]
    below = [row for row in rows if row.box.top >= line.center[1]]
    inside = any(_is_level(row.box, line) for row in rows)
    if inside or not above or not below or not _is_over(rows, line):
        return
    for row in (max(above, key=lambda r: r.box.bottom), min(below, key=lambda r: r.box.top)):
        reason = f"{quote_start(written.text)} stands beside the record and is in none"
        yield Sign("line_between", row.record, None, reason)


def _find_beside(rows: Sequence[_Place], line: Box, written: Line) -> Iterator[Sign]:
    """The record beside which a line stands that was taken for a comment in the margin."""
    for row in [] if _is_over(rows, line) else rows:
        if _is_level(row.box, line):
            reason = f"{quote_start(written.text)} stands in the margin beside the record"
            yield Sign("line_beside", row.record, None, reason)


def _find_column(rows: Sequence[_Place], lines: Sequence[tuple[Box, Line]]) -> Iterator[Sign]:
    """The records of a table beside or in which a column stands that it lost."""
    top = min(row.box.top for row in rows)
    if not any(box.center[1] <= top and _is_header(line) for box, line in lines):
        return
    beside = [
        (row, line)
        for row in rows
        for line in [next((own for box, own in lines if _is_level(row.box, box)), None)]
        if line is not None
    ]
    if len({line for _, line in beside}) < max(_LEAST_ROWS, _MOST * len(rows)):
        return
    for row, line in beside:
        reason = f"{quote_start(line.text)} stands beside the record, as text does beside most"
        yield Sign("column_beside", row.record, None, reason)


def _is_header(line: Line) -> bool:
    match = match_role(line.text)
    return match is not None and match.manner <= ENDS_IN_WORD


def _is_level(row: Box, line: Box) -> bool:
    return row.top < line.center[1] < row.bottom


def _is_over(rows: Sequence[_Place], line: Box) -> bool:
    """Whether the middle of a line stands between the sides of a table."""
    left, right = min(row.box.x0 for row in rows), max(row.box.x1 for row in rows)
    return left <= line.center[0] <= right
