"""Signs in the lines of a record's cells: other text than the record has, or another order."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import sub
from statistics import median

from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_end, quote_start
from pipeline.model import (
    Box,
    Field,
    Line,
    Segmented,
    SegmentedPage,
    Table,
    name_columns,
    remove_white_space,
)
from pipeline.vocabulary.punctuation import CLOSING, SMALL, STOPS

_REPAIRED = 0.2  # share of characters; judgement: repairs exchange some of a text, not most
_BACK = 0.5  # em of a line above the one before it; judgement: lines lie askew by less
_OVER = 0.3  # em of a line over the one before it; judgement: no leading is tighter by so much
_LEAST_SIZE = 1.0  # points; judgement: nobody reads smaller type
_SLACK = 0.2  # em; judgement: leading varies by less within one table
_LEADING = 0.9  # em; judgement: more room than any text has between its lines
_PARTED = 0.3  # em; judgement: justified lines have the same room between all characters
_LEAST_PARTED = 3  # lines; judgement: two may have a quote or a mark at one place
_MOST_PARTED = 0.7  # share of the lines; judgement: the last ones of both columns may be short
_SAME_START = 0.2  # em; judgement: the lines of a column begin at one x
_BEYOND = 0.3  # em; judgement: a program that knows a cell's side sets no character so far out
_HANGING = STOPS | CLOSING | SMALL
_WIDE = 1.0  # em beyond the leading; judgement: a blank line, or the padding of two cells
# Programs part a word of a sentence with the hyphen that people type: inter-national. That of an
# address stands between its characters.
_PARTED_WORD = re.compile(
    r"(?:(?:^|(?<=[ (]))(?=[a-z]+-\n[a-z]+(?:[ ,;)]|\.?(?:\s|$)))|(?=[a-z]+[\xad\u2010]\n))"
    r"([a-z]+.)\n([a-z]+)",
    re.MULTILINE,
)
_HYPHENS = ("-", "\xad", "\u2010")
_Columns = Mapping[tuple[int, int], Mapping[str, tuple[float, float]]]
"""Page and place → field → left and right side of its column there."""


def find_line_signs(tables: Sequence[TableReading], segmented: Segmented) -> Iterator[Sign]:
    """Find records whose texts are not what the lines in their cells spell."""
    shared = _find_shared_pages(segmented)
    headers = {
        page.header.number: _place_headers(page)
        for page in segmented.pages
        if page.header_lines and page.header.number not in shared
    }
    for reading in tables:
        if reading.table is None:
            continue
        for passage, field in reading.cells:
            yield from _compare(passage, field)
        yield from _find_gaps(reading)
        sides = _sides(reading.fields)
        yield from _find_moved_fields(reading, sides)
        yield from _find_run_out(reading, sides)
        yield from _find_beside_headers(reading, reading.table, sides, headers)


def _find_shared_pages(segmented: Segmented) -> set[int]:
    """The pages on which records of several tables stand: a header may be any of theirs."""
    pages = Counter(
        page
        for table in segmented.tables
        for page in {part.page for row in table.rows for f in row.fields for part in f.parts}
    )
    return {page for page, count in pages.items() if count > 1}


def _place_headers(page: SegmentedPage) -> dict[str, float]:
    """Text of each line of a page's headers → its middle; two of one text tell nothing."""
    lines = [(remove_white_space(line.text), line) for line in page.header_lines]
    counts = Counter(text for text, _ in lines)
    return {text: line.box.center[0] for text, line in lines if counts[text] == 1}


def _compare(passage: Passage, field: Field) -> Iterator[Sign]:
    """Find a text that its lines do not spell, and lines that run back up."""
    lines = field.lines
    if not passage.text:
        if any(line.text.strip() for line in lines):
            reason = f"is empty, and the page has {quote_start(lines[0].text)} there"
            yield passage.sign("page_has_more", reason)
        return
    drawn = remove_white_space("".join([line.text for line in lines]))
    own = remove_white_space(passage.text)
    if lines and drawn != own and not _is_repaired(drawn, own):
        reason = f"is not what the page spells there: {quote_start(_differ(drawn, own))}"
        yield passage.sign("unlike_page", reason)
    for part in field.parts:
        if (fault := _find_fault(part.lines)) is not None:
            yield passage.sign(*fault)
            break


