"""Signs of cells that have no room for more: programs draw no line that has none."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence

from pipeline.judge.column_signs import has_end
from pipeline.judge.reading import Passage, TableReading, list_row_fields
from pipeline.judge.signs import Sign, quote_end
from pipeline.model import Field, Segmented

_SAME_HEIGHT = 0.5  # points between two rows; judgement: rounding moves a ruling by less
_LEAST_CUT = 2  # records of one height; judgement: one alone may be as high as its text
_CUT = "clipped"
_STOP = "。"
_REACH = 2.0  # em before the longest line's end; judgement: kinsoku moves two characters


def find_room_signs(tables: Sequence[TableReading], segmented: Segmented) -> Iterator[Sign]:
    """Find texts whose cells have no room for another line, in rows as high as some that cut texts.

    A text that goes on out of sight may end in a sentence by chance.
    """
    for reading in tables:
        places = list_row_fields(reading, segmented)
        for row, fields in zip(reading.rows, places, strict=False):
            yield from _find_stopped(row, fields)
        heights = [_measure_height(fields) for fields in places]
        cut = sorted(
            height
            for record, height in zip(reading.records, heights, strict=False)
            if _CUT in record.flags and height
        )
        for row, fields, height in zip(reading.rows, places, heights, strict=False):
            least, most = height - _SAME_HEIGHT, height + _SAME_HEIGHT
            if bisect(cut, most) - bisect(cut, least) < _LEAST_CUT:
                continue
            for name, passage in row.items():
                if passage.is_text and name in fields and _is_full(fields[name]):
                    reason = f"may go on below {quote_end(passage.text)}: rows so high cut texts"
                    yield Sign("row_full", passage.record, name, reason)


def _find_stopped(row: Mapping[str, Passage], fields: Mapping[str, Field]) -> Iterator[Sign]:
    """Find texts that stop in mid-sentence where their cell has no more room for them."""
    for name, passage in row.items():
        text = passage.text[passage.text.rfind("\n") + 1 :]
        stops = passage.is_text and _STOP in text and passage.is_running and not has_end(text)
        if stops and name in fields and _is_full(fields[name]):
            lines = fields[name].parts[-1].lines
            if max(line.x1 for line in lines) - lines[-1].x1 < _REACH * lines[-1].size:
                reason = f"has no full stop {quote_end(text)}, and its cell is full"
                yield Sign("stopped", passage.record, name, reason)


def _measure_height(fields: Mapping[str, Field]) -> float:
    """The height of a row in points: that of its lowest cell, as others may be merged over rows.

    0: all of them go on over a page's end.
    """
    parts = [field.parts[0] for field in fields.values() if len(field.parts) == 1]
    return min((part.box.height for part in parts), default=0.0)


def _is_full(field: Field) -> bool:
    """Whether a cell has no room for another line."""
    part = field.parts[-1] if field.parts else None
    if part is None or not part.lines:
        return False
    first, last = part.lines[0], part.lines[-1]
    return part.box.height - (last.bottom - first.top) < first.bottom - first.top
