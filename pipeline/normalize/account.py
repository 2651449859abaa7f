"""The account of glyphs: what was written, counted against what the pages hold."""

from collections.abc import Iterable, Iterator

from pipeline.model import FieldPart, Line, PageAccount, Segmented
from pipeline.normalize.text import Text

_Place = tuple[int, float, float, float, float]
"""A line's page and box: no two lines have the same."""


class Account:
    """Counts the glyphs of records as they are written.

    A cell that several records share is counted once. `glyphs` comes from the page as it was
    drawn, this from the characters that stand in the records' texts: a line lost on the way
    shows as a difference.
    """

    def __init__(self) -> None:
        self._written: dict[_Place, int] = {}

    def add(self, parts: Iterable[FieldPart], text: Text) -> None:
        """Count the text of one field."""
        for (place, line), (start, end) in zip(_places(parts), text.spans, strict=True):
            drawn, written = _ink(line.text), _ink(text.value[start:end])
            self._written[place] = line.glyphs - (drawn - written)

    def pages(self, segmented: Segmented) -> Iterator[PageAccount]:
        """One row a page."""
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


def _places(parts: Iterable[FieldPart]) -> Iterator[tuple[_Place, Line]]:
    for part in parts:
        for line in part.lines:
            yield (part.page, line.x0, line.top, line.x1, line.bottom), line


def _ink(text: str) -> int:
    return len("".join(text.split()))
