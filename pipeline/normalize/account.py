"""The account of glyphs: those written into records, compared with those the pages hold."""

from collections.abc import Iterable, Iterator

from pipeline.model import FieldPart, Line, PageAccount, Segmented, remove_white_space
from pipeline.normalize.text import Text

_LinePlace = tuple[int, float, float, float, float]
"""A line's page and box (x0, top, x1, bottom): no two lines have the same."""


class Account:
    """Counts the glyphs of records as they are written.

    A cell that several records share is counted once. A page's `glyphs` are counted where they
    are drawn, these from the characters in the records' texts: a line lost in between shows as a
    difference.
    """

    def __init__(self) -> None:
        self._written: dict[_LinePlace, int] = {}

    def add(self, parts: Iterable[FieldPart], text: Text) -> None:
        """Count the text of one field."""
        for (place, line), (start, end) in zip(_place_lines(parts), text.spans, strict=True):
            written = text.value[start:end]
            lost = 0 if written == line.text else _count_ink(line.text) - _count_ink(written)
            self._written[place] = line.glyphs - lost

    def close_pages(self, segmented: Segmented) -> Iterator[PageAccount]:
        """Close the account of each page, in order."""
        in_records: dict[int, int] = {}
        for place, count in self._written.items():
            in_records[place[0]] = in_records.get(place[0], 0) + count
        for page in segmented.pages:
            header = page.header
            records = in_records.get(header.number, 0)
            headers = sum(line.glyphs for line in page.header_lines)
            furniture = sum(line.glyphs for line in page.furniture_lines)
            yield PageAccount(
                annex=segmented.header.annex,
                page=header.number,
                width=header.width,
                height=header.height,
                source=header.source,
                tables=page.tables,
                glyphs=header.glyphs,
                in_records=records,
                in_headers=headers,
                in_furniture=furniture,
                hidden=header.hidden,
                unaccounted=header.glyphs - records - headers - furniture - header.hidden,
                unread_ink=header.unread_ink,
            )


def _place_lines(parts: Iterable[FieldPart]) -> Iterator[tuple[_LinePlace, Line]]:
    for part in parts:
        for line in part.lines:
            yield (part.page, line.x0, line.top, line.x1, line.bottom), line


def _count_ink(text: str) -> int:
    return len(remove_white_space(text))
