"""Undo the exchanges of characters that a PDF's producer made, each with a receipt."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from operator import is_

from msgspec.structs import replace

from pipeline.model import Field, FieldPart, Line, Segmented, SegmentedPage, Table, TableRow
from pipeline.vocabulary.character_repairs import find_exchanges, repair_text

Exchange = tuple[str, str, str]
"""Step, character found, character made."""
# A font that has one glyph for both widths calls it by the other's name.
_HALF, _FULL = "｡｢｣､･", "。「」、・"
_HALF_WIDTH = re.compile(f"[{_HALF}]")
_AS_DRAWN = str.maketrans(_HALF, _FULL)
_WIDE_PUNCTUATION = "wide_punctuation"
_WIDE = 0.75  # em; judgement: a half-width sign takes half an em, a full-width one an em


def repair_characters(segmented: Segmented) -> Segmented:
    """Repair all texts of an annex; positions and counts of glyphs stay as they are.

    What needs no repair is the same object: most of an annex would be in memory twice.
    """
    return replace(
        segmented,
        pages=tuple(_repair_frame(frame) for frame in segmented.pages),
        tables=tuple(_repair_table(table) for table in segmented.tables),
    )


def count_exchanges(found: Sequence[Line], made: Sequence[Line]) -> Counter[Exchange]:
    """Count the changes to the lines of one field.

    Args:
        found: The lines before `repair_characters`. Those recognised on a picture hold the repairs
            that were made before.
        made: The same lines after it.
    """
    exchanges = [(r.step, r.found, r.made) for line in found for r in line.repairs]
    if found != made:
        pairs = zip(found, made, strict=True)
        changed = [(one.text, after.text) for one, after in pairs if one.text != after.text]
        exchanges += itertools.chain.from_iterable(find_exchanges(text) for text, _ in changed)
        exchanges += (
            (_WIDE_PUNCTUATION, before, after)
            for texts in changed
            for before, after in zip(*texts, strict=True)
            if before in _HALF and before != after
        )
    return Counter(exchanges)


def _repair_frame(frame: SegmentedPage) -> SegmentedPage:
    return replace(
        frame,
        header_lines=_repair_lines(frame.header_lines),
        furniture_lines=_repair_lines(frame.furniture_lines),
    )


def _repair_table(table: Table) -> Table:
    return replace(
        table,
        title=repair_text(table.title) if table.title else table.title,
        caption=repair_text(table.caption) if table.caption else table.caption,
        columns=tuple(
            replace(column, header=repair_text(column.header)) for column in table.columns
        ),
        rows=tuple(_repair_row(row) for row in table.rows),
    )


def _repair_row(row: TableRow) -> TableRow:
    fields = tuple(map(_repair_field, row.fields))
    return row if all(map(is_, fields, row.fields)) else replace(row, fields=fields)


def _repair_field(field: Field) -> Field:
    parts = tuple(map(_repair_part, field.parts))
    return field if all(map(is_, parts, field.parts)) else Field(parts)


def _repair_part(part: FieldPart) -> FieldPart:
    lines = _repair_lines(part.lines)
    return part if all(map(is_, lines, part.lines)) else replace(part, lines=lines)


def _repair_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(map(_repair_line, lines))


def _repair_line(line: Line) -> Line:
    text = repair_text(line.text)
    if _HALF_WIDTH.search(text) and not line.confidences:
        text = _widen(text, line)
    return line if text == line.text else replace(line, text=text)


def _widen(text: str, line: Line) -> str:
    """Turn half-width signs that are drawn as wide as full-width ones into these."""
    least = _WIDE * max(line.size, 1.0) + max(0.0, line.gap)
    widths = (right - left for left, right in itertools.pairwise(line.edges))
    return "".join(
        one.translate(_AS_DRAWN) if width > least else one
        for one, width in zip(text, widths, strict=True)
    )