def _is_repaired(drawn: str, own: str) -> bool:
    """Whether two texts differ in some exchanged characters only, and not in their order."""
    if len(drawn) != len(own) or sorted(drawn) == sorted(own):
        return False
    return sum(a != b for a, b in zip(drawn, own, strict=True)) <= 1 + _REPAIRED * len(own)


def _differ(drawn: str, own: str) -> str:
    """The text of the page from where it differs."""
    same = next((i for i, (a, b) in enumerate(zip(drawn, own, strict=False)) if a != b), 0)
    return drawn[same:]


def _find_fault(lines: Sequence[Line]) -> tuple[str, str] | None:
    """Name and reason of a sign that a cell's lines do not spell a text, one below the other."""
    if any(line.clipped for line in lines[:-1]):
        return "out_of_sight", "has a line that goes on out of sight, before others"
    if any(line.overprinted for line in lines):
        return "overprinted", "has two texts drawn over each other"
    if any(0 < line.size < _LEAST_SIZE for line in lines):
        return "out_of_sight", "has type that is too small to read"
    for above, line in pairwise(lines):
        if line.inline_row or line.top >= above.bottom:
            continue
        if above.top - line.top > _BACK * line.size:
            return "lines_back", "has a line that stands above the one before it"
        deep = min(above.bottom, line.bottom) - line.top > _OVER * line.size
        wide = min(above.x1, line.x1) - max(above.x0, line.x0) > line.size
        if deep and (wide or not line.confidences):  # recognised lines run askew
            return (
                "lines_overlap",
                f"has a line over or beside another one: {quote_start(line.text)}",
            )
    if _have_gutter(lines):
        return "gutter", "has a blank strip through its lines: two columns?"
    if not any(line.text.endswith(_HYPHENS) for line in lines[:-1]):
        return None  # true of most texts
    if (word := _PARTED_WORD.search("\n".join(line.text for line in lines))) is not None:
        return "hyphen", f"{''.join(word.groups())} may be one word, parted at a line's end"
    return None


def _have_gutter(lines: Sequence[Line]) -> bool:
    """Whether words of most lines stand apart, without a space, where those of the others do."""
    if len(lines) < _LEAST_PARTED:
        return False
    starts = sorted(x / line.size for line in lines for x in _find_parted(line))
    most = max((bisect(starts, x + _SAME_START) - at for at, x in enumerate(starts)), default=0)
    return most >= max(_LEAST_PARTED, _MOST_PARTED * len(lines))


def _find_parted(line: Line) -> Iterator[float]:
    """The x where characters begin before which a line has more room than before others."""
    rights = line.edges[1:]
    if not line.size or max(map(sub, rights, line.edges)) - line.size <= _PARTED * line.size:
        return  # most lines
    pitches = list(map(sub, rights, line.edges))
    usual = max(line.size, median(pitches))
    for character, pitch, x in zip(line.text, pitches, rights[:-1], strict=False):
        if pitch - usual > _PARTED * line.size and not character.isspace():
            yield x


def _find_gaps(reading: TableReading) -> Iterator[Sign]:
    """Find records with blank room across all columns: the ruling there may have been missed."""
    leading = _measure_leading(reading.fields)
    for row, fields in zip(reading.rows, reading.fields, strict=True):
        parts = [field.parts[0] for field in fields.values() if len(field.parts) == 1]
        cells = Counter((part.page, part.box.top, part.box.bottom) for part in parts if part.lines)
        if not cells:
            continue
        place, count = cells.most_common(1)[0]
        own = [p for p in parts if (p.page, p.box.top, p.box.bottom) == place]
        if count > 1 and (gap := _widest_gap([p.lines for p in own if p.lines])) > leading:
            passage = next(iter(row.values()))
            reason = "has blank room across its columns: two records?"
            strength = min(1.0, 0.5 + (gap - leading) / _WIDE)
            yield Sign("row_gap", passage.record, None, reason, strength)


