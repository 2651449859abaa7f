"""Find every place where a break may be the author's or the layout's."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.model import Field, Line, Segmented, SegmentedPage, remove_white_space
from pipeline.normalize.line_ends.line_end_context import classify_line_end
from pipeline.normalize.line_ends.line_endings import LineEndContext, LineEnding
from pipeline.vocabulary.character_widths import is_kana
from pipeline.vocabulary.line_marks import begins_with_mark, ends_sentence
from pipeline.vocabulary.punctuation import BRACKETS, OPENING

FieldKey = tuple[int, int, int]
"""A field's place: table, row and column, from 0."""

ColumnKey = tuple[int, int, int, int]
"""A column where lines have one margin: table and column, from 0, the column's place
(see `FieldPart.place`), and over how many columns its cells are merged."""

_OPENING = "".join(OPENING)
_CLOSED = re.compile("[）」』)]")
_FIGURES = re.compile(r"\d+(?:[～〜~‐–－-]\d*)?")
_WRAPPED = (LineEnding.KINSOKU, LineEnding.INSIDE_WORD, LineEnding.BEFORE_PARTICLE)
# Lines on each side in which a sentence or a remark in brackets is looked for; judgement: longer
# ones are rare, and each line end costs as much.
_NEAR = 8


class Candidate(Struct, frozen=True, gc=False):
    """Two neighbouring physical lines of a field."""

    field: FieldKey
    index: int
    """Of the line before, within its field, from 0."""
    before: Line
    after: Line
    limit: float
    """Right edge of the cell, in points."""
    left: float
    """Left edge of the cell, in points."""
    column: ColumnKey
    same_cell: bool
    """Both lines stand in one cell of one page."""
    context: LineEndContext
    bracketed: bool
    """A bracket that opened before the break is closed behind it."""
    read: int = 0
    """Characters at the start of the next line that one reading stands over, in furigana."""

    @property
    def surely_wrapped(self) -> bool:
        """Nobody types a break here: inside a word, before a particle or against kinsoku."""
        return self.context.ending in _WRAPPED


def find_candidates(segmented: Segmented) -> list[Candidate]:
    """Find all candidates of an annex, field by field in reading order."""
    columns: dict[ColumnKey, ColumnKey] = {}
    readings = {page.header.number: list(_list_readings(page)) for page in segmented.pages}
    return [
        own
        for key, field in list_fields(segmented)
        for own in _find_in_field(key, field, columns, readings)
    ]


def _list_readings(page: SegmentedPage) -> Iterator[Line]:
    """The lines in no field that may be furigana; a typed ruling has no kana."""
    for line in page.furniture_lines:
        if all(map(is_kana, remove_white_space(line.text))):
            yield line


def list_fields(segmented: Segmented) -> Iterator[tuple[FieldKey, Field]]:
    """All fields of an annex in reading order, each with its place."""
    for t, table in enumerate(segmented.tables):
        for r, row in enumerate(table.rows):
            for c, field in enumerate(row.fields):
                yield (t, r, c), field


def _find_in_field(
    key: FieldKey,
    field: Field,
    columns: dict[ColumnKey, ColumnKey],
    readings: Mapping[int, Sequence[Line]],
) -> Iterator[Candidate]:
    """Find the candidates of a field.

    Args:
        columns: Holds each column's key once for all of them.
        readings: The lines of each page that may be furigana.
    """
    placed = [(line, part) for part in field.parts for line in part.lines]
    lines = field.lines
    for index, ((before, part), (after, next_part)) in enumerate(itertools.pairwise(placed)):
        end = index + 1
        column = key[0], key[2], part.place, part.columns
        yield Candidate(
            field=key,
            index=index,
            before=before,
            after=after,
            limit=part.box.x1,
            left=part.box.x0,
            column=columns.setdefault(column, column),
            same_cell=part is next_part,
            context=_classify(before, lines[end : end + _NEAR]),
            bracketed=_CLOSED.search(after.text) is not None
            and _count_open_brackets(_sentence_so_far(lines[max(0, end - _NEAR) : end])) > 0,
            read=_count_read(after, readings.get(after.page, ())),
        )


def _count_read(line: Line, readings: Sequence[Line]) -> int:
    """Count the characters at a line's start that one reading stands over.

    Some programs keep them on one line, as a reading stands over all of them.
    """
    if not readings:  # as on most pages
        return 0
    first = len(line.text) - len(line.text.lstrip(_OPENING))
    if first == len(line.text):  # a bracket alone
        return 0
    ends = (
        own.x1
        for own in readings
        if own.size < line.size
        and line.top - line.size < own.top < line.top
        and own.x0 < line.edges[first + 1]
        and line.edges[first] < own.x1
    )
    end = next(ends, None)
    if end is None:
        return 0
    return sum((left + right) / 2 < end for left, right in itertools.pairwise(line.edges))


def _classify(before: Line, following: Sequence[Line]) -> LineEndContext:
    after = following[0]
    if before.inline_row or after.inline_row:
        return LineEndContext(LineEnding.SMALL_TABLE)
    # Lines behind the next one tell something only where a bracket opens that one, or figures fill
    # it: P43 / 8～34 / 行目.
    opens = after.text.startswith(BRACKETS) or _FIGURES.fullmatch(after.text.strip())
    ahead = "".join([line.text for line in following]) if opens else after.text
    return classify_line_end(before.text, after.text, ahead)


def _sentence_so_far(lines: Sequence[Line]) -> str:
    """The sentence or item that the last of some lines belongs to, up to that line's end."""
    text = ""
    for line in reversed(lines):
        if text and ends_sentence(line.text):
            break
        text = line.text + text
        if begins_with_mark(line.text):
            break
    return text


def _count_open_brackets(text: str) -> int:
    depth = 0
    for character in text:
        if character in "（「『(":
            depth += 1
        elif character in "）」』)" and depth:
            depth -= 1
    return depth


def find_held(candidates: Sequence[Candidate]) -> list[bool]:
    """Whether a program had to part each next line from the one behind it, against kinsoku."""
    ends = {(c.field, c.index): c.context.ending for c in candidates}
    return [ends.get((c.field, c.index + 1)) is LineEnding.KINSOKU for c in candidates]


def measure_reach(candidates: Sequence[Candidate]) -> dict[ColumnKey, float]:
    """The x where the longest line before a candidate of each column ends, in points."""
    reach: dict[ColumnKey, float] = {}
    for c in candidates:
        reach[c.column] = max(reach.get(c.column, 0.0), c.before.x1)
    return reach


def list_column_lines(segmented: Segmented, key: ColumnKey) -> list[list[Line]]:
    """The lines of a column, row by row."""
    table, column, *margins = key
    return [
        [
            line
            for part in row.fields[column].parts
            if [part.place, part.columns] == margins
            for line in part.lines
        ]
        for row in segmented.tables[table].rows
    ]
