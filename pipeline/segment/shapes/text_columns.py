"""Part the lines of questions and answers that are set in two columns of running text."""

from collections.abc import Iterator, Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Line, Page
from pipeline.segment.rows.cut_line import cut_line
from pipeline.vocabulary.line_marks import is_page_number
from pipeline.vocabulary.record_labels import read_line_label

_ALIGNED = 0.5  # em; judgement: the labels of one column begin within this
_GUTTER = 1.0  # em; judgement: columns are set further apart than two characters of a text
_APART = 0.25  # of the page's width; judgement: a column is wider, margins aside


class Gutter(Struct, frozen=True):
    """What parts two columns of running text; in points."""

    right: float
    """x where the second column begins."""
    top: float
    """y of the first label; what stands above is no part of the columns."""
    size: float
    """Font size of the labels."""

    def column_of(self, line: Line) -> int:
        """The column that a line stands in, from 0."""
        return int(line.x0 > self.right - _ALIGNED * self.size and line.bottom > self.top)

    def is_at(self, other: "Gutter") -> bool:
        """Whether another page is parted at the same place."""
        return abs(self.right - other.right) < _ALIGNED * self.size


def part_text_columns(pages: Sequence[Page]) -> list[Page]:
    """Cut the lines that run through both columns of a page."""
    return [_part_page(*own) for own in zip(pages, find_gutters(pages), strict=True)]


def find_gutters(pages: Sequence[Page]) -> list[Gutter | None]:
    """Find the gutter of each page; behind one with columns these begin at the page's top."""
    found: list[Gutter | None] = []
    for page in pages:
        before = found[-1] if found else None
        own = find_gutter(page)
        if before is not None and (own is None or before.is_at(own)):
            goes_on = Gutter(before.right, -inf, before.size)
            own = goes_on if _has_columns(page, goes_on) else own
        found.append(own)
    return found


def _has_columns(page: Page, gutter: Gutter) -> bool:
    lines = page.loose_lines
    both = not page.grids and any(line.x1 > gutter.right for line in lines)
    return both and not any(_crosses(line, gutter) for line in lines)


def find_gutter(page: Page) -> Gutter | None:
    """Find where a page's second column of questions begins; None: it has one column.

    Where questions stand in one column and answers in the other, it is a table.
    """
    if page.grids:
        return None
    labels = list(_list_labels(page.loose_lines))
    if not labels:
        return None
    apart = min(label.x for label in labels) + _APART * page.header.width
    first = [label for label in labels if label.x < apart]
    second = [label for label in labels if label.x >= apart]
    if not all(map(_is_column, (first, second))):
        return None
    top, size = min(label.top for label in labels), labels[0].size
    gutter = Gutter(min(label.x for label in second), top, size)
    return None if any(_crosses(line, gutter) for line in page.loose_lines) else gutter


class _Label(Struct, frozen=True):
    x: float
    top: float
    size: float
    asks: bool


def _list_labels(lines: Sequence[Line]) -> Iterator[_Label]:
    """The labels at the starts of lines, and behind white space inside them."""
    for line in lines:
        for place, character in enumerate(line.text):
            if character.isspace() or (place and not line.text[place - 1].isspace()):
                continue
            label = read_line_label(line.text[place:], spaced=not line.confidences)
            if label is not None:
                yield _Label(line.edges[place], line.top, line.size, label.asks)


def _is_column(labels: Sequence[_Label]) -> bool:
    """Whether labels of questions and of answers stand below each other."""
    left = min((label.x for label in labels), default=0.0)
    aligned = [label for label in labels if label.x - left < _ALIGNED * label.size]
    both = {label.asks for label in aligned} == {True, False}
    return both and len(aligned) == len(labels)


def _crosses(line: Line, gutter: Gutter) -> bool:
    """Whether a line of the columns has ink between them; a page's number may stand there."""
    start, end = gutter.right - _GUTTER * gutter.size, gutter.right
    if line.bottom <= gutter.top or is_page_number(line.text):
        return False
    # Behind the last character of the first column its edge is the white space's in the second.
    return any(
        min(line.edges[place + 1], line.edges[place] + line.size) > start
        and line.edges[place] < end - _ALIGNED * gutter.size
        for place, character in enumerate(line.text)
        if not character.isspace()
    )


def _part_page(page: Page, gutter: Gutter | None) -> Page:
    if gutter is None:
        return page
    parted = (part for line in page.loose_lines for part in _part_line(line, gutter))
    return replace(page, loose_lines=tuple(parted))


def _part_line(line: Line, gutter: Gutter) -> Iterator[Line]:
    """The parts of a line in the two columns; a blank line beside text is white space before it."""
    edge = gutter.right - _ALIGNED * gutter.size
    at = next((i for i, x in enumerate(line.edges[:-1]) if x > edge), len(line.text))
    outside = line.bottom <= gutter.top or is_page_number(line.text)
    if not at or outside or not line.text[at:].strip():
        yield line
    else:
        yield from (part for part in cut_line(line, at) if part.text.strip())