def _measure_leading(rows: Sequence[Mapping[str, Field]]) -> float:
    """The usual room between two lines of a cell, in em; a cell merged over records counts once."""
    rooms = {
        (part.page, part.box.x0, above.top): (below.top - above.bottom) / above.size
        for fields in rows
        for field in fields.values()
        for part in field.parts
        for above, below in zip(part.lines, part.lines[1:], strict=False)
        if above.size
    }
    return max(0.0, median(rooms.values())) + _SLACK if rooms else _LEADING


def _widest_gap(columns: Sequence[Sequence[Line]]) -> float:
    """The widest room, in em, with lines of two columns at least above it and below it."""
    lines = sorted((line.top, line.bottom) for column in columns for line in column)
    widest, bottom, size = 0.0, lines[0][1], columns[0][0].size or 1.0
    for top, end in lines:
        if (top - bottom) / size > widest:
            both = sum(column[0].top < bottom and column[-1].bottom > top for column in columns)
            if both > 1:
                widest = (top - bottom) / size
        bottom = max(bottom, end)
    return widest


def _sides(rows: Sequence[Mapping[str, Field]]) -> _Columns:
    """Where the columns of a table stand, by the middle of their cells' sides."""
    found: dict[tuple[int, int], dict[str, list[Box]]] = {}
    for fields in rows:
        for name, field in fields.items():
            for part in field.parts:
                found.setdefault((part.page, part.place), {}).setdefault(name, []).append(part.box)
    return {
        key: {
            name: (median([b.x0 for b in boxes]), median([b.x1 for b in boxes]))
            for name, boxes in columns.items()
        }
        for key, columns in found.items()
    }


def _find_moved_fields(reading: TableReading, sides: _Columns) -> Iterator[Sign]:
    """Find fields that stand beside their column."""
    for passage, field in reading.cells:
        for part in field.parts:
            left, right = sides[part.page, part.place][passage.field]
            if not left < part.box.center[0] < right:
                yield passage.sign("off_column", "does not stand below others of its column")
                break


def _find_run_out(reading: TableReading, sides: _Columns) -> Iterator[Sign]:
    """Find texts with a line that runs out of the table: programs cut it off at their margin."""
    for passage, field in reading.cells:
        for part in field.parts:
            right = max(end for _, end in sides[part.page, part.place].values())
            out = next((line for line in part.lines if _runs_out(line, right)), None)
            if out is not None:
                reason = f"has a line that runs out of the table: {quote_end(out.text)}"
                yield passage.sign("run_out", reason)
                break


def _runs_out(line: Line, right: float) -> bool:
    """Whether a line ends beyond a table; a 。 may hang out, and recognised lines are not exact."""
    beyond = line.x1 - right > _BEYOND * line.size
    return beyond and not line.confidences and line.text.rstrip()[-1] not in _HANGING


def _find_beside_headers(
    reading: TableReading, table: Table, columns: _Columns, headers: Mapping[int, dict[str, float]]
) -> Iterator[Sign]:
    """Find columns whose header stands over another one."""
    printed = dict(zip(name_columns(table.columns), table.columns, strict=True))
    wrong = {
        name
        for (page, _), sides in columns.items()
        if page in headers
        for name, (left, right) in sides.items()
        if (x := headers[page].get(printed[name].header)) is not None
        and not left < x < right
        and any(a < x < b for other, (a, b) in sides.items() if other != name)
    }
    for name in filter(wrong.__contains__, printed):  # in one order, run by run
        for passage in reading.columns.get(name, ()):
            reason = f"stands beside the header {printed[name].header}, below another one"
            yield passage.sign("off_header", reason)
